import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TranscriptResult } from '../../../../src/core/run/result';
import { clockOf, paragraphsOf, stem, unitAt } from '../../../../webview/state/result-transcript';

const transcript = (parts: Partial<TranscriptResult>): TranscriptResult => ({
  kind: 'transcript',
  words: [],
  segments: [],
  ...parts,
});
const word = (text: string, start: number, speaker?: string, confidence?: number) => ({
  text,
  start,
  end: start + 0.3,
  ...(speaker === undefined ? {} : { speaker }),
  ...(confidence === undefined ? {} : { confidence }),
});
const shape = (result: TranscriptResult, text = '') =>
  paragraphsOf(result, text).map(({ speaker, units }) => [speaker, units.map((unit) => unit.text).join(' ')]);

describe('a transcript on the page', () => {
  it('has a paragraph for each turn of a speaker, and for what follows a long silence', () => {
    const words = [word('hi', 0, '0'), word('there', 0.4, '0'), word('hello', 1, '1'), word('well', 8, '1')];
    expect(shape(transcript({ words }))).toEqual([
      ['0', 'hi there'],
      ['1', 'hello'],
      ['1', 'well'],
    ]);
  });

  it('names no speaker where there is only one', () => {
    expect(shape(transcript({ words: [word('hi', 0, '0')] }))).toEqual([[undefined, 'hi']]);
  });

  it('shows words as the text writes them', () => {
    expect(shape(transcript({ words: [word('hi', 0), word('there', 1)] }), 'Hi, there!')).toEqual([
      [undefined, 'Hi, there!'],
    ]);
  });

  it('shows segments whole, because their words have no times', () => {
    const segments = [
      { text: ' Second part. ', start: 5, end: 6 },
      { text: 'First part.', start: 0, end: 2 },
      { text: ' ', start: 3, end: 4 },
    ];
    const paragraphs = paragraphsOf(transcript({ segments }), '');
    expect(paragraphs.flatMap(({ units }) => units)).toEqual([
      { index: 0, text: 'First part.', start: 0, end: 2 },
      { index: 1, text: 'Second part.', start: 5, end: 6 },
    ]);
  });

  it('has nothing to lay out without times', () => {
    expect(paragraphsOf(transcript({}), 'Some words')).toEqual([]);
  });

  it('finds the word that is spoken', () => {
    const units = paragraphsOf(
      transcript({ words: [word('a', 1, undefined, 0.3), word('b', 2), word('c', 3)] }),
      '',
    ).flatMap((paragraph) => paragraph.units);
    expect(units[0]).toEqual({ index: 0, text: 'a', start: 1, end: 1.3, confidence: 0.3 });
    expect([0.9, 1, 1.9, 2, 99].map((at) => unitAt(units, at))).toEqual([-1, 0, 0, 1, 2]);
    expect(unitAt([], 5)).toBe(-1);
  });

  it('numbers its words in order, whatever the times', () => {
    const times = fc.array(fc.double({ min: 0, max: 60, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(times, fc.double({ min: 0, max: 60, noNaN: true }), (starts, now) => {
        const units = paragraphsOf(transcript({ words: starts.map((start, i) => word(`w${i}`, start)) }), '').flatMap(
          (paragraph) => paragraph.units,
        );
        expect(units.map(({ index }) => index)).toEqual(starts.map((_, i) => i));
        const at = unitAt(units, now);
        expect(units.filter(({ start }) => start <= now)).toHaveLength(at + 1);
      }),
    );
  });

  it('writes times and names', () => {
    expect([0, 61.9, 3725].map(clockOf)).toEqual(['0:00', '1:01', '1:02:05']);
    expect(['talk.wav', 'a.b.mp3', 'noending', 'v1.2 talk'].map(stem)).toEqual([
      'talk',
      'a.b',
      'noending',
      'v1.2 talk',
    ]);
  });
});
