import { describe, expect, it } from 'vitest';
import { ScaffoldError, type ProjectFiles } from '../../../../../src/core/scaffold/plan';
import { helperModule } from '../../../../../src/core/scaffold/worker/helper';
import { planHelper } from '../../../../../src/core/scaffold/worker/plan-helper';
import { columnOf } from './columns';

const helper = helperModule(columnOf());
const { typescript, javascript } = helper;

/** A folder with these files; null: one that is no text. */
function folderOf(texts: Readonly<Record<string, string | null>>): ProjectFiles {
  return {
    async read(path) {
      const text = texts[path];
      if (text === null) throw new ScaffoldError('unreadable', `${path} is not text.`);
      return text;
    },
    async list(folder) {
      const prefix = folder === '' ? '' : `${folder}/`;
      const inside = Object.keys(texts).flatMap((path) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : []));
      return [...new Set(inside.map((path) => path.replace(/\/.*$/, '/')))];
    },
  };
}

const plan = (texts: Readonly<Record<string, string | null>>, folder = '', binding = 'AI') =>
  planHelper(folderOf(texts), { folder, binding, helper });

describe('the helper', () => {
  it('is one new file beside the entry of the Worker, and nothing else', async () => {
    const { notes, ...rest } = await plan({
      'wrangler.jsonc': '{\n  // The entry.\n  "main": "./src/worker/index.ts",\n}',
      'src/worker/index.ts': '',
    });
    expect(rest).toEqual({
      creates: [{ path: 'src/worker/ai.ts', text: typescript }],
      edits: [],
      skips: [],
      conflicts: [],
      commands: [],
      call: 'return ask(env.AI, prompt);',
    });
    expect(notes).toEqual([
      'In your Worker: import { ask } from "./ai"; then return ask(env.AI, prompt); answers with what the model says.',
    ]);
  });

  it.each([
    ['src/index.js', 'src/ai.js'],
    ['index.mjs', 'ai.js'],
    ['worker/main.mts', 'worker/ai.ts'],
  ])('is in the language of %s', async (main, path) => {
    const { creates, notes } = await plan({ 'wrangler.toml': `main = "${main}"\n` });
    expect(creates).toEqual([{ path, text: path.endsWith('.ts') ? typescript : javascript }]);
    expect(notes[0]).toContain(path.endsWith('.ts') ? 'from "./ai";' : 'from "./ai.js";');
  });

  it('is TypeScript where a project of JavaScript is checked by it', async () => {
    const { creates } = await plan({ 'wrangler.json': '{"main":"src/index.js"}', 'tsconfig.json': '{}' });
    expect(creates).toEqual([{ path: 'src/ai.ts', text: typescript }]);
  });

  it.each([
    '{"main":".open-next/worker.js"}',
    '{"main":"dist/_worker.js"}',
    '{"main":"../other/index.js"}',
    '{"main":"src/../../other/index.js"}',
    '{"main":"/root/index.js"}',
    '{"main":"worker.wasm"}',
    '{"main":7}',
    '{"pages_build_output_dir":"dist"}',
    '{ not a configuration',
  ])('goes to src where the entry is nothing that people write: %s', async (config) => {
    expect((await plan({ 'wrangler.jsonc': config })).creates).toEqual([{ path: 'src/ai.js', text: javascript }]);
  });

  it('belongs to the Worker of the folder, and its configuration that wrangler takes', async () => {
    const { creates } = await plan(
      {
        'wrangler.json': '{"main":"src/index.js"}',
        'apps/api/wrangler.toml': 'main = "other/index.ts"',
        'apps/api/wrangler.jsonc': '{"main":"lib/index.ts"}',
      },
      'apps/api',
    );
    expect(creates.map(({ path }) => path)).toEqual(['apps/api/lib/ai.ts']);
  });

  it('names the binding in the line that calls it', async () => {
    expect((await plan({}, '', 'MODELS')).notes[0]).toContain('return ask(env.MODELS, prompt);');
  });

  it('is not written again', async () => {
    const config = '{"main":"src/index.ts"}';
    for (const there of [typescript, typescript.replaceAll('\n', '\r\n')]) {
      const { creates, skips, notes } = await plan({ 'wrangler.jsonc': config, 'src/ai.ts': there });
      expect([creates, skips]).toEqual([
        [],
        [{ path: 'src/ai.ts', reason: 'It is there already, with the same call.' }],
      ]);
      expect(notes[0]).toContain('from "./ai";');
    }
    const second = { 'wrangler.jsonc': config, 'src/ai.ts': 'mine', 'src/ai.1.ts': typescript };
    expect((await plan(second)).skips.map(({ path }) => path)).toEqual(['src/ai.1.ts']);
  });

  it.each([
    ['another file', { 'src/ai.ts': 'mine' }],
    ['a file that differs in case', { 'src/AI.ts': 'mine' }],
    ['a file that is no text', { 'src/ai.ts': null }],
    ['a file that an import would find less easily', { 'src/ai.js': 'mine' }],
    ['a folder', { 'src/ai/index.ts': 'mine' }],
  ])('takes another name beside %s', async (_, texts) => {
    const { creates, notes } = await plan({ 'wrangler.jsonc': '{"main":"src/index.ts"}', ...texts });
    expect(creates.map(({ path }) => path)).toEqual(['src/ai.1.ts']);
    expect(notes[0]).toContain('from "./ai.1";');
  });

  it('keeps its name beside files that are called alike', async () => {
    const texts = { 'src/ai.test.ts': '', 'src/aid.ts': '', 'src/ai.md': '' };
    const { creates } = await plan({ 'wrangler.jsonc': '{"main":"src/index.ts"}', ...texts });
    expect(creates.map(({ path }) => path)).toEqual(['src/ai.ts']);
  });

  it('does not hide that something cannot be read', async () => {
    const files = folderOf({ 'src/ai.js': 'mine' });
    const refused = new ScaffoldError('no-access', 'Not allowed.');
    const broken = {
      ...files,
      read: (path: string) => (path === 'src/ai.js' ? Promise.reject(refused) : files.read(path)),
    };
    await expect(planHelper(broken, { folder: '', binding: 'AI', helper })).rejects.toBe(refused);
  });
});
