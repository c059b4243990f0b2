/**
 * Puts encoded frames into an MP4 file (ISO/IEC 14496-12), the index in front so that playing can begin at once.
 */

/** A frame as its codec made it. */
export interface Sample {
  readonly bytes: Uint8Array;
  /** In the units of its track. */
  readonly duration: number;
  /** Whether playing can begin here. */
  readonly key: boolean;
}

/** A track of a file. */
export interface Track {
  /** Units in a second. */
  readonly timescale: number;
  /** What describes the codec: an entry of `stsd`. */
  readonly entry: Uint8Array;
  readonly samples: readonly Sample[];
  /** Pixels; a track without is sound. */
  readonly size?: { readonly width: number; readonly height: number };
}

/** Units of the file's own clock in a second. */
const clock = 1000;
const identity = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000] as const;

/** A file of `tracks`, each as one run of samples after the other. */
export function encodeMp4(tracks: readonly Track[]): Uint8Array<ArrayBuffer> {
  const head = box('ftyp', text('isom'), u32(512), text('isomiso2avc1mp41'));
  const indexBytes = index(tracks, 0).length;
  const media = joined(tracks.flatMap(({ samples }) => samples.map(({ bytes }) => bytes)));
  return joined([head, index(tracks, head.length + indexBytes + 8), box('mdat', media)]);
}

/** A box of a type with its contents. */
export function box(type: string, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const body = joined(parts);
  return joined([u32(8 + body.length), text(type), body]);
}

/** 32-bit numbers, the highest byte first. */
export function u32(...values: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [at, value] of values.entries()) view.setUint32(4 * at, value);
  return bytes;
}

/** 16-bit numbers, the highest byte first. */
export function u16(...values: readonly number[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(values.flatMap((value) => [value >> 8, value & 255]));
}

/** Characters of ASCII. */
function text(value: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(value, (character) => character.charCodeAt(0));
}

/** `parts` one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function index(tracks: readonly Track[], mediaStart: number): Uint8Array {
  let start = mediaStart;
  const boxes = tracks.map((track, at) => {
    const made = trackBox(track, at + 1, start);
    start += track.samples.reduce((sum, { bytes }) => sum + bytes.length, 0);
    return made;
  });
  const length = Math.max(...tracks.map(clockLength));
  const header = box(
    'mvhd',
    u32(0, 0, 0, clock, length, 0x1_0000),
    u16(0x100, 0),
    u32(0, 0, ...identity, 0, 0, 0, 0, 0, 0, boxes.length + 1),
  );
  return box('moov', header, ...boxes);
}

function unitsOf({ samples }: Track): number {
  return samples.reduce((sum, { duration }) => sum + duration, 0);
}

function clockLength(track: Track): number {
  return Math.round((unitsOf(track) * clock) / track.timescale);
}

function trackBox(track: Track, id: number, start: number): Uint8Array {
  const { size, timescale, samples, entry } = track;
  const [width, height] = size === undefined ? [0, 0] : [size.width << 16, size.height << 16];
  const volume = size === undefined ? 0x100 : 0;
  return box(
    'trak',
    // Flags: enabled and part of the presentation.
    box('tkhd', u32(3, 0, 0, id, 0, clockLength(track), 0, 0), u16(0, 0, volume, 0), u32(...identity, width, height)),
    box(
      'mdia',
      box('mdhd', u32(0, 0, 0, timescale, unitsOf(track)), u16(0x55c4, 0)),
      box('hdlr', u32(0, 0), text(size === undefined ? 'soun' : 'vide'), u32(0, 0, 0), Uint8Array.of(0)),
      box(
        'minf',
        size === undefined ? box('smhd', u32(0, 0)) : box('vmhd', u32(1, 0, 0)),
        box('dinf', box('dref', u32(0, 1), box('url ', u32(1)))),
        box(
          'stbl',
          box('stsd', u32(0, 1), entry),
          box('stts', durations(samples)),
          keys(samples),
          box('stsc', u32(0, 1, 1, samples.length, 1)),
          box('stsz', u32(0, 0, samples.length, ...samples.map(({ bytes }) => bytes.length))),
          box('stco', u32(0, 1, start)),
        ),
      ),
    ),
  );
}

/** Runs of samples of equal duration. */
function durations(samples: readonly Sample[]): Uint8Array {
  const runs: { count: number; duration: number }[] = [];
  for (const { duration } of samples) {
    const last = runs.at(-1);
    if (last?.duration === duration) last.count++;
    else runs.push({ count: 1, duration });
  }
  return u32(0, runs.length, ...runs.flatMap(({ count, duration }) => [count, duration]));
}

/** Where playing can begin; a track in which it can everywhere has no such list. */
function keys(samples: readonly Sample[]): Uint8Array {
  const numbers = samples.flatMap(({ key }, at) => (key ? [at + 1] : []));
  return numbers.length === samples.length ? new Uint8Array() : box('stss', u32(0, numbers.length, ...numbers));
}
