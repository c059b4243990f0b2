/**
 * Reading bodies with a limit.
 */

/** Whatever gives reads: the reader of a body, possibly with some reads put back in front. */
export type Reads = () => Promise<ReadableStreamReadResult<Uint8Array>>;

/** All bytes to the end, or undefined when there are more than `limit`. */
export async function readAll(read: Reads, limit: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await read();
    if (done) return joined(parts, length);
    parts.push(value);
    length += value.byteLength;
    if (length > limit) return undefined;
  }
}

/** What a body turns out to be. Content types are not to be relied on, first bytes are. */
export type BodyKind = 'events' | 'json' | 'html' | 'binary' | 'empty';

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
    case 0x7b: // {
    case 0x5b: // [
      return 'json';
    case 0x3c: // <
      return 'html';
    case 0x89: // PNG
    case 0xff: // JPEG
    case 0x47: // GIF
    case 0x52: // RIFF (WebP)
      return 'binary';
    default:
      return 'events';
  }
}

/** Reads until the kind is known. `read` then gives everything from the start again. */
export async function probe(read: Reads): Promise<{ kind: BodyKind; read: Reads }> {
  const seen: ReadableStreamReadResult<Uint8Array>[] = [];
  let kind: BodyKind | undefined;
  while (kind === undefined) {
    const result = await read();
    seen.push(result);
    if (result.done) kind = 'empty';
    else kind = firstTelling(result.value);
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

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.byteLength;
  }
  return all;
}
