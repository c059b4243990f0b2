/** What the simulator makes is real media: Chromium's own decoders play it. */
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cutPicture, pictureBomb, undecodableVideo } from '../../src/simulator/media/broken';
import { encodeMp3 } from '../../src/simulator/media/mp3';
import { music } from '../../src/simulator/media/music';
import { speak } from '../../src/simulator/media/speech';
import { drawVideo } from '../../src/simulator/media/video';
import { encodeWav } from '../../src/simulator/media/wav';
import { drawPicture } from '../../src/simulator/images/draw';
import { browser } from './harness';

const text = 'Good morning. Would you like some tea? It is a fine day.';
const picture = { prompt: 'A red fox runs over the snow', modelId: 'google/veo-3', seed: 7, width: 1280, height: 720 };

async function openPage(): Promise<Page> {
  const page = await (await browser()).newPage();
  onTestFinished(() => page.close());
  return page;
}

const dataUri = (type: string, bytes: Uint8Array): string =>
  `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;

/** Decodes a file at `sampleRate`: samples of -1 to 1. */
async function decode(page: Page, bytes: Uint8Array, sampleRate: number) {
  const { duration, channels, encoded } = await page.evaluate(
    async ({ file, sampleRate }) => {
      const bytes = Uint8Array.from(atob(file), (character) => character.charCodeAt(0));
      const sound = await new OfflineAudioContext(1, 1, sampleRate).decodeAudioData(bytes.buffer);
      const samples = Int16Array.from(sound.getChannelData(0), (value) => Math.round(value * 32_767));
      const binary = Array.from(new Uint8Array(samples.buffer), (byte) => String.fromCharCode(byte)).join('');
      return { duration: sound.duration, channels: sound.numberOfChannels, encoded: btoa(binary) };
    },
    { file: Buffer.from(bytes).toString('base64'), sampleRate },
  );
  const buffer = Uint8Array.from(Buffer.from(encoded, 'base64')).buffer;
  return { duration, channels, samples: new Int16Array(buffer) };
}

/** Root mean square. */
const loudness = (samples: Int16Array): number =>
  Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);

/** How alike two sounds are, sample by sample: 1 for the same, about 0 for unrelated ones. */
function likeness(left: Int16Array, right: Int16Array): number {
  let [both, first, second] = [0, 0, 0];
  for (const [index, value] of left.entries()) {
    const other = right[index] ?? 0;
    both += value * other;
    first += value * value;
    second += other * other;
  }
  return both / Math.sqrt(first * second || 1);
}

describe('simulated sound', () => {
  it.each([16_000, 24_000, 44_100])('is decoded to what was said, in time, at %d Hz', async (sampleRate) => {
    const page = await openPage();
    const speech = speak(text, { voice: 'alloy', sampleRate });
    const seconds = speech.samples.length / sampleRate;
    for (const [encode, least] of [[encodeWav, 0.9999] as const, [encodeMp3, 0.988] as const]) {
      const heard = await decode(page, encode(speech, text), sampleRate);
      expect(heard.channels).toBe(1);
      expect(Math.abs(heard.duration - seconds)).toBeLessThan(0.1);
      expect(likeness(speech.samples, heard.samples)).toBeGreaterThan(least);
      expect(loudness(heard.samples) / loudness(speech.samples)).toBeCloseTo(1, 1);
    }
  });

  it('is decoded when it is a tune', async () => {
    const page = await openPage();
    const tune = music('A waltz', 5, 1);
    const heard = await decode(page, encodeMp3(tune), tune.sampleRate);
    expect(Math.abs(heard.duration - 5)).toBeLessThan(0.1);
    expect(likeness(tune.samples, heard.samples)).toBeGreaterThan(0.97);
  });
});

describe('simulated video', () => {
  /** Loads a video into the page; answers with its figures, or with what its element complained about. */
  async function load(page: Page, bytes: Uint8Array) {
    return page.evaluate(
      (source) =>
        new Promise<{ error?: number; duration?: number; width?: number; height?: number }>((resolve) => {
          const video = document.createElement('video');
          video.muted = true;
          document.body.append(video);
          video.onerror = () => resolve({ error: video.error?.code ?? 0 });
          video.onloadeddata = () =>
            resolve({ duration: video.duration, width: video.videoWidth, height: video.videoHeight });
          video.src = source;
        }),
      dataUri('video/mp4', bytes),
    );
  }

  /** Seeks, and answers with the share of the row of the bar that is as bright as at its left end. */
  async function barAt(page: Page, time: number): Promise<number> {
    return page.evaluate(async (time) => {
      const video = document.querySelector('video') as HTMLVideoElement;
      await new Promise((resolve) => {
        video.onseeked = resolve;
        video.currentTime = time;
      });
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      context.drawImage(video, 0, 0);
      const { data } = context.getImageData(8, video.videoHeight - 11, video.videoWidth - 16, 1);
      const differs = (at: number): number =>
        [0, 1, 2].reduce((sum, part) => sum + Math.abs((data[4 * at + part] ?? 0) - (data[part] ?? 0)), 0);
      let end = 0;
      while (end < data.length / 4 && differs(end) < 60) end++;
      return end / (data.length / 4);
    }, time);
  }

  it('has the length and the ratio asked, and shows the moment that was sought', async () => {
    const page = await openPage();
    expect(await load(page, await drawVideo(picture, 8))).toEqual({ duration: 8, width: 320, height: 180 });
    // Back and forth, and between the frames that can be sought directly.
    for (const time of [6.9, 1.1, 3.5]) expect(await barAt(page, time)).toBeCloseTo(time / 8, 1);
  });

  it('plays to its end, with its tune', async () => {
    const page = await openPage();
    expect(await load(page, await drawVideo({ ...picture, width: 720 }, 2.5, { fps: 24, sound: true }))).toEqual({
      duration: 2.5,
      width: 320,
      height: 320,
    });
    const played = await page.evaluate(
      () =>
        new Promise<{ at: number; frames: number; corrupted: number; soundBytes: number }>((resolve, reject) => {
          const video = document.querySelector('video') as HTMLVideoElement;
          video.onended = () => {
            const { totalVideoFrames, corruptedVideoFrames } = video.getVideoPlaybackQuality();
            const { webkitAudioDecodedByteCount: soundBytes } = video as unknown as Record<string, number>;
            resolve({
              at: video.currentTime,
              frames: totalVideoFrames,
              corrupted: corruptedVideoFrames,
              soundBytes: soundBytes ?? 0,
            });
          };
          video.onerror = () => reject(new Error(video.error?.message));
          video.play().catch(reject);
        }),
    );
    expect(played).toMatchObject({ at: 2.5, corrupted: 0 });
    expect(played.frames).toBeGreaterThan(20);
    expect(played.soundBytes).toBeGreaterThan(10_000);
  });

  it('that is broken on purpose is refused by the browser', async () => {
    const page = await openPage();
    // MEDIA_ERR_SRC_NOT_SUPPORTED
    expect(await load(page, undecodableVideo())).toEqual({ error: 4 });
  });
});

describe('simulated pictures', () => {
  /** Pixels of a picture, or undefined when the browser cannot decode it. */
  async function sizeOf(page: Page, type: string, bytes: Uint8Array): Promise<readonly number[] | undefined> {
    return page.evaluate(
      async (source) => {
        const image = new Image();
        image.src = source;
        return image.decode().then(
          () => [image.naturalWidth, image.naturalHeight],
          () => undefined,
        );
      },
      dataUri(type, bytes),
    );
  }

  it('are decoded, and the bomb is not', async () => {
    const page = await openPage();
    expect(await sizeOf(page, 'image/png', await drawPicture(picture))).toEqual([1280, 720]);
    expect(await sizeOf(page, 'image/jpeg', await drawPicture({ ...picture, format: 'jpeg' }))).toEqual([1280, 720]);
    expect(await sizeOf(page, 'image/png', pictureBomb())).toBeUndefined();
    // Chromium shows the half that came.
    expect(await sizeOf(page, 'image/png', await cutPicture())).toEqual([256, 256]);
  });
});
