/**
 * Files for tests, put together from bytes.
 */
import { deflateSync } from 'node:zlib';

/** Texts (one character a byte) and bytes one after the other. */
export function bytesOf(...parts: (string | ArrayLike<number>)[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (c) => c.charCodeAt(0)) : Array.from(part))),
  );
}

/** Four bytes, big-endian. */
export const u32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
/** Four bytes, little-endian. */
export const le32 = (value: number): number[] => u32(value).reverse();

function crc(bytes: Uint8Array): number {
  let rest = 0xffff_ffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb8_8320 : 0);
  }
  return ~rest >>> 0;
}

/** A PNG chunk with its checksum. */
export function pngChunk(type: string, data: ArrayLike<number> | string = []): Uint8Array<ArrayBuffer> {
  const body = bytesOf(type, data);
  return bytesOf(u32(body.length - 4), body, u32(crc(body)));
}

export const PNG_MARK = '\x89PNG\r\n\x1a\n';

/** A grey PNG; `before` and `after` stand around its pixels. */
export function png(
  { width = 4, height = 3 }: { readonly width?: number; readonly height?: number } = {},
  before: readonly Uint8Array[] = [],
  after: readonly Uint8Array[] = [],
): Uint8Array<ArrayBuffer> {
  const rows = Uint8Array.from({ length: (width + 1) * height }, (_, index) => (index % (width + 1) ? index % 251 : 0));
  return bytesOf(
    PNG_MARK,
    pngChunk('IHDR', [...u32(width), ...u32(height), 8, 0, 0, 0, 0]),
    ...before,
    pngChunk('IDAT', deflateSync(rows)),
    ...after,
    pngChunk('IEND'),
  );
}

/** A RIFF file of chunks, padded as they must be. */
export function riff(
  form: string,
  ...chunks: readonly (readonly [id: string, data: ArrayLike<number>])[]
): Uint8Array<ArrayBuffer> {
  const body = bytesOf(
    form,
    ...chunks.map(([id, data]) => bytesOf(id, le32(data.length), data, data.length % 2 ? [0] : [])),
  );
  return bytesOf('RIFF', le32(body.length), body);
}

/** 16-bit sound of one channel, 8,000 samples a second. */
export function wav(samples: number): Uint8Array<ArrayBuffer> {
  const format = [1, 0, 1, 0, ...le32(8000), ...le32(16_000), 2, 0, 16, 0];
  return riff('WAVE', ['fmt ', format], ['data', new Uint8Array(2 * samples)]);
}

/** A box of an ISO base media file. */
export function box(type: string, ...parts: (string | ArrayLike<number>)[]): Uint8Array<ArrayBuffer> {
  const body = bytesOf(...parts);
  return bytesOf(u32(body.length + 8), type, body);
}

/** An `ftyp` box. */
export const ftyp = (major: string, ...compatible: string[]): Uint8Array<ArrayBuffer> =>
  box('ftyp', major, u32(0), ...compatible);

/** A `moov` box with tracks of these kinds. */
export const moov = (...kinds: string[]): Uint8Array<ArrayBuffer> =>
  box('moov', ...kinds.map((kind) => box('trak', box('mdia', box('hdlr', u32(0), u32(0), kind, new Uint8Array(13))))));

/** A segment of a JPEG file. */
export function segment(marker: number, data: ArrayLike<number> | string): Uint8Array<ArrayBuffer> {
  const body = bytesOf(data);
  return bytesOf([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255], body);
}
