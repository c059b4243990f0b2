/**
 * A server between the playground and the simulator that keeps every request: what reached the wire can be looked at.
 */
import { createServer, request as send, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { startApi } from './harness';

/** One request as it arrived. */
export interface Recorded {
  readonly method: string;
  /** Path under the v4 base, with its query. */
  readonly path: string;
  readonly contentType: string;
  readonly body: Buffer;
}

/** An answer that a test gives in place of the simulator's. */
export interface OwnAnswer {
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** How the server differs from a simulator at ten times its natural speed. */
export interface RecordingOptions {
  readonly speed?: number;
  /** What is answered to a request; undefined: what the simulator answers. */
  readonly answer?: (request: Recorded) => OwnAnswer | undefined;
}

/** The server. */
export interface RecordingApi {
  /** Where it stands. */
  readonly origin: string;
  /** Environment of a playground that uses it. */
  readonly env: Readonly<Record<string, string>>;
  /** Calls of models so far. */
  inferences(): readonly Recorded[];
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Starts it; it ends with the test. */
export async function startRecordingApi({ answer, ...options }: RecordingOptions = {}): Promise<RecordingApi> {
  const target = new URL((await startApi(options)).url);
  const recorded: Recorded[] = [];
  const server = createServer((incoming, outgoing) => {
    void bytesOf(incoming).then((body) => {
      const { method = 'GET', url: path = '/', headers } = incoming;
      const request = { method, path, contentType: headers['content-type'] ?? '', body };
      recorded.push(request);
      const own = answer?.(request);
      if (own !== undefined) return void outgoing.writeHead(own.status ?? 200, own.headers).end(own.body);
      // `host` stays: addresses in answers must lead back here, which is the origin that the playground trusts.
      const onward = send(
        { host: target.hostname, port: target.port, method, path, headers: { ...headers } },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      onward.on('error', () => outgoing.destroy());
      outgoing.on('close', () => onward.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    env: {
      CLOUDFLARE_API_TOKEN: 'token-of-a-test',
      CLOUDFLARE_ACCOUNT_ID: 'account-of-a-test',
      CLOUDFLARE_API_BASE_URL: `${origin}/client/v4`,
    },
    inferences: () => recorded.filter(({ method, path }) => method === 'POST' && /\/ai\/(?:run|v1)\b/.test(path)),
  };
}

/** The JSON of a request: of `/ai/run` its `input`. */
export function inputOf({ body }: Recorded): Readonly<Record<string, unknown>> {
  const value = JSON.parse(body.toString('utf8')) as Readonly<Record<string, unknown>>;
  return (value['input'] as Readonly<Record<string, unknown>> | undefined) ?? value;
}
