/**
 * A new Worker project.
 */
import { execLine, installLine, scriptLine } from '../package-manager';
import { ScaffoldError, type PlannedCommand, type ProjectFiles, type ScaffoldPlan } from '../plan';
import { bindingNameProblem } from '../wrangler/binding-names';
import type { WorkerAnswers } from './answers';
import { compareFolder } from './compare-folder';
import { GATEWAY_VAR } from './project-config';
import { projectFiles, templateText, type ReadTemplate } from './project-files';
import { fillSlots, isResponses, type FilledSlot } from './project-models';
import { readmeText } from './project-readme';
import { WORKER_TEMPLATES, type WorkerTemplate } from './templates';

/**
 * What is wrong with the name of a project and of its folder; undefined when nothing is. Worker names are parts of host
 * names; those of a model are names of images and of Workers too.
 */
export function projectNameProblem(name: string, of: 'Worker' | 'model' = 'Worker'): string | undefined {
  if (name === '') return `The project needs a name, for example ${of === 'Worker' ? 'ai-worker' : 'my-model'}.`;
  if (!/^[a-z0-9-]+$/.test(name)) return `"${name}" cannot name a ${of}: use a to z, 0 to 9 and - only.`;
  if (/^-|-$/.test(name)) return `The name of a ${of} neither begins nor ends with -.`;
  if (name.length > MAX_NAME) return `The name of a ${of} has at most ${MAX_NAME} characters.`;
  return RESERVED.test(name) ? `No folder can be called "${name}" on Windows.` : undefined;
}

const MAX_NAME = 63;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * Plans a project whose own folder is the root of `files`. Where the folder is not empty, files that stand there with the
 * same text are left as they are, and others are conflicts: nothing is overwritten. Throws `ScaffoldError` with code
 * `bad-name`, `bad-binding` or `unknown-template`.
 */
export async function planWorkerProject(
  files: ProjectFiles,
  read: ReadTemplate,
  answers: WorkerAnswers,
): Promise<ScaffoldPlan> {
  const template = WORKER_TEMPLATES.find(({ id }) => id === answers.template);
  if (template === undefined)
    throw new ScaffoldError('unknown-template', `There is no template "${answers.template}".`);
  const nameProblem = projectNameProblem(answers.name);
  if (nameProblem !== undefined) throw new ScaffoldError('bad-name', nameProblem);
  const slots = fillSlots(template, answers.models);
  const vars = projectVars(template, answers);
  const bindingProblem = bindingConflict(answers.binding, [...Object.keys(vars), template.vectorize ?? '']);
  if (bindingProblem !== undefined) throw new ScaffoldError('bad-binding', bindingProblem);
  const readme = await templateText(template, 'README.md', answers, read);
  const wanted = [
    ...(await projectFiles(template, answers, { slots, vars }, read)),
    { path: 'README.md', text: readmeText(answers, template, readme) },
  ].sort((one, other) => (one.path < other.path ? -1 : 1));
  const { creates, skips, conflicts } = await compareFolder(files, wanted, `wrangler.${answers.format}`);
  const isRefused = conflicts.length > 0;
  return {
    creates: isRefused ? [] : creates,
    edits: [],
    skips,
    conflicts,
    commands: isRefused ? [] : commandsFor(answers),
    notes: notesFor(template, answers, slots),
  };
}

function bindingConflict(binding: string, taken: readonly string[]): string | undefined {
  return (
    bindingNameProblem(binding) ??
    (taken.includes(binding)
      ? `The template uses the name ${binding} itself: choose another for the binding.`
      : undefined)
  );
}

function projectVars(template: WorkerTemplate, { gatewayId, models }: WorkerAnswers): Readonly<Record<string, string>> {
  const { modelVar, vars } = template;
  const [model] = models;
  return {
    [GATEWAY_VAR]: gatewayId,
    ...vars,
    ...(modelVar !== undefined && model !== undefined && { [modelVar]: model.id }),
  };
}

function commandsFor({ packageManager: manager, extras }: WorkerAnswers): readonly PlannedCommand[] {
  const run = (id: PlannedCommand['id'], script: string): PlannedCommand => ({
    id,
    line: scriptLine(manager, script),
    folder: '',
  });
  return [
    { id: 'install', line: installLine(manager), folder: '' },
    run('types', 'types'),
    ...(extras.includes('tests') ? [run('test', 'test')] : []),
    ...(extras.includes('offline') ? [run('dev-offline', 'dev:offline')] : []),
    run('check', 'check'),
    run('dev', 'dev'),
    run('deploy', 'deploy'),
  ];
}

function notesFor(
  template: WorkerTemplate,
  { models, packageManager, name, gatewayId }: WorkerAnswers,
  slots: readonly FilledSlot[],
): readonly string[] {
  const taken = new Set([
    ...slots.flatMap((slot) => slot.models.map(({ id }) => id)),
    ...(template.modelVar ? [models[0]?.id] : []),
  ]);
  const left = models.filter(({ id }) => !taken.has(id));
  const others = models.filter(({ id, hosting }) => hosting === 'third-party' && taken.has(id));
  const foreign = others.filter(
    (model) => template.id === 'ai-sdk-chat' && (isResponses(model) || /^(?:anthropic|google)\//.test(model.id)),
  );
  return [
    ...left.map(({ id }) => `${id} is left out: the template has no place for it.`),
    ...others.map(
      ({ id }) => `${id} is run by another provider: the gateway "${gatewayId}" needs credits, or your key in it.`,
    ),
    ...foreign.map(
      ({ id }) =>
        `${id} speaks a format that workers-ai-provider reads only with a plugin: see the README, or take the multi-provider template.`,
    ),
    ...(template.vectorize === undefined
      ? []
      : [
          `Before the first deployment: ${execLine(packageManager, `wrangler vectorize create ${name} --dimensions=1024 --metric=cosine`)} (as many dimensions as the model gives, see the README).`,
        ]),
  ];
}
