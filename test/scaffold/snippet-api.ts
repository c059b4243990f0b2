/**
 * The simulator behind a server that keeps what was asked and answered.
 */
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '../../src/simulator/http';

/** A request as it arrived, and its answer. */
export interface Exchange {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** Filled when the answer has ended. */
  readonly answer: Buffer[];
}

/** The server. */
export interface SnippetApi {
  /** v4 base. */
  readonly baseUrl: string;
  /** What came under an account, in its order. Every test uses an account of its own. */
  of(accountId: string): readonly Exchange[];
  /** Answers requests to this account in the simulator's place. */
  take(accountId: string, answer: (response: ServerResponse) => void): void;
  close(): Promise<void>;
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Starts both; the simulator does not wait. */
export async function startSnippetApi(): Promise<SnippetApi> {
  const simulator = await serve({ port: 0, speed: 0 });
  const exchanges: Exchange[] = [];
  const own = new Map<string, (response: ServerResponse) => void>();
  const accountOf = (path: string) => /\/accounts\/([^/]+)\//.exec(path)?.[1] ?? '';
  const server = createServer({ maxHeaderSize: 1 << 20 }, (incoming, outgoing) => {
    void bytesOf(incoming).then((body) => {
      const { method, url: path = '/', headers } = incoming;
      const exchange = { path, headers, body, answer: [] as Buffer[] };
      exchanges.push(exchange);
      const taken = own.get(accountOf(path));
      if (taken !== undefined) return taken(outgoing);
      const onward = send({ port: simulator.port, host: '127.0.0.1', method, path, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.on('data', (part: Buffer) => exchange.answer.push(part));
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/client/v4`,
    of: (accountId) => exchanges.filter(({ path }) => accountOf(path) === accountId),
    take: (accountId, answer) => void own.set(accountId, answer),
    async close() {
      server.closeAllConnections();
      server.close();
      await simulator.close();
    },
  };
}
