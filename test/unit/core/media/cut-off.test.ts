import { describe, expect, it } from 'vitest';
import { isCutOff } from '../../../../src/core/media/cut-off';
import { sniffMedia } from '../../../../src/core/media/sniff';
import { drawPicture } from '../../../../src/simulator/images/draw';
import { encodeMp3 } from '../../../../src/simulator/media/mp3';
import { speak } from '../../../../src/simulator/media/speech';
import { drawVideo } from '../../../../src/simulator/media/video';
import { encodeWav } from '../../../../src/simulator/media/wav';

const picture = { prompt: 'A fox', modelId: '', seed: 1, width: 320, height: 200 };
const speech = speak('Good morning', { voice: 'alloy', sampleRate: 8000 });
const files = {
  PNG: () => drawPicture(picture),
  JPEG: () => drawPicture({ ...picture, format: 'jpeg' }),
  WAV: () => encodeWav(speech),
  MP4: () => drawVideo(picture, 1),
};

const judge = (bytes: Uint8Array): boolean => isCutOff(bytes, sniffMedia(bytes)?.mediaType ?? '');

describe.each(Object.entries(files))('a file of %s', (_, make) => {
  it('that is whole is not cut off, that ends early is', async () => {
    const whole = await make();
    expect(judge(whole)).toBe(false);
    for (const share of [0.5, 0.9, 0.99]) expect(judge(whole.subarray(0, Math.floor(whole.length * share)))).toBe(true);
  });
});

it('nobody knows of MP3, nor of a stream that does not say how long it is', () => {
  const mp3 = encodeMp3(speech);
  expect(judge(mp3.subarray(0, mp3.length >> 1))).toBe(false);
  const stream = encodeWav(speech).slice(0, 2000);
  // The length of `data`, unknown while it is spoken.
  stream.set([0xff, 0xff, 0xff, 0xff], 40);
  expect(judge(stream)).toBe(false);
});

it('a JPEG may have a few bytes behind its end', async () => {
  const jpeg = await files.JPEG();
  expect(judge(Uint8Array.of(...jpeg, 0, 0, 0))).toBe(false);
});
