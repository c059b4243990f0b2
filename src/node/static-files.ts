import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { mediaTypeOf } from './media-types';
import { byteRange } from './range';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
  '.map': 'application/json',
};

/** A file that may be sent. */
export interface ServedFile {
  readonly file: string;
  readonly type: string;
  readonly cache: string;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Each segment is a plain name: no `..`, no hidden files, no separators of any system, no encoded ones. */
const plainPath = /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/** A file of the bundle. Undefined for a path that could lead elsewhere or a kind of file that is not part of it. */
export function bundleFile(folder: string, name: string): ServedFile | undefined {
  const type = types[path.extname(name)];
  if (type === undefined || !plainPath.test(name) || name.includes('..')) return undefined;
  return { file: path.join(folder, name), type, cache: 'no-cache' };
}

/** Types that can hold scripts, or are shown by programs inside of the browser: opened directly, they are saved. */
const ACTIVE = ['image/svg+xml', 'application/pdf', 'application/json'];

const activeHeaders = {
  'content-disposition': 'attachment',
  // Nothing runs and nothing is fetched, whoever shows it. An SVG file styles itself.
  'content-security-policy': `sandbox; default-src 'none'; style-src 'unsafe-inline'`,
};

/** A file of the media folder. Its name is a hash of what it holds, so it never changes. */
export function mediaFile(folder: string, name: string): ServedFile | undefined {
  const type = mediaTypeOf(name);
  if (type === undefined) return undefined;
  return {
    file: path.join(folder, name),
    type,
    cache: 'private, max-age=31536000, immutable',
    ...(ACTIVE.includes(type) && { headers: activeHeaders }),
  };
}

/** Sends a file, or the part of it that is asked for; false when it does not exist. */
export async function sendFile(
  request: Pick<IncomingMessage, 'method' | 'headers'>,
  response: ServerResponse,
  { file, type, cache, headers }: ServedFile,
): Promise<boolean> {
  const info = await stat(file).catch(() => undefined);
  if (info?.isFile() !== true) return false;
  const { size } = info;
  const isGet = request.method === 'GET';
  // Our files never change under their name, so a condition (`If-Range`) always holds.
  const range = isGet ? byteRange(request.headers.range, size) : undefined;
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${size}`, 'cache-control': 'no-store' });
    response.end();
    return true;
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  response.writeHead(range === undefined ? 200 : 206, {
    'content-type': type,
    'content-length': end - start + 1,
    'cache-control': cache,
    'accept-ranges': 'bytes',
    ...(range !== undefined && { 'content-range': `bytes ${start}-${end}/${size}` }),
    ...headers,
  });
  if (!isGet || size === 0) {
    response.end();
    return true;
  }
  await pipeline(createReadStream(file, { start, end }), response).catch((error: NodeJS.ErrnoException) => {
    // A player that seeks hangs up on the part that it had asked for before.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
  return true;
}
