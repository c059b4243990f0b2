/**
 * The client of the user's own servers (Cog): waits until `setup()` is done, waits for a free slot, and runs once. A
 * prediction may have effects, so what may have run is never sent again.
 */
import { readHealth } from '../cog/health';
import type { RawRequest, RunEvent } from '../run/events';
import { attempt } from './attempt';
import { readAll } from './body';
import { buildRequest, EVENT_STREAM, type BuiltRequest } from './build';
import { isBusy, isNotReady, serverDown } from './cog-failure';
import type { InferenceError } from './error';
import { failure } from './errors';
import { asObject } from './json';
import { pause } from './pause';
import type { InferencePorts } from './ports';
import type { InferenceRequest, OwnEndpoint } from './request';
import { sendable } from './sendable';
import { createServerLog } from './server-log';

/** Seconds between two looks: the first, and the longest. */
const FIRST_WAIT = 0.25;
const LONGEST_WAIT = 2;
/** Seconds that `setup()` may take: it may download weights. Cog itself sets no limit. */
const SETUP_LIMIT = 1800;
/** Seconds that a run waits for a slot. */
const QUEUE_LIMIT = 3600;
/** Seconds for one health report, and its bytes. */
const HEALTH_TIMEOUT = 8;
const HEALTH_BYTES = 4 * 1024 * 1024;

type Emit = (event: RunEvent) => void;

/** Runs a request on a server of the user's own. Never throws; the last event is `finished` or `failed`. */
export async function performOwn(
  planned: InferenceRequest,
  endpoint: OwnEndpoint,
  ports: InferencePorts,
  emit: Emit,
): Promise<void> {
  const { clock } = ports;
  const fail = (error: InferenceError) => emit({ type: 'failed', at: clock.now(), error });
  if (endpoint.problem) return fail(serverDown(endpoint.problem));
  const unready = await setUp(endpoint, ports, emit);
  if (unready) return fail(unready);
  const request = await informed(planned, endpoint);
  const built = buildRequest(request);
  const isStream = built.raw.headers['accept'] === EVENT_STREAM;
  const log = createServerLog((text) => emit({ type: 'log', at: clock.now(), text }));
  const heard = (body: unknown) => log.report(asObject(body)?.['logs']);
  const hook = isStream || !endpoint.reachesHost ? undefined : await ports.openHook?.(heard);
  // A whole answer tells the whole log once more.
  const tell: Emit = (event) => (event.type === 'log' && !isStream ? log.report(event.text) : emit(event));
  try {
    const sent = hook === undefined ? built.raw : withHook(built.raw, hook.url);
    const init = sendable(sent, undefined, request.media);
    const error = await predict(request, { built, init, endpoint }, ports, tell);
    if (error) fail(error);
  } finally {
    hook?.close();
  }
}

/** A request that was planned before the server could tell what it takes. */
async function informed(request: InferenceRequest, { learn }: OwnEndpoint): Promise<InferenceRequest> {
  const known = request.schema === undefined ? await learn?.() : undefined;
  if (known === undefined) return request;
  const { model } = request;
  return {
    ...request,
    schema: known.schema,
    model: { ...model, capabilities: known.isStreaming ? ['streaming'] : [] },
  };
}

/** What is told as sent does without: the address is of this one run (Cog 0.22: held requests tell their webhooks, too). */
function withHook(raw: RawRequest, webhook: string): RawRequest {
  return { ...raw, body: { ...raw.body, webhook, webhook_events_filter: ['logs'] } };
}

interface Prediction {
  readonly built: BuiltRequest;
  readonly init: RequestInit;
  readonly endpoint: OwnEndpoint;
}

/** Sends until a slot is free, and takes the answer. Undefined: it has finished. */
async function predict(
  request: InferenceRequest,
  { built, init, endpoint }: Prediction,
  ports: InferencePorts,
  emit: Emit,
): Promise<InferenceError | undefined> {
  const { clock, signal } = ports;
  const queue = patienceOf(ports, QUEUE_LIMIT);
  let isWarned = false;
  for (;;) {
    await Promise.resolve();
    if (signal.aborted) return failure('aborted', { message: 'The run was stopped.' });
    const started = clock.now();
    emit({ type: 'started', at: started, attempt: 1, maxAttempts: 1, wire: built.wire, request: built.raw });
    if (!isWarned) for (const warning of built.warnings) emit({ type: 'warning', at: started, ...warning });
    isWarned = true;
    const outcome = await attempt(request, built, ports, init, started, emit);
    if (outcome.type === 'finished') {
      emit({ ...outcome, at: clock.now() });
      return undefined;
    }
    const { error, accepted } = outcome;
    if (accepted || signal.aborted) return error;
    if (isNotReady(error)) {
      const unready = await setUp(endpoint, ports, emit);
      if (unready) return unready;
      // Ready by its own word, and refusing all the same.
      if (!queue.isLeft()) return error;
      await queue.wait();
    } else if (isBusy(error)) {
      if (!queue.isLeft()) return tooLongInQueue;
      emit({ type: 'phase', at: clock.now(), phase: 'queue' });
      await queue.wait();
    } else {
      return error;
    }
  }
}

const tooLongInQueue = failure('capacity', {
  message: `No slot became free within ${QUEUE_LIMIT / 60} minutes.`,
  nextStep: 'Stop what runs on the server, or give it more slots (@concurrent).',
});

/** Waits until the server is ready. Answers with what is wrong instead; undefined: go on (stopped, too). */
async function setUp(endpoint: OwnEndpoint, ports: InferencePorts, emit: Emit): Promise<InferenceError | undefined> {
  const { clock, signal } = ports;
  const patience = patienceOf(ports, SETUP_LIMIT);
  for (let isTold = false; !signal.aborted;) {
    const health = await healthOf(endpoint.baseUrl, ports);
    if (signal.aborted) return undefined;
    if ('message' in health) return health;
    if (health.state !== 'setup') {
      return health.problem && failure('server', { ...health.problem, retryable: false });
    }
    if (!patience.isLeft()) {
      return failure('timeout-first-token', {
        message: `The model's setup() has not finished within ${SETUP_LIMIT / 60} minutes.${lastOf(health.setupLogs)}`,
        nextStep: "Look at the server's log; a worker that cannot start leaves it in setup forever.",
      });
    }
    if (!isTold) emit({ type: 'phase', at: clock.now(), phase: 'setup' });
    isTold = true;
    await patience.wait();
  }
  return undefined;
}

function lastOf(log: string): string {
  const line = log.trimEnd().split('\n').at(-1) ?? '';
  return line === '' ? '' : ` It wrote last: ${line.slice(0, 200)}`;
}

/** The health report, or why there is none. */
async function healthOf(baseUrl: string, { fetch, clock, signal }: InferencePorts) {
  const controller = new AbortController();
  const stop = () => controller.abort();
  let isLate = false;
  // A fetch that does not mind its signal must not keep the run.
  const given = new Promise<never>((_, reject) => controller.signal.addEventListener('abort', reject));
  given.catch(() => {});
  const cancelTimer = clock.after(HEALTH_TIMEOUT, () => {
    isLate = true;
    stop();
  });
  signal.addEventListener('abort', stop);
  try {
    const asked = fetch(`${baseUrl}/health-check`, { redirect: 'error', signal: controller.signal });
    const response = await Promise.race([asked, given]);
    const reader = response.body?.getReader();
    const read = () => Promise.race([reader?.read() ?? given, given]);
    const bytes = reader && (await readAll(read, HEALTH_BYTES, () => {}));
    const health = bytes && readHealth(parsed(bytes));
    if (response.ok && health) return health;
    return failure('not-found', {
      status: response.status,
      message: `What answers at ${baseUrl} is not a Cog server: /health-check says HTTP ${response.status} and no state.`,
      nextStep: 'Check the address of the server.',
    });
  } catch {
    return failure('network', {
      message: isLate
        ? `${baseUrl} has not told its health within ${HEALTH_TIMEOUT} s.`
        : `Nothing answers at ${baseUrl}.`,
      nextStep: isLate
        ? 'Look at its log: it may be stuck, or its machine overloaded. Start it anew, or run again.'
        : 'Start the server, or check its address, then run again.',
      retryable: false,
    });
  } finally {
    cancelTimer();
    signal.removeEventListener('abort', stop);
    stop();
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** Waits that grow, up to a limit of seconds in all. */
function patienceOf(ports: InferencePorts, limit: number): { isLeft(): boolean; wait(): Promise<void> } {
  const since = ports.clock.now();
  let next = FIRST_WAIT;
  return {
    isLeft: () => ports.clock.now() - since < limit,
    wait() {
      const seconds = next;
      next = Math.min(next * 1.5, LONGEST_WAIT);
      return pause(seconds, ports);
    },
  };
}
