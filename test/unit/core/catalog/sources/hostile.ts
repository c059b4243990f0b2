import fc from 'fast-check';
import { expect } from 'vitest';
import type { ListedModel } from '../../../../../src/core/catalog/entry';
import { taskTitles } from '../../../../../src/core/catalog/tasks';

/** Values as they might stand in any field: right ones, nearly right ones, and anything that JSON can hold. */
const value = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue() },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '@cf/a/b',
      'a/b',
      'a/../b',
      'a/b c',
      'a/"b"',
      'a/b\u0000',
      `a/${'b'.repeat(300)}`,
      'workers-ai/@cf/a/b',
      'grok/a',
      'x'.repeat(5000),
      '\u202eevil\r\nname',
      'https://a.example/terms',
      'http://a.example',
      'javascript:alert(1)',
      'https://user:word@a.example',
      'Text Generation',
      'Text Classification',
      'Mind Reading',
      '2026-05-30',
      '2026-02-31',
      '24000',
      'true',
      'USD',
      'EUR',
      'neurons',
      'per M input tokens',
      -1,
      0,
      1.5,
      1e300,
      24000,
      true,
      null,
    ),
  },
  { weight: 1, arbitrary: fc.double() },
);

/** Entries with some of these keys. Prices and properties are lists of objects with such values as well. */
export function entriesWith(keys: readonly string[], innerKeys: readonly string[]): fc.Arbitrary<unknown[]> {
  const inner = fc.array(record(innerKeys, value), { maxLength: 4 });
  const properties = fc.array(record(['property_id', 'value'], fc.oneof(value, inner)), { maxLength: 4 });
  const field = fc.oneof(
    { weight: 4, arbitrary: value },
    { weight: 1, arbitrary: inner },
    { weight: 1, arbitrary: properties },
    { weight: 1, arbitrary: fc.dictionary(fc.string(), value, { maxKeys: 4 }) },
    { weight: 1, arbitrary: fc.array(value, { maxLength: 4 }) },
  );
  return fc.array(fc.oneof({ weight: 5, arbitrary: record(keys, field) }, { weight: 1, arbitrary: value }), {
    maxLength: 6,
  });
}

function record(keys: readonly string[], field: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.record(Object.fromEntries(keys.map((key) => [key, field])), { requiredKeys: keys.slice(0, 1) });
}

const checks: Readonly<Record<keyof ListedModel['facts'], (fact: unknown) => boolean>> = {
  provider: (fact) => /^[a-z0-9][\w.-]*$/i.test(String(fact)),
  name: (fact) => isClean(fact, 100),
  task: (fact) => Object.hasOwn(taskTitles, String(fact)) && fact !== 'other',
  hosting: (fact) => fact === 'hosted' || fact === 'third-party',
  contextWindow: isCount,
  maxOutputTokens: isCount,
  capabilities: (fact) => Array.isArray(fact) && fact.length > 0 && fact.every((word) => typeof word === 'string'),
  requestFormats: (fact) => Array.isArray(fact) && fact.length > 0 && fact.every((word) => typeof word === 'string'),
  pricing: (fact) =>
    Array.isArray(fact) &&
    fact.length > 0 &&
    (fact as { label: unknown; usd: unknown }[]).every(
      ({ label, usd }) => isClean(label, 120) && typeof usd === 'number' && usd >= 0 && usd <= 10_000,
    ),
  description: (fact) => isClean(fact, 1000),
  deprecated: (fact) => typeof fact === 'boolean',
  deprecationDate: isDay,
  retirementDate: isDay,
  successor: isId,
  zeroDataRetention: (fact) => typeof fact === 'boolean',
  termsUrl: (fact) => /^https:\/\/[^@]+$/.test(String(fact)),
  requiresPaidPlan: (fact) => typeof fact === 'boolean',
  note: (fact) => isClean(fact, 1000),
};

/** Fails unless every model may be shown, computed with and sent. */
export function expectValid(models: readonly ListedModel[]): void {
  expect(new Set(models.map(({ id }) => id)).size).toBe(models.length);
  for (const { id, facts } of models) {
    expect(id).toSatisfy(isId);
    for (const [name, fact] of Object.entries(facts)) {
      expect(fact, name).toSatisfy(checks[name as keyof typeof checks]);
    }
  }
}

function isId(id: unknown): boolean {
  return (
    typeof id === 'string' && id.length <= 200 && /^[\x21-\x7e]+\/[\x21-\x7e]+$/.test(id) && !/\.\.|["'`\\<>]/.test(id)
  );
}

function isClean(text: unknown, length: number): boolean {
  // eslint-disable-next-line no-control-regex
  return typeof text === 'string' && text !== '' && text.length <= length && !/[\x00-\x1f\x7f\u202e]/.test(text);
}

function isCount(count: unknown): boolean {
  return Number.isInteger(count) && Number(count) > 0;
}

function isDay(day: unknown): boolean {
  return typeof day === 'string' && new Date(`${day}T00:00:00Z`).toISOString() === `${day}T00:00:00.000Z`;
}

/** Collects what was left out, one `entry: why` each. */
export function rejections(): { readonly lines: string[]; readonly rejected: (entry: string, why: string) => void } {
  const lines: string[] = [];
  return { lines, rejected: (entry, why) => lines.push(`${entry}: ${why}`) };
}
