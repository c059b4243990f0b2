import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Expression, sourceLiteral } from '../../../../../src/core/scaffold/worker/source-literal';

/** What the code says; our own, and running it is the point. */
const evaluated = (code: string, scope: Readonly<Record<string, unknown>> = {}): unknown =>
  new Function(...Object.keys(scope), `return (${code});`)(...Object.values(scope)) as unknown;

describe('a literal', () => {
  it('stays on its line while there is room', () => {
    expect(sourceLiteral({ a: 1, 'b-c': [true, null, 'd'], e: {}, f: [] }, 4)).toBe(
      '{ a: 1, "b-c": [true, null, "d"], e: {}, f: [] }',
    );
  });

  it('is broken where there is none, only as far as needed', () => {
    const long = 'x'.repeat(50);
    expect(sourceLiteral({ messages: [{ role: 'user', content: long }], stop: ['a', 'b'], note: long }, 4)).toBe(`{
      messages: [{ role: "user", content: "${long}" }],
      stop: ["a", "b"],
      note: "${long}",
    }`);
  });

  it('holds code, in short where it is a variable of the name', () => {
    const value = { prompt: new Expression('prompt'), text: new Expression('prompt'), list: [new Expression('f(x)')] };
    expect(sourceLiteral(value, 0)).toBe('{ prompt, text: prompt, list: [f(x)] }');
  });

  it('keeps characters out of the file that one does not see', () => {
    const text = 'a\u2028b\u202ec\u2066d\u200fe\ud800';
    const code = sourceLiteral(text, 0);
    expect(code).toMatch(/^[\x20-\x7e]*$/);
    expect(evaluated(code)).toBe(text);
  });

  it('means the value, whatever it is', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('`${x}`', '*/', '\\', '"', '\r\n', '__proto__'),
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue(),
        text,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(text, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(value, fc.nat(20), (one, indent) => {
        expect(JSON.stringify(evaluated(sourceLiteral(one, indent)))).toBe(JSON.stringify(one));
      }),
    );
  });
});
