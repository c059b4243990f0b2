import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AiEdit, ConfigFormat } from '../../../../../src/core/scaffold/wrangler/ai-edit';
import { aiSnippet, editConfig } from '../../../../../src/core/scaffold/wrangler/edit-config';
import { parseConfig } from '../../../../../src/core/scaffold/wrangler/parse-config';

const add = { binding: 'AI', remote: true } as const;
const TOP: AiEdit = { at: [], add };

function edited(text: string, format: ConfigFormat = 'jsonc', edits: readonly AiEdit[] = [TOP]): string {
  const result = editConfig(text, format, edits);
  if (!result.ok) throw new Error(result.reason);
  return result.text;
}

describe('JSONC', () => {
  it('gets the block behind the last property, with its comment left where it stands', () => {
    const text = '{\n  // who\n  "name": "w", // the worker\n  "main": "src/index.ts" // entry\n}\n';
    expect(edited(text)).toBe(
      '{\n  // who\n  "name": "w", // the worker\n  "main": "src/index.ts", // entry\n  "ai": {\n    "binding": "AI",\n    "remote": true\n  }\n}\n',
    );
  });

  it('keeps tabs, CRLF, the byte order mark, a trailing comma and a missing final newline', () => {
    expect(edited('\uFEFF{\r\n\t"name": "w",\r\n}')).toBe(
      '\uFEFF{\r\n\t"name": "w",\r\n\t"ai": {\r\n\t\t"binding": "AI",\r\n\t\t"remote": true\r\n\t},\r\n}',
    );
  });

  it('stays on one line where all is on one line', () => {
    expect(edited('{"name":"w"}')).toBe('{"name":"w","ai":{"binding":"AI","remote":true}}');
    expect(edited('{ "name": "w" }')).toBe('{ "name": "w", "ai": { "binding": "AI", "remote": true } }');
    expect(edited('{ "name": "w" /* x */ }')).toBe(
      '{ "name": "w", /* x */ "ai": { "binding": "AI", "remote": true } }',
    );
    expect(edited('{ "name": "w", }')).toBe('{ "name": "w", "ai": { "binding": "AI", "remote": true }, }');
  });

  it.each([
    ['{}', '{\n  "ai": {\n    "binding": "AI",\n    "remote": true\n  }\n}'],
    ['{\n  // nothing yet\n}\n', '{\n  // nothing yet\n  "ai": {\n    "binding": "AI",\n    "remote": true\n  }\n}\n'],
    ['{\n  "ai": {}\n}', '{\n  "ai": {\n    "binding": "AI",\n    "remote": true\n  }\n}'],
    ['{\n  "ai": { "binding": "BRAIN" }\n}', '{\n  "ai": { "binding": "BRAIN", "remote": true }\n}'],
    [
      '{\n  "ai": {\n    "binding": "AI" // mine\n  }\n}',
      '{\n  "ai": {\n    "binding": "AI", // mine\n    "remote": true\n  }\n}',
    ],
    ['{\n  "ai": { "remote": false, "binding": "AI" }\n}', '{\n  "ai": { "remote": false, "binding": "AI" }\n}'],
  ])('completes %j', (text, expected) => {
    expect(edited(text)).toBe(expected);
  });

  it('goes into environments and previews', () => {
    const text = '{\n  "name": "w",\n  "env": {\n    "staging": { "name": "s" },\n    "production": {\n    }\n  }\n}\n';
    expect(
      edited(text, 'jsonc', [
        { at: ['env', 'staging'], add },
        { at: ['env', 'production'], add },
      ]),
    ).toBe(
      '{\n  "name": "w",\n  "env": {\n    "staging": { "name": "s", "ai": { "binding": "AI", "remote": true } },\n    "production": {\n      "ai": {\n        "binding": "AI",\n        "remote": true\n      }\n    }\n  }\n}\n',
    );
  });

  it.each([
    ['{ "ai": [] }', /must be an object/, { line: 1, column: 9 }],
    ['{\n  "name": 1,\n  "name" 2\n}', /not valid JSON: colon expected/, { line: 3, column: 10 }],
    ['[]', /must be an object/, undefined],
    ['', /not valid JSON|must be an object/, undefined],
    ['{ "ai": {"binding": "A"}, "ai": {} }', /twice/, { line: 1, column: 27 }],
  ])('refuses %j', (text, reason, place) => {
    const result = editConfig(text, 'jsonc', [TOP]);
    expect(result).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
    if (place !== undefined) expect(result).toMatchObject({ place });
  });
});

describe('TOML', () => {
  it('gets a table at the end, or before the environments', () => {
    expect(edited('name = "w" # who\nmain = "a.ts"\n', 'toml')).toBe(
      'name = "w" # who\nmain = "a.ts"\n\n[ai]\nbinding = "AI"\nremote = true\n',
    );
    expect(
      edited('name = "w"\n\n[vars]\nA = "1"\n\n# Staging\n[env.staging]\nname = "s"\n', 'toml', [
        TOP,
        { at: ['env', 'staging'], add },
      ]),
    ).toBe(
      'name = "w"\n\n[vars]\nA = "1"\n\n[ai]\nbinding = "AI"\nremote = true\n\n# Staging\n[env.staging]\nname = "s"\n\n[env.staging.ai]\nbinding = "AI"\nremote = true\n',
    );
  });

  it('stays behind all tables of its environment', () => {
    expect(
      edited(
        '[env.a]\r\nname = "a"\r\n[[env.a.kv_namespaces]]\r\nbinding = "KV"\r\nid = "1"\r\n\r\n[env.b]\r\nname = "b"',
        'toml',
        [{ at: ['env', 'a'], add }],
      ),
    ).toBe(
      '[env.a]\r\nname = "a"\r\n[[env.a.kv_namespaces]]\r\nbinding = "KV"\r\nid = "1"\r\n\r\n[env.a.ai]\r\nbinding = "AI"\r\nremote = true\r\n\r\n[env.b]\r\nname = "b"',
    );
  });

  it.each([
    ['[ai]\nbinding = "B" # mine\n\n[vars]\n', '[ai]\nbinding = "B" # mine\nremote = true\n\n[vars]\n'],
    ['[ai]\n', '[ai]\nbinding = "AI"\nremote = true\n'],
    ['ai = { binding = "B" }\n', 'ai = { binding = "B", remote = true }\n'],
    ['ai = {}\n', 'ai = { binding = "AI", remote = true }\n'],
    ['ai.binding = "B"\nname = "w"\n', 'ai.binding = "B"\nai.remote = true\nname = "w"\n'],
    ['name="w"\n[ai]\nbinding="B"', 'name="w"\n[ai]\nbinding="B"\nremote=true'],
  ])('completes %j', (text, expected) => {
    expect(edited(text, 'toml')).toBe(expected);
  });

  it.each([
    ['[env]\nstaging = { name = "s" }\n', '[env]\nstaging = { name = "s", ai = { binding = "AI", remote = true } }\n'],
    [
      'env = { staging = { name = "s" } }',
      'env = { staging = { name = "s", ai = { binding = "AI", remote = true } } }',
    ],
    ['env.staging.name = "s"\n', 'env.staging.name = "s"\nenv.staging.ai = { binding = "AI", remote = true }\n'],
    ['[env]\nstaging.name = "s"\n', '[env]\nstaging.name = "s"\nstaging.ai = { binding = "AI", remote = true }\n'],
    [
      '[env.staging.vars]\nA = "1"\n',
      '[env.staging.vars]\nA = "1"\n\n[env.staging.ai]\nbinding = "AI"\nremote = true\n',
    ],
  ])('goes into the environment of %j', (text, expected) => {
    expect(edited(text, 'toml', [{ at: ['env', 'staging'], add }])).toBe(expected);
  });

  it.each([
    ['[[ai]]\nbinding = "AI"\n', /\[\[ai\]\].*must be a table/],
    ['ai = "yes"\n', /must be a table/],
    ['name = \n', /not valid TOML/],
    ['name = "a"\nname = "b"\n', /not valid TOML/],
  ])('refuses %j', (text, reason) => {
    expect(editConfig(text, 'toml', [TOP])).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
  });

  it('tells where an error is', () => {
    expect(editConfig('name = "w"\nmain = \n', 'toml', [TOP])).toMatchObject({ place: { line: 2 } });
  });
});

/** Configurations as people write them: layout, comments and an `ai` of any spelling. */
const newline = fc.constantFrom('\n', '\r\n');
const unit = fc.constantFrom('  ', '    ', '\t');
const word = fc.stringMatching(/^[a-z]{1,6}$/).filter((name) => name !== 'ai' && name !== 'env');
const jsonValue = fc.oneof(
  fc.string().map((text) => JSON.stringify(text)),
  fc.integer().map(String),
  fc.constantFrom('true', 'null', '[]', '{}', '[1, 2]', '{ "a": 1 }', '["x", /* y */ "z"]'),
);
const aiJson = fc.constantFrom(
  undefined,
  '{}',
  '{ }',
  '{ "binding": "B" }',
  '{"binding":"B","remote":false}',
  '{\n  "binding": "B", // c\n}',
  '{ /* none */ }',
);
const comment = fc.constantFrom('', ' // note', ' /* note */', ' // "ai": {}', ' // , }');

const jsoncFile = fc
  .record({
    entries: fc.array(fc.tuple(word, jsonValue, comment), { maxLength: 5 }),
    ai: aiJson,
    envAi: aiJson,
    newline,
    unit,
    bom: fc.constantFrom('', '\uFEFF'),
    comma: fc.boolean(),
    final: fc.boolean(),
    minified: fc.boolean(),
    tail: fc.constantFrom('', '// end', '/* end */'),
  })
  .map(({ entries, ai, envAi, newline: eol, unit: step, bom, comma, final, minified, tail }) => {
    const unique = [...new Map(entries.map((entry) => [entry[0], entry])).values()];
    const env = `{ "staging": { "name": "s"${envAi === undefined ? '' : `, "ai": ${envAi}`} } }`;
    const all = [...unique, ...(ai === undefined ? [] : [['ai', ai, ''] as const]), ['env', env, ''] as const];
    if (minified) return `${bom}{${all.map(([key, value]) => `"${key}":${value}`).join(',')}}`;
    const lines = all.map(
      ([key, value, note], at) => `${step}"${key}": ${value}${at < all.length - 1 || comma ? ',' : ''}${note}`,
    );
    const text = ['{', ...lines, ...(tail === '' ? [] : [step + tail]), '}'].join('\n') + (final ? '\n' : '');
    return bom + text.replaceAll('\n', eol);
  });

const aiToml = fc.constantFrom(
  '',
  '[ai]\n',
  '[ai]\nbinding = "B"\n',
  '[ai]\n# note\nbinding="B" # mine\nremote = false\n',
);
const tomlFile = fc
  .record({
    name: fc.constantFrom('name = "w"\n', 'name="w" # x\nmain = "a"\n', '# only a comment\n', ''),
    dotted: fc.constantFrom('', 'ai.binding = "B"\n', 'ai = { binding = "B" }\n', 'ai = {}\n'),
    ai: aiToml,
    vars: fc.constantFrom('', '[vars]\nA = "1"\n# B = "2"\n', '[[kv_namespaces]]\nbinding = "KV"\nid = "1"\n'),
    env: fc.constantFrom(
      '[env.staging]\nname = "s"\n',
      '# staging\n[env.staging]\n\n[env.staging.vars]\nA = "1"\n',
      '[env.staging]\nai = { binding = "B" }\n[env.production]\nname = "p"\n',
      '[env.staging]\nname = "s"\n[[env.staging.d1_databases]]\nbinding = "DB"\n\n[env.production]\n',
      '[env]\nstaging = { name = "s" }\n',
      '[env.staging]\n[env.staging.ai]\n',
    ),
    newline,
    bom: fc.constantFrom('', '\uFEFF'),
    final: fc.boolean(),
    gap: fc.constantFrom('', '\n'),
  })
  .map(({ name, dotted, ai, vars, env, newline: eol, bom, final, gap }) => {
    const text = [name + dotted, dotted === '' ? ai : '', vars, env].filter((part) => part !== '').join(gap);
    return bom + (final ? text : text.trimEnd()).replaceAll('\n', eol);
  });

const file = fc.oneof(
  jsoncFile.map((text) => [text, 'jsonc'] as const),
  tomlFile.map((text) => [text, 'toml'] as const),
);
const edits = fc.subarray<AiEdit>([TOP, { at: ['env', 'staging'], add }], { minLength: 1 });

/** Whether a text holds another, with things added. */
function isOnlyAddedTo(before: string, after: string): boolean {
  let at = 0;
  for (const letter of after) if (letter === before[at]) at++;
  return at === before.length;
}

describe('any configuration', () => {
  it('is edited, twice is once, and nothing of it is lost', () => {
    fc.assert(
      fc.property(file, edits, ([text, format], asked) => {
        const once = edited(text, format, asked);
        expect(edited(once, format, asked)).toBe(once);
        expect(isOnlyAddedTo(text, once)).toBe(true);
        const data = parseConfig(once, format);
        const before = parseConfig(text, format);
        if (!data.ok || !before.ok) throw new Error('not parsed');
        const without = (value: Readonly<Record<string, any>>) => {
          const { ai: _, env, ...rest } = value;
          const { ai: __, ...staging } = env.staging;
          return { ...rest, env: { ...env, staging } };
        };
        expect(without(data.data)).toEqual(without(before.data));
        for (const { at } of asked) {
          const owner = (root: Readonly<Record<string, any>>) => (at.length === 0 ? root : root['env'].staging);
          expect(owner(data.data)['ai']).toEqual({ ...add, ...owner(before.data)['ai'] });
        }
        // The line endings of the file are the ones added.
        if (!text.includes('\r\n') && text.includes('\n')) expect(once).not.toContain('\r\n');
        if (text.includes('\r\n')) expect(once.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 1500 },
    );
  });

  it('that is garbage is refused, never thrown at', () => {
    const garbage = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '=', '\n', 'ai', '#', '//', ' ', '.', '1'), {
          maxLength: 40,
        })
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(garbage, fc.constantFrom<ConfigFormat>('jsonc', 'toml'), edits, (text, format, asked) => {
        const result = editConfig(text, format, asked);
        if (result.ok) expect(parseConfig(result.text, format).ok).toBe(true);
        else expect(result.reason).toMatch(/\.$/);
      }),
      { numRuns: 1500 },
    );
  });

  it('of 1 MB is edited at once', () => {
    const lines = Array.from({ length: 12_000 }, (_, at) => `  "key${at}": "${'x'.repeat(60)}", // note ${at}`);
    const text = `{\n${lines.join('\n')}\n  "name": "w"\n}\n`;
    expect(text.length).toBeGreaterThan(1_000_000);
    expect(edited(text)).toContain('"remote": true');
    const toml = `${lines.map((_, at) => `key${at} = "${'x'.repeat(75)}" # note`).join('\n')}\n[vars]\nA = "1"\n`;
    expect(toml.length).toBeGreaterThan(1_000_000);
    expect(edited(toml, 'toml')).toContain('[ai]');
  });
});

describe('what to paste', () => {
  it('is written for the place', () => {
    expect(aiSnippet('jsonc', [], add)).toBe('"ai": {\n  "binding": "AI",\n  "remote": true\n}');
    expect(aiSnippet('toml', ['env', 'my.env'], add)).toBe('[env."my.env".ai]\nbinding = "AI"\nremote = true');
  });
});
