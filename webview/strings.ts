/**
 * Every sentence and word that the playground shows, in one place.
 * (`vscode.l10n` does not read `.svelte` files; a translation would replace this object.)
 */
import type { Source } from '../src/core/catalog/entry';
import type { Lifecycle } from '../src/core/catalog/lifecycle';
import type { RequestFormat } from '../src/core/catalog/model';
import type { Ability, ModelSort } from '../src/core/catalog/search';
import type { FailureReason } from '../src/core/inference/error';
import type { AttachmentRole, MediaKind } from '../src/core/media/media';
import type { FinishReason } from '../src/core/run/events';
import type { Provenance } from '../src/core/run/money';
import type { RunStatus } from '../src/core/run/state';

/** A plain plural: `1 run`, `2 runs`. */
function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

const status: Readonly<Record<RunStatus | 'idle', string>> = {
  idle: 'Ready',
  waiting: 'Waiting',
  reasoning: 'Thinking',
  answering: 'Answering',
  done: 'Done',
  failed: 'Failed',
  stopped: 'Stopped',
};

const failure: Readonly<Record<FailureReason, string>> = {
  auth: 'Not signed in',
  permission: 'Not allowed',
  billing: 'Payment needed',
  'rate-limit': 'Rate limited',
  capacity: 'Out of capacity',
  blocked: 'Blocked by guardrails',
  'bad-request': 'Request refused',
  'not-found': 'Model not found',
  'too-large': 'Input too large',
  'timeout-first-token': 'No answer in time',
  'timeout-idle': 'Answer stalled',
  network: 'Connection lost',
  protocol: 'Unreadable answer',
  aborted: 'Stopped',
  server: 'Server error',
};

const finish: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool calls',
  'content-filter': 'content filter',
  other: 'other',
  unknown: 'not told',
};

const provenance: Readonly<Record<Provenance | 'unknown', string>> = {
  logged: 'logged',
  reported: 'reported',
  estimated: 'estimated',
  unknown: 'unknown',
};

const provenanceMeaning: Readonly<Record<Provenance, string>> = {
  logged: 'Logged: the cost in the gateway log of this call.',
  reported: 'Reported: the usage in the answer × the catalog price.',
  estimated: 'Estimated: what was counted or measured here × the catalog price.',
};

const capabilities: Readonly<Record<Ability, string>> = {
  reasoning: 'Reasoning',
  vision: 'Vision',
  tools: 'Tools',
  'structured-output': 'Structured output',
  'audio-input': 'Audio input',
  'video-input': 'Video input',
  'file-input': 'File input',
  streaming: 'Streaming',
  lora: 'LoRA',
  batch: 'Batch',
  'zero-data-retention': 'Zero data retention',
};

const lifecycle: Readonly<Record<Lifecycle, string>> = {
  current: 'current',
  deprecated: 'deprecated',
  retired: 'retired',
};

const sources: Readonly<Record<Source, string>> = {
  'models-search': 'The live list of hosted models',
  'third-party-catalog': 'The live list of third-party models',
  'compat-models': "The gateway's token prices",
  bundle: 'The bundled catalog',
};

const shortSources: Readonly<Record<Source, string>> = {
  'models-search': 'live',
  'third-party-catalog': 'live',
  'compat-models': 'gateway',
  bundle: 'bundled',
};

const requestFormats: Readonly<Record<RequestFormat, string>> = {
  'chat-completions': 'Chat Completions',
  responses: 'Responses',
  'anthropic-messages': 'Anthropic Messages',
};

const sorts: Readonly<Record<ModelSort, string>> = {
  relevance: 'best match',
  price: 'lowest price',
  context: 'largest context',
  name: 'name',
  ttft: 'fastest TTFT here',
};

/** `128k`, `1M`: round sizes to choose from. */
function roundTokens(tokens: number): string {
  return tokens >= 1_000_000 ? `${tokens / 1_000_000}M` : `${tokens / 1_000}k`;
}

type InputWord = MediaKind | Exclude<AttachmentRole, 'input'>;

const inputWords: Readonly<Record<InputWord, string>> = {
  image: 'a picture',
  audio: 'a recording',
  video: 'a video',
  file: 'a document',
  mask: 'a mask',
  'end-frame': 'an end frame',
};

const inputPlurals: Readonly<Record<MediaKind, string>> = {
  image: 'pictures',
  audio: 'recordings',
  video: 'videos',
  file: 'documents',
};

export const strings = {
  appTitle: 'Playground',
  loading: 'Connecting to the playground host…',
  offline: 'Host not reachable, reconnecting…',
  offlineLong: 'Host not reachable, reconnecting… If it was restarted, open the new address that it printed.',
  task: 'Task',
  /** In place of a name that is hidden. */
  blindModel: 'hidden model',
  /** In place of prices and figures. */
  blindFigures: 'shown after your vote',
  /** In place of an error that may name its model. */
  blindError: 'What the server said is shown after your vote.',
  status,
  failure,
  finish,
  provenance,
  provenanceMeaning,
  capabilities,
  lifecycle,

  connection: {
    simulator: 'Simulator',
    none: 'Not connected',
    cloudflare: (account: string) => `Cloudflare · ${account}`,
    title: 'Connection',
    account: 'Account',
    gateway: 'Gateway',
    metadata: 'Metadata',
    noMetadata: 'none',
    origin: 'API',
    host: 'Measured on',
    connect: 'Connect…',
    change: 'Change connection…',
    simulatedNote: 'Answers come from the built-in simulator: no model runs and nothing is billed.',
  },

  sessionCost: {
    label: 'session',
    none: '–',
    unknown: (runs: number) => `+ ${runs} unknown`,
    title: (simulated: boolean) => (simulated ? 'Session cost, simulated' : 'Session cost'),
    about: 'Known costs since the host started, over all its panels. Simulated and real money are never added.',
    neurons: 'Workers AI (hosted models)',
    credits: 'Unified Billing (third-party models)',
    unknownRuns: (runs: number) => `${count(runs, 'run')} of unknown cost ${runs === 1 ? 'is' : 'are'} not in it.`,
    today: 'Today (UTC), all windows of this machine',
    todaySimulated: 'Today (UTC), simulated, all windows of this machine',
    budget: 'Budget of the day',
    noBudget: 'not set',
    freeNeurons: 'Free neurons left',
    freeNeuronsNote: 'as far as this machine has seen',
    neuronsOf: (left: string, all: string) => `${left} of ${all}`,
    apart: 'Two wallets: neurons are billed to Workers AI, credits to Unified Billing. Their balances are never one.',
  },

  estimate: {
    label: 'Estimated cost of Run',
    about: (usd: string) => `about ${usd}`,
    atMost: (usd: string) => `at most ${usd}`,
    unknown: (columns: number) => `+ ${columns} unknown`,
    noneKnown: (columns: number) => (columns === 1 ? 'cost unknown' : `cost unknown for ${columns} columns`),
    title: 'Before you run',
    overTitle: 'Over budget',
    input: (tokens: string) => `Input about ${tokens} tokens, counted here.`,
    typical: 'typical',
    limit: 'at limit',
    column: 'column',
    typicalNote:
      'Typical: with answers as long as this model gave on this machine. At limit: with the longest answer allowed.',
    noTypical: 'At limit: with the longest answer allowed. No model here has answered on this machine yet.',
    simulatedNote: 'On the simulator nothing is billed.',
  },

  theme: { label: 'Theme', dark: 'Dark', light: 'Light', 'high-contrast': 'High contrast' },

  composer: {
    system: 'System prompt',
    systemPlaceholder: 'System prompt (optional)',
    run: 'Run',
    stop: 'Stop',
    clear: 'Clear answers',
    runHint: 'Run every column',
    stopHint: 'Stop every column',
    emptyPrompt: 'Write a prompt first.',
    noColumns: 'Add a model first.',
    running: 'A run is going on. Escape stops it.',
    dismiss: 'Dismiss',
    changeBudget: 'Change budget…',
    goToField: 'Go to the field',
    invalid: (label: string, message: string) => `Column ${label}: ${message}.`,
  },

  empty: {
    simulator: 'You are on the offline simulator: no model runs, nothing is billed.',
  },

  column: {
    name: (label: string, model: string) => `Column ${label}: ${model}`,
    letter: (label: string) => `Column ${label}`,
    changeModel: 'Change model',
    parameters: 'Parameters',
    parametersChanged: 'Parameters (changed)',
    duplicate: 'Duplicate column',
    copyAs: 'Copy as…',
    remove: 'Remove column',
    stop: 'Stop this column',
    add: 'Add a model',
    full: 'Twelve columns are the most',
    output: (label: string) => `Answer of column ${label}`,
    latest: 'Jump to latest',
    otherModel: (name: string) => `This answer is from ${name}.`,
    viewFailed: 'This answer cannot be shown: a part of the page could not be loaded. Reload the page.',
    restored: 'from an earlier session',
    thinking: 'Thinking…',
    thought: (duration: string) => `Thought for ${duration}`,
    thoughtPlain: 'Thought',
    toolCall: (name: string) => `Calls ${name}`,
    toolUnnamed: 'Calls a tool',
    retrying: (cause: string, wait: string, next: number, max: number) =>
      `${cause}. Retrying in ${wait} (${next} of ${max})`,
    simulated: 'simulated',
    context: (tokens: string) => `${tokens} context`,
    priceUnknown: 'price unknown',
    contextUnknown: 'context unknown',
    hosted: 'hosted',
    thirdParty: 'third-party',
    hostedTitle: "Runs on Cloudflare's own GPUs (Workers AI)",
    thirdPartyTitle: 'Another provider, through the gateway (Unified Billing)',
    replacedBy: (id: string) => `Takes its place: ${id}`,
    ends: (date: string) => `Ends ${date}.`,
    ended: (date: string) => `Ended ${date}: it may answer no more.`,
    unconfirmed: 'not confirmed on your account',
    about: 'About this model',
    unknownModel: 'Not in the catalog',
  },

  image: {
    alt: (model: string, prompt: string) => `Picture made by ${model} for: ${prompt}`,
    size: (width: number, height: number) => `${width} × ${height}`,
    timeTo: (duration: string) => `${duration} to image`,
    perImage: (cost: string) => `${cost} per image`,
    costUnknown: 'cost unknown',
  },

  badges: {
    simulated: ['simulated', 'The answer came from the simulator; no model ran.'],
    cached: ['cached', 'The gateway answered from its cache: no inference happened, cost 0, out of every ranking.'],
    warm: ['warm prefix', "The provider's prompt cache held the beginning of the input."],
    notStreamed: ['not streamed', 'The answer came in one piece (or more than half of it did), so it has no speed.'],
    tooShort: ['too short to rate', 'Under 20 tokens or 50 ms of output: a speed would be noise.'],
    approx: ['approx', 'The answer carried no usage: tokens were counted here, with our own tokenizer.'],
    hidden: ['hidden reasoning', 'The model thought, but its reasoning was not sent: no thinking time is known.'],
    truncated: ['truncated', 'The stream ended without saying that it was complete.'],
    limit: ['hit the limit', 'The answer was cut at the output limit. Raise Max output in the parameters.'],
    filtered: ['filtered', 'A content filter cut the answer.'],
    retried: ['retried', 'Earlier attempts failed; this column takes part in no ranking.'],
    fallback: ['fallback', 'The gateway let another model answer than the one asked for.'],
    byok: ['own key', 'The gateway used a provider key of yours: nothing is billed by Cloudflare.'],
    restored: ['restored', 'Read back from disk.'],
  } satisfies Record<string, readonly [string, string]>,

  metrics: {
    group: (label: string) => `Metrics of column ${label}. Arrow keys move between them.`,
    best: 'best of its row',
    more: 'All metrics',
    less: 'Fewer metrics',
    raw: 'Raw value',
    absent: 'Not known.',
    notRun: 'Not run yet.',
    hidden: 'hidden',
    approximate: 'Approximate: the answer carried no usage, so tokens were counted here.',
    bar: (parts: string) => `Time spent: ${parts}`,
    barEmpty: 'No time spent yet',
    phases: { retry: 'retries', waiting: 'waiting', thinking: 'thinking', answer: 'answer' },
    finish: 'finish',
    cache: 'cache',
    log: 'log',
    billed: 'Bill',
    perMillion: (usd: string) => `${usd} / 1M`,
    billCount: (n: string, price: string) => `${n} × ${price}`,
    atLeast: (usd: string, why: string) => `At least ${usd}, unknown part: ${why}`,
    pricedBy: (source: string, date: string) => `Prices: ${source}, ${date}.`,
    copyLog: 'Copy the log id',
    attempts: (attempt: number, max: number) => `attempt ${attempt} of ${max}`,
  },

  compare: {
    title: 'Compare',
    model: 'Model',
    copy: 'Copy as Markdown',
    table: 'Comparison table',
    caption: 'All columns in numbers. Column headers sort.',
    chartEmpty: 'Appears when two answers have a known cost.',
    yAxis: 'cost (USD)',
    yAxisLog: 'cost (USD, log)',
    point: (label: string, model: string, seconds: string, usd: string) => `${label} ${model}: ${seconds}, ${usd}`,
  },

  error: {
    retry: 'Run this column again',
    connect: 'Connect…',
    changeModel: 'Choose another model',
    parameters: 'Change parameters',
    details: 'Details',
    copy: 'Copy details',
    call: (model: string, wire: string) => `${model} via ${wire}`,
    kept: 'What had arrived is kept above.',
    status: 'HTTP status',
    code: 'Cloudflare code',
    logId: 'Log id',
    reason: 'Reason',
    attempts: 'Attempts',
    request: 'Request',
  },

  copyAs: {
    curl: 'Copy as curl',
    worker: 'Copy as Worker',
    raw: 'Show raw request',
    answer: 'Copy answer',
    copied: (what: string) => `${what} copied`,
    names: {
      curl: 'curl command',
      worker: 'Worker',
      answer: 'Answer',
      table: 'Table',
      log: 'Log id',
      id: 'Model id',
      details: 'Details',
      request: 'Request',
    },
    failed: (why: string) => `Could not copy: ${why}`,
  },

  raw: {
    title: (label: string) => `Raw request of column ${label}`,
    about: 'As it was sent. The authorization header is left out.',
    close: 'Close',
    copy: 'Copy',
  },

  parameters: {
    title: (label: string) => `Parameters of column ${label}`,
    modelDefault: 'model default',
    byDefault: (value: string) => `default: ${value}`,
    /** Stands for a text that a number field does not hand out. */
    bad: '…',
    failed: 'The form could not be loaded.',
    required: 'required',
    ofModel: "This model's own",
    loading: "Reading the model's schema…",
    noSchema: 'The model has no schema that can be read now: these are the fields of its task.',
    notJson: 'must be JSON',
    notNumber: 'must be a number',
    on: 'on',
    off: 'off',
    json: 'JSON',
    perLine: 'one per line',
    reset: 'Reset',
    everywhere: 'Use in every column',
  },

  range: {
    between: (min: number, max: number) => `${min} to ${max}`,
    from: (min: number) => `at least ${min}`,
    above: (min: number) => `above ${min}`,
    below: (max: number) => `below ${max}`,
    upTo: (max: number) => `at most ${max}`,
    characters: (n: number) => `up to ${n} characters`,
    multiple: (n: number) => `in steps of ${n}`,
  },

  picker: {
    add: 'Add a model',
    change: (label: string) => `Model of column ${label}`,
    search: 'Search models by name, provider or task',
    found: (n: number) => count(n, 'model'),
    none: 'No model matches.',
    noneFiltered: 'No model matches with these filters.',
    withoutFilters: (n: number) => `Show ${n} without filters`,
    nothingMeasured: 'Nothing measured here yet: run a model first.',
    favourites: 'Favourites',
    recent: 'Recently used',
    others: 'All others',
    favourite: 'Add to favourites (Alt+B)',
    unfavourite: 'Remove from favourites (Alt+B)',
    isFavourite: 'Favourite',
    unconfirmed: 'Not confirmed on your account: only the bundled catalog lists it.',
    failed: 'The list of models could not be loaded.',
    show: 'About this model (→ or Alt+I)',
    mix: 'Compare here, beside the models shown (Alt+Enter)',
    measured: (ttft: string, simulated: boolean) => `TTFT ${ttft}${simulated ? ' simulated' : ''}`,
    measuredTitle: (runs: number, simulated: boolean) =>
      `Median of ${count(runs, 'run')} on this machine${simulated ? ', answered by the simulator' : ''}`,
    notRunnable: (name: string, task: string) =>
      `The playground does not run ${name} yet: ${task} needs a connection that stays open (WebSocket).`,
    elsewhere: (n: number, task: string) => `${count(n, 'match', 'matches')} in ${task}`,
    keys: '↑ ↓ choose · Enter takes · → details · Alt+B favourite',
    close: 'Close',
  },

  filters: {
    label: 'Filters',
    task: 'Task',
    anyTask: 'Any task',
    provider: 'Provider',
    anyProvider: 'Any provider',
    capability: 'Capabilities',
    anyCapability: 'Any capability',
    andCapability: 'and also…',
    context: 'Context window at least',
    anyContext: 'Any context',
    contextFrom: (tokens: number) => `≥ ${roundTokens(tokens)} context`,
    hosting: 'Hosted by',
    anyHosting: 'Hosted or not',
    price: 'Up to $',
    priceNeedsTask: 'Choose a task first: prices of different tasks have different units.',
    noPrices: 'No model of this task has a price that can be compared.',
    badPrice: 'The price must be a number from 0 up.',
    hideRetired: 'Hide retired',
    sort: 'Sort',
    sorts,
    counted: (title: string, n: number) => `${title} (${n})`,
    remove: (what: string) => `${what}: remove this filter`,
  },

  catalog: {
    sources,
    unknown: 'State of the catalog unknown',
    bundled: (asOf: string | undefined) => (asOf === undefined ? 'Bundled catalog' : `Bundled catalog of ${asOf}`),
    unchecked: (bundled: string) => `${bundled}, not checked live yet`,
    uncheckable: (bundled: string) => `${bundled}, could not be checked live`,
    allEmpty: (bundled: string, age: string) => `${bundled}, checked live ${age}: no live source lists a model`,
    updated: (age: string) => `Catalog updated ${age}`,
    live: (listing: number, empty: number) =>
      `${count(listing, 'live source')}${empty === 0 ? '' : `, ${empty} empty`}`,
    someLeftOut: (n: number) => `${count(n, 'entry', 'entries')} left out`,
    problems: (n: number) => count(n, 'problem'),
    never: 'Not read yet.',
    read: (models: number, date: string) => `${count(models, 'model')}, ${date}`,
    leftOut: (n: number) => `${count(n, 'entry', 'entries')} not understood and left out.`,
    refreshing: 'Refreshing…',
    refresh: 'Refresh the catalog',
    cancel: 'Cancel',
    changed: (models: number, added: number, removed: number) =>
      added + removed === 0
        ? `${count(models, 'model')}, nothing new`
        : `${count(models, 'model')}: ${added} added, ${removed} removed`,
    failed: (why: string) => `Could not refresh: ${why}`,
  },

  model: {
    close: 'Close',
    loading: 'Opening…',
    failed: 'This page could not be loaded.',
    unknown: 'The catalog does not know this model.',
    unconfirmed: 'Not confirmed on your account: only the bundled catalog lists it.',
    retired: (date: string | undefined) =>
      date === undefined ? 'Retired: it may answer no more.' : `Retired since ${date}: it may answer no more.`,
    offList: (date: string) => `Deprecated, and off the list since ${date}: it may answer no more.`,
    deprecated: (date: string | undefined) =>
      date === undefined ? 'Deprecated.' : `Deprecated: answers until ${date}.`,
    successor: 'Takes its place:',
    compare: 'Compare',
    samplePrompt: 'Explain in one sentence what an API gateway does.',
    compareTitle: 'Add a column with this model',
    copyId: 'Copy id',
    worker: 'Use in a Worker',
    workerTitle: 'Copy a Worker that calls this model with the current prompt',
    terms: 'Open terms',
    favourite: 'Favourite',
    unfavourite: 'Not a favourite any more',
    facts: 'Facts',
    fact: 'Fact',
    value: 'Value',
    origin: 'From',
    derived: 'derived',
    dateUnknown: 'date unknown',
    documented: 'documented',
    documentedTitle: "From Cloudflare's documentation, by task: not from your account.",
    derivedTitle: 'Made from the id: no source says it.',
    from: (source: Source, date: string) => `${sources[source]}, ${date}`,
    short: (source: Source, date: string) => `${shortSources[source]} · ${date}`,
    not: 'unknown',
    yes: 'yes',
    no: 'no',
    names: {
      id: 'Id',
      provider: 'Provider',
      task: 'Task',
      hosting: 'Runs on',
      contextWindow: 'Context window',
      maxOutputTokens: 'Output limit',
      capabilities: 'Capabilities',
      requestFormats: 'Request formats',
      zeroDataRetention: 'Zero data retention',
      requiresPaidPlan: 'Paid plan needed',
      rateLimit: 'Rate limit',
      terms: 'Licence or terms',
      deprecationDate: 'Deprecated from',
      retirementDate: 'Retired from',
      successor: 'Successor',
      note: 'Note',
    },
    hosted: "Cloudflare's own GPUs (Workers AI)",
    thirdParty: 'another provider, through the gateway (Unified Billing)',
    tokens: (n: string) => `${n} tokens`,
    perMinute: (n: string) => `${n} requests a minute`,
    requestFormats,
    prices: 'Prices',
    price: 'For',
    usd: 'USD',
    neurons: 'Neurons',
    printed: 'As printed',
    noPrices: 'No price is known. Unknown is not free.',
    notUnderstood: 'not understood: shown as printed, not computed with',
    schema: 'Parameters',
    schemaLoading: "Reading the model's schema…",
    schemaFailed: (why: string) => `The schema could not be read. ${why} These are the fields of the task.`,
    schemaNone: 'The model has no schema of its own. These are the fields of its task.',
    schemaOwn: "From the model's own schema.",
    field: 'Field',
    kind: 'Kind',
    range: 'Range',
    default: 'Default',
    meaning: 'Meaning',
    rawSchema: 'Show the raw schema',
    hideRawSchema: 'Hide the raw schema',
    kinds: {
      number: 'number',
      integer: 'whole number',
      text: 'text',
      multiline: 'text',
      boolean: 'on or off',
      choice: 'one of',
      list: 'list of texts',
      json: 'JSON',
    },
    measured: 'Measured here',
    measuredNone: 'This machine has not measured the model yet: run it.',
    measuredNote: (runs: number, simulated: boolean) =>
      `Medians of ${count(runs, 'run')} on this machine${simulated ? ', all answered by the simulator' : ''}.`,
    outputTokens: 'Output',
    firstAnswer: 'First answer',
    decode: 'Decode',
  },

  prices: {
    kinds: {
      'input-token': ['Input', 'per 1M tokens'],
      'output-token': ['Output', 'per 1M tokens'],
      'cached-input-token': ['Input read from cache', 'per 1M tokens'],
      'cache-write-token': ['Input written to cache', 'per 1M tokens'],
      'reasoning-token': ['Reasoning', 'per 1M tokens'],
      image: ['Picture', 'each'],
      'input-image': ['Picture sent along', 'each'],
      tile: ['Tile of 512 × 512', 'each'],
      step: ['Step', 'each'],
      'output-tile': ['Tile made, 512 × 512', 'each'],
      'input-tile': ['Tile sent along, 512 × 512', 'each'],
      'output-tile-step': ['Tile made, 512 × 512', 'per step'],
      'input-tile-step': ['Tile sent along, 512 × 512', 'per step'],
      'first-megapixel': ['First megapixel', 'each'],
      'subsequent-megapixel': ['Every further megapixel', 'each'],
      'input-megapixel': ['Megapixel sent along', 'each'],
      second: ['Time', 'per second'],
      video: ['Video', 'each'],
      'audio-second': ['Audio', 'per second'],
      'audio-minute': ['Audio', 'per minute'],
      character: ['Characters', 'per 1,000'],
    },
    below: (tokens: string) => `inputs under ${tokens}`,
    fromTokens: (tokens: string) => `inputs from ${tokens} on`,
    short: 'short inputs',
    long: 'long inputs',
    modality: { text: 'text', image: 'pictures', audio: 'audio', video: 'video' },
    quality: (name: string) => `${name} quality`,
    withAudio: 'with sound',
    withoutAudio: 'without sound',
    draft: 'draft',
    videoInput: 'with a video sent along',
    clip: (seconds: number) => `clips of ${seconds} s`,
    websocket: 'WebSocket',
    addOn: (name: string) => `on top, for ${name}`,
    isDefault: 'when nothing is chosen',
  },

  shortcuts: {
    title: 'Keyboard shortcuts',
    close: 'Close',
    button: 'Keyboard shortcuts',
    rows: [
      ['Ctrl+Enter', 'Run every column'],
      ['Esc', 'Stop every column'],
      ['Alt+1 … Alt+9', 'Go to a column'],
      ['/', 'Add a model'],
      ['→ or Alt+I', 'All about the model chosen in the picker'],
      ['Alt+B', 'Star the model chosen in the picker'],
      ['← → ↑ ↓', 'Move between the metrics of a column'],
      ['?', 'Show this list'],
    ] as readonly (readonly [string, string])[],
    mac: (keys: string) => keys.replace('Ctrl', '⌘').replaceAll('Alt', '⌥'),
  },

  tabs: 'Columns',

  needs: {
    missing: (label: string, model: string, what: InputWord) => `${label}: ${model} needs ${inputWords[what]}.`,
    surplus: (label: string, model: string, file: string) => `${label}: ${model} has no place for ${file}.`,
    doubtful: (label: string, model: string, kind: MediaKind) =>
      `${label}: the catalog does not say that ${model} takes ${inputPlurals[kind]}; it may refuse.`,
  },

  announce: {
    started: (n: number) => `Started ${count(n, 'column')}.`,
    firstAnswer: (label: string) => `First answer in column ${label}.`,
    done: (label: string, summary: string) => `Column ${label} done. ${summary}`,
    failed: (label: string, model: string, cause: string) => `Column ${label}, ${model}, failed: ${cause}`,
    stopped: (label: string) => `Column ${label} stopped.`,
    retrying: (label: string, cause: string) => `Column ${label}: ${cause}, retrying.`,
    added: (label: string, model: string) => `${model} added as column ${label}.`,
    removed: (label: string) => `Column ${label} removed.`,
    cleared: 'Answers cleared.',
    starred: (model: string) => `${model} is a favourite.`,
    unstarred: (model: string) => `${model} is no favourite any more.`,
    offline: 'Host not reachable, reconnecting.',
    online: 'Connected again.',
    voted: 'Vote kept. Names and figures are shown.',
  },
} as const;
