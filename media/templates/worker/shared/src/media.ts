/**
 * Reads the picture or the sound out of a model's answer. Depending on the model it is a stream of bytes, base64, a data
 * URI or an address, alone or somewhere in an object.
 */
import { ModelError } from './errors';

/** A file that a model made. */
export interface MadeFile {
  /** Media type, for example `image/png`. */
  readonly type: string;
  readonly body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>;
}

/** Finds and opens the file in an answer of `env.AI.run`. Throws a `ModelError` when there is none. */
export async function madeFile(answer: unknown, kind: 'image' | 'audio', signal: AbortSignal): Promise<MadeFile> {
  if (answer instanceof ReadableStream) return fromStream(answer, kind);
  const source = findSource(answer, kind);
  if (source === undefined) {
    throw new ModelError(`The model's answer holds no ${kind}.`);
  }
  return /^https:\/\//i.test(source) ? fetched(source, kind, signal) : decoded(source, kind);
}

/** Sends the file on. It came from elsewhere, so no browser should run anything in it. */
export function fileResponse({ type, body }: MadeFile): Response {
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
    },
  });
}

/** Keys under which models put a file, or what holds it. */
const WRAPPERS = ['url', 'b64_json', 'base64', 'data', 'output', 'result'];

function findSource(value: unknown, kind: string, depth = 0): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value !== 'object' || value === null || depth > 4) return undefined;
  if (Array.isArray(value)) return findSource(value[0], kind, depth + 1);
  const object = value as Record<string, unknown>;
  for (const key of [kind, `${kind}s`, `${kind}_url`, ...WRAPPERS]) {
    const found = findSource(object[key], kind, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first bytes tell the type; the rest goes through as it arrives. */
async function fromStream(stream: ReadableStream<Uint8Array>, kind: string): Promise<MadeFile> {
  const reader = stream.getReader();
  let head = new Uint8Array();
  while (head.length < 16) {
    const { done, value } = await reader.read();
    if (done) break;
    head = Uint8Array.of(...head, ...value);
  }
  const type = mediaType(head, kind);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      if (head.length > 0) controller.enqueue(head);
    },
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { type, body };
}

async function fetched(url: string, kind: string, signal: AbortSignal): Promise<MadeFile> {
  const response = await fetch(url, { signal });
  if (!response.ok || response.body === null) {
    throw new ModelError(`The model's ${kind} could not be fetched: HTTP ${response.status}.`);
  }
  const told = response.headers.get('content-type') ?? '';
  return told.startsWith(`${kind}/`) ? { type: told, body: response.body } : fromStream(response.body, kind);
}

function decoded(source: string, kind: string): MadeFile {
  const [, type, data = source] = /^data:([^;,]*)[^,]*;base64,(.*)$/is.exec(source) ?? [];
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  } catch {
    throw new ModelError(`The model's ${kind} is neither base64 nor an address.`);
  }
  return { type: type?.startsWith(`${kind}/`) ? type : mediaType(bytes, kind), body: bytes };
}

/** First bytes of the formats that models make. */
const SIGNATURES: readonly (readonly [pattern: RegExp, type: string])[] = [
  [/^\x89PNG/, 'image/png'],
  [/^\xff\xd8\xff/, 'image/jpeg'],
  [/^RIFF....WEBP/s, 'image/webp'],
  [/^GIF8/, 'image/gif'],
  [/^....ftypavif/s, 'image/avif'],
  [/^\s*<(?:\?xml|svg)/, 'image/svg+xml'],
  [/^(?:ID3|\xff[\xe2-\xfb])/, 'audio/mpeg'],
  [/^RIFF....WAVE/s, 'audio/wav'],
  [/^OggS/, 'audio/ogg'],
  [/^fLaC/, 'audio/flac'],
  [/^....ftyp/s, 'audio/mp4'],
];

function mediaType(bytes: Uint8Array, kind: string): string {
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  const type = SIGNATURES.find(([pattern]) => pattern.test(head))?.[1];
  if (type?.startsWith(`${kind}/`)) return type;
  // Sound may be bare samples, which look like nothing.
  if (kind === 'audio' && type === undefined && bytes.length > 0) return 'application/octet-stream';
  throw new ModelError(`The model answered with something that is no ${kind}.`);
}
