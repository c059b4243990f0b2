/**
 * Bytes as text in JSON. Written as bytes at once: strings of tens of megabytes would be copied again and again.
 */

const base64Digits = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const PAD = 0x3d;

/** Base64 (RFC 4648, 4), in ASCII. 20 MB take about 0.1 s. */
export function base64Bytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { length } = bytes;
  const out = new Uint8Array(4 * Math.ceil(length / 3));
  const whole = length - (length % 3);
  let to = 0;
  for (let from = 0; from < whole; from += 3) {
    const word = ((bytes[from] as number) << 16) | ((bytes[from + 1] as number) << 8) | (bytes[from + 2] as number);
    out[to] = base64Digits[word >> 18] as number;
    out[to + 1] = base64Digits[(word >> 12) & 63] as number;
    out[to + 2] = base64Digits[(word >> 6) & 63] as number;
    out[to + 3] = base64Digits[word & 63] as number;
    to += 4;
  }
  if (whole < length) {
    const word = ((bytes[whole] as number) << 16) | ((bytes[whole + 1] ?? 0) << 8);
    out[to] = base64Digits[word >> 18] as number;
    out[to + 1] = base64Digits[(word >> 12) & 63] as number;
    out[to + 2] = length - whole === 2 ? (base64Digits[(word >> 6) & 63] as number) : PAD;
    out[to + 3] = PAD;
  }
  return out;
}

/** Each byte as a number in ASCII with a comma after it: as one word, first character lowest, and how long that is. */
const numberWords = new Uint32Array(256);
const numberLengths = new Uint8Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  const digits = `${byte},`;
  numberWords[byte] = [...digits].reduce((word, digit, at) => word | (digit.charCodeAt(0) << (8 * at)), 0);
  numberLengths[byte] = digits.length;
}

/** A JSON list of the bytes as numbers, in ASCII. 20 MB take about 0.1 s. */
export function numberBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  // Four bytes for each, two brackets, and what the last word writes beyond its number.
  const out = new Uint8Array(4 * bytes.length + 6);
  const words = new DataView(out.buffer);
  out[0] = 0x5b;
  let to = 1;
  for (const byte of bytes) {
    words.setUint32(to, numberWords[byte] as number, true);
    to += numberLengths[byte] as number;
  }
  // In place of the last comma.
  out[bytes.length > 0 ? to - 1 : to++] = 0x5d;
  return out.subarray(0, to);
}
