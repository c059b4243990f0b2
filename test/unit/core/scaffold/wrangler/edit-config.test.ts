import { describe, expect, it } from 'vitest';
import type { AiEdit, ConfigFormat } from '../../../../../src/core/scaffold/wrangler/ai-edit';
import { aiSnippet, editConfig } from '../../../../../src/core/scaffold/wrangler/edit-config';

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
      '\uFEFF{\r\n\t"name": "w",\r\n\t"ai": {\r\n\t\t"binding": "AI",\r\n\t\t"remote": true,\r\n\t},\r\n}',
    );
  });

  it('stays on one line where all is on one line', () => {
    expect(edited('{"name":"w"}')).toBe('{"name":"w","ai":{"binding":"AI","remote":true}}');
    expect(edited('{ "name": "w" }')).toBe('{ "name": "w", "ai": { "binding": "AI", "remote": true } }');
    expect(edited('{ "name": "w" /* x */ }')).toBe(
      '{ "name": "w" /* x */, "ai": { "binding": "AI", "remote": true } }',
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
    ['{\n  "ai": {"binding":"B",}\n}', '{\n  "ai": {"binding":"B","remote":true,}\n}'],
    ['{"ai":{}}', '{"ai":{"binding":"AI","remote":true}}'],
    ['{ }', '{ "ai": { "binding": "AI", "remote": true } }'],
    ['{ /* none */ }', '{ /* none */ "ai": { "binding": "AI", "remote": true } }'],
    ['{ // none\n}', '{ // none\n  "ai": {\n    "binding": "AI",\n    "remote": true\n  }\n}'],
  ])('completes %j', (text, expected) => {
    expect(edited(text)).toBe(expected);
  });

  it('stands before the comments that follow, and behind one that belongs to the last value', () => {
    expect(edited('{\n  "name": "w" /* a\n  b */\n  // "ai": {}\n}')).toBe(
      '{\n  "name": "w", /* a\n  b */\n  "ai": {\n    "binding": "AI",\n    "remote": true\n  }\n  // "ai": {}\n}',
    );
    expect(edited('{ "name": "w" // x\n}')).toBe('{ "name": "w", // x\n  "ai": { "binding": "AI", "remote": true }\n}');
    expect(edited('{\n  "name": "w" // x\n  , // y\n}')).toBe(
      '{\n  "name": "w" // x\n  , // y\n  "ai": {\n    "binding": "AI",\n    "remote": true,\n  },\n}',
    );
  });

  it('is written as its neighbours are', () => {
    expect(edited('{\n  "observability": { "enabled": true }\n}')).toBe(
      '{\n  "observability": { "enabled": true },\n  "ai": { "binding": "AI", "remote": true }\n}',
    );
    expect(edited('{\n  "vars": {"A":1}\n}')).toBe(
      '{\n  "vars": {"A":1},\n  "ai": {"binding": "AI", "remote": true}\n}',
    );
    expect(edited('{\n    "name" : "w"\n}')).toBe(
      '{\n    "name" : "w",\n    "ai" : {\n        "binding" : "AI",\n        "remote" : true\n    }\n}',
    );
    expect(edited('{\n  "name":     "w",\n  "main":     "m"\n}')).toContain('\n  "ai": {\n    "binding": "AI",');
    expect(edited('{"a":"x: y","b":2}')).toBe('{"a":"x: y","b":2,"ai":{"binding":"AI","remote":true}}');
  });

  it('is indented as the object it goes into, where that differs from the file', () => {
    const text = '{\n"name": "w",\n"env": {\n    "a": {\n        "name": "a"\n    }\n}\n}';
    expect(edited(text, 'json', [{ at: ['env', 'a'], add }])).toBe(
      '{\n"name": "w",\n"env": {\n    "a": {\n        "name": "a",\n        "ai": {\n            "binding": "AI",\n            "remote": true\n        }\n    }\n}\n}',
    );
  });

  it('takes the line ending of the line before it', () => {
    expect(edited('{\n  "a": 1,\r\n  "b": 2\n}\r\n')).toBe(
      '{\n  "a": 1,\r\n  "b": 2,\n  "ai": {\n    "binding": "AI",\n    "remote": true\n  }\n}\r\n',
    );
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
    ['{\n  "name": 1,\n  "name" 2\n}', /not valid JSON: a colon is missing/, { line: 3, column: 10 }],
    ['[]', /must be an object/, { line: 1, column: 1 }],
    ['\uFEFF{ "ai": 1 }', /must be an object/, { line: 1, column: 9 }],
    ['['.repeat(100_000), /nested too deeply/, undefined],
    ['{"a":'.repeat(100_000), /nested too deeply/, undefined],
    ['', /not valid JSON|must be an object/, undefined],
    ['{ "ai": {"binding": "A"}, "ai": {} }', /"ai" stands here a second time/, { line: 1, column: 27 }],
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
    ['[ai]\n  binding = "B"\n', '[ai]\n  binding = "B"\n  remote = true\n'],
    ['[ai]\n', '[ai]\nbinding = "AI"\nremote = true\n'],
    ['ai = { binding = "B" }\n', 'ai = { binding = "B", remote = true }\n'],
    ['ai = {}\n', 'ai = { binding = "AI", remote = true }\n'],
    ['ai.binding = "B"\nname = "w"\n', 'ai.binding = "B"\nai.remote = true\nname = "w"\n'],
    ['"ai".binding="B"\r\n', '"ai".binding="B"\r\n"ai".remote=true\r\n'],
    ['ai={binding="B"}', 'ai={binding="B", remote=true}'],
    ['ai = { binding = "B", }\n', 'ai = { binding = "B", remote = true, }\n'],
    ['[ai.x]\na = 1\n', '[ai.x]\na = 1\n\n[ai]\nbinding = "AI"\nremote = true\n'],
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
    ['[[ai]]\nbinding = "AI"\n', /^ai must be a table/],
    ['ai = "yes"\n', /must be a table/],
    ['name = \n', /not valid TOML/],
    ['name = "a"\nname = "b"\n', /not valid TOML/],
  ])('refuses %j', (text, reason) => {
    expect(editConfig(text, 'toml', [TOP])).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
  });

  it('keeps the comments below a table with it, and those above the next with that', () => {
    expect(edited('[vars]\nA = 1\n# B = 2\n\n# all of staging\n# is here\n[env.staging]\n', 'toml')).toBe(
      '[vars]\nA = 1\n# B = 2\n\n[ai]\nbinding = "AI"\nremote = true\n\n# all of staging\n# is here\n[env.staging]\n',
    );
    expect(edited('[vars]\nA = 1\n# staging\n[env.staging]\n', 'toml')).toBe(
      '[vars]\nA = 1\n\n[ai]\nbinding = "AI"\nremote = true\n\n# staging\n[env.staging]\n',
    );
    expect(edited('name = "w"\n# [ai]\n# binding = "AI"', 'toml')).toBe(
      'name = "w"\n# [ai]\n# binding = "AI"\n\n[ai]\nbinding = "AI"\nremote = true',
    );
  });

  it('is indented as the tables around it are', () => {
    expect(edited('[env.a]\n  name = "a"\n\n  [env.a.vars]\n    A=1\n', 'toml', [{ at: ['env', 'a'], add }])).toBe(
      '[env.a]\n  name = "a"\n\n  [env.a.vars]\n    A=1\n\n  [env.a.ai]\n    binding="AI"\n    remote=true\n',
    );
  });

  it('does not line up with keys that are', () => {
    expect(edited('[vars]\nA    = 1\nLONG = 2\n', 'toml')).toBe(
      '[vars]\nA    = 1\nLONG = 2\n\n[ai]\nbinding = "AI"\nremote = true\n',
    );
  });

  it('begins a line of its own', () => {
    expect(edited('name = "w"\n  ', 'toml')).toBe('name = "w"\n  \n[ai]\nbinding = "AI"\nremote = true');
    expect(edited('  ', 'toml')).toBe('  \n[ai]\nbinding = "AI"\nremote = true');
  });

  it('stands beside dates and times', () => {
    const text = 'a = 2026-01-02\nb = 2026-01-02T03:04:05Z\nc = 03:04:05\nd = nan\n';
    expect(edited(text, 'toml')).toBe(`${text}\n[ai]\nbinding = "AI"\nremote = true\n`);
  });

  it('does not take the text of a string for a table', () => {
    expect(edited('text = """\n[env.a]\n[ai]\n"""\n', 'toml')).toBe(
      'text = """\n[env.a]\n[ai]\n"""\n\n[ai]\nbinding = "AI"\nremote = true\n',
    );
  });

  it('is a key and a table side by side at the end of a file', () => {
    expect(edited('env.a.name = "a"', 'toml', [TOP, { at: ['env', 'a'], add }])).toBe(
      'env.a.name = "a"\nenv.a.ai = { binding = "AI", remote = true }\n\n[ai]\nbinding = "AI"\nremote = true',
    );
  });

  it('tells where an error is', () => {
    expect(editConfig('name = "w"\nmain = \n', 'toml', [TOP])).toMatchObject({ place: { line: 2 } });
  });
});

describe('edits', () => {
  const staging: AiEdit = { at: ['env', 'staging'], add };

  it.each<[string, ConfigFormat, RegExp]>([
    ['{ "env": { "production": {} } }', 'jsonc', /^There is no "env.staging"/],
    ['{ "env": [] }', 'jsonc', /^"env" must be an object/],
    ['{ "env": { "staging": "s" } }', 'jsonc', /^"env.staging" must be an object/],
    ['[env.production]', 'toml', /^There is no \[env.staging\]/],
    ['env = 1', 'toml', /^env must be a table/],
    ['[[env.staging]]', 'toml', /^env.staging must be a table/],
  ])('of a place that %s has not are refused, and nothing is done', (text, format, reason) => {
    expect(editConfig(text, format, [TOP, staging])).toMatchObject({
      ok: false,
      reason: expect.stringMatching(reason),
    });
  });

  it('that ask for nothing, or for what is there, give the text as it is', () => {
    const text = '{"ai":{"binding":"B","remote":false}, "env": {"staging": {}}}';
    expect(edited(text, 'json', [])).toBe(text);
    expect(edited(text, 'json', [TOP, { at: ['env', 'staging'], add: {} }])).toBe(text);
    expect(edited('ai = {binding="B", remote=false}', 'toml')).toBe('ai = {binding="B", remote=false}');
  });

  it('of one place are put together', () => {
    const twice: AiEdit[] = [
      { at: [], add: { binding: 'A' } },
      { at: [], add: { binding: 'B', remote: true } },
    ];
    expect(edited('{"n":1}', 'json', twice)).toBe('{"n":1,"ai":{"binding":"A","remote":true}}');
    expect(edited('n=1', 'toml', twice)).toBe('n=1\n\n[ai]\nbinding="A"\nremote=true');
  });

  it('are refused when the result would not be read as intended', () => {
    // A lone surrogate cannot be written in TOML.
    expect(editConfig('n = 1', 'toml', [{ at: [], add: { binding: '\uD800' } }])).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/cannot be changed safely/),
    });
  });

  // Work that grows with the square of the size would take minutes here.
  it('of 1 MB with many environments are quick', () => {
    const names = Array.from({ length: 20 }, (_, index) => `e${index}`);
    const edits: AiEdit[] = [TOP, ...names.map((name) => ({ at: ['env', name], add }))];
    const vars = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`k${index}`, 'x'.repeat(40)]));
    const data = { vars, env: Object.fromEntries(names.map((name) => [name, {}])) };
    const count = (text: string) => text.split('remote').length - 1;
    expect(count(edited(JSON.stringify(data), 'json', edits))).toBe(21);
    expect(count(edited(JSON.stringify(data, null, 2), 'json', edits))).toBe(21);
    const lines = Object.entries(vars).map(([key, value]) => `${key} = "${value}" # c\n`);
    const toml = `[vars]\n${lines.join('')}${names.map((name) => `[env.${name}]\n`).join('')}`;
    expect(toml.length).toBeGreaterThan(1_000_000);
    expect(count(edited(toml, 'toml', edits))).toBe(21);
  });
});

describe('what to paste', () => {
  it('is written for the place', () => {
    expect(aiSnippet('jsonc', [], add)).toBe('"ai": {\n  "binding": "AI",\n  "remote": true\n}');
    expect(aiSnippet('json', ['previews'], { remote: true })).toBe(
      '"previews": {\n  "ai": {\n    "remote": true\n  }\n}',
    );
    expect(aiSnippet('toml', [], add)).toBe('[ai]\nbinding = "AI"\nremote = true');
    expect(aiSnippet('toml', ['env', 'my.env'], add)).toBe('[env."my.env".ai]\nbinding = "AI"\nremote = true');
  });
});
