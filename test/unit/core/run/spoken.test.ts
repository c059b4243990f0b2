import { describe, expect, it } from 'vitest';
import { moneyInWords, spokenSummary } from '../../../../src/core/run/spoken';
import type { Task } from '../../../../src/core/catalog/model';
import type { RunResult } from '../../../../src/core/run/result';
import {
  approximate,
  finished,
  madeFile,
  model,
  picture,
  resulted,
  runOf,
  sentFile,
  started,
  text,
  usage,
} from './runs';
import type { Event } from './runs';

const glm = model({ 'per 1M input tokens': 0.06, 'per 1M output tokens': 0.4 }, { name: 'GLM 4.7 Flash' });

describe('spokenSummary', () => {
  it('tells first answer, tokens and cost in one sentence', () => {
    const run = runOf(started(0), text(0.8), usage(2, { inputTokens: 20, outputTokens: 240 }), finished(2));
    expect(spokenSummary(run, glm)).toBe(
      'GLM 4.7 Flash: first answer 0.80 seconds, 240 tokens, one hundredth of a cent.',
    );
  });

  it('says what is only counted, and what is unknown', () => {
    const counted = runOf(started(0), text(12), approximate(2, { inputTokens: 9, outputTokens: 1 }), finished(13));
    expect(spokenSummary(counted, model({}, { name: 'M' }))).toBe(
      'M: first answer 12.0 seconds, about 1 token, cost unknown.',
    );
    expect(spokenSummary(runOf(started(0), finished(1)), model({}, { name: 'M' }))).toBe('M: no answer, cost unknown.');
  });

  it('speaks of pictures', () => {
    const drawn = runOf(started(0), picture(4), finished(4));
    expect(spokenSummary(drawn, model({ 'per image': 0.04 }, { name: 'Flux' }))).toBe(
      'Flux: picture after 4.00 seconds, 4 cents.',
    );
  });
});

describe('the summary of a task', () => {
  const spoken = (task: Task, ...events: Event[]): string =>
    spokenSummary(runOf(...events, finished(9)), model({}, { name: 'M', task }));
  const result = (value: RunResult): Event => resulted(0.5, value);
  const audio = (seconds?: number) => madeFile(2, { kind: 'audio', ...(seconds && { seconds }) }, 0.3);
  const labels = (...items: { label: string; score: number }[]) => result({ kind: 'labels', items });

  const rows: readonly (readonly [task: Task, words: string, ...events: Event[]])[] = [
    ['text-to-image', 'picture of 1024 by 768 after 1.20 seconds', started(0), picture(1.2, 1024, 768)],
    ['text-to-image', '2 pictures of 8 by 8 after 2.00 seconds', started(0), picture(1, 8, 8), picture(2, 8, 8)],
    ['text-to-image', '2 pictures after 2.00 seconds', started(0), picture(1, 8, 8), picture(2, 9, 9)],
    ['text-to-image', 'no answer', started(0)],
    ['text-to-video', '5.0 seconds of video after 62.0 seconds', started(0), madeFile(62, { seconds: 5.04 })],
    ['text-to-video', 'video after 62.0 seconds', started(0), madeFile(62, {})],
    ['text-to-speech', '4.1 seconds of speech, first sound after 0.30 seconds', started(0), audio(4.1)],
    ['text-to-speech', 'speech, first sound after 0.30 seconds', started(0), audio()],
    ['music-generation', '30.0 seconds of music after 2.00 seconds', started(0), audio(30)],
    [
      'speech-recognition',
      '3 words from 30 seconds of audio after 2.00 seconds',
      started(0, 1, { audio: sentFile('audio', { seconds: 30 }) }),
      text(2, 'one two three'),
    ],
    ['speech-recognition', '1 word after 2.00 seconds', started(0), text(2, 'one')],
    [
      'embeddings',
      '1 vector of 384 dimensions after 0.50 seconds',
      started(0),
      result({ kind: 'embeddings', dimensions: 384, count: 1, labels: [], similarities: [], points: [], shown: 1 }),
    ],
    [
      'reranking',
      '2 documents ranked, document 2 first after 0.50 seconds',
      started(0),
      result({
        kind: 'ranking',
        items: [
          { index: 1, score: 0.9 },
          { index: 0, score: 0.1 },
        ],
      }),
    ],
    ['image-classification', 'cat, 93 percent after 0.50 seconds', started(0), labels({ label: 'cat', score: 0.932 })],
    ['text-classification', 'no label after 0.50 seconds', started(0), labels()],
    ['object-detection', 'nothing found after 0.50 seconds', started(0), result({ kind: 'boxes', items: [] })],
    ['turn-detection', 'the speaker goes on after 0.50 seconds', started(0), result({ kind: 'turn', complete: false })],
    [
      'translation',
      'answer after 0.50 seconds, 7 tokens',
      started(0),
      text(0.5, 'Bonjour'),
      usage(0.5, { outputTokens: 7 }),
    ],
    ['other', 'answer after 0.50 seconds', started(0), result({ kind: 'json', value: {} })],
  ];
  for (const [task, words, ...events] of rows) {
    it(`${task}: ${words}`, () => {
      expect(spoken(task, ...events)).toBe(`M: ${words}, cost unknown.`);
    });
  }
});

describe('moneyInWords', () => {
  it.each([
    [0, 'no cost'],
    [0.000001, 'less than one thousandth of a cent'],
    [0.0000095, 'one thousandth of a cent'],
    [0.00005, 'five thousandths of a cent'],
    [0.0001, 'one hundredth of a cent'],
    [0.00094, 'nine hundredths of a cent'],
    [0.001, 'one tenth of a cent'],
    [0.0031, 'three tenths of a cent'],
    [0.0094, 'nine tenths of a cent'],
    [0.0096, 'one cent'],
    [0.024, '2.4 cents'],
    [0.12, '12 cents'],
    [0.9996, '1.00 dollars'],
    [1.234, '1.23 dollars'],
  ])('%s USD is %s', (usd, spoken) => {
    expect(moneyInWords({ provenance: 'reported', usd })).toBe(spoken);
    expect(moneyInWords({ provenance: 'estimated', usd })).toBe(`about ${spoken}`);
  });

  it('never speaks of an unknown amount as of nothing', () => {
    expect(moneyInWords({ provenance: 'unknown', why: 'No usage.' })).toBe('cost unknown');
  });
});
