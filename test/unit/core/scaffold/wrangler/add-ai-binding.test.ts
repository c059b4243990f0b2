import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planAiBinding } from '../../../../../src/core/scaffold/wrangler/add-ai-binding';
import type { BindingAnswers } from '../../../../../src/core/scaffold/wrangler/binding-target';
import { takenNames } from '../../../../../src/core/scaffold/wrangler/binding-names';
import { describeConfigs } from '../../../../../src/core/scaffold/wrangler/find-configs';
import { bindingProblem, scopesOf } from '../../../../../src/core/scaffold/wrangler/scopes';
import { applied, fakeFiles } from '../fake-files';

const CONFIG = 'wrangler.jsonc';
const worker = (more = '') => `{\n  "name": "w",\n  "main": "src/index.ts"${more}\n}\n`;
const plan = (texts: Readonly<Record<string, string>>, answers: Partial<BindingAnswers> = {}) =>
  planAiBinding(fakeFiles(texts), { config: CONFIG, ...answers });
const dataOf = (text: string | undefined): any => JSON.parse(text ?? 'null');

describe('the binding', () => {
  it('goes to the top level and to all environments, or to those that are asked for', async () => {
    const text = worker(', "env": { "a": {}, "b": {} }');
    const all = await plan({ [CONFIG]: text }, { binding: 'BRAIN' });
    const block = { binding: 'BRAIN', remote: true };
    expect(dataOf(all.edits[0]?.after)).toMatchObject({ ai: block, env: { a: { ai: block }, b: { ai: block } } });
    const one = await plan({ [CONFIG]: text }, { environments: ['b'] });
    const after = dataOf(one.edits[0]?.after);
    expect(after.env).toEqual({ a: {}, b: { ai: { binding: 'AI', remote: true } } });
    expect(one.notes).toEqual([expect.stringMatching(/^a: left out/)]);
  });

  it('keeps the name it has, and says so when another was asked for', async () => {
    const text = worker(', "ai": { "binding": "BRAIN" }, "env": { "a": {} }');
    const result = await plan({ [CONFIG]: text }, { binding: 'AI' });
    expect(result.binding).toBe('BRAIN');
    expect(dataOf(result.edits[0]?.after)).toMatchObject({
      ai: { binding: 'BRAIN', remote: true },
      env: { a: { ai: { binding: 'BRAIN', remote: true } } },
    });
    expect(result.notes).toEqual(['The AI binding is called BRAIN already; that name is kept.']);
  });

  it('is planned once: what was applied needs nothing more', async () => {
    const before = {
      [CONFIG]: worker(', "env": { "a": {} }'),
      'src/index.ts': 'interface Env {\n  KV: KVNamespace;\n}\n',
      'tsconfig.json': '{}',
    };
    const first = await plan(before);
    expect(first.edits.map(({ path }) => path)).toEqual([CONFIG, 'src/index.ts']);
    const again = await plan(applied(before, first));
    expect(again).toMatchObject({
      edits: [],
      conflicts: [],
      skips: [{ path: CONFIG, reason: 'The AI binding is set up already, as env.AI.' }],
    });
  });

  it.each([
    ['taken by a variable', { [CONFIG]: worker(', "vars": { "AI": "1" }') }, /name of vars\. .*AI_2/],
    [
      'taken in an environment',
      { [CONFIG]: worker(', "env": { "a": { "r2_buckets": [{ "binding": "AI", "bucket_name": "b" }] } }') },
      /name of r2_buckets in env\.a/,
    ],
    ['in .dev.vars', { [CONFIG]: worker(), '.dev.vars': '# x\nAI="secret"\n' }, /variable in \.dev\.vars/],
    ['in .env', { [CONFIG]: worker(), '.env': 'export AI=1\n' }, /variable in \.env/],
  ])('is refused where the name is %s', async (_, texts, reason) => {
    const result = await plan(texts, { binding: 'AI' });
    expect(result.edits).toEqual([]);
    expect(result.conflicts).toEqual([{ path: CONFIG, reason: expect.stringMatching(reason) }]);
    // Left to us, another name is taken.
    expect((await plan(texts)).binding).toBe('AI_2');
  });

  it.each(['', 'my-ai', '1AI', 'a b', 'é', '"'])('cannot be called %j', async (binding) => {
    expect((await plan({ [CONFIG]: worker() }, { binding })).conflicts).toHaveLength(1);
  });

  it('asks for what is there', async () => {
    await expect(plan({})).rejects.toMatchObject({ code: 'no-config' });
    await expect(plan({ [CONFIG]: worker() }, { environments: ['x'] })).rejects.toMatchObject({
      code: 'unknown-environment',
      message: 'wrangler.jsonc has no environment "x". It has none.',
    });
    await expect(plan({ 'a.json': '{}' }, { config: 'a.json' })).rejects.toMatchObject({ code: 'not-a-config' });
  });

  it.each(['dist/wrangler.json', 'app/.wrangler/wrangler.json', '.output/server/wrangler.json'])(
    'never goes into %s, which a tool writes',
    async (config) => {
      const result = await plan({ [config]: worker() }, { config });
      expect(result).toMatchObject({ edits: [], conflicts: [{ reason: expect.stringMatching(/A tool writes/) }] });
    },
  );

  it('is left to people in cloudflare.config.ts', async () => {
    const config = 'cloudflare.config.ts';
    const { conflicts } = await plan({ [config]: 'export default {}' }, { config, binding: 'BRAIN' });
    expect(conflicts[0]?.snippet).toContain('BRAIN: bindings.ai({ dev: { remote: true } })');
  });

  it('offers to generate types where there is TypeScript, by the program that the project uses', async () => {
    const config = 'apps/api/wrangler.jsonc';
    const texts = { [config]: worker(), 'pnpm-lock.yaml': '' };
    expect((await plan(texts, { config })).commands).toEqual([
      { id: 'types', line: 'pnpm exec wrangler types -c wrangler.jsonc', folder: 'apps/api' },
    ]);
    const yarn = { ...texts, 'package.json': '{ "packageManager": "yarn@4.5.0" }' };
    expect((await plan(yarn, { config })).commands[0]?.line).toBe('yarn wrangler types -c wrangler.jsonc');
    expect((await plan({ [CONFIG]: '{ "main": "index.js" }' })).commands).toEqual([]);
  });

  it("runs the project's own script, whose options name the types", async () => {
    const script = (line: string, more: Readonly<Record<string, string>> = {}) =>
      plan({ [CONFIG]: worker(), 'package.json': JSON.stringify({ scripts: { 'cf-typegen': line } }), ...more });
    expect((await script('wrangler types --env-interface Bindings')).commands[0]?.line).toBe('npm run cf-typegen');
    for (const other of ['wrangler types --check', 'wrangler types && tsc', 'echo wrangler types']) {
      expect((await script(other)).commands[0]?.line).toBe('npx wrangler types -c wrangler.jsonc');
    }
    // Another configuration would win there.
    const { commands } = await script('wrangler types', { 'wrangler.json': '{}' });
    expect(commands[0]?.line).toBe('npx wrangler types -c wrangler.jsonc');
    expect((await plan({ [CONFIG]: worker(), 'package.json': 'no json' })).commands).toHaveLength(1);
  });

  it('goes into a configuration of another name when that was chosen', async () => {
    const config = 'a b/wrangler.production.toml';
    const { edits, commands } = await plan({ [config]: 'main = "src/index.ts"\n' }, { config });
    expect(edits[0]?.after).toContain('[ai]\nbinding = "AI"\nremote = true\n');
    expect(commands).toEqual([{ id: 'types', line: 'npx wrangler types -c wrangler.production.toml', folder: 'a b' }]);
    await expect(plan({ 'wrangler.txt': '' }, { config: 'wrangler.txt' })).rejects.toMatchObject({
      code: 'not-a-config',
    });
  });

  it('never goes into what a build wrote, wherever that is', async () => {
    const text = '{ "name": "w", "userConfigPath": "/x/wrangler.jsonc", "definedEnvironments": [] }';
    const config = 'build/server/wrangler.json';
    expect(await plan({ [config]: text }, { config })).toMatchObject({
      edits: [],
      conflicts: [{ reason: expect.stringMatching(/A tool writes/) }],
    });
    expect(await describeConfigs(fakeFiles({ [config]: text }), [config])).toEqual([]);
  });

  it('knows the environments of Pages, and says which are none', async () => {
    const text = '{ "name": "p", "pages_build_output_dir": "d", "env": { "preview": {}, "staging": {} } }';
    const { edits, notes } = await plan({ [CONFIG]: text });
    expect(dataOf(edits[0]?.after).env).toEqual({ preview: { ai: { binding: 'AI', remote: true } }, staging: {} });
    const warning = 'Pages has the environments preview and production only: wrangler refuses staging.';
    expect(notes).toEqual([warning]);
    await expect(plan({ [CONFIG]: text }, { environments: ['staging'] })).rejects.toMatchObject({
      code: 'unknown-environment',
    });
    expect(await describeConfigs(fakeFiles({ [CONFIG]: text }), [CONFIG])).toMatchObject([
      { kind: 'pages', environments: ['preview'], warnings: [warning] },
    ]);
  });

  it('comes as blocks to paste where it cannot be edited', async () => {
    const { conflicts } = await plan({ [CONFIG]: '{ "ai": [], "env": { "a": {} } }' });
    const block = '"ai": {\n  "binding": "AI",\n  "remote": true\n}';
    expect(conflicts).toMatchObject([{ snippet: `// top level:\n${block}\n\n// env.a:\n${block}` }]);
    expect(conflicts[0]?.place).toEqual({ line: 1, column: 9 });
    const config = 'wrangler.toml';
    const toml = await plan({ [config]: 'ai = "AI"\n[env.a]\n' }, { config });
    const table = (at: string) => `[${at}ai]\nbinding = "AI"\nremote = true`;
    expect(toml.conflicts[0]?.snippet).toBe(`${table('')}\n\n${table('env.a.')}`);
  });

  it('is planned or refused whatever stands there, and needs no second time', async () => {
    const block = fc.oneof(fc.jsonValue(), fc.record({ binding: fc.jsonValue(), remote: fc.boolean() }));
    const scope = { ai: block, vars: fc.jsonValue(), kv_namespaces: fc.jsonValue() };
    const scopes = fc.oneof(fc.record(scope, { requiredKeys: [] }), fc.jsonValue());
    const data = fc.record(
      {
        ...{ ...scope, previews: scopes, env: fc.oneof(fc.dictionary(fc.string(), scopes), fc.jsonValue()) },
        ...{ main: fc.jsonValue(), pages_build_output_dir: fc.jsonValue(), name: fc.jsonValue() },
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(data, async (value) => {
        const before = { [CONFIG]: JSON.stringify(value, null, 2) };
        const first = await plan(before);
        expect(first.conflicts.length === 0 || first.edits.length === 0).toBe(true);
        const again = await plan(applied(before, first));
        expect(again.edits).toEqual([]);
        expect(again.conflicts.length).toBe(first.conflicts.length);
        await describeConfigs(fakeFiles(before), [CONFIG]);
      }),
      { numRuns: 500 },
    );
  });

  it('reads every kind of name', () => {
    const scope = {
      assets: { binding: 'A' },
      kv_namespaces: [{ binding: 'B' }],
      durable_objects: { bindings: [{ name: 'C' }] },
      queues: { producers: [{ binding: 'D' }] },
      ratelimits: [{ name: 'E' }],
      vars: { F: 1 },
      unsafe: { bindings: [{ name: 'G' }] },
      services: 'nonsense',
      ai: { binding: 'H' },
    };
    expect([...takenNames(scope).keys()].sort()).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G']);
    expect(bindingProblem(scopesOf(scope, []), 'C')).toBe(
      '"C" is the name of durable_objects.bindings. Choose another, for example AI.',
    );
    expect(bindingProblem(scopesOf(scope, []), 'OK')).toBeUndefined();
  });
});

describe('a hand-written Env', () => {
  const env = async (text: string, file = 'src/index.ts') => {
    const result = await plan({ [CONFIG]: worker(), [file]: text });
    return { after: result.edits.find(({ path }) => path === file)?.after, notes: result.notes };
  };

  it.each([
    ['interface Env {\n  KV: KVNamespace;\n}', 'interface Env {\n  KV: KVNamespace;\n  AI: Ai;\n}'],
    [
      'export interface Env {\r\n\tKV: KVNamespace, // cache\r\n}',
      'export interface Env {\r\n\tKV: KVNamespace, // cache\r\n\tAI: Ai,\r\n}',
    ],
    ['type Env = { KV: KVNamespace }', 'type Env = { KV: KVNamespace; AI: Ai }'],
    ['interface Env {}', 'interface Env {\n  AI: Ai;\n}'],
    ['interface Env {\n  // none yet\n}', 'interface Env {\n  // none yet\n  AI: Ai;\n}'],
    [
      'declare global {\n  interface Env {\n    A: string\n  }\n}',
      'declare global {\n  interface Env {\n    A: string\n    AI: Ai\n  }\n}',
    ],
    [
      'type Bindings = {\n  DB: D1Database\n}\nconst app = new Hono<{ Bindings: Bindings }>()',
      'type Bindings = {\n  DB: D1Database\n  AI: Ai\n}\nconst app = new Hono<{ Bindings: Bindings }>()',
    ],
    ['interface Env {\n  A: { AI: string };\n}', 'interface Env {\n  A: { AI: string };\n  AI: Ai;\n}'],
    ['interface Env {\n  AIRPORT: string;\n}', 'interface Env {\n  AIRPORT: string;\n  AI: Ai;\n}'],
  ])('%j gets the member in its style', async (before, after) => {
    expect((await env(before)).after).toBe(after);
  });

  it.each([
    '// interface Env {\n}\n',
    'const text = "interface Env {";',
    'interface Env extends Cloudflare.Env {}',
    'interface Environment { A: string }',
    'type Bindings = { save: string }; // keys',
    '/* Generated by Wrangler */\ninterface Env { A: string }',
    'interface Env { AI: Ai }',
    'interface Env { AI?: Ai<AiModels> }',
    'interface Env {',
  ])('%j is left as it is', async (text) => {
    expect(await env(text)).toEqual({ after: undefined, notes: [] });
  });

  it('of another type is left, and said', async () => {
    const { after, notes } = await env('interface Env {\n  AI: Fetcher;\n}', 'src/types.ts');
    expect(after).toBeUndefined();
    expect(notes).toEqual(['Env in src/types.ts declares AI as Fetcher, not as Ai: it is left as it is.']);
  });

  it('is not looked for in generated types or tests', async () => {
    const text = 'interface Env { A: string }';
    expect((await env(text, 'worker-configuration.d.ts')).after).toBeUndefined();
    expect((await env(text, 'src/index.test.ts')).after).toBeUndefined();
    expect((await env(text, 'env.d.ts')).after).toContain('AI: Ai');
  });
});

describe('the configurations of a workspace', () => {
  it('are told apart, without those that tools write', async () => {
    const texts = {
      'wrangler.json': '{ "name": "root" }',
      'apps/api/wrangler.toml': 'name = "api"\n[ai]\nbinding = "AI"\n[env.production]\n',
      'apps/site/wrangler.jsonc': '{ "name": "site", "pages_build_output_dir": "dist" }',
      'apps/bad/wrangler.jsonc': '{ "name" }',
      'apps/new/cloudflare.config.ts': '',
      'apps/api/dist/wrangler.json': '{}',
      'node_modules/x/wrangler.toml': '',
      'apps/api/package.json': '{}',
    };
    const found = await describeConfigs(fakeFiles(texts), Object.keys(texts));
    expect(found).toMatchObject([
      { path: 'wrangler.json', name: 'root', kind: 'worker', environments: [], warnings: [] },
      {
        path: 'apps/api/wrangler.toml',
        name: 'api',
        environments: ['production'],
        binding: 'AI',
        warnings: [
          'Wrangler reads wrangler.json rather than apps/api/wrangler.toml, unless it is told: -c wrangler.toml.',
        ],
      },
      { path: 'apps/bad/wrangler.jsonc', problem: { place: { line: 1, column: 10 } } },
      { path: 'apps/new/cloudflare.config.ts', problem: { snippet: expect.stringContaining('AI: bindings.ai(') } },
      { path: 'apps/site/wrangler.jsonc', kind: 'pages' },
    ]);
    expect(found).toHaveLength(5);
  });

  it('warn of a file beside them that wins', async () => {
    const texts = { 'a/wrangler.jsonc': '{}', 'a/wrangler.toml': '' };
    const found = await describeConfigs(fakeFiles(texts), Object.keys(texts));
    expect(found.map(({ path, warnings }) => [path, warnings.length])).toEqual([
      ['a/wrangler.jsonc', 0],
      ['a/wrangler.toml', 1],
    ]);
  });
});
