/**
 * A new Cog project.
 */
import { ScaffoldError, type FileCreate, type ProjectFiles, type ScaffoldPlan } from '../plan';
import { compareFolder } from '../worker/compare-folder';
import { projectNameProblem } from '../worker/new-project';
import type { ReadTemplate } from '../worker/project-files';
import type { CogAnswers, CogExtra } from './answers';
import { classicSpelling } from './classic';
import { COG_TEMPLATES, type CogTemplate } from './templates';

/** Python and CUDA of new projects; torch of the templates is known to Cog for both (its compatibility table). */
const PYTHON = '3.12';
const CUDA = '12.8';

/** Files that go with the extras, as they stand under `media/templates/cog/shared`. */
const extraFiles: Readonly<Record<Exclude<CogExtra, 'tests'>, readonly string[]>> = {
  worker: ['README.md', 'package.json', 'src/index.ts', 'tsconfig.json', 'wrangler.jsonc'],
  containers: ['README.md', 'package.json', 'src/index.ts', 'tsconfig.json', 'wrangler.jsonc'],
};

/**
 * Plans a project whose own folder is the root of `files`. `read` reads under `media/templates/cog`. Where the folder is
 * not empty, files that stand there with the same text are left as they are, and others are conflicts: nothing is
 * overwritten. Throws `ScaffoldError` with code `bad-name`, `unknown-template`, or `needs-gpu` for a deployment on CPUs.
 */
export async function planCogProject(
  files: ProjectFiles,
  read: ReadTemplate,
  answers: CogAnswers,
): Promise<ScaffoldPlan> {
  const template = COG_TEMPLATES.find(({ id }) => id === answers.template);
  if (template === undefined) {
    throw new ScaffoldError('unknown-template', `There is no template "${answers.template}".`);
  }
  const nameProblem = projectNameProblem(answers.name, 'model');
  if (nameProblem !== undefined) throw new ScaffoldError('bad-name', nameProblem);
  if (template.needsGpu && answers.extras.includes('containers')) {
    throw new ScaffoldError('needs-gpu', `${template.label} needs a GPU, and Cloudflare Containers have none.`);
  }
  const wanted = (await projectTexts(template, answers, read)).sort((one, other) => (one.path < other.path ? -1 : 1));
  const { creates, skips, conflicts } = await compareFolder(files, wanted, '');
  const isRefused = conflicts.length > 0;
  return {
    creates: isRefused ? [] : creates,
    edits: [],
    skips,
    conflicts,
    commands:
      isRefused || !answers.extras.includes('tests')
        ? []
        : [{ id: 'test', line: 'python3 -m unittest discover tests', folder: '' }],
    notes: notesFor(template, answers),
  };
}

/** Whether the project is in the classic spelling. */
function isClassic(template: CogTemplate, { spelling }: CogAnswers): boolean {
  return spelling === 'predictor' || template.source === 'predict.py';
}

/** `run.py:Runner` or `predict.py:Predictor`. */
function referenceOf(template: CogTemplate, answers: CogAnswers): string {
  return isClassic(template, answers) ? 'predict.py:Predictor' : 'run.py:Runner';
}

async function projectTexts(template: CogTemplate, answers: CogAnswers, read: ReadTemplate): Promise<FileCreate[]> {
  const { id, source, sample } = template;
  const { name, extras } = answers;
  const reference = referenceOf(template, answers);
  const filled = async (path: string): Promise<string> =>
    (await read(path))
      .replaceAll('\r\n', '\n')
      .replaceAll('__NAME__', () => name)
      .replaceAll('__REFERENCE__', () => reference)
      .replaceAll('__INPUT__', () => JSON.stringify(sample))
      .replaceAll('__SAMPLE__', () => JSON.stringify({ input: sample }));
  const spelled = async (path: string): Promise<string> =>
    isClassic(template, answers) && source === 'run.py' ? classicSpelling(await filled(path)) : filled(path);
  const test = source === 'run.py' ? 'test_run.py' : 'test_predict.py';
  const file = async (path: string, text: Promise<string>): Promise<FileCreate> => ({ path, text: await text });
  const [model = ''] = reference.split(':');
  return Promise.all([
    file('cog.yaml', Promise.resolve(configText(template, answers))),
    file(model, spelled(`${id}/${source}`)),
    file('requirements.txt', filled(`${id}/requirements.txt`)),
    // Tools that pack extensions leave out files that begin with a dot.
    file('.dockerignore', filled('shared/dockerignore')),
    file('.gitignore', filled('shared/gitignore')),
    file('requests.http', filled('shared/requests.http')),
    file(
      'README.md',
      filled('shared/README.md').then((text) => `# ${name}\n\n${template.description}.\n\n${text}`),
    ),
    ...(extras.includes('tests')
      ? [
          file(`tests/test_${model}`, spelled(`${id}/tests/${test}`)),
          file('tests/fakes.py', filled('shared/tests/fakes.py')),
        ]
      : []),
    ...(['worker', 'containers'] as const)
      .filter((extra) => extras.includes(extra))
      .flatMap((extra) => extraFiles[extra].map((path) => file(`${extra}/${path}`, filled(`shared/${extra}/${path}`)))),
  ]);
}

/** `cog.yaml`. The version is quoted: YAML reads 3.10 as the number 3.1. */
function configText(template: CogTemplate, answers: CogAnswers): string {
  const { gpu, slots } = template;
  const classic = isClassic(template, answers);
  const reference = referenceOf(template, answers);
  return [
    '# What is in the image, and which class is the model. Reference: cog.run/docs/yaml',
    'build:',
    ...(gpu
      ? ['  gpu: true', `  # Older drivers do not know the newest CUDA, which Cog would choose.`, `  cuda: "${CUDA}"`]
      : []),
    `  python_version: "${PYTHON}"`,
    '  python_requirements: requirements.txt',
    ...(classic && slots !== undefined ? ['concurrency:', `  max: ${slots}`] : []),
    `${classic ? 'predict' : 'run'}: "${reference}"`,
    '',
  ].join('\n');
}

function notesFor(template: CogTemplate, { extras, spelling }: CogAnswers): readonly string[] {
  return [
    ...(template.source === 'run.py' && spelling === 'predictor'
      ? ['The classic spelling (predict.py) is used: the installed Cog is older than 0.21.']
      : []),
    ...(extras.includes('worker')
      ? [
          'Pushing a Cog container to Workers AI is not public: the companion Worker asks a server of Cog until you have access.',
        ]
      : []),
    ...(template.gpu && extras.includes('containers')
      ? ['Cloudflare Containers have no GPU: the model runs on CPUs there.']
      : []),
  ];
}
