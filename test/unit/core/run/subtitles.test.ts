import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_CUE_SECONDS, MAX_LINE, MAX_LINES } from '../../../../src/core/run/cues';
import type { TranscriptResult, TranscriptWord } from '../../../../src/core/run/result';
import { toSrt, toVtt } from '../../../../src/core/run/subtitles';
import { keyedWords } from '../../../../src/core/run/transcript-words';

const transcript = (
  words: readonly TranscriptWord[],
  segments: TranscriptResult['segments'] = [],
): TranscriptResult => ({
  kind: 'transcript',
  words,
  segments,
});

/** Words one after the other, half a second each. */
const spoken = (text: string, speaker?: string): TranscriptWord[] =>
  text.split(' ').map((word, i) => ({
    text: word,
    start: i / 2,
    end: i / 2 + 0.4,
    ...(speaker === undefined ? {} : { speaker }),
  }));

interface Read {
  start: number;
  end: number;
  lines: string[];
}

const seconds = (hours: string, minutes: string, rest: string): number =>
  Number(hours) * 3600 + Number(minutes) * 60 + Number(rest.replace(',', '.'));

/** Reads SubRip as players do: numbered blocks between empty lines. */
function readSrt(file: string): Read[] {
  return file
    .trimEnd()
    .split('\n\n')
    .map((block, i) => {
      const [number, times, ...lines] = block.split('\n');
      expect(number).toBe(String(i + 1));
      const [, h, m, s, eh, em, es] =
        /^(\d\d+):(\d\d):(\d\d,\d{3}) --> (\d\d+):(\d\d):(\d\d,\d{3})$/.exec(times ?? '') ?? [];
      return { start: seconds(h!, m!, s!), end: seconds(eh!, em!, es!), lines };
    });
}

/** Reads WebVTT: tags go, entities turn back. */
function readVtt(file: string): (Read & { voice: string | undefined })[] {
  const [head, ...blocks] = file.trimEnd().split('\n\n');
  expect(head).toBe('WEBVTT');
  const plain = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  return blocks.map((block) => {
    const [times, ...lines] = block.split('\n');
    const [, h, m, s, eh, em, es] =
      /^(\d\d+):(\d\d):(\d\d\.\d{3}) --> (\d\d+):(\d\d):(\d\d\.\d{3})$/.exec(times ?? '') ?? [];
    const voice = /^<v ([^>]*)>/.exec(lines[0] ?? '')?.[1];
    const without = lines.map((line, i) => (i === 0 ? line.replace(/^<v [^>]*>/, '') : line));
    for (const line of without) expect(line).not.toMatch(/[<>]/);
    return {
      start: seconds(h!, m!, s!),
      end: seconds(eh!, em!, es!),
      lines: without.map(plain),
      voice: voice === undefined ? undefined : plain(voice),
    };
  });
}

it('marks without words are gone through once', () => {
  const started = performance.now();
  const marks = '. '.repeat(40_000);
  expect(keyedWords(`Well ${marks}`)).toEqual([{ written: `Well ${marks}`.trim(), key: 'well' }]);
  expect(performance.now() - started).toBeLessThan(2000);
});

describe('subtitles', () => {
  it('are undefined without times', () => {
    expect(toSrt(transcript([]), 'Hello')).toBeUndefined();
    expect(toVtt(transcript([]), 'Hello')).toBeUndefined();
  });

  it('look like this', () => {
    const result = transcript([
      { text: 'Hello', start: 0.5, end: 0.9 },
      { text: 'there.', start: 0.95, end: 1.4 },
      { text: 'How', start: 3661.25, end: 3661.5 },
      { text: 'now?', start: 3661.5, end: 3662.0004 },
    ]);
    expect(toSrt(result, '')).toBe(
      '1\n00:00:00,500 --> 00:00:01,400\nHello there.\n\n2\n01:01:01,250 --> 01:01:02,000\nHow now?\n',
    );
    expect(toVtt(result, '')).toBe(
      'WEBVTT\n\n00:00:00.500 --> 00:00:01.400\nHello there.\n\n01:01:01.250 --> 01:01:02.000\nHow now?\n',
    );
  });

  it('begin anew after a sentence and a pause, and not after a title', () => {
    const words = spoken('Dr. Who came. He left');
    const late = { text: 'again', start: 3.2, end: 3.5 };
    expect(readSrt(toSrt(transcript([...words, late]), '')!).map(({ lines }) => lines)).toEqual([
      ['Dr. Who came.'],
      ['He left'],
      ['again'],
    ]);
  });

  it('fill a line to its end and no further', () => {
    const lines = (length: number) =>
      readSrt(toSrt(transcript(spoken(`${'x'.repeat(20)} ${'y'.repeat(length - 21)}`)), '')!)[0]?.lines.length;
    expect([MAX_LINE, MAX_LINE + 1].map(lines)).toEqual([1, 2]);
  });

  it('follow the times, not the order in which words are told', () => {
    const [one, two, three] = spoken('one two three');
    expect(readSrt(toSrt(transcript([three!, one!, two!]), '')!)[0]?.lines).toEqual(['one two three']);
  });

  it('spell words as the text does where it has the same', () => {
    const words = spoken('so we left at noon');
    expect(readSrt(toSrt(transcript(words), 'So – we left, at noon.')!)[0]?.lines).toEqual(['So – we left, at noon.']);
    expect(readSrt(toSrt(transcript(words), 'So they left at noon.')!)[0]?.lines).toEqual(['so we left at noon']);
  });

  it('name speakers where there are several', () => {
    const one = spoken('good morning', '0');
    const other = spoken('and you', 'Ann <3').map((word) => ({ ...word, start: word.start + 1, end: word.end + 1 }));
    const both = transcript([...one, ...other]);
    expect(toSrt(both, '')).toContain('\nSpeaker 0: good morning\n');
    expect(toSrt(both, '')).toContain('\nAnn <3: and you\n');
    expect(toVtt(both, '')).toContain('\n<v Speaker 0>good morning\n');
    expect(toVtt(both, '')).toContain('\n<v Ann &lt;3>and you\n');
    expect(toVtt(transcript(one), '')).not.toContain('<v');
  });

  it('cannot be broken out of', () => {
    const nasty = spoken('a --> b <b>bold</b> &amp; 00:00:01.000-->00:00:02.000');
    const text = 'a --> b <b>bold</b> &amp; 00:00:01.000-->00:00:02.000';
    expect(
      readVtt(toVtt(transcript(nasty), '')!)
        .flatMap(({ lines }) => lines)
        .join(' '),
    ).toBe(text);
    expect(toSrt(transcript(nasty), '')!.match(/-->/g)).toHaveLength(readSrt(toSrt(transcript(nasty), '')!).length);
    const broken = transcript([{ text: 'one\n\n2\n00:00:09,000 --> 00:00:10,000\nfake', start: 0, end: 1 }]);
    expect(readSrt(toSrt(broken, '')!)).toHaveLength(1);
  });

  it('divide long segments by their words', () => {
    const text = 'It was the best of times, it was the worst of times, it was the age of wisdom and of foolishness';
    const result = transcript([], [{ text, start: 10, end: 30 }]);
    const cues = readSrt(toSrt(result, text)!);
    expect(cues.length).toBeGreaterThan(3);
    expect(cues[0]?.start).toBe(10);
    expect(cues.at(-1)?.end).toBe(30);
    expect(cues.flatMap(({ lines }) => lines).join(' ')).toBe(text);
  });

  const someText = fc.oneof(
    fc.constantFrom(
      'a',
      'word',
      'Yes.',
      'well-known',
      'x'.repeat(60),
      '&',
      '<i>',
      '-->',
      '"Stop!"',
      '12:30',
      'ñandú',
      '👩‍👩‍👧',
    ),
    fc.string({ minLength: 1, maxLength: 12 }).map((text) => text.replaceAll(/\s/g, '_')),
  );
  const someWord = fc.record(
    {
      text: someText,
      start: fc.double({ min: 0, max: 400, noNaN: true }),
      end: fc.double({ min: 0, max: 400, noNaN: true }),
      speaker: fc.constantFrom('0', '1', 'Ann'),
    },
    { requiredKeys: ['text', 'start', 'end'] },
  ) as fc.Arbitrary<TranscriptWord>;
  const someResult = fc.oneof(
    fc.array(someWord, { minLength: 1, maxLength: 40 }).map((words) => transcript(words)),
    fc.array(someWord, { minLength: 1, maxLength: 8 }).map((segments) =>
      transcript(
        [],
        segments.map((segment) => ({ ...segment, text: `${segment.text} and ${segment.text}` })),
      ),
    ),
  );
  const wordsOf = (text: string): string[] => text.split(/\s+/).filter(Boolean).sort();

  it('come in order, do not overlap, are short, and leave no word out', () => {
    fc.assert(
      fc.property(someResult, (result) => {
        const all = [...result.words, ...result.segments].map(({ text }) => text).join(' ');
        const vtt = readVtt(toVtt(result, '')!);
        const srt = readSrt(toSrt(result, '')!);
        expect(wordsOf(vtt.flatMap(({ lines }) => lines).join(' '))).toEqual(wordsOf(all));
        const bare = srt.flatMap(({ lines }) =>
          lines.map((line, i) => (i === 0 ? line.replace(/^(Speaker \d|Ann): ?/, '') : line)),
        );
        expect(wordsOf(bare.join(' ').replaceAll('→', '-->'))).toEqual(wordsOf(all.replaceAll('→', '-->')));
        for (const cues of [vtt, srt]) {
          cues.forEach(({ start, end, lines }, i) => {
            expect(end).toBeGreaterThan(start);
            expect(end - start).toBeLessThanOrEqual(MAX_CUE_SECONDS + 1e-6);
            if (i > 0) expect(start).toBeGreaterThanOrEqual(cues[i - 1]!.end);
            expect(lines.length).toBeLessThanOrEqual(MAX_LINES);
            for (const line of lines) if (line.includes(' ')) expect(line.length).toBeLessThanOrEqual(MAX_LINE);
          });
        }
      }),
    );
  });
});
