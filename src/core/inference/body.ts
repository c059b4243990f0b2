/**
 * Reading bodies with a limit.
 */

/** Whatever gives reads: the reader of a body, possibly with some reads put back in front. */
export type Reads = () => Promise<ReadableStreamReadResult<Uint8Array>>;

/** All bytes to the end, or undefined when there are more than `limit`. `onLength` hears how many have come. */
export async function readAll(
  read: Reads,
  limit: number,
  onLength?: (length: number) => void,
): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await read();
    if (done) return joined(parts, length);
    parts.push(value);
    length += value.byteLength;
    if (length > limit) return undefined;
    onLength?.(length);
  }
}

/** What a body turns out to be. */
export type BodyKind = 'events' | 'json' | 'html' | 'binary' | 'empty';

/** The kind that a content type names for sure: any byte may be the first of sound. Of others only the bytes are believed. */
function kindByType(contentType: string): BodyKind | undefined {
  return /^(?:audio|video|image|font)\/|^application\/(?:octet-stream|pdf|ogg)\b/i.test(contentType)
    ? 'binary'
    : undefined;
}

/** The kind of body that begins with this byte, or undefined when the byte does not tell (white space, byte order mark). */
export function kindByFirstByte(byte: number): BodyKind | undefined {
  switch (byte) {
    case 0x09:
    case 0x0a:
    case 0x0d:
    case 0x20:
    case 0xef:
    case 0xbb:
    case 0xbf:
      return undefined;
    case 0x22: // "
    case 0x5b: // [
    case 0x7b: // {
      return 'json';
    case 0x3c: // <
      return 'html';
    case 0x25: // %PDF
    case 0x47: // GIF
    case 0x49: // ID3
    case 0x4f: // OggS
    case 0x52: // RIFF
    case 0x66: // fLaC: no field of an event begins with this letter
      return 'binary';
    default:
      // Of an MP4 file the first bytes are a length; PNG, JPEG, MP3, AAC and WebM begin with no text either.
      return byte < 0x20 || byte >= 0x80 ? 'binary' : 'events';
  }
}

/** Reads until the kind is known. `read` then gives everything from the start again. */
export async function probe(read: Reads, contentType = ''): Promise<{ kind: BodyKind; read: Reads }> {
  const named = kindByType(contentType);
  const seen: ReadableStreamReadResult<Uint8Array>[] = [];
  let kind: BodyKind | undefined;
  while (kind === undefined) {
    const result = await read();
    seen.push(result);
    if (result.done) kind = 'empty';
    else if (result.value.byteLength > 0) kind = named ?? firstTelling(result.value);
  }
  let position = 0;
  return {
    kind,
    read: () => {
      const replayed = seen[position];
      if (!replayed) return read();
      position += 1;
      return Promise.resolve(replayed);
    },
  };
}

function firstTelling(bytes: Uint8Array): BodyKind | undefined {
  for (const byte of bytes) {
    const kind = kindByFirstByte(byte);
    if (kind) return kind;
  }
  return undefined;
}

/** The pieces as one; `length` is that of all. */
export function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.byteLength;
  }
  return all;
}
