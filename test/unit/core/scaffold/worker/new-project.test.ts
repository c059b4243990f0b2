import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { parse as parseToml } from 'smol-toml';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ScaffoldError, type ScaffoldPlan } from '../../../../../src/core/scaffold/plan';
import type { ChosenModel, WorkerAnswers } from '../../../../../src/core/scaffold/worker/answers';
import { planWorkerProject, projectNameProblem } from '../../../../../src/core/scaffold/worker/new-project';
import { WORKER_TEMPLATES } from '../../../../../src/core/scaffold/worker/templates';
import { parseConfig } from '../../../../../src/core/scaffold/wrangler/parse-config';
import { applied, fakeFiles } from '../fake-files';

const TEMPLATES = path.join(import.meta.dirname, '../../../../../media/templates/worker');
const read = (file: string): Promise<string> => readFile(path.join(TEMPLATES, file), 'utf8');

function answers(changes: Partial<WorkerAnswers> = {}): WorkerAnswers {
  return {
    name: 'my-worker',
    template: 'streaming-chat',
    models: [],
    gatewayId: 'my-gateway',
    metadata: { feature: 'test' },
    binding: 'AI',
    extras: ['tests', 'offline'],
    format: 'jsonc',
    packageManager: 'npm',
    compatibilityDate: '2026-10-06',
    ...changes,
  };
}

function plan(changes: Partial<WorkerAnswers> = {}, there: Record<string, string> = {}): Promise<ScaffoldPlan> {
  return planWorkerProject(fakeFiles(there), read, answers(changes));
}

/** Texts of a new project by path. */
async function made(changes: Partial<WorkerAnswers> = {}): Promise<Record<string, string>> {
  return applied({}, await plan(changes));
}

function model(id: string, changes: Partial<ChosenModel> = {}): ChosenModel {
  return { id, task: 'text-generation', hosting: 'hosted', input: {}, ...changes };
}

/** What a module of a project exports. */
function evaluate(text = ''): Record<string, any> {
  const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
  const exports: Record<string, unknown> = {};
  new Function('exports', outputText)(exports);
  return exports;
}

describe('the list of templates', () => {
  it('names every file there is, once, and none that is not', () => {
    const filesIn = (folder: string): string[] =>
      readdirSync(path.join(TEMPLATES, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(path.join(TEMPLATES, folder), path.join(entry.parentPath, entry.name)))
        .map((file) => file.replaceAll('\\', '/'))
        .sort();
    for (const { id, files } of WORKER_TEMPLATES) expect([...files].sort(), id).toEqual(filesIn(id));
    const shared = new Set(WORKER_TEMPLATES.flatMap((template) => template.shared));
    expect([...shared].sort()).toEqual(filesIn('shared'));
    const folders = [...WORKER_TEMPLATES.map(({ id }) => id), 'shared'].sort();
    expect(readdirSync(TEMPLATES).sort()).toEqual(folders);
  });

  it('gives each project every module that it imports, and none that it does not', async () => {
    for (const { id } of WORKER_TEMPLATES) {
      const project = await made({ template: id });
      const imported = Object.entries(project).flatMap(([file, text]) =>
        /\.m?ts$/.test(file)
          ? [...text.matchAll(/from '(\.[^']*)'/g)].map(([, to = '']) => path.posix.join(path.posix.dirname(file), to))
          : [],
      );
      const modules = Object.keys(project)
        .filter((file) => /^(?:src|test|offline)\/.*\.ts$/.test(file) && !file.endsWith('.spec.ts'))
        .map((file) => file.slice(0, -3));
      expect(new Set(imported.filter((file) => !modules.includes(file))), id).toEqual(new Set());
      const roots = ['src/index', 'offline/index'];
      expect(
        modules.filter((file) => !imported.includes(file) && !roots.includes(file)),
        id,
      ).toEqual([]);
    }
  });
});

describe('a new project', () => {
  it('has what an owner expects', async () => {
    const project = await made();
    expect(Object.keys(project)).toEqual(
      expect.arrayContaining([
        ...['.gitignore', 'README.md', 'package.json', 'tsconfig.json', 'vitest.config.mts', 'wrangler.jsonc'],
        ...['src/index.ts', 'src/models.ts', 'test/index.spec.ts', 'offline/wrangler.jsonc', 'offline/fake-ai.ts'],
      ]),
    );
    for (const [file, text] of Object.entries(project)) {
      expect(text.endsWith('\n') && !text.endsWith('\n\n'), file).toBe(true);
      const isGenerated = /^(?:README|package|wrangler|src\/models|offline\/wrangler)/.test(file);
      if (isGenerated) expect(text, file).not.toMatch(/undefined|\[object|\$\{/);
    }
  });

  it('leaves out what is not wanted', async () => {
    const project = await made({ extras: [] });
    expect(Object.keys(project).filter((file) => /^(?:test|offline|vitest)/.test(file))).toEqual([]);
    const manifest = JSON.parse(project['package.json'] ?? '');
    expect(Object.keys(manifest.scripts)).toEqual(['dev', 'deploy', 'types', 'check']);
    expect(Object.keys(manifest.devDependencies)).toEqual(['typescript', 'wrangler']);
    expect(project['README.md']).not.toMatch(/run test|offline/);
  });

  it('takes the wrangler that the tests bring', async () => {
    const { devDependencies } = JSON.parse((await made())['package.json'] ?? '');
    expect(devDependencies).toMatchObject({ wrangler: '4.156.2', vitest: '~4.1.0' });
  });

  it.each(['jsonc', 'json', 'toml'] as const)('has a configuration as %s', async (format) => {
    const project = await made({ format, template: 'embeddings-search' });
    const file = `wrangler.${format}`;
    const config = parseConfig(project[file] ?? '', format);
    expect(config).toMatchObject({
      ok: true,
      data: {
        name: 'my-worker',
        main: 'src/index.ts',
        compatibility_date: '2026-10-06',
        compatibility_flags: ['enable_request_signal'],
        ai: { binding: 'AI', remote: true },
        vectorize: [{ binding: 'VECTORIZE', index_name: 'my-worker', remote: true }],
        vars: { AI_GATEWAY_ID: 'my-gateway' },
      },
    });
    const names = Object.keys(project).filter((name) => name.includes('wrangler'));
    expect(names.sort()).toEqual([`offline/${file}`, file]);
    const texts = Object.values(project).join('\n');
    for (const other of ['jsonc', 'json', 'toml'].filter((one) => one !== format)) {
      expect(texts).not.toMatch(new RegExp(`wrangler\\.${other}\\b`));
    }
  });

  it.each(['jsonc', 'json', 'toml'] as const)('is told in every %s that its client has left', async (format) => {
    for (const { id } of WORKER_TEMPLATES) {
      const project = await made({ format, template: id });
      for (const file of [`wrangler.${format}`, `offline/wrangler.${format}`]) {
        const flags = expect.arrayContaining(['enable_request_signal']);
        expect(parseConfig(project[file] ?? '', format), `${id}: ${file}`).toMatchObject({
          ok: true,
          data: { compatibility_flags: flags },
        });
      }
    }
  });

  it('explains its configuration where comments are allowed', async () => {
    expect((await made())['wrangler.jsonc']).toContain('// Models run at Cloudflare in development too');
    expect((await made({ format: 'toml' }))['wrangler.toml']).toContain('# Models run at Cloudflare');
    const json = (await made({ format: 'json' }))['wrangler.json'] ?? '';
    expect(JSON.parse(json)).toHaveProperty('ai');
  });

  it('calls the binding by its name everywhere', async () => {
    for (const { id } of WORKER_TEMPLATES) {
      const project = await made({ template: id, binding: 'OUR$MODELS' });
      const texts = Object.values(project).join('\n');
      expect(texts).not.toMatch(/env\.AI\b/);
      expect(project['src/ai.ts']).toContain('env.OUR$MODELS.run(');
      expect(project['offline/wrangler.jsonc']).toContain('"OUR$MODELS"');
    }
  });

  it('plays each binding offline that the Worker has', async () => {
    const project = await made({ template: 'embeddings-search', format: 'toml', binding: 'MODELS' });
    const { services, vars, main } = parseToml(project['offline/wrangler.toml'] ?? '') as Record<string, any>;
    expect(services.map(({ binding, entrypoint }: Record<string, string>) => [binding, entrypoint])).toEqual([
      ['MODELS', 'FakeAi'],
      ['VECTORIZE', 'FakeVectorize'],
    ]);
    expect(vars).toEqual({ AI_GATEWAY_ID: 'my-gateway' });
    expect(main).toBe('index.ts');
  });

  it.each(['npm', 'pnpm', 'yarn', 'bun'] as const)('is run with %s', async (packageManager) => {
    const { commands, creates } = await plan({ packageManager, template: 'embeddings-search' });
    expect(commands.map(({ id, line, folder }) => `${id} ${folder}${line}`)).toEqual([
      `install ${packageManager} install`,
      `types ${packageManager} run types`,
      `test ${packageManager} run test`,
      `dev-offline ${packageManager} run dev:offline`,
      `check ${packageManager} run check`,
      `dev ${packageManager} run dev`,
      `deploy ${packageManager} run deploy`,
    ]);
    const readme = creates.find((file) => file.path === 'README.md')?.text;
    expect(readme).toContain(`${packageManager} run dev`);
    if (packageManager !== 'npm') expect(readme).not.toMatch(/\bnpm run|npx/);
  });
});

describe('models', () => {
  it('are the chosen ones with their settings, in their order', async () => {
    const input = { max_tokens: 512, stop: ["it's", '"', '\u2028'], options: { __proto__x: 1, 'a-b': null } };
    const project = await made({
      models: [
        model('openai/gpt-5.4-mini', { hosting: 'third-party', input }),
        model('@cf/meta/llama-3.2-3b-instruct'),
      ],
      metadata: { feature: "it's", build: 7, beta: true },
    });
    const { MODELS, METADATA } = evaluate(project['src/models.ts']);
    expect(MODELS).toEqual([
      { id: 'openai/gpt-5.4-mini', input },
      { id: '@cf/meta/llama-3.2-3b-instruct', input: {} },
    ]);
    expect(METADATA).toEqual({ feature: "it's", build: 7, beta: true });
  });

  it('are what they were, whatever they are', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom("'", '"', '\\', '`${x}`', '*/', '\u2028', '__proto__'),
    );
    const entries = fc.dictionary(text, fc.jsonValue({ depthSize: 'small' }), { noNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(
        text,
        entries,
        fc.dictionary(text, text, { noNullPrototype: true }),
        async (id, input, metadata) => {
          const chosen = model(id, { input: JSON.parse(JSON.stringify(input)) });
          const { MODELS, METADATA } = evaluate((await made({ models: [chosen], metadata }))['src/models.ts']);
          expect(JSON.stringify(MODELS[0].input)).toBe(JSON.stringify(chosen.input));
          expect(MODELS[0].id).toBe(id);
          expect(JSON.stringify(METADATA)).toBe(JSON.stringify(metadata));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('of the Free plan are taken when none is chosen', async () => {
    const { MODELS } = evaluate((await made())['src/models.ts']);
    expect(MODELS.map(({ id }: { id: string }) => id)).toEqual([
      '@cf/zai-org/glm-4.7-flash',
      '@cf/google/gemma-4-26b-a4b-it',
    ]);
  });

  it('fill the slots of their task, and the others keep their default', async () => {
    const { creates, notes } = await plan({
      template: 'speech',
      models: [model('@cf/a/chat'), model('@cf/myshell-ai/melotts', { task: 'text-to-speech' })],
    });
    const { SPEECH, TRANSCRIPTION } = evaluate(creates.find((file) => file.path === 'src/models.ts')?.text);
    expect(SPEECH.id).toBe('@cf/myshell-ai/melotts');
    expect(TRANSCRIPTION.id).toBe('@cf/openai/whisper-large-v3-turbo');
    expect(notes.join('\n')).toContain('@cf/a/chat is left out');
  });

  it('are not more than the template tries', async () => {
    const { creates, notes } = await plan({ models: ['a', 'b', 'c', 'd'].map((id) => model(id)) });
    const { MODELS } = evaluate(creates.find((file) => file.path === 'src/models.ts')?.text);
    expect(MODELS).toHaveLength(3);
    expect(notes).toEqual(['d is left out: the template has no place for it.']);
  });

  it('that speak the Responses format say so', async () => {
    const models = [model('openai/gpt-5.6-sol', { hosting: 'third-party', input: { max_output_tokens: 100 } })];
    const { MODELS } = evaluate((await made({ models }))['src/models.ts']);
    expect(MODELS[0].format).toBe('responses');
    expect((await plan({ models, template: 'ai-sdk-chat' })).notes.join('\n')).toContain('multi-provider');
  });

  it('of other providers come with a word about who pays', async () => {
    const { notes } = await plan({ models: [model('openai/gpt-5.4-mini', { hosting: 'third-party' })] });
    expect(notes.join('\n')).toMatch(/gateway "my-gateway" needs credits/);
  });

  it('of the custom template stand in a variable', async () => {
    const project = await made({ template: 'custom-model', models: [model('@cf/me/mine')] });
    expect(parseConfig(project['wrangler.jsonc'] ?? '', 'jsonc')).toMatchObject({
      data: { vars: { MODEL_ID: '@cf/me/mine', MODEL_URL: '' } },
    });
  });
});

describe('a folder that is not empty', () => {
  it('keeps what is the same, so that a second time does nothing', async () => {
    const project = await made();
    const again = await plan(
      {},
      { ...project, 'NOTES.md': 'mine', '.gitignore': project['.gitignore']!.replaceAll('\n', '\r\n') },
    );
    expect(again).toMatchObject({ creates: [], conflicts: [] });
    expect(again.skips.map(({ path: file }) => file).sort()).toEqual(Object.keys(project).sort());
  });

  it('is not touched when a file is another', async () => {
    const refused = await plan({}, { 'README.md': '# Mine\n' });
    expect(refused).toMatchObject({ creates: [], commands: [], conflicts: [{ path: 'README.md' }] });
  });

  it.each([
    [{ 'wrangler.toml': '' }, 'wrangler.toml'],
    [{ src: 'a file' }, 'src'],
    [{ 'package.json/x': '' }, 'package.json'],
  ])('is refused: %j', async (there, conflict) => {
    const refused = await plan({}, there as unknown as Record<string, string>);
    expect(refused.creates).toEqual([]);
    expect(refused.conflicts.map((one) => one.path)).toContain(conflict);
  });

  it('is refused when something there cannot be read', async () => {
    const files = fakeFiles({ 'README.md': '' });
    const refused = await planWorkerProject(
      { ...files, read: () => Promise.reject(new ScaffoldError('unreadable', 'It is no text.')) },
      read,
      answers(),
    );
    expect(refused.conflicts.map((one) => one.path)).toContain('README.md');
  });
});

describe('names', () => {
  it.each(['a', 'ai-worker', '2-fast', 'x'.repeat(63)])('can be %s', (name) => {
    expect(projectNameProblem(name)).toBeUndefined();
  });

  it.each(['', '..', 'a b', 'a.b', 'ä', 'A', '-a', 'a-', 'a/b', 'con', 'com1', 'x'.repeat(64), 'a\n'])(
    'cannot be %j',
    async (name) => {
      expect(projectNameProblem(name)).toMatch(/\.$/);
      await expect(plan({ name })).rejects.toMatchObject({ code: 'bad-name' });
    },
  );

  it.each(['', 'my-ai', '1st', 'AI_GATEWAY_ID'])('of bindings cannot be %j', async (binding) => {
    await expect(plan({ binding })).rejects.toMatchObject({ code: 'bad-binding' });
  });

  it('of bindings cannot be one of the template', async () => {
    const binding = 'VECTORIZE';
    await expect(plan({ binding, template: 'embeddings-search' })).rejects.toMatchObject({ code: 'bad-binding' });
    expect((await plan({ binding })).conflicts).toEqual([]);
  });
});
