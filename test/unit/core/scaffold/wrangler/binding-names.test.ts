import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planAiBinding } from '../../../../../src/core/scaffold/wrangler/add-ai-binding';
import { takenNames } from '../../../../../src/core/scaffold/wrangler/binding-names';
import { nameChecks } from '../../../../../src/core/scaffold/wrangler/binding-target';
import { dotVarNames, variablesNear } from '../../../../../src/core/scaffold/wrangler/dot-vars';
import { fakeFiles } from '../fake-files';

const config = 'wrangler.jsonc';
const plan = (data: unknown, answers: object = {}, more: Readonly<Record<string, string>> = {}) =>
  planAiBinding(fakeFiles({ [config]: JSON.stringify(data), ...more }), { config, ...answers });

/** One of each kind that wrangler 4.156.2 compares (`friendlyBindingNames` and `secrets.required`), all called AI. */
const KINDS: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(
    ['analytics', 'assets', 'browser', 'images', 'media', 'stream', 'version_metadata'].map((key) => [
      key,
      { binding: 'AI' },
    ]),
  ),
  ...Object.fromEntries(
    [
      ...['agent_memory', 'ai_search', 'ai_search_namespaces', 'analytics_engine_datasets', 'artifacts'],
      ...['d1_databases', 'dispatch_namespaces', 'flagship', 'hyperdrive', 'k2', 'kv_namespaces'],
      ...['mtls_certificates', 'pipelines', 'r2_buckets', 'secrets_store_secrets', 'services'],
      ...['unsafe_hello_world', 'vectorize', 'vpc_networks', 'vpc_services', 'worker_loaders', 'workflows'],
    ].map((key) => [key, [{ binding: 'OTHER' }, { binding: 'AI' }]]),
  ),
  ratelimits: [{ name: 'AI' }],
  send_email: [{ name: 'AI' }],
  durable_objects: { bindings: [{ name: 'AI', class_name: 'A' }] },
  logfwdr: { bindings: [{ name: 'AI', destination: 'd' }] },
  unsafe: { bindings: [{ name: 'AI', type: 'x' }] },
  queues: { producers: [{ binding: 'AI', queue: 'q' }] },
  vars: { AI: '1' },
  wasm_modules: { AI: 'a.wasm' },
  text_blobs: { AI: 'a.txt' },
  data_blobs: { AI: 'a.bin' },
  secrets: { required: ['AI'] },
};

describe('a name', () => {
  it.each(Object.keys(KINDS))('is refused where %s has it, in each place', async (kind) => {
    const scope = { [kind]: KINDS[kind] };
    for (const data of [scope, { env: { a: scope } }, { previews: scope }]) {
      const { conflicts, edits } = await plan(data, { binding: 'AI' });
      expect(edits).toEqual([]);
      expect(conflicts).toEqual([{ path: config, reason: expect.stringContaining(`"AI" is the name of ${kind}`) }]);
      expect((await plan(data)).binding).toBe('AI_2');
    }
    // In an environment that the binding does not go to, it harms nobody.
    expect((await plan({ env: { a: scope } }, { binding: 'AI', environments: [] })).conflicts).toEqual([]);
  });

  it('is looked for in whatever stands there', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(KINDS)), fc.jsonValue()), (scope) => {
        takenNames(scope as Record<string, unknown>);
      }),
    );
  });

  it('that the binding has elsewhere is kept, and its other owner told of', async () => {
    const data = { ai: { binding: 'AI' }, env: { a: { services: [{ binding: 'AI', service: 's' }] } } };
    expect((await plan(data)).conflicts).toEqual([
      {
        path: config,
        reason:
          'The AI binding is called AI, and that is the name of services in env.a too. Rename one of them, or leave that environment out.',
      },
    ]);
    expect((await plan(data, { environments: [] })).edits).toHaveLength(1);
  });

  it('differs between environments only where it does already', async () => {
    const { edits, notes } = await plan({ ai: { binding: 'AI' }, env: { a: { ai: { binding: 'B' } }, c: {} } });
    expect(JSON.parse(edits[0]!.after)).toEqual({
      ai: { binding: 'AI', remote: true },
      env: { a: { ai: { binding: 'B', remote: true } }, c: { ai: { binding: 'AI', remote: true } } },
    });
    expect(notes).toEqual(['In env.a the AI binding is called B: env.AI is undefined there.']);
  });

  it('ASSETS belongs to Pages', async () => {
    expect((await plan({ pages_build_output_dir: 'd' }, { binding: 'ASSETS' })).conflicts).toHaveLength(1);
    expect((await plan({}, { binding: 'ASSETS' })).conflicts).toEqual([]);
  });
});

describe('variables of development', () => {
  it.each([
    ['A=1\r\nexport B = 2\n  C: 3', ['A', 'B', 'C']],
    ['# A=1\nB="x\nC=1\ny"\nD=\'1\n2\'\nE=`\nF=1`\nG', ['B', 'D', 'E']],
    ['\uFEFFA=\nB="open\nC=3', ['A', 'B', 'C']],
    ['URL=http://x?AI=1', ['URL']],
  ])('%j', (text, names) => expect(dotVarNames(text)).toEqual(names));

  it('come from the files of the environments that are meant', async () => {
    const texts = {
      ...{ 'a/.dev.vars': 'A=1', 'a/.dev.vars.x': 'B=1', 'a/.env': 'A=2\nC=1', 'a/.env.local': 'D=1' },
      ...{ 'a/.env.x.local': 'E=1', 'a/.env.y': 'F=1', '.env': 'G=1', 'a/.env.example': 'H=1' },
    };
    expect([...(await variablesNear(fakeFiles(texts), 'a', ['x']))]).toEqual([
      ['A', '.dev.vars'],
      ['C', '.env'],
      ['D', '.env.local'],
      ['B', '.dev.vars.x'],
      ['E', '.env.x.local'],
    ]);
  });

  it('take the place of a binding that is there, which is said', async () => {
    const { notes, edits } = await plan({ ai: { binding: 'AI' } }, {}, { '.dev.vars': 'AI=1' });
    expect(edits).toHaveLength(1);
    expect(notes).toEqual(['AI is a variable in .dev.vars too, which takes its place in wrangler dev.']);
  });
});

describe('while a name is typed', () => {
  const checks = (data: unknown, more: Readonly<Record<string, string>> = {}, environments?: readonly string[]) =>
    nameChecks(fakeFiles({ [config]: JSON.stringify(data), ...more }), {
      config,
      ...(environments && { environments }),
    });

  it('the same is said as by the plan', async () => {
    const data = { vars: { AI: 1 }, env: { a: { vars: { AI_2: 1 } } } };
    const all = await checks(data, { '.dev.vars': 'AI_3=1' });
    expect(all).toMatchObject({ suggested: 'AI_4', existing: undefined });
    expect(all?.problem('AI')).toBe('"AI" is the name of vars. Choose another, for example AI_4.');
    expect(all?.problem('AI_3')).toBe('"AI_3" is a variable in .dev.vars. Choose another, for example AI_4.');
    expect(all?.problem('a-b')).toContain('cannot be written as env.a-b');
    expect(all?.problem('AI_4')).toBeUndefined();
    expect((await checks(data, {}, []))?.suggested).toBe('AI_2');
    const existing = await checks({ ai: { binding: 'BRAIN' } });
    expect(existing).toMatchObject({ suggested: 'BRAIN', existing: 'BRAIN' });
    expect(existing?.problem('BRAIN')).toBeUndefined();
    const shadowed = await checks({ ai: { binding: 'BRAIN' } }, { '.env': 'BRAIN=1' });
    expect(shadowed?.problem('BRAIN')).toBeUndefined();
  });

  it('nothing is said of what cannot be edited', async () => {
    expect(await nameChecks(fakeFiles({ [config]: '{' }), { config })).toBeUndefined();
  });
});
