import { describe, expect, it } from 'vitest';
import type { Task } from '../../../../src/core/catalog/model';
import { priceSummary, shortTokens, shortUsd } from '../../../../src/core/catalog/price-summary';

const summaryOf = (task: Task, ...pricing: [label: string, usd: number][]) =>
  priceSummary({
    id: 'acme/one',
    provider: 'acme',
    name: 'One',
    task,
    hosting: 'third-party',
    capabilities: [],
    requestFormats: [],
    pricing: pricing.map(([label, usd]) => ({ label, usd })),
  });
const summary = (...pricing: [label: string, usd: number][]) => summaryOf('text-generation', ...pricing);

describe('prices in a header', () => {
  it('are those for a million input and output tokens', () => {
    expect(summary(['per 1M input tokens', 3], ['per 1M output tokens', 15], ['per 1M cached input tokens', 0.3])).toBe(
      '$3 / $15',
    );
    expect(summary(['per 1M input tokens', 0.06], ['per 1M output tokens', 0.4])).toBe('$0.06 / $0.40');
    expect(summary(['per 1M input tokens', 0.045], ['per 1M output tokens', 0.384])).toBe('$0.045 / $0.384');
  });

  it('are those of small inputs where there are several', () => {
    expect(
      summary(
        ['per 1M input tokens (>=200k)', 4],
        ['per 1M input tokens (<200k)', 2],
        ['per 1M output tokens (<200k)', 12],
        ['per 1M output tokens (>=200k)', 18],
      ),
    ).toBe('$2 / $12');
  });

  it('are those of text where sound and pictures have others', () => {
    const text: [string, number][] = [
      ['per 1M input text tokens', 1],
      ['per 1M output text tokens', 3],
    ];
    expect(summary(['per 1M input audio tokens', 9], ...text)).toBe('$1 / $3');
  });

  it('are per image for image models, and as printed where the label says something else', () => {
    expect(summary(['per image', 0.04])).toBe('$0.04 per image');
    expect(summary(['per second @720p', 0.14])).toBe('$0.14 per second @720p');
  });

  it('are the figure that a task is compared by where prices have several parts', () => {
    const tiles: [string, number][] = [
      ['per input 512x512 tile', 0.5],
      ['per output 512x512 tile', 0.0101],
    ];
    expect(summaryOf('text-to-image', ...tiles)).toBe('about $0.04 per 1024 × 1024 picture');
    expect(summaryOf('text-to-speech', ['per character', 0.0001])).toBe('$0.10 per 1,000 characters');
    const video: [string, number][] = [
      ['per second @1080p', 0.28],
      ['per second (default)', 0.14],
    ];
    expect(summaryOf('text-to-video', ...video)).toBe('$0.14 per second of video');
  });

  it('are unknown without prices, never zero', () => {
    expect(summary()).toBeUndefined();
  });

  it('are written out however small they are', () => {
    expect([15, 0.4, 0.0000528, 0.00000012].map(shortUsd)).toEqual(['$15', '$0.40', '$0.0000528', '$0.00000012']);
  });
});

describe('sizes of context windows', () => {
  it('are told in thousands and millions', () => {
    expect([512, 8192, 131_072, 200_000, 999_999, 1_000_000, 1_048_576].map(shortTokens)).toEqual([
      '512',
      '8k',
      '131k',
      '200k',
      '1M',
      '1M',
      '1M',
    ]);
  });
});
