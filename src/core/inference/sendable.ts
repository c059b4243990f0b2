/**
 * The request as it goes to `fetch`: credential, and media in place of their placeholders.
 */
import type { RawRequest } from '../run/events';
import { base64Bytes, numberBytes } from './encode';
import { asObject } from './json';
import { isPlaceholder, type MediaPlaceholder } from './placeholder';
import type { RequestMedia } from './request';

/** The content type of a body that is sent as a form: its fields are those of `RawRequest.body`. */
export const FORM_DATA = 'multipart/form-data';

/** The request with its credential, if it has one, and its media. Nobody keeps it. */
export function sendable(raw: RawRequest, token: string | undefined, media: readonly RequestMedia[] = []): RequestInit {
  const { method, headers, body } = raw;
  const { 'content-type': contentType = '', ...others } = headers;
  const authorization = token === undefined ? undefined : { authorization: `Bearer ${token}` };
  // A redirect would carry prompt and credential to who knows where.
  const common = { method, redirect: 'manual' } as const;
  if (contentType === FORM_DATA) {
    // `fetch` writes the content type itself: it alone knows the boundary.
    return { ...common, headers: { ...others, ...authorization }, body: formOf(body, media) };
  }
  const file = mediumOf(body, media);
  const content = file === undefined ? jsonOf(body, media) : own(file.bytes);
  return { ...common, headers: { ...headers, ...authorization }, body: content };
}

/** The medium that a value stands for; undefined for every other value, whatever a user may have typed. */
function mediumOf(value: unknown, media: readonly RequestMedia[]): RequestMedia | undefined {
  if (!isPlaceholder(value)) return undefined;
  const index: unknown = asObject(value.$media)?.['index'];
  return typeof index === 'number' ? media[index] : undefined;
}

function formOf(body: RawRequest['body'], media: readonly RequestMedia[]): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      const file = mediumOf(one, media);
      if (file !== undefined) form.append(name, new Blob([own(file.bytes)], { type: file.mediaType }), file.name);
      else form.append(name, String(one));
    }
  }
  return form;
}

/** Without media it is text, as ever; with media it is bytes. */
function jsonOf(body: RawRequest['body'], media: readonly RequestMedia[]): string | Uint8Array<ArrayBuffer> {
  const pieces: (string | Uint8Array)[] = [];
  write(body, media, pieces);
  if (!pieces.some((piece) => typeof piece !== 'string')) return JSON.stringify(body);
  const encoder = new TextEncoder();
  const bytes = pieces.map((piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece));
  const all = new Uint8Array(bytes.reduce((length, piece) => length + piece.byteLength, 0));
  let at = 0;
  for (const piece of bytes) {
    all.set(piece, at);
    at += piece.byteLength;
  }
  return all;
}

/** As `JSON.stringify`, in pieces. */
function write(value: unknown, media: readonly RequestMedia[], pieces: (string | Uint8Array)[]): void {
  const file = mediumOf(value, media);
  if (file !== undefined) {
    writeMedium(file, (value as MediaPlaceholder).$media.encoding, pieces);
  } else if (Array.isArray(value)) {
    pieces.push('[');
    value.forEach((one, index) => {
      if (index > 0) pieces.push(',');
      write(one ?? null, media, pieces);
    });
    pieces.push(']');
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    pieces.push('{');
    entries.forEach(([name, inner], index) => {
      pieces.push(`${index > 0 ? ',' : ''}${JSON.stringify(name)}:`);
      write(inner, media, pieces);
    });
    pieces.push('}');
  } else {
    pieces.push(JSON.stringify(value));
  }
}

function writeMedium(
  { bytes, mediaType }: RequestMedia,
  encoding: MediaPlaceholder['$media']['encoding'],
  pieces: (string | Uint8Array)[],
): void {
  if (encoding === 'numbers') {
    pieces.push(numberBytes(bytes));
    return;
  }
  const prefix = encoding === 'data-uri' ? JSON.stringify(`data:${mediaType};base64,`).slice(0, -1) : '"';
  pieces.push(prefix, base64Bytes(bytes), '"');
}

/** Bytes that are in no shared memory, as `fetch` wants them; media never are. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}
