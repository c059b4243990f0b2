/**
 * A small PNG reader for masks: 8 bits a sample, not interlaced (W3C PNG specification, third edition).
 */

/** Samples of a pixel by colour type. */
const samplesByType: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Pixels as red, green, blue and alpha. Rejects for files of other kinds and for damaged ones. */
export async function decodePng(bytes: Uint8Array): Promise<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [depth, colourType, interlaced] = [view.getUint8(24), view.getUint8(25), view.getUint8(28)];
  const samples = samplesByType[colourType];
  if (depth !== 8 || interlaced !== 0 || samples === undefined || width * height > 20_000_000)
    throw new Error('Not read');
  const data: Uint8Array<ArrayBuffer>[] = [];
  let palette: Uint8Array = new Uint8Array();
  for (let at = 8; at + 8 <= bytes.length;) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (name === 'IDAT') data.push(new Uint8Array(bytes.subarray(at + 8, at + 8 + length)));
    if (name === 'PLTE') palette = bytes.subarray(at + 8, at + 8 + length);
    at += 12 + length;
  }
  const packed = new Blob(data).stream().pipeThrough(new DecompressionStream('deflate'));
  const lines = unfiltered(new Uint8Array(await new Response(packed).arrayBuffer()), width * samples, height, samples);
  const pixels = new Uint8Array(4 * width * height);
  for (let index = 0; index < width * height; index++) {
    const from = lines.subarray(index * samples, (index + 1) * samples);
    pixels.set(colour(colourType, from, palette), 4 * index);
  }
  return pixels;
}

function colour(type: number, [a = 0, b = 0, c = 0, d = 0]: Uint8Array, palette: Uint8Array): readonly number[] {
  switch (type) {
    case 0:
      return [a, a, a, 255];
    case 2:
      return [a, b, c, 255];
    case 3:
      return [...palette.subarray(3 * a, 3 * a + 3), 255];
    case 4:
      return [a, a, a, b];
    default:
      return [a, b, c, d];
  }
}

/** Undoes the filter of every line; `step` is the distance to the same sample of the pixel before. */
function unfiltered(raw: Uint8Array, lineLength: number, height: number, step: number): Uint8Array {
  const lines = new Uint8Array(lineLength * height);
  for (let row = 0; row < height; row++) {
    const filter = raw[row * (lineLength + 1)] ?? 0;
    const start = row * lineLength;
    for (let column = 0; column < lineLength; column++) {
      const left = column < step ? 0 : (lines[start + column - step] ?? 0);
      const up = row === 0 ? 0 : (lines[start + column - lineLength] ?? 0);
      const corner = column < step || row === 0 ? 0 : (lines[start + column - lineLength - step] ?? 0);
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      lines[start + column] = (raw[row * (lineLength + 1) + 1 + column] ?? 0) + guess;
    }
  }
  return lines;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
