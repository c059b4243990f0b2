import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { mediaTypeOf } from './media';

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
}

/** Each segment is a plain name: no `..`, no hidden files, no separators of any system, no encoded ones. */
const plainPath = /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/** A file of the bundle. Undefined for a path that could lead elsewhere or a kind of file that is not part of it. */
export function bundleFile(folder: string, name: string): ServedFile | undefined {
  const type = types[path.extname(name)];
  if (type === undefined || !plainPath.test(name) || name.includes('..')) return undefined;
  return { file: path.join(folder, name), type, cache: 'no-cache' };
}

/** A file of the media folder. Its name is a hash of what it holds, so it never changes. */
export function mediaFile(folder: string, name: string): ServedFile | undefined {
  const type = mediaTypeOf(name);
  if (type === undefined) return undefined;
  return { file: path.join(folder, name), type, cache: 'private, max-age=31536000, immutable' };
}

/** Sends a file; false when it does not exist. */
export async function sendFile(response: ServerResponse, { file, type, cache }: ServedFile, body: boolean) {
  const info = await stat(file).catch(() => undefined);
  if (info?.isFile() !== true) return false;
  response.writeHead(200, { 'content-type': type, 'content-length': info.size, 'cache-control': cache });
  if (body) await pipeline(createReadStream(file), response);
  else response.end();
  return true;
}
