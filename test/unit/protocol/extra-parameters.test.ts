import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPlan } from '../../../src/protocol/guards';
import { RpcError } from '../../../src/protocol/rpc';

/** The extra parameters as they are let through. */
const checked = (extra: unknown): unknown =>
  checkPlan({ prompt: '', system: '', columns: [{ id: 'a', modelId: 'm', parameters: { extra } }] }).columns[0]
    ?.parameters.extra;
const refusal = (extra: unknown): RpcError => {
  try {
    checked(extra);
  } catch (error) {
    return error as RpcError;
  }
  throw new Error('it was accepted');
};
const nested = (levels: number): unknown => (levels === 0 ? 1 : { inner: nested(levels - 1) });

describe('extra parameters', () => {
  it('may be any JSON', () => {
    const extra = { top_k: 5, style: null, flags: [true, 'x', { a: {} }], constructor: 'x', 'odd name': '' };
    expect(checked(extra)).toEqual(extra);
    expect(checked({})).toEqual({});
    expect(checked({ set: 1, unset: undefined })).toEqual({ set: 1 });
  });

  it.each<[string, unknown]>([
    ['a date', { a: new Date(0) }],
    ['a map', new Map()],
    ['no number', { a: Number.NaN }],
    ['an endless number', { a: [Infinity] }],
    ['a function', { a: () => 1 }],
    ['a hole', { a: [undefined] }],
    ['a name without a letter', { '': 1 }],
    ['a name that is too long', { ['x'.repeat(101)]: 1 }],
    ['too many names', Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`p${at}`, at]))],
    ['too much depth', { a: nested(10) }],
    ['bottomless depth', { a: nested(5000) }],
    ['too much text', { a: 'x'.repeat(64 * 1024) }],
    ['a prototype', JSON.parse('{"__proto__":{"a":1}}')],
    ['a prototype further down', { a: [JSON.parse('{"__proto__":{"a":1}}')] }],
  ])('are refused with %s, by name and without being quoted', (_what, extra) => {
    const error = refusal(extra);
    expect(error).toBeInstanceOf(RpcError);
    expect(error.code).toBe('bad-request');
    expect(error.message).toContain('columns.0.parameters.extra');
    expect(error.message.length).toBeLessThan(200);
  });

  it('are accepted up to the limits', () => {
    const names = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`${'x'.repeat(97)}${100 + at}`, at]));
    expect(checked(names)).toEqual(names);
    expect(checked({ a: nested(9) })).toEqual({ a: nested(9) });
    expect(checked({ a: 'x'.repeat(60 * 1024) })).toBeDefined();
  });

  it('come out as they went in, or not at all', () => {
    const anything = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.anything());
    fc.assert(
      fc.property(anything, (extra) => {
        if (extra === undefined) return;
        try {
          const through = checked(extra);
          expect(JSON.parse(JSON.stringify(through))).toEqual(JSON.parse(JSON.stringify(extra)));
        } catch (error) {
          expect(error).toBeInstanceOf(RpcError);
        }
      }),
    );
  });
});
