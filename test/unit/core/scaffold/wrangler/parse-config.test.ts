import { describe, expect, it } from 'vitest';
import type { ConfigFormat } from '../../../../../src/core/scaffold/wrangler/ai-edit';
import { formatOf, parseConfig } from '../../../../../src/core/scaffold/wrangler/parse-config';

describe('parseConfig', () => {
  it.each<[string, ConfigFormat, unknown]>([
    ['\uFEFF{ "name": "w", /* c */ "list": [1, true, null,], } // end', 'json', { name: 'w', list: [1, true, null] }],
    ['{ "a": 1, "a": 2 }', 'jsonc', { a: 2 }],
    ['\uFEFFname = "w" # c\r\n[env.a]\r\nb.c = 1', 'toml', { name: 'w', env: { a: { b: { c: 1 } } } }],
    ['', 'toml', {}],
  ])('reads %j', (text, format, data) => {
    expect(parseConfig(text, format)).toEqual({ ok: true, data });
  });

  it('takes __proto__ for a key like others', () => {
    const parsed = parseConfig('{ "__proto__": { "ai": 1 } }', 'json');
    if (!parsed.ok) throw new Error(parsed.reason);
    expect(Object.keys(parsed.data)).toEqual(['__proto__']);
    expect(parsed.data['ai']).toBeUndefined();
  });

  it.each<[string, ConfigFormat, string, number, number]>([
    ['', 'json', 'This is not valid JSON: a value is missing.', 1, 1],
    ['\uFEFF{\r\n  "a": 1\r\n  "b": 2\r\n}', 'json', 'This is not valid JSON: a comma is missing.', 3, 3],
    ['{ "a": 1', 'json', 'This is not valid JSON: a closing } is missing.', 1, 9],
    ['{ "a": [1 }', 'json', 'This is not valid JSON: a comma is missing.', 1, 11],
    ['{ "a": "b\n" }', 'json', 'This is not valid JSON: a text is not closed.', 1, 8],
    ['{ "a": "\\q" }', 'json', 'This is not valid JSON: no such escape sequence exists.', 1, 8],
    ['{} {}', 'json', 'This is not valid JSON: something stands after the end.', 1, 4],
    ['{} /* x', 'json', 'This is not valid JSON: a comment is not closed.', 1, 4],
    ['{ a: 1 }', 'json', 'This is not valid JSON: something here is neither a value nor a quoted text.', 1, 3],
    ['"text"', 'json', 'A configuration must be an object: { … }.', 1, 1],
    ['\uFEFFa = 1\nb = = 2', 'toml', 'This is not valid TOML: invalid value.', 2, 5],
    ['[a]\n[a]', 'toml', 'This is not valid TOML: trying to redefine an already defined table or value.', 2, 2],
  ])('refuses %j with the place of what is wrong', (text, format, reason, line, column) => {
    expect(parseConfig(text, format)).toEqual({ ok: false, reason, place: { line, column } });
  });

  it.each<[string, ConfigFormat]>([
    ['{"a":'.repeat(100_000), 'json'],
    [`${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`, 'json'],
    [`a = ${'['.repeat(100_000)}`, 'toml'],
  ])('refuses what is nested beyond reason', (text, format) => {
    expect(parseConfig(text, format)).toMatchObject({ ok: false, reason: expect.stringMatching(/nested/) });
  });
});

describe('formatOf', () => {
  it.each([
    ['wrangler.json', 'json'],
    ['apps/a/wrangler.jsonc', 'jsonc'],
    ['wrangler.toml', 'toml'],
    ['my-wrangler.toml', undefined],
    ['wrangler.jsonc.bak', undefined],
    ['package.json', undefined],
  ])('of %s is %s', (path, format) => {
    expect(formatOf(path)).toBe(format);
  });
});
