/**
 * Draws the video of a model that did not run, as an MP4 file.
 */
import type { Picture } from '../images/draw';
import { encodeFrames } from './mp3';
import { box, encodeMp4, joined, type Sample, type Track, u16, u32 } from './mp4';
import { music } from './music';
import { encodeFrame, parameterSets, type Planes } from './video/h264';
import { createScene, type Scene } from './video/scene';

/** How a video is drawn. */
export interface VideoOptions {
  /** Frames a second; 12 unless given. */
  readonly fps?: number;
  /** Whether a tune plays along. */
  readonly sound?: boolean;
}

/** Units of the picture track in a second. */
const timescale = 90_000;
/** Seconds between frames to seek to; more in long videos, because such frames are large. */
const keyInterval = 2;
const mostKeys = 20;

/**
 * A video of exactly `seconds`, at most 320 pixels wide or high in the ratio of the picture. The same picture gives the
 * same bytes.
 */
export async function drawVideo(
  picture: Picture,
  seconds: number,
  { fps = 12, sound = false }: VideoOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const tracks = [pictureTrack(createScene(picture, seconds), seconds, fps)];
  if (sound) tracks.push(soundTrack(picture, seconds));
  return Promise.resolve(encodeMp4(tracks));
}

function pictureTrack(scene: Scene, seconds: number, fps: number): Track {
  const count = Math.max(1, Math.round(seconds * fps));
  const interval = Math.max(1, Math.round(fps * Math.max(keyInterval, seconds / mostKeys)));
  const at = (index: number): number => Math.round((index * seconds * timescale) / count);
  const samples: Sample[] = [];
  let before: Planes | undefined;
  let sets: ReturnType<typeof parameterSets> | undefined;
  for (let index = 0; index < count; index++) {
    const planes = scene.show(at(index) / timescale);
    sets ??= parameterSets(planes, scene.width, scene.height);
    const key = index % interval === 0;
    const unit = encodeFrame(planes, key ? undefined : before, index % interval, index / interval);
    samples.push({ bytes: joined([u32(unit.length), unit]), duration: at(index + 1) - at(index), key });
    before = planes;
  }
  const { width, height } = scene;
  return { timescale, samples, size: { width, height }, entry: pictureEntry(scene, sets) };
}

/** The entry `avc1` (ISO/IEC 14496-15): size, 72 dpi, and the parameter sets. */
function pictureEntry({ width, height }: Scene, sets: ReturnType<typeof parameterSets> | undefined): Uint8Array {
  const { sps, pps } = sets ?? { sps: new Uint8Array(4), pps: new Uint8Array() };
  return box(
    'avc1',
    u32(0, 1, 0, 0, 0, 0),
    u16(width, height),
    u32(0x48_0000, 0x48_0000, 0),
    u16(1),
    new Uint8Array(32),
    u16(24, 0xffff),
    box(
      'avcC',
      Uint8Array.of(1, ...sps.subarray(1, 4), 0xff, 0xe1),
      u16(sps.length),
      sps,
      Uint8Array.of(1),
      u16(pps.length),
      pps,
    ),
  );
}

/** A tune as MP3, which browsers play inside an MP4 too. */
function soundTrack({ prompt, seed }: Picture, seconds: number): Track {
  const tune = music(prompt, seconds, seed);
  const duration = 576;
  // No sound outlasts the picture.
  const frames = encodeFrames(tune).slice(0, Math.max(1, Math.floor(tune.samples.length / duration)));
  const samples = frames.map((bytes) => ({ bytes, duration, key: true }));
  return { timescale: tune.sampleRate, samples, entry: soundEntry(tune.sampleRate) };
}

/** The entry `mp4a` (ISO/IEC 14496-14) with the descriptor of MPEG-2 audio. */
function soundEntry(sampleRate: number): Uint8Array {
  const mpeg2Audio = 0x69;
  const audioStream = 0x15;
  // Descriptors of an elementary stream (3), its decoder (4) and its timing (6), each with its length.
  const decoder = [0x04, 13, mpeg2Audio, audioStream, 0, 0, 0, ...u32(64_000, 64_000)];
  const stream = [0x03, 3 + decoder.length + 3, 0, 2, 0, ...decoder, 0x06, 1, 2];
  return box(
    'mp4a',
    u32(0, 1, 0, 0),
    u16(1, 16, 0, 0),
    u32(sampleRate * 0x1_0000),
    box('esds', u32(0), Uint8Array.from(stream)),
  );
}
