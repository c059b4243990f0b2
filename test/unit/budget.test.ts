/** Budgets of what ships, read from the last build: `npm test` builds for production before. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { initialJavaScript, staticClosure, type Metafile } from '../tools/weight.mjs';

const file = path.resolve(import.meta.dirname, '../../dist/meta.json');
if (!existsSync(file))
  throw new Error(`${file} is missing: run "node esbuild.mjs --production" first, or "npm test", which does.`);
const metafile: Metafile = JSON.parse(readFileSync(file, 'utf8'));

/** Packages of which an output holds code. */
function packagesIn(output: string): Set<string> {
  const inputs = Object.keys(metafile.outputs[output]?.inputs ?? {});
  return new Set(inputs.flatMap((name) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1] ?? []));
}

/** Of wrangler's configurations. */
const PARSERS = ['jsonc-parser', 'smol-toml'];

describe('budgets', () => {
  it('loads at most 150 KB of JavaScript, compressed, before the first Run', () => {
    const { files, gzip } = initialJavaScript(metafile);
    expect(files).toContain('dist/webview/main.js');
    expect(gzip / 1024).toBeGreaterThan(10);
    expect(gzip / 1024).toBeLessThanOrEqual(150);
  });

  it('loads editor and highlighter on demand', () => {
    const first = new Set(staticClosure(metafile, 'dist/webview/main.js').flatMap((output) => [...packagesIn(output)]));
    expect([...first]).not.toContain('monaco-editor');
    expect([...first]).not.toContain('highlight.js');
    expect([...first]).toContain('svelte');
  });

  it('ships no messages of development', () => {
    const files = staticClosure(metafile, 'dist/webview/main.js').map((file) =>
      path.resolve(import.meta.dirname, '../..', file),
    );
    // In production Svelte tells an error by its address alone; in development the address ends a text of its own line.
    const texts = files.map((file) => readFileSync(file, 'utf8'));
    expect(texts.join('')).toContain('https://svelte.dev/e/');
    expect(texts.filter((text) => /(?:^|\\n)https:\/\/svelte\.dev\/e\//m.test(text))).toEqual([]);
  });

  it.each(['dist/extension.js', 'dist/standalone.js'])(
    'keeps tokenizer, media library, editor and test packages out of %s',
    (output) => {
      const packages = packagesIn(output);
      for (const name of [
        'gpt-tokenizer',
        'mediabunny',
        'monaco-editor',
        'svelte',
        'openai',
        '@anthropic-ai/sdk',
        'cloudflare',
        'playwright-core',
      ]) {
        expect([...packages]).not.toContain(name);
      }
      const inputs = Object.keys(metafile.outputs[output]?.inputs ?? {});
      expect(inputs.length).toBeGreaterThan(20);
      expect(inputs.filter((input) => input.startsWith('test/') || input.startsWith('webview/'))).toEqual([]);
    },
  );

  it('keeps the simulator’s server out of the extension: only what starts its thread is in', () => {
    const inputs = Object.keys(metafile.outputs['dist/extension.js']?.inputs ?? {});
    expect(inputs.filter((input) => input.startsWith('src/simulator/'))).toEqual(['src/simulator/start.ts']);
  });

  it('loads scaffolding when it is first asked for, with parsers of which only what is used is in', () => {
    const inputs = Object.keys(metafile.outputs['dist/extension.js']?.inputs ?? {});
    expect(inputs.filter((input) => /^src\/core\/scaffold\/wrangler\//.test(input))).toEqual([]);
    expect(inputs.filter((input) => input.startsWith('src/vscode/scaffold/'))).toEqual([
      'src/vscode/scaffold/commands.ts',
    ]);
    for (const output of ['dist/extension.js', 'dist/standalone.js']) {
      for (const name of PARSERS) expect([...packagesIn(output)]).not.toContain(name);
    }
    expect([...packagesIn('dist/scaffold.js')]).toEqual(expect.arrayContaining(PARSERS));
    const size = readFileSync(path.resolve(import.meta.dirname, '../../dist/scaffold.js')).length;
    expect(size / 1024).toBeLessThanOrEqual(250);
  });

  it('loads what there is for Cog projects in the editor with the first such project', () => {
    const inputs = Object.keys(metafile.outputs['dist/extension.js']?.inputs ?? {});
    const ofEditor = ['feature', 'live-projects', 'code-actions', 'completion', 'hover', 'schema'];
    expect(inputs.filter((input) => ofEditor.some((name) => input === `src/vscode/cog/${name}.ts`))).toEqual([]);
    for (const output of ['dist/extension.js', 'dist/standalone.js']) {
      expect([...packagesIn(output)]).not.toContain('yaml');
    }
    expect([...packagesIn('dist/cog.js')]).toContain('yaml');
    const size = readFileSync(path.resolve(import.meta.dirname, '../../dist/cog.js')).length;
    expect(size / 1024).toBeLessThanOrEqual(250);
  });

  it('starts the extension with little code', () => {
    const size = readFileSync(path.resolve(import.meta.dirname, '../../dist/extension.js')).length;
    expect(size / 1024).toBeLessThanOrEqual(400);
  });
});
