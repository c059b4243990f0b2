/**
 * The files of a new project: copies of the templates', and those that are written for it.
 */
import type { FileCreate } from '../plan';
import type { WorkerAnswers } from './answers';
import { OFFLINE_FOLDER, offlineConfig } from './offline';
import { configText, projectConfig } from './project-config';
import { manifestText } from './project-manifest';
import { modelsFile, type FilledSlot } from './project-models';
import type { WorkerTemplate } from './templates';

/** Reads a file of the templates by its path under `media/templates/worker`. */
export type ReadTemplate = (path: string) => Promise<string>;

/** What is decided of a project beside its answers. */
export interface ProjectParts {
  readonly slots: readonly FilledSlot[];
  readonly vars: Readonly<Record<string, string>>;
}

/** All files but the README, of which `templateText` gives the template's part. */
export async function projectFiles(
  template: WorkerTemplate,
  answers: WorkerAnswers,
  { slots, vars }: ProjectParts,
  read: ReadTemplate,
): Promise<readonly FileCreate[]> {
  const paths = new Set([...template.files, ...template.shared]);
  const wanted = [...paths].filter((path) => path !== 'README.md' && isWanted(path, answers));
  const copies = await Promise.all(
    wanted.map(async (path) => ({
      // Tools that pack extensions leave out files that begin with a dot.
      path: path === 'gitignore' ? '.gitignore' : path,
      text: await templateText(template, path, answers, read),
    })),
  );
  return [...copies, ...generatedFiles(template, answers, { slots, vars })];
}

/** A file of the templates for this project. They are written for a binding `AI` and for JSONC. */
export async function templateText(
  { id, files }: WorkerTemplate,
  path: string,
  { binding, format }: WorkerAnswers,
  read: ReadTemplate,
): Promise<string> {
  const text = await read(`${files.includes(path) ? id : 'shared'}/${path}`);
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(/\benv\.AI\b/g, () => `env.${binding}`)
    .replaceAll('wrangler.jsonc', () => `wrangler.${format}`);
}

/** Files of the extras that are not wanted are left out. */
function isWanted(path: string, { extras }: WorkerAnswers): boolean {
  if (path.startsWith('test/') || path.startsWith('vitest.')) return extras.includes('tests');
  return !path.startsWith(`${OFFLINE_FOLDER}/`) || extras.includes('offline');
}

function generatedFiles(
  template: WorkerTemplate,
  answers: WorkerAnswers,
  { slots, vars }: ProjectParts,
): readonly FileCreate[] {
  const { name, binding, format, compatibilityDate, extras } = answers;
  const config = `wrangler.${format}`;
  const fakes = [
    { binding, entrypoint: 'FakeAi' },
    ...(template.vectorize === undefined ? [] : [{ binding: template.vectorize, entrypoint: 'FakeVectorize' }]),
  ];
  const offline = configText(offlineConfig({ name, compatibilityDate, vars, fakes }), format, {});
  return [
    { path: config, text: configText(projectConfig(answers, template, vars), format) },
    { path: 'package.json', text: manifestText(answers, template) },
    { path: 'src/models.ts', text: modelsFile(slots, answers) },
    ...(extras.includes('offline') ? [{ path: `${OFFLINE_FOLDER}/${config}`, text: offline }] : []),
  ];
}
