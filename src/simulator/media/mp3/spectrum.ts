/**
 * From samples to the 576 spectral lines of a granule: polyphase filters, MDCT, alias reduction (ISO/IEC 11172-3,
 * 2.4.3.4 and annex C.1). Only long blocks.
 */

const bands = 32;
const linesPerBand = 18;
const taps = 512;

/**
 * The prototype filter: the table of 512 numbers in the standard (C.1.3) is a sum of eight cosines, to within -98 dB.
 */
const cosines = [1, 1, 0.996276, 0.939356, 0.707152, 0.342954, 0.086576, 0.00773];
const prototype = Float64Array.from({ length: taps }, (_, tap) => {
  let sum = 0;
  for (const [order, weight] of cosines.entries())
    sum += (order === 0 ? 1 : 2) * weight * Math.cos((2 * Math.PI * order * (tap - taps / 2)) / taps);
  // The sign repeats the cosine of the modulation, which turns over every 64 taps.
  return ((2 * sum) / taps) * ((tap >> 6) % 2 === 0 ? 1 : -1);
});

/** `modulation[32 * band + distance]`, the distance from tap 16, around which the cosines are symmetric. */
const modulation = Float64Array.from({ length: bands * 32 }, (_, index) =>
  Math.cos(((2 * (index >> 5) + 1) * (index & 31) * Math.PI) / 64),
);

/** The windowed MDCT: `transform[36 * line + slot]`. */
const transform = Float64Array.from({ length: linesPerBand * 36 }, (_, index) => {
  const line = Math.floor(index / 36);
  const slot = index % 36;
  const window = Math.sin((Math.PI / 36) * (slot + 0.5));
  return (window * Math.cos((Math.PI / 72) * (2 * slot + 19) * (2 * line + 1))) / 9;
});

const butterflies = [-0.6, -0.535, -0.33, -0.185, -0.095, -0.041, -0.0142, -0.0037].map((factor) => ({
  same: 1 / Math.hypot(1, factor),
  other: -factor / Math.hypot(1, factor),
}));

/**
 * Samples by which filters and overlap delay what is heard. Reading the sound ahead by as much puts every decoded
 * sample back in its place.
 */
const delay = 1088;

/**
 * The spectra of `samples`, 576 lines for every 576 samples, 1 for full scale. The array handed out is used again for
 * the next granule.
 */
export function* spectra(samples: Int16Array, granules: number): Generator<Float64Array> {
  const lines = new Float64Array(bands * linesPerBand);
  // Each band's last 18 values, then its next 18.
  const slots = new Float64Array(bands * 36);
  const folded = new Float64Array(32);
  // Silence around the sound, so that no filter reaches past an end.
  const before = lines.length + taps;
  const padded = new Float64Array(before + granules * lines.length + delay);
  for (let index = 0; index < samples.length; index++) padded[before + index] = (samples[index] ?? 0) / 32_768;
  // The first granule only fills the overlap.
  for (let granule = -1; granule < granules; granule++) {
    for (let band = 0; band < bands; band++) slots.copyWithin(36 * band, 36 * band + 18, 36 * band + 36);
    for (let slot = 0; slot < linesPerBand; slot++) {
      filter(padded, before + (granule * linesPerBand + slot) * bands + delay, folded);
      for (let band = 0; band < bands; band++) {
        let sum = 0;
        for (let tap = 0; tap < 32; tap++) sum += (folded[tap] ?? 0) * (modulation[32 * band + tap] ?? 0);
        // Every other value of every other band turns its sign, for the filters mirror these bands.
        slots[36 * band + 18 + slot] = band & slot & 1 ? -sum : sum;
      }
    }
    if (granule < 0) continue;
    for (let band = 0; band < bands; band++) {
      for (let line = 0; line < linesPerBand; line++) {
        let sum = 0;
        for (let slot = 0; slot < 36; slot++)
          sum += (slots[36 * band + slot] ?? 0) * (transform[36 * line + slot] ?? 0);
        lines[linesPerBand * band + line] = sum;
      }
    }
    reduceAliases(lines);
    yield lines;
  }
}

/** Weighs the 512 samples up to `newest` and adds up those that the modulation treats alike. */
function filter(samples: Float64Array, newest: number, folded: Float64Array): void {
  const weighed = (tap: number): number => {
    let sum = 0;
    for (let index = tap; index < taps; index += 64) sum += (prototype[index] ?? 0) * (samples[newest - index] ?? 0);
    return sum;
  };
  folded[0] = weighed(16);
  for (let distance = 1; distance <= 16; distance++) folded[distance] = weighed(16 + distance) + weighed(16 - distance);
  // From here on the partner lies a turn of 64 taps further, where the cosine has the other sign.
  for (let distance = 17; distance < 32; distance++) folded[distance] = weighed(16 + distance) - weighed(80 - distance);
}

function reduceAliases(lines: Float64Array): void {
  for (let border = linesPerBand; border < lines.length; border += linesPerBand) {
    for (const [index, { same, other }] of butterflies.entries()) {
      const low = lines[border - 1 - index] ?? 0;
      const high = lines[border + index] ?? 0;
      lines[border - 1 - index] = same * low - other * high;
      lines[border + index] = same * high + other * low;
    }
  }
}
