/** What the templates make, with real Python, the real `cog` package, and real compilers. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkProject } from '../../src/core/cog-project/check';
import type { CogAnswers, CogTemplateId } from '../../src/core/scaffold/cog/answers';
import { planCogProject } from '../../src/core/scaffold/cog/new-project';
import { COG_TEMPLATES } from '../../src/core/scaffold/cog/templates';
import { childEnvironment, runProgram } from '../../src/node/cog/program';
import { filesOf } from '../unit/core/cog-project/project-files';
import { serve, withPython } from './environment';

const MEDIA = path.resolve(import.meta.dirname, '../../media');

/** Writes a project into a folder that is gone when the test is over. */
async function projectOf(answers: Partial<CogAnswers>): Promise<string> {
  const parent = mkdtempSync(path.join(tmpdir(), 'unified-inference-template-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true, maxRetries: 5 }));
  const folder = path.join(parent, 'my-model');
  const { creates } = await planCogProject(
    filesOf({}),
    (file) => readFile(path.join(MEDIA, 'templates', 'cog', file), 'utf8'),
    {
      name: 'my-model',
      template: 'minimal',
      spelling: 'runner',
      extras: [],
      ...answers,
    },
  );
  for (const { path: file, text } of creates) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}

const both = COG_TEMPLATES.flatMap(({ id }) =>
  (['runner', 'predictor'] as const).map((spelling) => [id, spelling] as const),
);

describe.each(both)('%s, %s', (template, spelling) => {
  it('compiles, and its own test passes with Python alone', async () => {
    const folder = await projectOf({ template, spelling, extras: ['tests'] });
    const { PYTHONPATH: _, ...env } = childEnvironment();
    const compiled = await runProgram('python3', ['-m', 'compileall', '-q', '.'], { cwd: folder, env });
    expect(compiled).toMatchObject({ code: 0, output: '' });
    const tested = await runProgram('python3', ['-m', 'unittest', 'discover', 'tests'], { cwd: folder, env });
    expect(tested.output).toMatch(/^OK$/m);
    expect(tested.output).not.toContain('Ran 0 tests');
  });
});

/** What `POST /predictions` answers. Right after it is ready Cog may say for a moment that it has no slot. */
async function predict(url: string, input: object, accept = 'application/json'): Promise<Response> {
  for (;;) {
    const answer = await fetch(`${url}/predictions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ input }),
    });
    if (answer.status !== 409) return answer;
  }
}

describe.each(['runner', 'predictor'] as const)('the real cog package serves, %s:', (spelling) => {
  it('minimal: health, input check, prediction, and events where the spelling has them', async () => {
    const { url } = await serve(await projectOf({ spelling }));
    expect(await (await predict(url, { prompt: 'Ada', words: 2, delay: 0 })).json()).toMatchObject({
      status: 'succeeded',
      output: ['Hello, ', 'Ada! '],
    });
    expect((await predict(url, { prompt: 'Ada', language: 'xx' })).status).toBe(422);
    const events = await predict(url, { prompt: 'Ada', words: 2, delay: 0 }, 'text/event-stream');
    if (spelling === 'runner') expect(await events.text()).toContain('"chunk":"Ada! "');
    else expect(events.status).toBe(406);
  });

  it('concurrent: several at once', async () => {
    const { url } = await serve(await projectOf({ template: 'concurrent', spelling }));
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map(async (prompt) => (await predict(url, { prompt, words: 3, delay: 0.3 })).json()),
    );
    expect(answers.map(({ output }: { output: string[] }) => output.join(''))).toEqual(
      ['a', 'b', 'c', 'd'].map((prompt) => `${prompt} 1 ${prompt} 2 ${prompt} 3 `),
    );
  });
});

describe('the classic predictor', () => {
  it('makes a picture larger: a file in, a file out', async () => {
    const { url } = await serve(await projectOf({ template: 'predictor' }));
    const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const answer = (await (await predict(url, { image: `data:image/png;base64,${dot}`, scale: 3 })).json()) as {
      output: string;
    };
    const [type, data = ''] = answer.output.split(',');
    expect(type).toBe('data:image/png;base64');
    const bytes = Buffer.from(data, 'base64');
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([3, 3]);
  });
});

describe('every template', () => {
  it.each(COG_TEMPLATES.map(({ id }): CogTemplateId => id))('%s has no problem, by Python', async (template) => {
    const folder = await projectOf({ template });
    const project = Object.fromEntries(
      ['cog.yaml', 'run.py', 'predict.py', 'requirements.txt', '.dockerignore'].flatMap((file) => {
        try {
          return [[file, readFileSync(path.join(folder, file), 'utf8')]];
        } catch {
          return [];
        }
      }),
    ) as Record<string, string>;
    const problems = await checkProject(filesOf(project), withPython);
    expect(problems.map(({ code }) => code)).toEqual(template === 'predictor' ? ['predict-deprecated'] : []);
  });
});
