import { describe, expect, it } from 'vitest';
import type { Task } from '../../../../src/core/catalog/model';
import { spokenText } from '../../../../src/core/run/asked';
import { countWords } from '../../../../src/core/run/media-metrics';
import { metricsOf, type Metrics } from '../../../../src/core/run/metrics';
import type { RunResult } from '../../../../src/core/run/result';
import type { Event } from './runs';
import {
  failed,
  finished,
  headers,
  madeFile,
  model,
  picture,
  progress,
  resulted,
  runOf,
  sentFile,
  started,
  text,
  usage,
} from './runs';

const measure = (task: Task, ...events: (Event | Event[])[]): Metrics =>
  metricsOf(runOf(...events), model({}, { task }));
const transcript = (more: Partial<Extract<RunResult, { kind: 'transcript' }>> = {}): RunResult => ({
  kind: 'transcript',
  words: [],
  segments: [],
  ...more,
});
const word = (text: string) => ({ text, start: 0, end: 1 });

describe('pictures', () => {
  it('come with a first byte, and are whole later', () => {
    const file = { kind: 'image', width: 1024, height: 768 } as const;
    const metrics = measure('text-to-image', started(10), headers(11), madeFile(13, file, 12), finished(13.1));
    // 1024 × 768 = 786,432 pixels
    expect(metrics).toMatchObject({ ttfa: 2, e2e: 3, images: 1, megapixels: 0.786432 });
  });

  it('are counted and their pixels added, however many', () => {
    const metrics = measure('text-to-image', started(0), picture(1, 1000, 1000), picture(2, 2000, 1000), finished(2));
    expect(metrics).toMatchObject({ images: 2, megapixels: 3, e2e: 2, ttfa: 1 });
  });

  it('of unknown size have no megapixels, not those of the others', () => {
    const metrics = measure('text-to-image', started(0), picture(1, 1000, 1000), picture(2), finished(2));
    expect(metrics.images).toBe(2);
    expect(metrics).not.toHaveProperty('megapixels');
  });
});

describe('video', () => {
  it('has a run time until its first byte, and a download after it; both together are E2E', () => {
    const metrics = measure(
      'text-to-video',
      started(0),
      headers(60),
      progress(61, 100, 1000),
      progress(62, 900, 1000),
      madeFile(63.5, { seconds: 5.04 }, 61),
      finished(64),
    );
    expect(metrics).toMatchObject({ runTime: 61, downloadTime: 2.5, e2e: 63.5, mediaSeconds: 5.04 });
  });

  it('on its way has a run time and no download time yet', () => {
    const metrics = measure('text-to-video', started(0), headers(60), progress(61, 100));
    expect(metrics.runTime).toBe(61);
    expect(metrics).not.toHaveProperty('downloadTime');
    expect(metrics).not.toHaveProperty('e2e');
  });

  it('that broke off has no download time', () => {
    const metrics = measure('text-to-video', started(0), progress(61, 100), failed(70, 'network'));
    expect(metrics).not.toHaveProperty('downloadTime');
  });

  it('whose length could not be read has none', () => {
    expect(measure('text-to-video', started(0), madeFile(2, {}), finished(2))).not.toHaveProperty('mediaSeconds');
  });
});

describe('speech', () => {
  const spoken = (seconds?: number) => madeFile(2, { kind: 'audio', ...(seconds && { seconds }) }, 0.5);
  const asked = started(0, 1, { text: 'Hello there!' });

  it('has a first byte, a length, and a factor: seconds that it took for a second of sound', () => {
    // 2 s for 8 s
    expect(measure('text-to-speech', asked, spoken(8), finished(2))).toMatchObject({
      ttfa: 0.5,
      mediaSeconds: 8,
      realTimeFactor: 0.25,
      characters: 12,
    });
  });

  it('has the characters that the answer bills before those that were sent', () => {
    const metrics = measure('text-to-speech', asked, spoken(8), usage(2, { characters: 20 }), finished(2));
    expect(metrics.characters).toBe(20);
  });

  it('of unknown length has no factor', () => {
    expect(measure('text-to-speech', asked, spoken(), finished(2))).not.toHaveProperty('realTimeFactor');
  });

  it('that was stopped has no factor: the whole is not there', () => {
    expect(measure('text-to-speech', asked, spoken(8), failed(3, 'aborted'))).not.toHaveProperty('realTimeFactor');
  });

  it.each(['text', 'input', 'input_text'])('counts the characters of a text that is sent as %s', (field) => {
    const sent = { model: 'acme/voice', input: { [field]: 'Hello there!', voice: 'a' } };
    expect(spokenText(sent)).toBe('Hello there!');
    expect(spokenText({ ...sent.input })).toBe('Hello there!');
  });

  it('counts no characters for other tasks', () => {
    expect(measure('text-to-image', asked, picture(1), finished(1))).not.toHaveProperty('characters');
  });
});

describe('recognition', () => {
  const file = (seconds?: number) => started(0, 1, { ...sentFile('audio', { ...(seconds && { seconds }) }) });
  const heard = (...events: Event[]): Metrics => measure('speech-recognition', ...events, finished(3));

  it('takes the minutes that are billed, else those that the transcript tells, else those of the file', () => {
    const told = resulted(3, transcript({ seconds: 60 }));
    expect(heard(file(30), told, usage(3, { audioSeconds: 90 })).audioMinutes).toBe(1.5);
    expect(heard(file(30), told).audioMinutes).toBe(1);
    expect(heard(file(30), text(3)).audioMinutes).toBe(0.5);
    expect(heard(file(), text(3))).not.toHaveProperty('audioMinutes');
  });

  it('has a factor by the sound that was heard', () => {
    // 3 s for 30 s
    expect(heard(file(30), text(3)).realTimeFactor).toBeCloseTo(0.1, 12);
    expect(heard(file(), text(3))).not.toHaveProperty('realTimeFactor');
  });

  it('counts the words with times, else those of the text', () => {
    expect(heard(file(30), text(3, 'one two'), resulted(3, transcript({ words: [word('one')] }))).words).toBe(1);
    expect(heard(file(30), text(3, 'Well, one — two.'), resulted(3, transcript())).words).toBe(3);
    expect(heard(file(30))).not.toHaveProperty('words');
  });

  it('finds words where there are no spaces', () => {
    expect(countWords('你好，世界')).toBe(2);
    expect(countWords(' ... ')).toBe(0);
  });
});

describe('vectors', () => {
  const vectors: RunResult = {
    kind: 'embeddings',
    dimensions: 768,
    count: 4,
    labels: [],
    similarities: [],
    points: [],
    shown: 1,
  };

  it('have a number, a dimension and a rate', () => {
    const state = [started(0), resulted(0.5, vectors), finished(0.5)];
    expect(measure('embeddings', state)).toMatchObject({ vectors: 4, dimensions: 768, vectorsPerSecond: 8, e2e: 0.5 });
  });

  it('are no media, though their numbers are kept as a file', () => {
    const state = [started(0), resulted(0.5, vectors), madeFile(0.5, { kind: 'file' }), finished(0.5)];
    const metrics = measure('embeddings', state);
    for (const name of ['runTime', 'downloadTime', 'mediaSeconds', 'images']) expect(metrics).not.toHaveProperty(name);
  });
});

describe('pictures that a chat is about', () => {
  const content = [{ type: 'image_url', image_url: { url: sentFile('image') } }];

  it('are told from plain text, and their tokens where the answer tells them', () => {
    const asked = started(0, 1, { messages: [{ role: 'user', content }] });
    const metrics = measure('text-generation', asked, text(1), usage(2, { inputImageTokens: 765 }), finished(2));
    expect(metrics).toMatchObject({ sendsPictures: true, imageTokens: 765 });
    expect(measure('text-generation', asked, text(1), finished(2))).not.toHaveProperty('imageTokens');
    expect(measure('text-generation', started(0), text(1), finished(2)).sendsPictures).toBe(false);
  });
});

it('text has no figure of media', () => {
  const metrics = measure('text-generation', started(0), text(1), usage(2, { outputTokens: 30 }), finished(2));
  for (const name of ['runTime', 'downloadTime', 'images', 'mediaSeconds', 'words', 'characters', 'audioMinutes']) {
    expect(metrics).not.toHaveProperty(name);
  }
});
