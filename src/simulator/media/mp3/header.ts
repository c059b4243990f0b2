/**
 * The four bytes in front of every frame of MPEG audio, layer III (ISO/IEC 11172-3 and 13818-3, 2.4.2.3).
 */

/** What a frame's header tells. */
export interface FrameHeader {
  /** Samples a second. */
  readonly sampleRate: number;
  /** Samples that the frame becomes. */
  readonly samples: number;
  /** Bytes from this header to the next. */
  readonly bytes: number;
}

/** Bytes of a header. */
export const headerBytes = 4;

/** Samples of a granule. */
export const granuleSamples = 576;

/** Kilobits a second by index; index 0 means "free", 15 is forbidden. */
const bitrates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const bitrates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const rates1 = [44_100, 48_000, 32_000];

/** How an encoder makes its frames. */
export interface FrameFormat {
  readonly sampleRate: number;
  /** 2 in MPEG-1, 1 in its extensions to low sample rates. */
  readonly granules: 1 | 2;
  /** Bits a second. */
  readonly bitrate: number;
  /** First, second and third byte without padding. */
  readonly bytes: readonly [number, number, number];
}

const formats: readonly FrameFormat[] = rates1
  .flatMap((rate, index): FrameFormat[] => {
    const third1 = (bitrates1.indexOf(96) << 4) | (index << 2);
    const third2 = (bitrates2.indexOf(64) << 4) | (index << 2);
    return [
      { sampleRate: rate, granules: 2, bitrate: 96_000, bytes: [0xff, 0xfb, third1] },
      { sampleRate: rate / 2, granules: 1, bitrate: 64_000, bytes: [0xff, 0xf3, third2] },
      { sampleRate: rate / 4, granules: 1, bitrate: 64_000, bytes: [0xff, 0xe3, third2] },
    ];
  })
  .sort((left, right) => left.sampleRate - right.sampleRate);

/** The format of the lowest of the nine sample rates that is not below `sampleRate`, or else of the highest. */
export function formatFor(sampleRate: number): FrameFormat {
  const [format] = formats.filter((known) => known.sampleRate >= sampleRate);
  return format ?? (formats.at(-1) as FrameFormat);
}

/** Reads the header at `offset`; undefined where no frame of layer III begins. */
export function readHeader(bytes: Uint8Array, offset: number): FrameHeader | undefined {
  const [first = 0, second = 0, third = 0] = bytes.subarray(offset, offset + 3);
  // Eleven bits of sync, then the layer, for which 01 means III.
  if (first !== 0xff || (second & 0xe6) !== 0xe2) return undefined;
  const version = (second >> 3) & 3;
  const base = rates1[(third >> 2) & 3];
  const kilobits = (version === 3 ? bitrates1 : bitrates2)[third >> 4];
  if (version === 1 || base === undefined || kilobits === undefined || kilobits === 0) return undefined;
  const sampleRate = version === 3 ? base : version === 2 ? base / 2 : base / 4;
  const samples = version === 3 ? 2 * granuleSamples : granuleSamples;
  return { sampleRate, samples, bytes: Math.floor((samples * 125 * kilobits) / sampleRate) + ((third >> 1) & 1) };
}
