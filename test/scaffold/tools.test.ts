/**
 * What the templates make is taken by the tools of those who own it: types, bundle, and the project's own tests.
 */
import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WorkerAnswers, WorkerTemplateId } from '../../src/core/scaffold/worker/answers';
import { WORKER_TEMPLATES } from '../../src/core/scaffold/worker/templates';
import { answersFor, makeProject, runTool, type Tool } from './projects';

/** Runs a script of `package.json`. */
async function runScript(folder: string, name: string, ...more: readonly string[]): Promise<string> {
  const { scripts } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  let output = '';
  for (const line of (scripts[name] ?? '').split(' && ')) {
    const [tool, ...words] = line.split(' ');
    output += await runTool(folder, tool as Tool, ...words, ...more);
  }
  return output;
}

/** What wrangler says of the project, when all that its owner runs before deploying is content. */
async function accepted(folder: string, { extras, format }: WorkerAnswers): Promise<string> {
  await runScript(folder, 'types');
  await runScript(folder, 'check');
  if (extras.includes('offline')) {
    await runTool(folder, 'wrangler', 'deploy', '--dry-run', '--env=', '-c', `offline/wrangler.${format}`);
  }
  return runScript(folder, 'deploy', '--dry-run', '--env=', '--outdir', 'dist');
}

describe.concurrent.each(WORKER_TEMPLATES.map(({ id }) => id))('%s', (template) => {
  it('passes wrangler, the compiler and its own tests, with settings, both extras and a binding of any name', async () => {
    const answers = answersFor(template, { binding: 'MODELS_OF_OURS' });
    const folder = await makeProject(answers);
    const report = await accepted(folder, answers);
    expect(report).toContain('env.MODELS_OF_OURS');
    expect(report).toContain('env.AI_GATEWAY_ID ("my-gateway")');
    expect(report).not.toMatch(/warning/i);
    const tests = await runScript(folder, 'test');
    expect(tests).toMatch(/Tests +\d+ passed/);
  });
});

const variants: readonly (readonly [WorkerTemplateId, Partial<WorkerAnswers>])[] = [
  ['streaming-chat', { format: 'toml', models: [], metadata: {} }],
  ['embeddings-search', { format: 'toml' }],
  ['speech', { format: 'json' }],
];

it.concurrent.each(variants)('%s passes as %j', async (template, changes) => {
  const answers = answersFor(template, { extras: ['offline'], ...changes });
  const folder = await makeProject(answers);
  const report = await accepted(folder, answers);
  expect(report).toContain('env.AI ');
  expect(report).not.toMatch(/warning/i);
});

it('runs without extras', async () => {
  const answers = answersFor('multi-provider', { extras: [] });
  expect(await accepted(await makeProject(answers), answers)).toContain('env.AI ');
});

it('fails to compile when the code says something wrong', async () => {
  const folder = await makeProject(answersFor('streaming-chat'));
  await runTool(folder, 'wrangler', 'types');
  const file = path.join(folder, 'src/index.ts');
  await appendFile(file, "export const wrong: number = 'text';\n");
  await expect(runTool(folder, 'tsc')).rejects.toThrow('TS2322');
});
