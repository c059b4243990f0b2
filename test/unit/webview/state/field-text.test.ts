import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormField } from '../../../../src/core/catalog/form-field';
import type { JsonValue } from '../../../../src/core/catalog/schema';
import { defaultText, rangeText, readText, textOf } from '../../../../webview/state/field-text';

const field = (part: Partial<FormField>): FormField => ({
  name: 'x',
  wireName: 'x',
  extra: true,
  label: 'X',
  required: false,
  kind: 'text',
  ...part,
});

describe('a range', () => {
  const { MAX_SAFE_INTEGER: most, MIN_SAFE_INTEGER: least } = Number;

  it('is none when its bounds are but the ends of the safe integers', () => {
    expect(rangeText(field({ kind: 'integer', min: least, max: most }))).toBeUndefined();
    expect(rangeText(field({ kind: 'integer', min: 0, max: most }))).toBe('at least 0');
    expect(rangeText(field({ kind: 'integer', exclusiveMin: least, max: 9 }))).toBe('at most 9');
  });
});

describe('values as text', () => {
  it('come back as they were', () => {
    const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);
    const line = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '' && !text.includes('\n'));
    const cases: [FormField['kind'], fc.Arbitrary<JsonValue>][] = [
      ['number', fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)],
      ['integer', fc.integer()],
      ['boolean', fc.boolean()],
      ['text', line],
      ['list', fc.array(line, { minLength: 1 })],
      ['json', json],
    ];
    for (const [kind, values] of cases) {
      fc.assert(
        fc.property(values, (value) => {
          expect(readText({ kind }, textOf({ kind }, value))).toEqual({ value });
        }),
      );
    }
  });

  it('are left to the model when nothing is there', () => {
    for (const kind of ['number', 'text', 'choice', 'list', 'json', 'boolean'] as const)
      expect(readText({ kind }, ' ')).toEqual({ value: undefined });
  });

  it('are refused where they are none of their kind', () => {
    expect(readText({ kind: 'number' }, '1e')).toEqual({ message: 'must be a number' });
    expect(readText({ kind: 'integer' }, 'Infinity')).toEqual({ message: 'must be a number' });
    expect(readText({ kind: 'json' }, '{"a":')).toEqual({ message: 'must be JSON' });
  });

  it('keep the type of a choice', () => {
    const choices = [1, 'two', true];
    expect(readText({ kind: 'choice', choices }, '1')).toEqual({ value: 1 });
    expect(readText({ kind: 'choice', choices }, 'true')).toEqual({ value: true });
  });
});

describe('what a field takes, in words', () => {
  it.each([
    [{ kind: 'number', min: 0, max: 2 }, '0 to 2'],
    [{ kind: 'integer', min: 1 }, 'at least 1'],
    [{ kind: 'integer', max: 8 }, 'at most 8'],
    [{ kind: 'number', exclusiveMin: 0, max: 1 }, 'above 0, at most 1'],
    [{ kind: 'text', maxLength: 2048 }, 'up to 2048 characters'],
    [{ kind: 'choice', choices: ['low', 'high'] }, 'low, high'],
    [{ kind: 'json' }, undefined],
  ] as const)('%o', (shape, words) => expect(rangeText(field(shape))).toBe(words));

  it('a default is told, nothing is not', () => {
    expect(defaultText(field({ default: 0.6, kind: 'number' }))).toBe('0.6');
    expect(defaultText(field({ default: false, kind: 'boolean' }))).toBe('false');
    expect(defaultText(field({}))).toBeUndefined();
  });
});
