import { marked, type Tokens } from 'marked';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRows, comparisonMarkdown, sortRows, type Compared } from '../../../../src/core/run/compare';
import { metricTable } from '../../../../src/core/run/metric-table';
import { metricsOf, type Metrics } from '../../../../src/core/run/metrics';
import { runOf } from './runs';

const blank: Metrics = { ...metricsOf(runOf()), unranked: false };
const column = (name: string, metrics: Partial<Metrics>, rest: Partial<Compared> = {}): Compared => ({
  columnId: name,
  name,
  simulated: false,
  task: 'text-generation',
  metrics: { ...blank, ...metrics },
  money: { provenance: 'unknown', why: 'No usage.' },
  ...rest,
});
const usd = (amount: number): Partial<Compared> => ({ money: { provenance: 'reported', usd: amount } });
const names = (rows: readonly { name: string }[]): string => rows.map(({ name }) => name).join('');

describe('best marks', () => {
  const bestIn = (columns: Compared[], id: string): string =>
    names(compareRows(columns).filter((row) => [...row.best].some((best) => best === id)));

  it('go to the lowest time, the highest rate and the lowest cost', () => {
    const columns = [
      column('a', { ttft: 0.4, decode: 60 }, usd(0.003)),
      column('b', { ttft: 0.3, decode: 50 }, usd(0.0001)),
      column('c', { ttft: 0.9, decode: 80 }, usd(0.002)),
    ];
    expect(bestIn(columns, 'ttft')).toBe('b');
    expect(bestIn(columns, 'decode')).toBe('c');
    expect(bestIn(columns, 'cost')).toBe('b');
  });

  it('are shared by equals', () => {
    const columns = [column('a', { ttft: 0.3 }), column('b', { ttft: 0.3 }), column('c', { ttft: 0.9 })];
    expect(bestIn(columns, 'ttft')).toBe('ab');
  });

  it('are not given when fewer than two are known, or all are equal', () => {
    expect(bestIn([column('a', { ttft: 0.3 }), column('b', {})], 'ttft')).toBe('');
    expect(bestIn([column('a', { ttft: 0.3 }), column('b', { ttft: 0.3 })], 'ttft')).toBe('');
    expect(bestIn([column('a', {}, usd(0.1)), column('b', {})], 'cost')).toBe('');
  });

  it('pass over runs that may not be ranked, which also do not count as rivals', () => {
    const retried = column('a', { ttft: 0.1, unranked: true });
    expect(bestIn([retried, column('b', { ttft: 0.3 }), column('c', { ttft: 0.4 })], 'ttft')).toBe('b');
    expect(bestIn([retried, column('b', { ttft: 0.3 })], 'ttft')).toBe('');
  });

  it('compare what a task has with others that have it, and money for one with money for one', () => {
    const columns = [
      column('a', { ttfa: 2, e2e: 4, images: 2 }, { ...usd(0.04), task: 'text-to-image' }),
      column('b', { ttfa: 3, e2e: 3, images: 1 }, { ...usd(0.03), task: 'text-to-image' }),
      // The first word of a text is none of a picture's times.
      column('c', { ttft: 0.1, ttfa: 0.1, e2e: 9 }, { ...usd(0.1), task: 'speech-recognition' }),
    ];
    expect(bestIn(columns, 'cost-per-image')).toBe('a');
    expect(bestIn(columns, 'ttfa')).toBe('a');
    expect(bestIn(columns, 'e2e')).toBe('b');
    expect(bestIn(columns, 'cost')).toBe('b');
  });

  it('judge no counts and no thinking', () => {
    const columns = [column('a', { outputTokens: 1, thinking: 1 }), column('b', { outputTokens: 2, thinking: 2 })];
    expect(compareRows(columns).every((row) => row.best.size === 0)).toBe(true);
  });
});

describe('the values of a row', () => {
  const valuesOf = (...args: Parameters<typeof column>) => compareRows([column(...args)])[0]?.values;

  it('are those of its task; streams of tokens have none elsewhere', () => {
    const metrics = { ttft: 1, ttfa: 1, decode: 50, effective: 40, e2e: 2, inputTokens: 9 };
    expect(valuesOf('a', metrics, { task: 'translation' })).toEqual({ ttfa: 1, e2e: 2, 'input-tokens': 9 });
    expect(valuesOf('a', metrics)).toMatchObject({ ttft: 1, decode: 50, effective: 40 });
  });

  it('share a cost among pictures or seconds, where both are known', () => {
    const task = 'text-to-video';
    expect(valuesOf('a', { mediaSeconds: 5 }, { task, ...usd(0.7) })).toMatchObject({ 'cost-per-second': 0.7 / 5 });
    expect(valuesOf('a', {}, { task, ...usd(0.7) })).toEqual({ cost: 0.7 });
    expect(valuesOf('a', { mediaSeconds: 0 }, { task, ...usd(0.7) })).not.toHaveProperty('cost-per-second');
    expect(valuesOf('a', { mediaSeconds: 5 }, { task })).toEqual({ 'media-seconds': 5 });
  });
});

describe('sorting', () => {
  const rows = compareRows([
    column('a', { ttft: 2 }),
    column('b', {}),
    column('c', { ttft: 1 }),
    column('d', {}),
    column('e', { ttft: 1 }),
  ]);

  it('puts unknown values last in both directions and keeps the order of equals', () => {
    expect(names(sortRows(rows, { by: 'ttft', descending: false }))).toBe('ceabd');
    expect(names(sortRows(rows, { by: 'ttft', descending: true }))).toBe('acebd');
    expect(names(rows)).toBe('abcde');
  });

  it('sorts by name too', () => {
    expect(names(sortRows(rows, { by: 'name', descending: true }))).toBe('edcba');
  });

  it('by any metric keeps all rows', () => {
    for (const { id } of metricTable) expect(sortRows(rows, { by: id, descending: false })).toHaveLength(5);
  });
});

describe('comparisonMarkdown', () => {
  it('writes values, provenance, marks and doubts', () => {
    const table = comparisonMarkdown(
      compareRows([
        column(
          'GLM | Flash',
          {
            ttft: 0.3,
            ttfa: 0.8,
            thinking: 0.5,
            decode: 81,
            effective: 60,
            e2e: 3,
            outputTokens: 1240,
            inputTokens: 20,
          },
          { money: { provenance: 'estimated', usd: 0.0001 }, simulated: true },
        ),
        column('GPT', { ttft: 0.41, notStreamed: true, outputTokens: 187, approximate: true }),
      ]),
    );
    expect(table).toBe(
      [
        '| Model | TTFT | First answer | Thinking | Decode | Effective | E2E | Retry wait | Input | Output | Reasoning | Cached | Cost |',
        '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
        '| GLM \\| Flash (simulated) | 0.30 s ★ | 0.80 s | 0.50 s | 81 tok/s | 60 tok/s | 3.00 s | – | 20 | 1\u202f240 | – | – | $0.00010 (estimated) |',
        '| GPT | 0.41 s | – | – | not streamed | – | – | – | – | 187 (approx) | – | – | unknown |',
        '',
      ].join('\n'),
    );
  });

  it('holds the metrics of all tasks that are compared, with the origin of every amount', () => {
    const table = comparisonMarkdown(
      compareRows([
        column(
          'Flux',
          { ttfa: 1, e2e: 1.2, images: 2, megapixels: 2.1 },
          { task: 'text-to-image', money: { provenance: 'estimated', usd: 0.002 } },
        ),
        column(
          'Nova',
          { e2e: 3, realTimeFactor: 0.05, audioMinutes: 1, words: 140, notStreamed: true },
          {
            task: 'speech-recognition',
          },
        ),
      ]),
    );
    expect(table.split('\n')).toEqual([
      '| Model | First byte | RTF | E2E | Retry wait | Images | Megapixels | Heard | Words | Per image | Cost |',
      '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
      '| Flux | 1.00 s | – | 1.20 s ★ | – | 2 | 2.10 MP | – | – | $0.0010 (estimated) | $0.0020 (estimated) |',
      '| Nova | – | 0.050 | 3.00 s | – | – | – | 1.00 min | 140 | – | unknown |',
      '',
    ]);
  });

  it('stays a table of one row a column whatever the names hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), (list) => {
        const table = comparisonMarkdown(compareRows(list.map((name) => column(name, {}))));
        const [token] = marked.lexer(table);
        expect(token?.type).toBe('table');
        expect((token as Tokens.Table).rows.map((row) => row.length)).toEqual(list.map(() => 13));
      }),
    );
  });
});
