/**
 * Every sentence and word that the playground shows, in one place.
 * (`vscode.l10n` does not read `.svelte` files; a translation would replace this object.)
 */
import type { Source } from '../src/core/catalog/entry';
import type { Lifecycle } from '../src/core/catalog/lifecycle';
import type { FailureReason } from '../src/core/inference/error';
import type { AttachmentRole, MediaKind } from '../src/core/media/media';
import type { FinishReason } from '../src/core/run/events';
import type { Provenance } from '../src/core/run/money';
import type { RunStatus } from '../src/core/run/state';
import type { SnippetKind } from '../src/core/snippets/kinds';

/** A plain plural: `1 run`, `2 runs`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** Menu items; those of a group stand under its name. */
const snippetKinds: Readonly<Record<SnippetKind, { readonly label: string; readonly group?: string }>> = {
  worker: { label: 'Copy as Worker' },
  curl: { label: 'Copy as curl' },
  'ts-openai': { label: 'openai', group: 'Copy as TypeScript' },
  'ts-fetch': { label: 'fetch', group: 'Copy as TypeScript' },
  'ts-ai-sdk': { label: 'AI SDK', group: 'Copy as TypeScript' },
  'py-openai': { label: 'openai', group: 'Copy as Python' },
  'py-anthropic': { label: 'anthropic', group: 'Copy as Python' },
  'py-requests': { label: 'requests', group: 'Copy as Python' },
};

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
  own: 'What you or your own server say',
};

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
  },

  estimate: {
    label: 'Estimated cost of Run',
    about: (usd: string) => `about ${usd}`,
    atMost: (usd: string) => `at most ${usd}`,
    unknown: (columns: number) => `+ ${columns} unknown`,
    noneKnown: (columns: number) => (columns === 1 ? 'cost unknown' : `cost unknown for ${columns} columns`),
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
    uploading: 'A file is still on its way. Run again when it is there, or cancel it.',
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

  error: {
    model: 'Model',
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
    kinds: snippetKinds,
    raw: 'Show raw request',
    answer: 'Copy answer',
    copied: (what: string) => `${what} copied`,
    names: {
      curl: 'curl command',
      worker: 'Worker',
      'ts-openai': 'TypeScript',
      'ts-fetch': 'TypeScript',
      'ts-ai-sdk': 'TypeScript',
      'py-openai': 'Python',
      'py-anthropic': 'Python',
      'py-requests': 'Python',
      answer: 'Answer',
      table: 'Table',
      log: 'Log id',
      id: 'Model id',
      details: 'Details',
      request: 'Request',
    },
    failed: (why: string) => `Could not copy: ${why}`,
  },

  useInWorker: {
    label: 'Use in Worker…',
    title: 'Put this model into a Worker that is open, or into a new one',
    failed: (why: string) => `Nothing was put into a Worker: ${why}`,
  },

  parameters: {
    title: (label: string) => `Parameters of column ${label}`,
    failed: 'The form could not be loaded.',
  },

  picker: {
    add: 'Add a model',
    change: (label: string) => `Model of column ${label}`,
    failed: 'The list of models could not be loaded.',
    notRunnable: (name: string, task: string) =>
      `The playground does not run ${name} yet: ${task} needs a connection that stays open (WebSocket).`,
    close: 'Close',
  },

  catalog: {
    sources,
    changed: (models: number, added: number, removed: number) =>
      added + removed === 0
        ? `${count(models, 'model')}, nothing new`
        : `${count(models, 'model')}: ${added} added, ${removed} removed`,
    failed: (why: string) => `Could not refresh: ${why}`,
  },

  model: {
    failed: 'This page could not be loaded.',
    samplePrompt: 'Explain in one sentence what an API gateway does.',
  },

  shortcuts: {
    button: 'Keyboard shortcuts',
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
