/**
 * The ID3v2 tag in front of an MP3 file, of which only the comment matters here (id3.org, ID3v2.4 structure and frames).
 */

const tagHeader = 10;
const utf8 = 3;
const latin1 = 0;

/** A tag with one comment. */
export function encodeTag(comment: string): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(comment);
  // Encoding, three letters of language, an empty description.
  const body = 5 + text.length;
  const bytes = new Uint8Array(2 * tagHeader + body);
  bytes.set([0x49, 0x44, 0x33, 4, 0, 0, ...syncsafe(tagHeader + body)]);
  bytes.set([0x43, 0x4f, 0x4d, 0x4d, ...syncsafe(body), 0, 0, utf8, 0x75, 0x6e, 0x64, 0], tagHeader);
  bytes.set(text, 2 * tagHeader + 5);
  return bytes;
}

/** Bytes of the tag at the start of a file; 0 without one. */
export function tagLength(bytes: Uint8Array): number {
  const tagged = bytes[0] === 0x49 && bytes[1] === 0x44 && bytes[2] === 0x33;
  return tagged ? tagHeader + readSyncsafe(bytes, 6) : 0;
}

/** The comment of the tag; undefined without one, or when it is in an encoding other than UTF-8 and Latin-1. */
export function readComment(bytes: Uint8Array): string | undefined {
  const end = Math.min(bytes.length, tagLength(bytes));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let offset = tagHeader; offset + tagHeader <= end;) {
    const name = String.fromCharCode(...bytes.subarray(offset, offset + 4));
    // Version 2.3 counts in plain bytes, 2.4 in groups of seven bits.
    const size = (bytes[3] ?? 0) >= 4 ? readSyncsafe(bytes, offset + 4) : view.getUint32(offset + 4);
    const body = bytes.subarray(offset + tagHeader, Math.min(end, offset + tagHeader + size));
    const encoding = body[0];
    const description = body.indexOf(0, 4);
    if (name === 'COMM' && description >= 0 && (encoding === utf8 || encoding === latin1))
      return new TextDecoder(encoding === utf8 ? 'utf-8' : 'latin1', { ignoreBOM: true }).decode(
        body.subarray(description + 1),
      );
    offset += tagHeader + size;
  }
  return undefined;
}

function syncsafe(size: number): number[] {
  return [(size >> 21) & 127, (size >> 14) & 127, (size >> 7) & 127, size & 127];
}

function readSyncsafe(bytes: Uint8Array, offset: number): number {
  return [0, 1, 2, 3].reduce((size, index) => (size << 7) | ((bytes[offset + index] ?? 0) & 127), 0);
}
