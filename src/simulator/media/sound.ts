/**
 * Sound as the makers of this folder hand it on.
 */

/** Sound of one channel. */
export interface Sound {
  /** Samples a second. */
  readonly sampleRate: number;
  readonly samples: Int16Array;
}

/** `sound` at another sample rate, straight lines between its samples; at its own rate it stays as it is. */
export function resampled(sound: Sound, sampleRate: number): Sound {
  if (sound.sampleRate === sampleRate) return sound;
  const { samples } = sound;
  const step = sound.sampleRate / sampleRate;
  return {
    sampleRate,
    samples: Int16Array.from({ length: Math.round(samples.length / step) }, (_, index) => {
      const at = Math.floor(index * step);
      const first = samples[at] ?? 0;
      return Math.round(first + (index * step - at) * ((samples[at + 1] ?? first) - first));
    }),
  };
}
