/**
 * Takes a file that the page posts: its bytes are the body, its name stands percent-encoded in `x-file-name`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { MAX_INPUT } from '../core/media/limits';
import type { Attachment } from '../core/media/media';
import { RpcError } from '../protocol/rpc';

/** Keeps a posted file. Rejects with an `RpcError` that says what is wrong with it. */
export type TakeFile = (bytes: Uint8Array, name: string) => Promise<Attachment>;

const MAX_BYTES = Math.max(...Object.values(MAX_INPUT));

/** Bytes beyond which a sender that does not stop is cut off. */
const PATIENCE = 8 * MAX_BYTES;

/** Answers with 200 `{ attachment }`, 422 or 413 `{ message }`; 500 when it is our fault, which rejects as well. */
export async function answerUpload(request: IncomingMessage, response: ServerResponse, take: TakeFile): Promise<void> {
  const bytes = await readBody(request);
  if (bytes === 'gone') return;
  if (bytes === 'too large') {
    return send(response, 413, {
      message: `The file has more than ${MAX_BYTES / 1024 / 1024} MiB. Make it smaller first.`,
    });
  }
  try {
    send(response, 200, { attachment: await take(bytes, fileName(request)) });
  } catch (error) {
    if (error instanceof RpcError) return send(response, 422, { message: error.message });
    send(response, 500, { message: 'The file could not be stored. The terminal says why.' });
    throw error;
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

/** Reads to the end also what is too large, without keeping it: a browser that is hung up on never reads the answer. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | 'too large' | 'gone'> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      length += part.length;
      if (length <= MAX_BYTES) parts.push(part);
      else parts.length = 0;
      if (length > PATIENCE) break; // Leaving the loop closes the connection.
    }
  } catch {
    return 'gone';
  }
  return length > MAX_BYTES ? 'too large' : Buffer.concat(parts);
}

function fileName({ headers }: IncomingMessage): string {
  const given = headers['x-file-name'];
  try {
    return typeof given === 'string' ? decodeURIComponent(given) : '';
  } catch {
    return '';
  }
}
