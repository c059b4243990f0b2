/**
 * Every sentence and word that the playground shows, in one place.
 * (`vscode.l10n` does not read `.svelte` files; a translation would replace this object.)
 */
import type { FailureReason } from '../src/core/inference/error';
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
  estimated: 'Estimated: tokens counted here × the catalog price.',
};

export const strings = {
  appTitle: 'Playground',
  loading: 'Connecting to the playground host…',
  offline: 'Host not reachable, reconnecting…',
  offlineLong: 'Host not reachable, reconnecting… If it was restarted, open the new address that it printed.',
  task: 'Task',
  status,
  failure,
  finish,
  provenance,
  provenanceMeaning,

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
  },

  theme: { label: 'Theme', dark: 'Dark', light: 'Light', 'high-contrast': 'High contrast' },

  composer: {
    prompt: 'Prompt',
    promptPlaceholder: { text: 'Ask every model…', image: 'Describe a picture for every model…' },
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
  },

  empty: {
    title: 'One prompt, several models, side by side',
    lead: 'Compare time to first token, speed and cost. Start with an example:',
    simulator: 'You are on the offline simulator: no model runs, nothing is billed.',
    image: 'One prompt, several pictures: compare time to image and cost per image.',
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
    deprecated: 'deprecated',
    deprecatedOn: (date: string) => `Deprecated: ends ${date}`,
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
    units: { seconds: 's', 'tokens-per-second': 'tokens/s', tokens: 'tokens', usd: 'USD' },
    bar: (parts: string) => `Time spent: ${parts}`,
    barEmpty: 'No time spent yet',
    phases: { retry: 'retries', waiting: 'waiting', thinking: 'thinking', answer: 'answer' },
    finish: 'finish',
    cache: 'cache',
    log: 'log',
    copyLog: 'Copy the log id',
    attempts: (attempt: number, max: number) => `attempt ${attempt} of ${max}`,
  },

  compare: {
    title: 'Compare',
    model: 'Model',
    copy: 'Copy as Markdown',
    table: 'Comparison table',
    caption: 'All columns in numbers. Column headers sort.',
    chart: 'Cost against time to first answer',
    chartLabel: 'Scatter chart of cost against time to first answer; the table beside it holds the same figures.',
    chartEmpty: 'Appears when two answers have a known cost.',
    xAxis: 'first answer (s)',
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
    temperature: 'Temperature',
    topP: 'Top p',
    maxOutputTokens: 'Max output',
    stop: 'Stop sequences',
    stopHint: 'one per line',
    seed: 'Seed',
    frequencyPenalty: 'Frequency penalty',
    presencePenalty: 'Presence penalty',
    reasoningEffort: 'Reasoning effort',
    width: 'Width',
    height: 'Height',
    steps: 'Steps',
    modelDefault: 'model default',
    tokens: 'tokens',
    pixels: 'px',
    efforts: { low: 'low', medium: 'medium', high: 'high' },
    reset: 'Reset',
    everywhere: 'Use in every column',
    done: 'Done',
    noReasoning: 'The catalog does not list reasoning for this model.',
  },

  picker: {
    add: 'Add a model',
    change: (label: string) => `Model of column ${label}`,
    search: 'Search models by name, provider or task',
    found: (n: number) => count(n, 'model'),
    none: 'No model matches.',
    elsewhere: (n: number, task: string) => `${count(n, 'match', 'matches')} in ${task}`,
    switchTask: 'Switch task',
    keys: '↑ ↓ choose · Enter takes · Esc closes',
    close: 'Close',
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
      ['← → ↑ ↓', 'Move between the metrics of a column'],
      ['?', 'Show this list'],
    ] as readonly (readonly [string, string])[],
    mac: (keys: string) => keys.replace('Ctrl', '⌘').replaceAll('Alt', '⌥'),
  },

  tabs: 'Columns',

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
    offline: 'Host not reachable, reconnecting.',
    online: 'Connected again.',
  },
} as const;

/** An example prompt of the empty playground. */
export interface Example {
  readonly title: string;
  readonly about: string;
  readonly icon: string;
  readonly prompt: string;
  readonly system?: string;
}

const longNotes = Array.from(
  { length: 24 },
  (_, week) =>
    `Week ${week + 1}: ${['shipped the importer', 'fixed retries in the queue', 'moved images to R2', 'cut cold starts by a third'][week % 4]}; ` +
    `${['two incidents, both DNS', 'no incident', 'one rollback after a bad migration', 'support asked for exports'][(week * 3) % 4]}; ` +
    `${40 + ((week * 17) % 53)} tickets closed, p95 latency ${180 + ((week * 29) % 140)} ms.`,
).join('\n');

/** One example per situation that people compare models for. */
export const examples: Readonly<Record<'text-generation' | 'text-to-image', readonly Example[]>> = {
  'text-generation': [
    {
      title: 'Classify fast',
      about: 'Short answer: time to first token decides',
      icon: 'zap',
      system: 'Answer with one word: billing, bug, praise or other.',
      prompt: 'I was charged twice for October and the invoice page shows an error when I open it.',
    },
    {
      title: 'Reason hard',
      about: 'Thinking time and its price',
      icon: 'lightbulb',
      prompt:
        'Three switches stand outside a closed room with three lamps. You may flip switches as you like, but enter the room once. ' +
        'How do you find out which switch belongs to which lamp? Now with four switches and four lamps: is once still enough? Explain step by step.',
    },
    {
      title: 'Long context',
      about: 'Input tokens dominate the cost',
      icon: 'book',
      prompt: `Summarise these weekly notes in five bullets, then name the week with the worst p95 latency.\n\n${longNotes}`,
    },
  ],
  'text-to-image': [
    {
      title: 'Product shot',
      about: 'Plain background, sharp edges',
      icon: 'device-camera',
      prompt: 'A small orange ceramic teapot on a pale grey table, soft window light, product photography',
    },
    {
      title: 'Diagram',
      about: 'Straight lines and legible text',
      icon: 'type-hierarchy',
      prompt:
        'A clean isometric diagram of a request travelling from a laptop through a gateway to three model servers',
    },
    {
      title: 'Illustration',
      about: 'Style and composition',
      icon: 'paintcan',
      prompt: 'A lighthouse on a cliff at dusk, flat vector illustration, four colours',
    },
  ],
};
