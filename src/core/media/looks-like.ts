/**
 * What a file that nobody can use here seems to be, so that its owner understands why.
 */
import { ascii, standsAt } from './octets';

/** Words for people, with what to do instead. */
export interface Likeness {
  /** For example `a web page`. */
  readonly what: string;
  readonly nextStep: string;
}

const CONVERT = 'Convert it to PNG, MP3, MP4 or PDF first.';
const UNPACK = 'Unpack it, or save its document as PDF, and attach that.';

const marks: readonly (readonly [mark: string, what: string, nextStep: string])[] = [
  ['PK\x03\x04', 'an archive or an Office document', UNPACK],
  ['\xd0\xcf\x11\xe0', 'an old Office document', 'Save it as PDF and attach that.'],
  ['\x1f\x8b', 'a compressed archive', UNPACK],
  ['7z\xbc\xaf', 'a compressed archive', UNPACK],
  ['Rar!', 'a compressed archive', UNPACK],
  ['MThd', 'MIDI notes, which hold no sound', 'Record them as MP3 or WAV first.'],
  ['8BPS', 'a Photoshop document', CONVERT],
  ['\x7fELF', 'a program', 'Choose another file.'],
  ['MZ', 'a program', 'Choose another file.'],
];

/** What these bytes seem to be; undefined when nothing tells. */
export function looksLike(bytes: Uint8Array): Likeness | undefined {
  for (const [mark, what, nextStep] of marks) if (standsAt(bytes, 0, mark)) return { what, nextStep };
  if (standsAt(bytes, 0, 'FORM') && standsAt(bytes, 8, 'AIF')) return { what: 'an AIFF recording', nextStep: CONVERT };
  if (!isText(bytes)) return undefined;
  if (isHtml(bytes)) {
    return { what: 'a web page', nextStep: 'Save the picture, recording or PDF that it shows, and attach that.' };
  }
  const what = /^\s*[[{]/.test(ascii(bytes, 0, 64)) ? 'JSON' : 'text';
  return { what, nextStep: 'Paste the text into the prompt instead.' };
}

/** Whether the file begins as a web page does. */
export function isHtml(bytes: Uint8Array): boolean {
  return /^(?:\xef\xbb\xbf)?\s*(?:<!--[^>]*-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i.test(ascii(bytes, 0, 512));
}

/** UTF-8 without control characters. */
function isText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 1024);
  // The last character may be cut.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    // eslint-disable-next-line no-control-regex -- they are what no text holds
    return head.length > 0 && !/[\x00-\x08\x0e-\x1f]/.test(decoder.decode(head, { stream: true }));
  } catch {
    return false;
  }
}
