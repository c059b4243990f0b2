import fc from 'fast-check';
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input, type InputAudioTrack } from 'mediabunny';
import { describe, expect, it } from 'vitest';
import { encodeMp3, mp3Seconds, readMp3Text } from '../../../src/simulator/media/mp3';
import { music } from '../../../src/simulator/media/music';
import { speak } from '../../../src/simulator/media/speech';
import { encodeWav, readWav } from '../../../src/simulator/media/wav';

const paragraph =
  'The quick brown fox jumps over the lazy dog. Embeddings of similar sentences point in similar directions, and ' +
  'unrelated ones do not. Would you like some tea? I think that the weather will be fine today.';

/** Loudness (root mean square, of 32,768) between two times. */
function loudness(sound: { sampleRate: number; samples: Int16Array }, start = 0, end = Infinity): number {
  const part = sound.samples.subarray(Math.ceil(start * sound.sampleRate), Math.floor(end * sound.sampleRate));
  return Math.sqrt(part.reduce((sum, value) => sum + value * value, 0) / part.length);
}

/** What an independent reader makes of a file of sound. */
async function readByOthers(bytes: Uint8Array) {
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) });
  const track = (await input.getPrimaryAudioTrack()) as InputAudioTrack;
  const { comment } = await input.getMetadataTags();
  return {
    seconds: await track.computeDuration(),
    sampleRate: track.sampleRate,
    channels: track.numberOfChannels,
    codec: track.codec,
    comment,
  };
}

describe('speech', () => {
  it('says about 2.6 words a second, and as many more as it is asked to be faster', () => {
    const rate = (speed: number): number => {
      const { samples, sampleRate, words } = speak(paragraph, { voice: 'alloy', speed });
      return words.length / (samples.length / sampleRate);
    };
    expect(rate(1)).toBeGreaterThan(2.3);
    expect(rate(1)).toBeLessThan(2.9);
    expect(rate(2) / rate(1)).toBeCloseTo(2, 0);
    expect(rate(0.5) / rate(1)).toBeCloseTo(0.5, 1);
  });

  it('is loud where its words are, and silent between them', () => {
    const speech = speak(paragraph, { voice: 'alloy' });
    expect(speech.words.map(({ word }) => word).join(' ')).toBe(paragraph);
    let before = 0;
    for (const { start, end } of speech.words) {
      expect(loudness(speech, before, start)).toBe(0);
      expect(loudness(speech, start, end)).toBeGreaterThan(2000);
      before = end;
    }
    expect(before).toBeLessThan(speech.samples.length / speech.sampleRate);
  });

  it('differs by voice and text, and is otherwise the same', () => {
    const said = (text: string, voice: string) => speak(text, { voice, sampleRate: 16_000 }).samples;
    expect(said('Good morning', 'alloy')).toEqual(said('Good morning', 'alloy'));
    expect(said('Good morning', 'alloy')).not.toEqual(said('Good morning', 'onyx'));
    expect(said('Good morning', 'alloy')).not.toEqual(said('Good evening', 'alloy'));
  });

  it('hears words in scripts without spaces', () => {
    const { words } = speak('你好，世界。', { voice: 'alloy' });
    expect(words.length).toBeGreaterThan(1);
    expect(words.map(({ word }) => word).join('')).toBe('你好，世界。');
  });

  it('makes a sound of any text in which no word overlaps another', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.double({ min: 0.25, max: 4, noNaN: true }),
        (text, speed) => {
          const speech = speak(text, { voice: 'a', speed, sampleRate: 8000 });
          expect(loudness(speech)).toBeGreaterThan(1000);
          let before = 0;
          for (const { start, end } of speech.words) {
            expect(start).toBeGreaterThanOrEqual(before);
            expect(end).toBeGreaterThan(start);
            before = end;
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('tunes', () => {
  it('have the length asked, and follow prompt and seed', () => {
    const tune = music('A waltz', 7.5, 1);
    expect(tune.samples.length / tune.sampleRate).toBe(7.5);
    for (let second = 0; second < 7; second++) expect(loudness(tune, second, second + 1)).toBeGreaterThan(1000);
    expect(music('A waltz', 7.5, 1)).toEqual(tune);
    expect(music('A waltz', 7.5, 2)).not.toEqual(tune);
    expect(music('A march', 7.5, 1)).not.toEqual(tune);
  });
});

describe.each(['wav', 'mp3'] as const)('%s files', (kind) => {
  const encode = kind === 'wav' ? encodeWav : encodeMp3;
  const secondsOf = (bytes: Uint8Array) => (kind === 'wav' ? readWav(bytes)?.seconds : mp3Seconds(bytes));
  const textOf = (bytes: Uint8Array) => (kind === 'wav' ? readWav(bytes)?.text : readMp3Text(bytes));

  it.each([8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000])(
    'are read by others as sound of the same length, at %d Hz',
    async (sampleRate) => {
      const sound = speak(paragraph, { voice: 'alloy', sampleRate });
      const seconds = sound.samples.length / sampleRate;
      const bytes = encode(sound, paragraph);
      const read = await readByOthers(bytes);
      expect(read).toMatchObject({ sampleRate, channels: 1, codec: kind === 'wav' ? 'pcm-s16' : 'mp3' });
      expect(read.comment).toBe(paragraph);
      expect(Math.abs(read.seconds - seconds)).toBeLessThan(0.1);
      expect(Math.abs((secondsOf(bytes) ?? NaN) - seconds)).toBeLessThan(0.1);
    },
  );

  it('give back the text that they were given, and none without', () => {
    const sound = speak('Hi', { voice: 'a', sampleRate: 8000 });
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
        (text) => {
          const bytes = encode(sound, text);
          expect(textOf(bytes)).toBe(text);
          // Chunks of a WAV file have even lengths.
          if (kind === 'wav') expect(bytes.length % 2).toBe(0);
        },
      ),
    );
    expect(textOf(encode(sound))).toBeUndefined();
  });

  it('are refused or read, and never thrown at, whatever happened to them', () => {
    const whole = encode(speak('Hi there', { voice: 'a', sampleRate: 8000 }), 'Hi there');
    fc.assert(
      fc.property(fc.nat(whole.length), fc.array(fc.tuple(fc.nat(200), fc.nat(255))), (length, changes) => {
        const bytes = whole.slice(0, length);
        for (const [at, value] of changes) if (at < length) bytes[at] = value;
        for (const seconds of [readWav(bytes)?.seconds, mp3Seconds(bytes)])
          expect(seconds === undefined || seconds >= 0).toBe(true);
        expect(['string', 'undefined']).toContain(typeof readMp3Text(bytes));
      }),
    );
    expect(secondsOf(new Uint8Array())).toBeUndefined();
    expect(secondsOf(new TextEncoder().encode('<!doctype html><title>Gone</title>'))).toBeUndefined();
  });
});

describe('WAV files', () => {
  it('that were cut or streamed are as long as the samples that are there', () => {
    const sampleRate = 8000;
    const bytes = encodeWav({ sampleRate, samples: new Int16Array(sampleRate) });
    expect(readWav(bytes)).toEqual({ sampleRate, channels: 1, seconds: 1 });
    expect(readWav(bytes.subarray(0, 44 + sampleRate))?.seconds).toBe(0.5);
    new DataView(bytes.buffer).setUint32(40, 0xffff_ffff, true);
    expect(readWav(bytes)?.seconds).toBe(1);
  });
});

describe('MP3 files', () => {
  it.each([22_050, 24_000, 44_100])('are frame after frame without a gap, at %d Hz', async (sampleRate) => {
    const sound = speak(paragraph, { voice: 'alloy', sampleRate });
    const bytes = encodeMp3(sound);
    const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) });
    const track = (await input.getPrimaryAudioTrack()) as InputAudioTrack;
    let [count, length] = [0, 0];
    for await (const { byteLength } of new EncodedPacketSink(track).packets()) {
      count++;
      length += byteLength;
    }
    expect(length).toBe(bytes.length);
    expect(count).toBe(Math.ceil(sound.samples.length / (sampleRate < 32_000 ? 576 : 1152)));
  });

  it('take any sample rate, at the next one that there is', async () => {
    const sound = speak('Hello world', { voice: 'alloy', sampleRate: 20_000 });
    const read = await readByOthers(encodeMp3(sound));
    expect(read.sampleRate).toBe(22_050);
    expect(Math.abs(read.seconds - sound.samples.length / 20_000)).toBeLessThan(0.1);
  });
});
