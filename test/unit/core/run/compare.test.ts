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

  it('judge no counts and no thinking', () => {
    const columns = [column('a', { outputTokens: 1, thinking: 1 }), column('b', { outputTokens: 2, thinking: 2 })];
    expect(compareRows(columns).every((row) => row.best.size === 0)).toBe(true);
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

describe('the table of metrics', () => {
  it('names each metric once, with its formula', () => {
    expect(new Set(metricTable.map(({ id }) => id)).size).toBe(metricTable.length);
    expect(new Set(metricTable.map(({ title }) => title)).size).toBe(metricTable.length);
    expect(metricTable.every(({ formula }) => formula.length > 20)).toBe(true);
  });
});
