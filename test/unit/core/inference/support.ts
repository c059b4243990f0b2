/**
 * What the tests of the client share: a clock that is turned by hand, bodies that can be watched, and requests.
 */
import { readFileSync } from 'node:fs';
import type { Model } from '../../../../src/core/catalog/model';
import { run } from '../../../../src/core/inference/client';
import type { InferenceError } from '../../../../src/core/inference/error';
import type { Clock, InferencePorts } from '../../../../src/core/inference/ports';
import type { Endpoint, InferenceRequest } from '../../../../src/core/inference/request';
import type { RunEvent } from '../../../../src/core/run/events';

/** A token that must never be seen. */
export const TOKEN = 'sEcReT-t0ken-of-the-tests';

/** A clock that stands still until it is told to move. */
export class FakeClock implements Clock {
  private seconds = 1000;
  private timers: { at: number; callback: () => void }[] = [];

  now(): number {
    return this.seconds;
  }

  after(seconds: number, callback: () => void): () => void {
    const timer = { at: this.seconds + seconds, callback };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Timers not yet rung or cancelled. */
  get pending(): number {
    return this.timers.length;
  }

  /** Moves on, ringing what is due in order, and lets everything that waits for it happen. */
  async advance(seconds: number): Promise<void> {
    const target = this.seconds + seconds;
    await settle();
    for (;;) {
      const due = this.timers.filter(({ at }) => at <= target).toSorted((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.timers = this.timers.filter((timer) => timer !== due);
      this.seconds = Math.max(this.seconds, due.at);
      due.callback();
      await settle();
    }
    this.seconds = target;
    await settle();
  }
}

/** Lets pending promises run: one turn of the event loop runs all of them. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A body written by the test, piece by piece. */
export class FakeBody {
  cancelled = false;
  private controller!: ReadableStreamDefaultController<Uint8Array>;
  readonly stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      this.controller = controller;
    },
    cancel: () => {
      this.cancelled = true;
    },
  });

  async write(text: string | Uint8Array): Promise<void> {
    this.controller.enqueue(typeof text === 'string' ? new TextEncoder().encode(text) : text);
    await settle();
  }

  async close(): Promise<void> {
    this.controller.close();
    await settle();
  }

  async fail(error: unknown): Promise<void> {
    this.controller.error(error);
    await settle();
  }
}

/** What `fetch` was called with. */
export interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

/** A host made of fakes: each `fetch` is answered by the next of `answers`, the last one again and again. */
export class FakeHost {
  readonly clock = new FakeClock();
  readonly abort = new AbortController();
  readonly sent: Sent[] = [];
  random = 0.5;
  /** Hooks that were opened. */
  readonly hooks: FakeHook[] = [];

  constructor(private readonly answers: readonly ((sent: Sent) => Response | Promise<Response>)[]) {}

  get ports(): InferencePorts {
    return {
      clock: this.clock,
      random: () => this.random,
      signal: this.abort.signal,
      fetch: async (url, init) => {
        const sent = { url: String(url), init: init ?? {} };
        const answer = this.answers[Math.min(this.sent.length, this.answers.length - 1)];
        this.sent.push(sent);
        if (!answer) throw new Error('no answer was prepared');
        return answer(sent);
      },
      openHook: (heard) => {
        const hook: FakeHook = { url: `http://127.0.0.1:9/${this.hooks.length}`, heard, closed: false };
        this.hooks.push(hook);
        return Promise.resolve({ url: hook.url, close: () => void (hook.closed = true) });
      },
    };
  }
}

/** A hook that was opened. */
interface FakeHook {
  readonly url: string;
  readonly heard: (body: unknown) => void;
  closed: boolean;
}

/** A run being watched: its events so far. */
export class Watched {
  readonly events: RunEvent[] = [];
  readonly done: Promise<void>;

  constructor(events: AsyncIterable<RunEvent>) {
    this.done = (async () => {
      for await (const event of events) this.events.push(event);
    })();
  }

  get types(): string[] {
    return this.events.map((event) => event.type);
  }

  get text(): string {
    return this.events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  }

  get last(): RunEvent | undefined {
    return this.events.at(-1);
  }

  /** The failure it ended with. */
  get error(): InferenceError | undefined {
    return this.last?.type === 'failed' ? this.last.error : undefined;
  }

  warnings(): string[] {
    return this.events.flatMap((event) => (event.type === 'warning' ? [event.code] : []));
  }
}

/** Starts a run on a fake host. */
export function start(host: FakeHost, request: InferenceRequest = requestTo()): Watched {
  return new Watched(run(request, host.ports));
}

/** Runs to the end against one prepared answer. */
export async function answerTo(
  answer: (sent: Sent) => Response | Promise<Response>,
  request: InferenceRequest = requestTo(),
): Promise<Watched> {
  const watched = start(new FakeHost([answer]), { ...request, policy: { ...request.policy, maxAttempts: 1 } });
  await watched.done;
  return watched;
}

/** A 200 with this body, read in the given pieces. */
export function streamed(pieces: Iterable<Uint8Array | string>, headers: HeadersInit = {}): Response {
  const iterator = pieces[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = iterator.next();
      if (done) controller.close();
      else controller.enqueue(typeof value === 'string' ? new TextEncoder().encode(value) : value);
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream', ...headers } });
}

/** SSE text of these events. */
export function sse(...events: unknown[]): string {
  return events.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join('');
}

/** An OpenAI chunk that says this. */
export function chunk(content: string, finish: string | null = null): unknown {
  return {
    id: 'c',
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta: { content }, finish_reason: finish }],
  };
}

export function modelOf(changes: Partial<Model> = {}): Model {
  return {
    id: '@cf/zai-org/glm-4.7-flash',
    provider: 'zai-org',
    name: 'GLM 4.7 Flash',
    task: 'text-generation',
    hosting: 'hosted',
    capabilities: [],
    requestFormats: ['chat-completions'],
    pricing: [],
    ...changes,
  };
}

/** A request through the gateway. */
export type GatewayRequest = InferenceRequest & { readonly endpoint: Endpoint };

export function requestTo(model: Partial<Model> = {}, changes: Partial<GatewayRequest> = {}): GatewayRequest {
  return {
    runId: 'run-1',
    model: modelOf(model),
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello' },
    ],
    parameters: {},
    endpoint: {
      baseUrl: 'https://api.example.com/client/v4',
      accountId: 'acc',
      token: TOKEN,
      gatewayId: 'default',
      metadata: {},
    },
    policy: { firstTokenTimeout: 120, idleTimeout: 60, maxAttempts: 3 },
    ...changes,
  };
}

/** An image model that Cloudflare hosts. */
export const FLUX: Partial<Model> = {
  id: '@cf/black-forest-labs/flux-1-schnell',
  task: 'text-to-image',
  requestFormats: [],
};

/** One that it does not. */
export const RECRAFT: Partial<Model> = {
  id: 'recraft/recraftv4',
  task: 'text-to-image',
  hosting: 'third-party',
  requestFormats: [],
};

/** A recorded answer. */
export function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`../../../fixtures/wire/${name}`, import.meta.url));
}

/** Events without their times, and without those of transport. */
export function content(events: readonly RunEvent[]): unknown[] {
  return events
    .filter(({ type }) => type !== 'started' && type !== 'headers')
    .map((event) => Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'at')));
}
