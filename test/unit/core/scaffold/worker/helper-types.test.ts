/**
 * Every module passes the compiler at its strictest, against a binding that is as picky as the one `wrangler types`
 * writes: known models refuse other inputs than their own.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { helperModule } from '../../../../../src/core/scaffold/worker/helper';
import { sampleMedia } from '../../../../../src/core/snippets/unsent';
import { catalogModels, columnOf, hosted } from './columns';

const BINDING = `
interface AiModels {
  "@cf/zai-org/glm-4.7-flash": { inputs: { prompt: string }; postProcessedOutputs: { response: string } };
}
interface AiOptions {
  gateway?: { id: string; metadata?: Record<string, number | string | boolean | null | bigint> };
}
declare abstract class Ai<List = AiModels> {
  run<Name extends keyof List>(model: Name, inputs: { prompt: string; stream: true }, options?: AiOptions): Promise<ReadableStream>;
  run<Name extends keyof List>(model: Name, inputs: { prompt: string }, options?: AiOptions): Promise<{ response: string }>;
  run<Model extends string>(
    model: Model extends keyof List ? never : Model,
    inputs: Record<string, unknown>,
    options?: AiOptions,
  ): Promise<Record<string, unknown>>;
}
`;

const compilerOptions = {
  strict: true,
  noEmit: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noImplicitReturns: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  target: 'ES2024',
  module: 'ESNext',
  moduleResolution: 'bundler',
  // Where Response, Blob and streams are, as a Worker has them.
  lib: ['ES2024', 'DOM'],
  types: [],
};

const folder = mkdtempSync(path.join(tmpdir(), 'helper-types-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the compiler says of a project of these files. */
function compiled(files: Readonly<Record<string, string>>): string {
  const project = mkdtempSync(path.join(folder, 'project-'));
  const all = { ...files, 'binding.d.ts': BINDING, 'tsconfig.json': JSON.stringify({ compilerOptions }) };
  for (const [name, text] of Object.entries(all)) writeFileSync(path.join(project, name), text);
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8' });
  return stdout + stderr;
}

it('every model of the catalog, with and without a picture, and the line that calls it', () => {
  const media = [{ ...sampleMedia.image, role: 'input' as const }];
  const columns = [
    ...catalogModels.map((model) => columnOf(model)),
    columnOf({}, { media, metadata: { feature: 'chat', beta: true, version: 2 } }),
    columnOf({ id: 'google/gemini-3.5-flash' }, { media }),
    columnOf(hosted('@cf/black-forest-labs/flux-2-dev', 'text-to-image'), { media, parameters: { width: 512 } }),
  ];
  const modules = columns.map((column) => helperModule(column));
  const files = modules.map(({ typescript }, at): [string, string] => [`ai.${at}.ts`, typescript]);
  const uses = modules.map(({ functionName }, at) => {
    return `import { ${functionName} as use${at} } from "./ai.${at}";\nvoid use${at};\n`;
  });
  expect(compiled({ ...Object.fromEntries(files), 'uses.ts': uses.join('') })).toBe('');
}, 60_000);

it('is told apart from code that does not fit', () => {
  const { typescript } = helperModule(columnOf());
  const wrong = typescript.replace('const MODEL: string =', 'const MODEL =');
  expect(compiled({ 'ai.ts': wrong })).toContain('ai.ts');
}, 60_000);
