import catalog from '../../../media/catalog.json';
import type { Model } from '../../../src/core/catalog/model';
import type { Reply, SimRequest, Step } from '../../../src/simulator/exchange';
import { createSimulator } from '../../../src/simulator/router';

export const models = catalog.models as readonly Model[];
export const account = '/client/v4/accounts/simulator';

/** A simulator without a socket, and short ways to ask it. */
export function createAsker(speed = 1) {
  const simulator = createSimulator({ models, speed, newId: () => 'id', stats: () => ({}) });

  async function send(
    path: string,
    options: {
      method?: string;
      body?: unknown;
      bytes?: Uint8Array;
      headers?: Record<string, string>;
      at?: number;
    } = {},
  ): Promise<Reply> {
    const url = new URL(path, 'http://127.0.0.1:1234');
    const request: SimRequest = {
      method: options.method ?? (options.body === undefined && options.bytes === undefined ? 'GET' : 'POST'),
      path: url.pathname,
      query: url.searchParams,
      headers: { authorization: 'Bearer test', host: url.host, ...options.headers },
      body:
        options.bytes ??
        new TextEncoder().encode(
          typeof options.body === 'string' ? options.body : JSON.stringify(options.body ?? null),
        ),
      receivedAt: options.at ?? 0,
    };
    return simulator(request);
  }

  return {
    send,
    get: (path: string, headers?: Record<string, string>) => send(path, headers === undefined ? {} : { headers }),
    post: (path: string, body: unknown, headers?: Record<string, string>) =>
      send(`${account}${path}`, headers === undefined ? { body } : { body, headers }),
  };
}

/** Everything a reply writes, as text. */
export function textOf(reply: Reply): string {
  return Buffer.concat(writes(reply).map((step) => Buffer.from(step.data))).toString('utf8');
}

export function jsonOf(reply: Reply): any {
  return JSON.parse(textOf(reply));
}

/** The steps that write. */
export function writes(reply: Reply): Extract<Step, { type: 'write' }>[] {
  return [...reply.steps].filter((step) => step.type === 'write');
}

/** Payloads of the events of a stream, `[DONE]` left out. */
export function eventsOf(reply: Reply): any[] {
  return textOf(reply)
    .split('\n\n')
    .map((block) => /^data: (.*)$/m.exec(block)?.[1])
    .filter((data) => data !== undefined && data !== '[DONE]')
    .map((data) => JSON.parse(data as string));
}

/** The answer text of a Chat Completions stream. */
export function chatText(reply: Reply): string {
  return eventsOf(reply)
    .map((event) => event.choices[0]?.delta.content ?? '')
    .join('');
}

export const chat = (model: string, content: string, rest: object = {}): object => ({
  model,
  messages: [{ role: 'user', content }],
  ...rest,
});
