import { describe, expect, it } from 'vitest';
import { moneyInWords, spokenSummary } from '../../../../src/core/run/spoken';
import { approximate, finished, model, picture, runOf, started, text, usage } from './runs';

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
      'Flux: one picture in 4.00 seconds, 4 cents.',
    );
  });
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
