/**
 * As much of PDF as tells whether a file can be read at all (ISO 32000-1, 7.5.5 and 7.5.8).
 */
import { ascii, indexOf } from './octets';

/** Bytes around an entry in which the rest of its dictionary stands. */
const DICTIONARY = 2048;

/** Places that are looked at: a file may be made of nothing else. */
const MOST = 1000;

/** Whether the trailer names an encryption dictionary: opening or copying needs a password. */
export function isEncryptedPdf(bytes: Uint8Array): boolean {
  let left = MOST;
  for (let at = indexOf(bytes, '/Encrypt'); at >= 0 && left > 0; at = indexOf(bytes, '/Encrypt', at + 1)) {
    left -= 1;
    if (!/^\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/.test(ascii(bytes, at, at + 40))) continue;
    // The words may stand in the text of the document as well: only the trailer counts.
    const around = ascii(bytes, Math.max(0, at - DICTIONARY), at + DICTIONARY);
    if (/trailer\s*<<|\/Type\s*\/XRef/.test(around)) return true;
  }
  return false;
}

/** Whether the file has an end. */
export function hasPdfEnd(bytes: Uint8Array): boolean {
  return indexOf(bytes, '%%EOF') >= 0;
}
