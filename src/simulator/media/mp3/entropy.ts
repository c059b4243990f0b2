/**
 * From spectral lines to bits: one step size for all lines of a granule, and the Huffman codes of ISO/IEC 11172-3,
 * annex B, table 3-B.7: table 10 for pairs of values up to 7, table B for the quadruples of ones and zeros above them.
 */
import type { BitWriter } from '../bits';

/** The codes of table 10: one row for each first value of a pair, from 0 to 7. */
const pairCodes = [
  '1 010 001010 00010111 000100011 000011110 000001100 0000010001',
  '011 0011 001000 0001100 00010010 000010101 00001100 00000111',
  '001011 001001 0001111 00010101 000100000 0000101000 000010011 000000110',
  '0001110 0001101 00010110 000100010 0000101110 0000010111 000010010 0000000111',
  '00010100 00010011 000100001 0000101111 0000011011 0000010110 0000001001 0000000011',
  '000011111 000010110 0000101001 0000011010 00000010101 00000010100 0000000101 00000000011',
  '00001110 00001101 000001010 0000001011 0000010000 0000000110 00000000101 00000000001',
  '000001001 00001000 000000111 0000001000 0000000100 00000000100 00000000010 00000000000',
].flatMap((row) => row.split(' '));
const codeBits = Uint8Array.from(pairCodes, (code) => code.length);
const codeValues = Uint16Array.from(pairCodes, (code) => Number.parseInt(code, 2));

/** The table that `pairCodes` holds. */
export const pairTable = 10;
const largest = 7;

/** Gain at which a value of 1 means full scale, in steps of a quarter of an octave. */
const unitGain = 210;

/** A granule as it is sent. */
export interface Granule {
  /** Signed values of the 576 lines. */
  readonly values: Int8Array;
  readonly gain: number;
  /** Pairs of values from the lowest line on. */
  readonly pairs: number;
  /** Quadruples above them, none of whose values exceeds 1. */
  readonly quadruples: number;
  readonly bits: number;
}

/** The finest granule of at most `limit` bits. */
export function quantize(lines: Float64Array, limit: number): Granule {
  let peak = 0;
  for (const line of lines) peak = Math.max(peak, Math.abs(line));
  const values = new Int8Array(lines.length);
  // Less than half of the smallest step of 16-bit samples is silence.
  if (peak < 1 / 65_536) return { values, gain: unitGain, pairs: 0, quadruples: 0, bits: 0 };
  const finest = Math.ceil(unitGain + 4 * Math.log2(peak / largest ** (4 / 3)));
  for (let gain = Math.max(0, finest); ; gain++) {
    const step = 2 ** ((gain - unitGain) / 4);
    for (let index = 0; index < lines.length; index++) {
      const line = lines[index] ?? 0;
      const size = Math.min(largest, Math.floor((Math.abs(line) / step) ** 0.75 + 0.4054));
      values[index] = line < 0 ? -size : size;
    }
    const granule = measure(values, gain);
    if (granule.bits <= limit) return granule;
  }
}

function measure(values: Int8Array, gain: number): Granule {
  let end = values.length;
  while (end > 0 && values[end - 1] === 0) end--;
  let large = end;
  while (large > 0 && Math.abs(values[large - 1] ?? 0) <= 1) large--;
  // Pairs end where a quadruple can begin, so that the last one ends with the lines.
  const pairs = 2 * Math.ceil(large / 4);
  const quadruples = Math.max(0, Math.ceil((end - 2 * pairs) / 4));
  let bits = 4 * quadruples;
  for (let index = 0; index < pairs; index++)
    bits += codeBits[8 * Math.abs(values[2 * index] ?? 0) + Math.abs(values[2 * index + 1] ?? 0)] ?? 0;
  for (const value of values) if (value !== 0) bits++;
  return { values, gain, pairs, quadruples, bits };
}

/** Writes the values of `granule`: exactly as many bits as it tells. */
export function writeValues({ values, pairs, quadruples }: Granule, out: BitWriter): void {
  const sign = (index: number): void => {
    const value = values[index] ?? 0;
    if (value !== 0) out.write(value < 0 ? 1 : 0, 1);
  };
  for (let index = 0; index < 2 * pairs; index += 2) {
    const code = 8 * Math.abs(values[index] ?? 0) + Math.abs(values[index + 1] ?? 0);
    out.write(codeValues[code] ?? 0, codeBits[code] ?? 0);
    sign(index);
    sign(index + 1);
  }
  for (let index = 2 * pairs; index < 2 * pairs + 4 * quadruples; index += 4) {
    // Table B is the four values turned over: a one is sent as 0.
    for (let part = 0; part < 4; part++) out.write(values[index + part] === 0 ? 1 : 0, 1);
    for (let part = 0; part < 4; part++) sign(index + part);
  }
}
