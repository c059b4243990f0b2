/**
 * Generated projects on disk, and the tools that their owners run in them.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inject } from 'vitest';
import type { ChosenModel, WorkerAnswers, WorkerTemplateId } from '../../src/core/scaffold/worker/answers';
import type { ProjectFiles } from '../../src/core/scaffold/plan';
import { planWorkerProject } from '../../src/core/scaffold/worker/new-project';
import { installation } from './installation';

const TEMPLATES = path.join(import.meta.dirname, '../../media/templates/worker');

const nothing: ProjectFiles = { read: () => Promise.resolve(undefined), list: () => Promise.resolve([]) };

/** Models of every task, hosted and not, with settings. */
const MODELS: readonly ChosenModel[] = [
  {
    id: '@cf/zai-org/glm-4.7-flash',
    task: 'text-generation',
    hosting: 'hosted',
    input: { max_completion_tokens: 1024, temperature: 0.2, chat_template_kwargs: { enable_thinking: false } },
  },
  { id: 'openai/gpt-5.4-mini', task: 'text-generation', hosting: 'third-party', input: { stop: ["it's", '"\n'] } },
  { id: '@cf/meta/llama-3.2-3b-instruct', task: 'text-generation', hosting: 'hosted', input: {} },
  { id: '@cf/black-forest-labs/flux-1-schnell', task: 'text-to-image', hosting: 'hosted', input: { steps: 4 } },
];

/** What a project is made from where a test does not say otherwise. */
export function answersFor(template: WorkerTemplateId, changes: Partial<WorkerAnswers> = {}): WorkerAnswers {
  return {
    name: 'my-worker',
    template,
    models: MODELS,
    gatewayId: 'my-gateway',
    metadata: { feature: 'test', build: 7 },
    binding: 'AI',
    extras: ['tests', 'offline'],
    format: 'jsonc',
    packageManager: 'npm',
    compatibilityDate: '2026-10-06',
    ...changes,
  };
}

/** Writes a project into a new folder in which Node finds its packages. */
export async function makeProject(answers: WorkerAnswers): Promise<string> {
  const folder = await mkdtemp(path.join(inject('projects'), `${answers.template}-`));
  const read = (file: string): Promise<string> => readFile(path.join(TEMPLATES, file), 'utf8');
  const { creates } = await planWorkerProject(nothing, read, answers);
  for (const file of creates) {
    const target = path.join(folder, file.path);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, file.text, { flag: 'wx' });
  }
  return folder;
}

const projects = new Map<WorkerTemplateId, Promise<string>>();

/** The project that a template makes where nothing else is said: one for all tests of a file. */
export function projectOf(template: WorkerTemplateId): Promise<string> {
  const project = projects.get(template) ?? makeProject(answersFor(template));
  projects.set(template, project);
  return project;
}

/** Programs of the installed packages. */
export type Tool = 'wrangler' | 'tsc' | 'vitest';

const PROGRAMS: Readonly<Record<Tool, string>> = {
  wrangler: 'wrangler/bin/wrangler.js',
  tsc: 'typescript/bin/tsc',
  vitest: 'vitest/vitest.mjs',
};

/** No tool takes this long. */
const TOOL_LIMIT = 120_000;

/** Path of a program. */
export async function programOf(tool: Tool): Promise<string> {
  return path.join(await installation(), 'node_modules', PROGRAMS[tool]);
}

/** Runs a tool in a project. Answers what it printed, throws with it when it fails. No account and no login is there. */
export async function runTool(folder: string, tool: Tool, ...args: readonly string[]): Promise<string> {
  const program = await programOf(tool);
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TOOL_LIMIT,
    env: {
      PATH: process.env['PATH'],
      HOME: await installation(),
      CI: 'true',
      NO_COLOR: '1',
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_SEND_ERROR_REPORTS: 'false',
      WRANGLER_HIDE_BANNER: 'true',
      WRANGLER_NO_SKILLS_UPDATE_PROMPTS: 'true',
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${tool} ${args.join(' ')} failed (exit code ${code}):\n${output}`);
  return output;
}
