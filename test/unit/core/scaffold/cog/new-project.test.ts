import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkProject } from '../../../../../src/core/cog-project/check';
import { readPython } from '../../../../../src/core/cog-project/read-python';
import type { CogAnswers, CogExtra, CogSpelling } from '../../../../../src/core/scaffold/cog/answers';
import { planCogProject } from '../../../../../src/core/scaffold/cog/new-project';
import { COG_TEMPLATES } from '../../../../../src/core/scaffold/cog/templates';
import { spellingFor } from '../../../../../src/core/scaffold/cog/versions';
import type { Project } from '../../cog-project/corpus';
import { filesOf } from '../../cog-project/project-files';

const TEMPLATES = path.resolve(import.meta.dirname, '../../../../../media/templates/cog');
const read = (file: string): Promise<string> => readFile(path.join(TEMPLATES, file), 'utf8');

const plan = (answers: Partial<CogAnswers> = {}, there: Project = {}) =>
  planCogProject(filesOf(there), read, {
    name: 'my-model',
    template: 'minimal',
    spelling: 'runner',
    extras: [],
    ...answers,
  });

async function made(answers: Partial<CogAnswers> = {}): Promise<Project> {
  const { creates } = await plan(answers);
  return Object.fromEntries(creates.map(({ path: file, text }) => [file, text]));
}

const all = COG_TEMPLATES.flatMap(({ id }) =>
  (['runner', 'predictor'] as const).map((spelling): [typeof id, CogSpelling] => [id, spelling]),
);

describe.each(all)('%s, %s', (template, spelling) => {
  it('is a project without problems', async () => {
    const project = await made({ template, spelling, extras: ['tests'] });
    const problems = await checkProject(filesOf(project), readPython, {
      cogVersion: spelling === 'runner' ? '0.22.0' : '0.19.2',
    });
    // The template of that name is in the classic spelling whatever the version.
    const expected = template === 'predictor' && spelling === 'runner' ? ['predict-deprecated'] : [];
    expect(problems.map(({ code }) => code)).toEqual(expected);
  });

  it('has every file that its README speaks of, and no gap left open', async () => {
    const project = await made({ template, spelling, extras: ['tests'] });
    for (const name of ['cog.yaml', 'requirements.txt', '.dockerignore', '.gitignore', 'README.md', 'requests.http']) {
      expect(project).toHaveProperty([name]);
    }
    const isForGpu = COG_TEMPLATES.some(({ id, needsGpu }) => id === template && needsGpu);
    const whole = await made({
      template,
      spelling,
      extras: ['tests', 'worker', ...(isForGpu ? [] : ['containers' as const])],
    });
    expect(JSON.stringify(whole)).not.toMatch(/__[A-Z]+__/);
    const requirements = project['requirements.txt'] ?? '';
    for (const line of requirements.split('\n').filter((one) => one !== '' && !one.startsWith('#'))) {
      expect(line).toMatch(/^[\w-]+==\d[\w.]*$/);
    }
  });
});

describe('a project', () => {
  it('leaves secrets out of the image, and weights in it', async () => {
    const project: Project = {
      ...(await made()),
      '.env': 'A=1',
      '.env.local': 'A=1',
      'conf/.env': 'A=1',
      'conf/.dev.vars.staging': 'A=1',
      'keys/server.pem': '',
      'keys/id_rsa': '',
      'src/weights/model.pem.safetensors': '',
      'weights/model.safetensors': '',
      'model.pth': '',
    };
    expect(await checkProject(filesOf(project), readPython)).toEqual([]);
    expect(project['.dockerignore'] ?? '').not.toMatch(/weights|safetensors|\.pth|\*\.bin|models?\//);
  });

  it('in the classic spelling has nothing of the new one', async () => {
    for (const { id } of COG_TEMPLATES) {
      const project = await made({ template: id, spelling: 'predictor', extras: ['tests'] });
      const python = Object.entries(project).filter(([file]) => file.endsWith('.py') && !file.endsWith('fakes.py'));
      for (const [file, text] of python)
        expect(text, `${id} ${file}`).not.toMatch(/BaseRunner|@streaming|@concurrent|\bRunner\b|def run\(/);
      expect(project).not.toHaveProperty(['run.py']);
    }
    expect((await made({ template: 'concurrent', spelling: 'predictor' }))['cog.yaml']).toContain(
      'concurrency:\n  max: 4\n',
    );
    expect((await made({ template: 'concurrent' }))['cog.yaml']).not.toContain('concurrency:');
  });

  it.each<[CogExtra, string]>([
    ['worker', 'worker/src/index.ts'],
    ['containers', 'containers/wrangler.jsonc'],
    ['tests', 'tests/test_run.py'],
  ])('has %s when it is wanted', async (extra, file) => {
    expect(await made({ extras: [extra] })).toHaveProperty([file]);
    expect(await made({ extras: [] })).not.toHaveProperty([file]);
  });

  it('has one port, and one request that its model takes, in all that a person copies', async () => {
    for (const { id, sample, needsGpu } of COG_TEMPLATES) {
      const project = await made({ template: id, extras: needsGpu ? ['worker'] : ['worker', 'containers'] });
      const text = Object.values(project).join('\n');
      expect(new Set(text.match(/(?<=(?:127\.0\.0\.1|localhost):|-p |PORT=|defaultPort = )\d+/g))).toEqual(
        new Set(['5000', '8787']),
      );
      const bodies = [...text.matchAll(/-d '(.*?)'(?: |$)/gm)].map(([, body = '']) => JSON.parse(body) as object);
      expect(bodies.length).toBe(needsGpu ? 2 : 3);
      for (const body of bodies) expect([sample, { input: sample }]).toContainEqual(body);
    }
  });

  it('says that Workers AI takes no container from everybody', async () => {
    const { notes } = await plan({ extras: ['worker'] });
    expect(notes.join(' ')).toContain('not public');
    expect((await made())['README.md']).toContain('not public');
  });

  it('is not deployed on CPUs when it needs a GPU', async () => {
    await expect(plan({ template: 'text-to-image', extras: ['containers'] })).rejects.toMatchObject({
      code: 'needs-gpu',
    });
  });

  it('overwrites nothing, and is the same when planned again', async () => {
    const project = await made({ extras: ['tests', 'worker'] });
    const again = await plan({ extras: ['tests', 'worker'] }, project);
    expect([again.creates, again.conflicts, again.skips.length]).toEqual([[], [], Object.keys(project).length]);
    const changed = await plan({}, { 'run.py': 'mine' });
    expect([changed.creates, changed.conflicts.map(({ path: file }) => file)]).toEqual([[], ['run.py']]);
  });

  it.each([
    [{ name: 'No Name' }, 'bad-name'],
    [{ template: 'gone' as never }, 'unknown-template'],
  ])('%j is refused', async (answers, code) => {
    await expect(plan(answers)).rejects.toMatchObject({ code });
  });
});

describe('the spelling', () => {
  it.each([
    [undefined, 'runner'],
    ['0.22.0', 'runner'],
    ['0.21.0-alpha1', 'runner'],
    ['0.20.3', 'predictor'],
    ['0.9.5', 'predictor'],
    ['1.0.0', 'runner'],
    ['dev', 'runner'],
  ])('of Cog %s is %s', (version, spelling) => {
    expect(spellingFor(version)).toBe(spelling);
  });
});
