/**
 * A tiny encoder of H.264 (ISO/IEC 14496-10, baseline profile), without loss. A block of 16 by 16 pixels is repeated
 * from the last frame, or continued from the edge of its neighbour, or sent pixel by pixel. That suffices for flat
 * drawings, and needs neither transform nor entropy tables.
 */
import { BitWriter } from '../bits';

/** Pixels in planes of brightness and two colour differences, these at half the width and height. */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly y: Uint8Array;
  readonly cb: Uint8Array;
  readonly cr: Uint8Array;
}

/** Pixels along a block; both sides of the planes are multiples of it. */
export const blockSize = 16;

const idrSlice = 0x65;
const deltaSlice = 0x41;
/** Types of blocks (tables 7-11 and 7-13). */
const continuedDown = 1;
const continuedRight = 2;
const pixelByPixel = 25;
const typesBeforeIntra = 5;

/** Parameter sets of a stream that shows the upper left `width` by `height` pixels; both must be even. */
export function parameterSets(planes: Planes, width: number, height: number): { sps: Uint8Array; pps: Uint8Array } {
  const sps = new BitWriter();
  // Baseline profile, also a constrained one, level 3.
  for (const byte of [0x67, 66, 0xc0, 30]) sps.write(byte, 8);
  const columns = planes.width / blockSize;
  const rows = planes.height / blockSize;
  // Set 0, frame numbers of 4 bits, frames shown in the order in which they come, one reference.
  for (const value of [0, 0, 2, 1]) unsigned(sps, value);
  sps.write(0, 1);
  unsigned(sps, columns - 1);
  unsigned(sps, rows - 1);
  sps.write(0b11, 2);
  sps.write(1, 1);
  for (const crop of [0, planes.width - width, 0, planes.height - height]) unsigned(sps, crop / 2);
  sps.write(0, 1);
  close(sps);
  const pps = new BitWriter();
  pps.write(0x68, 8);
  unsigned(pps, 0);
  unsigned(pps, 0);
  pps.write(0, 2);
  for (const value of [0, 0, 0]) unsigned(pps, value);
  pps.write(0, 3);
  for (let index = 0; index < 3; index++) unsigned(pps, 0);
  // The slices tell that nothing is smoothed.
  pps.write(0b100, 3);
  close(pps);
  return { sps: escaped(sps.bytes()), pps: escaped(pps.bytes()) };
}

/**
 * One frame as a NAL unit. `before` is the frame before it; without one this is a frame to seek to. `number` counts
 * frames since the last such frame, `group` these frames.
 */
export function encodeFrame(planes: Planes, before: Planes | undefined, number: number, group: number): Uint8Array {
  const out = new BitWriter();
  out.write(before === undefined ? idrSlice : deltaSlice, 8);
  unsigned(out, 0);
  unsigned(out, before === undefined ? 7 : 5);
  unsigned(out, 0);
  out.write(number & 15, 4);
  if (before === undefined) {
    unsigned(out, group & 1);
    out.write(0, 2);
  } else out.write(0, 3);
  unsigned(out, 0);
  // No smoothing of edges between blocks.
  unsigned(out, 1);
  writeBlocks(planes, before, out);
  close(out);
  return escaped(out.bytes());
}

function writeBlocks(planes: Planes, before: Planes | undefined, out: BitWriter): void {
  const columns = planes.width / blockSize;
  const rows = planes.height / blockSize;
  const now = layersOf(planes);
  const last = before === undefined ? [] : layersOf(before);
  /** Whether each block of this frame was sent pixel by pixel, which decides how its neighbours write "nothing more". */
  const raw = new Uint8Array(columns * rows);
  let skipped = 0;
  for (let index = 0; index < raw.length; index++) {
    const column = index % columns;
    const row = Math.floor(index / columns);
    if (before !== undefined) {
      if (now.every((layer, at) => same(layer, last[at], column, row))) {
        skipped++;
        continue;
      }
      unsigned(out, skipped);
      skipped = 0;
    }
    const shift = before === undefined ? 0 : typesBeforeIntra;
    const right = column > 0 && now.every((layer) => continues(layer, column, row, true));
    if (right || (row > 0 && now.every((layer) => continues(layer, column, row, false)))) {
      unsigned(out, shift + (right ? continuedRight : continuedDown));
      // The same direction for the colours, where the two have other numbers; no change of the quantizer.
      unsigned(out, right ? 1 : 2);
      unsigned(out, 0);
      const rawNeighbour = (column > 0 && raw[index - 1] === 1) || (row > 0 && raw[index - columns] === 1);
      // No coefficients: the code depends on how many the neighbours have, and raw ones count as full.
      if (rawNeighbour) out.write(0b000011, 6);
      else out.write(1, 1);
    } else {
      raw[index] = 1;
      unsigned(out, shift + pixelByPixel);
      out.align();
      for (const layer of now) appendPixels(out, layer, column, row);
    }
  }
  if (skipped > 0) unsigned(out, skipped);
}

/** One of the three planes. */
interface Layer {
  readonly plane: Uint8Array;
  /** Pixels of a row. */
  readonly stride: number;
  /** Pixels along a block. */
  readonly size: number;
}

function layersOf({ width, y, cb, cr }: Planes): readonly Layer[] {
  return [
    { plane: y, stride: width, size: blockSize },
    { plane: cb, stride: width / 2, size: blockSize / 2 },
    { plane: cr, stride: width / 2, size: blockSize / 2 },
  ];
}

function same({ plane, stride, size }: Layer, before: Layer | undefined, column: number, row: number): boolean {
  for (let line = 0; line < size; line++) {
    const start = (row * size + line) * stride + column * size;
    for (let at = start; at < start + size; at++) if (plane[at] !== before?.plane[at]) return false;
  }
  return true;
}

/** Whether every pixel equals the neighbour's edge: the column to the left (`sideways`), else the row above. */
function continues({ plane, stride, size }: Layer, column: number, row: number, sideways: boolean): boolean {
  const origin = row * size * stride + column * size;
  for (let line = 0; line < size; line++) {
    for (let dot = 0; dot < size; dot++) {
      const edge = sideways ? origin + line * stride - 1 : origin - stride + dot;
      if (plane[origin + line * stride + dot] !== plane[edge]) return false;
    }
  }
  return true;
}

function appendPixels(out: BitWriter, { plane, stride, size }: Layer, column: number, row: number): void {
  for (let line = 0; line < size; line++) {
    const start = (row * size + line) * stride + column * size;
    out.append(plane.subarray(start, start + size));
  }
}

/** An Exp-Golomb code (9.1). The signed zero is the same bit as the unsigned one. */
function unsigned(out: BitWriter, value: number): void {
  const bits = 32 - Math.clz32(value + 1);
  out.write(0, bits - 1);
  out.write(value + 1, bits);
}

/** The bit that ends a unit. */
function close(out: BitWriter): void {
  out.write(1, 1);
  out.align();
}

/** Puts a 3 where two zeros and a small byte could be taken for the start of a unit (7.4.1.1). */
function escaped(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil(bytes.length * 1.5));
  let length = 0;
  let zeros = 0;
  for (const byte of bytes) {
    if (zeros >= 2 && byte <= 3) {
      whole[length++] = 3;
      zeros = 0;
    }
    whole[length++] = byte;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return whole.slice(0, length);
}
