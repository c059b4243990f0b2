/**
 * Spoils media the way a prompt orders (`[[simulate media=…]]`).
 */
import { bodyReply, type Reply } from '../exchange';
import { cutPicture, htmlPage, pictureBomb, undecodableVideo } from '../media/broken';
import type { MediaFault } from '../text/directives';

/** A file as it is delivered. */
export interface File {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Bytes of `oversized`: more than any client takes. */
const announced = 600_000_000;

/** `file` with the bytes that the fault puts in its place; whole where the fault is not one of bytes. */
export async function spoilFile(file: File, fault: MediaFault | undefined): Promise<File> {
  switch (fault) {
    case 'html':
      return { type: 'text/html; charset=UTF-8', bytes: htmlPage() };
    case 'bomb':
      return { ...file, bytes: pictureBomb() };
    case 'cut':
      return { ...file, bytes: file.type === 'image/png' ? await cutPicture() : firstThird(file.bytes) };
    case 'undecodable':
      return { ...file, bytes: undecodableVideo() };
    case 'wrong-type':
      return { ...file, type: 'text/plain' };
    case 'empty':
      return { ...file, bytes: new Uint8Array() };
    default:
      return file;
  }
}

/** Base64 as `whitespace` wants it: lines of 76 characters, indented, with a blank at the end. */
export function spoilBase64(text: string, fault: MediaFault | undefined): string {
  if (fault !== 'whitespace') return text;
  return `\n${(text.match(/.{1,76}/g) ?? []).map((line) => `  ${line}\r\n`).join('')} `;
}

/** Replies of a storage that does not simply hand out the file; undefined where it does. */
export function spoiledReply(file: File, fault: MediaFault | undefined, at: number): Reply | undefined {
  switch (fault) {
    case 'expired':
      return bodyReply(403, 'application/xml', expiredPage, { at });
    case 'redirect':
      return { ...bodyReply(302, 'text/plain', '', { at }), headers: { location: 'http://127.0.0.1:9/' } };
    case 'oversized':
      return {
        status: 200,
        headers: { 'content-type': file.type, 'content-length': String(announced) },
        headersAt: at,
        steps: [{ type: 'write', at, kind: 'media', data: file.bytes.subarray(0, 65_536) }, { type: 'hang' }],
      };
    case 'endless':
      return {
        status: 200,
        headers: { 'content-type': file.type },
        headersAt: at,
        steps: [
          { type: 'write', at, kind: 'media', data: file.bytes },
          { type: 'drip', every: 0.05, data: new Uint8Array(4096) },
        ],
      };
    default:
      return undefined;
  }
}

const expiredPage =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>';

function firstThird(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, Math.floor(bytes.length / 3));
}
