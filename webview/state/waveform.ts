/**
 * What of a sound is drawn: its peaks, unless it is too long to be decoded only for that.
 */

const MOST_BYTES = 30 * 1024 * 1024;
const MOST_SECONDS = 600;
/** Of a sound of unknown length. Compressed well, it may be very long all the same. */
const MOST_BYTES_UNMEASURED = 2 * 1024 * 1024;

/** Whether a sound is small enough to be decoded as a whole. `seconds` may be unknown or, for a stream, infinite. */
export function isDrawable(byteLength: number, seconds: number | undefined): boolean {
  if (seconds === undefined || !Number.isFinite(seconds)) return byteLength <= MOST_BYTES_UNMEASURED;
  return byteLength <= MOST_BYTES && seconds <= MOST_SECONDS;
}

/** The loudest sample of each of `count` equal parts, over all channels, from 0 to 1. Shorter than `count` for few samples. */
export function peaksOf(channels: readonly Float32Array[], count: number): number[] {
  const length = Math.max(0, ...channels.map((samples) => samples.length));
  const parts = Math.min(count, length);
  const peaks = new Array<number>(parts).fill(0);
  for (const samples of channels) {
    for (let part = 0; part < parts; part++) {
      const end = Math.floor(((part + 1) * length) / parts);
      let peak = peaks[part] ?? 0;
      for (let at = Math.floor((part * length) / parts); at < end; at++)
        peak = Math.max(peak, Math.abs(samples[at] ?? 0));
      peaks[part] = Math.min(1, peak);
    }
  }
  return peaks;
}
