import { createHash } from 'node:crypto';
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input, type InputVideoTrack } from 'mediabunny';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitWriter } from '../../../src/simulator/media/bits';
import { cutPicture, htmlPage, pictureBomb, undecodableVideo } from '../../../src/simulator/media/broken';
import { drawVideo } from '../../../src/simulator/media/video';
import { encodeFrame } from '../../../src/simulator/media/video/h264';

const picture = { prompt: 'A red fox runs over the snow', modelId: 'google/veo-3', seed: 7, width: 1280, height: 720 };

async function read(bytes: Uint8Array) {
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) });
  const track = (await input.getPrimaryVideoTrack()) as InputVideoTrack;
  const packets = [];
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet);
  const sound = await input.getPrimaryAudioTrack();
  return {
    type: await input.getMimeType(),
    seconds: await track.computeDuration(),
    width: track.displayWidth,
    height: track.displayHeight,
    keys: packets.filter(({ type }) => type === 'key').map(({ timestamp }) => timestamp),
    frames: packets.length,
    codec: track.codec,
    sound: sound === null ? undefined : { codec: sound.codec, seconds: await sound.computeDuration() },
  };
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('videos', () => {
  it('have the length and the ratio asked, and places to seek to', async () => {
    const bytes = await drawVideo(picture, 8);
    expect(await read(bytes)).toEqual({
      type: 'video/mp4; codecs="avc1.42c01e"',
      seconds: 8,
      width: 320,
      height: 180,
      keys: [0, 2, 4, 6],
      frames: 96,
      codec: 'avc',
      sound: undefined,
    });
    expect(bytes.length).toBeLessThan(500_000);
  });

  it.each([
    [1024, 1024, 5],
    [720, 1280, 2.5],
    [1376, 768, 0.5],
    [1920, 816, 6.04],
    [64, 64, 3],
  ])('of %d by %d keep the ratio for %d s', async (width, height, seconds) => {
    const video = await read(await drawVideo({ ...picture, width, height }, seconds, { fps: 24 }));
    expect(video.seconds).toBeCloseTo(seconds, 2);
    expect(Math.abs((video.width / video.height) * (height / width) - 1)).toBeLessThan(0.005);
    expect(Math.max(video.width, video.height)).toBeLessThanOrEqual(320);
  });

  it('have a tune on request, as long as the picture', async () => {
    const { sound, seconds } = await read(await drawVideo(picture, 4, { sound: true }));
    expect(seconds).toBe(4);
    expect(sound?.codec).toBe('mp3');
    expect(Math.abs((sound?.seconds ?? 0) - 4)).toBeLessThan(0.1);
  });

  it('follow prompt, seed and model, and are otherwise the same', async () => {
    const of = async (change: object): Promise<string> => digest(await drawVideo({ ...picture, ...change }, 1));
    const usual = await of({});
    expect(await of({})).toBe(usual);
    for (const change of [{ prompt: 'A red dog' }, { seed: 8 }, { modelId: 'openai/sora-2' }])
      expect(await of(change)).not.toBe(usual);
  });

  it('take long prompts and odd shapes', async () => {
    const prompt = 'An unusually long description of a scene. '.repeat(60);
    expect(await read(await drawVideo({ ...picture, prompt }, 1))).toMatchObject({ width: 320, height: 180 });
    expect(await read(await drawVideo({ ...picture, width: 4096, height: 64 }, 1))).toMatchObject({ seconds: 1 });
  });
});

describe('frames', () => {
  const planes = (value: (index: number) => number) => ({
    width: 16,
    height: 16,
    y: Uint8Array.from({ length: 256 }, (_, index) => value(index)),
    cb: new Uint8Array(64),
    cr: new Uint8Array(64),
  });

  it('never contain what looks like the start of another', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 256, maxLength: 256 }), (pixels) => {
        const unit = Buffer.from(
          encodeFrame(
            planes((index) => pixels[index] ?? 0),
            undefined,
            0,
            0,
          ),
        );
        for (const small of [0, 1, 2]) expect(unit.indexOf(Buffer.from([0, 0, small]))).toBe(-1);
        // Nothing is lost by that.
        const plain = unit.toString('latin1').replaceAll('\0\0\x03', '\0\0');
        expect(plain).toContain(Buffer.from(pixels).toString('latin1'));
      }),
    );
  });

  it('are numbered since the last one to seek to', () => {
    const first = planes((index) => index);
    for (const number of [1, 2, 15, 16, 17]) {
      const unit = encodeFrame(
        planes(() => 7),
        first,
        number,
        0,
      );
      const bits = [...unit.subarray(1, 4)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
      // First block 0, type 5 (P), parameter set 0, then four bits of the number.
      expect(bits).toMatch(new RegExp(`^1001101${(number % 16).toString(2).padStart(4, '0')}`));
    }
  });

  it('that change nothing take a few bytes', () => {
    const still = planes((index) => index);
    expect(encodeFrame(still, still, 1, 0).length).toBeLessThan(8);
    expect(encodeFrame(still, undefined, 0, 0).length).toBeGreaterThan(384);
  });
});

describe('bits', () => {
  it('stand in the order in which they were written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(0xff_ffff), fc.integer({ min: 0, max: 24 })), { maxLength: 400 }),
        (numbers) => {
          const writer = new BitWriter();
          let expected = '';
          for (const [value, count] of numbers) {
            writer.write(value, count);
            expected += count === 0 ? '' : value.toString(2).padStart(24, '0').slice(-count);
          }
          expect(writer.length).toBe(expected.length);
          const written = [...writer.bytes()].map((byte) => byte.toString(2).padStart(8, '0')).join('');
          expect(written).toBe(expected.padEnd(Math.ceil(expected.length / 8) * 8, '0'));
        },
      ),
    );
  });
});

describe('bad output', () => {
  it('is a small picture that claims to be huge', () => {
    const bomb = Buffer.from(pictureBomb());
    expect(bomb.length).toBeLessThan(200);
    expect(bomb.subarray(1, 4).toString()).toBe('PNG');
    expect([bomb.readUInt32BE(16), bomb.readUInt32BE(20)]).toEqual([60_000, 60_000]);
  });

  it('is a picture that ends in the middle', async () => {
    const cut = Buffer.from(await cutPicture());
    expect(cut.subarray(1, 4).toString()).toBe('PNG');
    expect(cut.includes('IDAT')).toBe(true);
    expect(cut.includes('IEND')).toBe(false);
  });

  it('is a video whose codec nobody knows, and a page', async () => {
    const bytes = Buffer.from(undecodableVideo());
    expect(bytes.subarray(4, 8).toString()).toBe('ftyp');
    expect(await read(bytes)).toMatchObject({ codec: null, seconds: 1, width: 320, height: 180 });
    expect(new TextDecoder().decode(htmlPage())).toMatch(/^<!doctype html>/);
  });
});
