/**
 * Package and Hand Over Cog Model: where it can go today, with the exact commands, which run only when they are chosen.
 */
import * as vscode from 'vscode';
import { accessRequest } from '../../core/cog-project/access-request';
import {
  HAND_OVER_TARGETS,
  handOver,
  imageProblem,
  REQUEST_FORM,
  suggestedImage,
  type HandOver,
  type HandOverTarget,
} from '../../core/cog-project/hand-over';
import { modelFacts, type ModelFacts } from '../../core/cog-project/model-facts';
import type { ReadPython } from '../../core/cog-project/python-facts';
import { ScaffoldError, type PlannedCommand } from '../../core/scaffold/plan';
import { byPerson } from '../command';
import { allProjects, CONFIG, folderOf, noProjects } from '../cog/find-projects';
import { choiceField, fieldsOf, textField, uriField } from '../arguments';
import { commandOffers, tellDone, type Offer, type ToolPorts } from './offers';
import { tellNotes } from './outcome';
import { projectFiles } from './project-files';
import { askOne, askText, BACK, runWizard, type Choice, type Step } from './wizard';

/** What handing over borrows. */
export interface PackageCogPorts extends ToolPorts {
  /** Images of the last time. */
  readonly remembered: vscode.Memento;
  readonly readPython: ReadPython;
}

/** What the command answers with. It has run nothing. */
export interface PackageResult {
  readonly target: HandOverTarget;
  readonly image: string;
  /** Each with the folder that it is for, relative to the project. */
  readonly commands: readonly Pick<PlannedCommand, 'line' | 'folder'>[];
  /** What is not public, and what will not work. */
  readonly notes: readonly string[];
  /** For Workers AI: the text to send with the form. */
  readonly request?: string;
}

interface Answers {
  readonly root?: vscode.Uri;
  readonly model?: ModelFacts;
  readonly target?: HandOverTarget;
  readonly image?: string;
  /** What a person chose of the commands. */
  readonly action?: () => unknown;
}

const REMEMBERED = 'packageCog.images';

/**
 * Plans where the project of `folder` goes, and shows it to people. Rejects with `no-cog-project`, `bad-image`,
 * `bad-argument` or `cancelled`.
 */
export async function packageCogModel(args: unknown, ports: PackageCogPorts): Promise<PackageResult> {
  const fields = fieldsOf(args, 'folder');
  const folder = uriField(fields, 'folder');
  const target = choiceField(fields, 'target', HAND_OVER_TARGETS);
  const image = textField(fields, 'image');
  const projects = folder === undefined ? await allProjects() : [await folderOf(folder)];
  const [first, ...others] = projects;
  if (first === undefined) throw noProjects();
  const start: Answers = {
    ...(others.length === 0 && (await chosenProject(first, ports))),
    ...(target !== undefined && { target }),
    ...(image !== undefined && { image }),
  };
  const steps = [
    projectStep(projects, ports),
    targetStep(start),
    imageStep(start, ports),
    ...(byPerson(args) ? [commandStep(ports)] : []),
  ];
  const answers = await runWizard(vscode.l10n.t('Package and Hand Over Cog Model'), steps, start);
  answers.action?.();
  return resultOf(answers);
}

async function resultOf(answers: Answers): Promise<PackageResult> {
  const { target = 'build', image = '', model } = answers;
  if (model === undefined) throw none(vscode.l10n.t('No Cog project was chosen.'));
  const { commands, notes } = await planOf(answers, model);
  return {
    target,
    image,
    commands: commands.map(({ line, folder }) => ({ line, folder })),
    notes,
    ...(target === 'workers-ai' && { request: accessRequest(model, image) }),
  };
}

async function planOf({ target = 'build', image = '', root }: Answers, model: ModelFacts): Promise<HandOver> {
  const problem = imageProblem(target, image);
  if (problem !== undefined) throw new ScaffoldError('bad-image', problem);
  const deployment = root === undefined ? [] : await projectFiles(root).list('containers');
  const hasDeployment = deployment.some((name) => name.startsWith('wrangler.'));
  return handOver(target, image, model, { hasDeployment });
}

async function chosenProject(
  root: vscode.Uri,
  { readPython }: PackageCogPorts,
): Promise<Pick<Answers, 'root' | 'model'>> {
  const model = await modelFacts(projectFiles(root), readPython, root.path);
  if (model === undefined) {
    throw none(vscode.l10n.t('{0} has no {1}, so it is not a Cog project.', root.path, CONFIG));
  }
  return { root, model };
}

function projectStep(projects: readonly vscode.Uri[], ports: PackageCogPorts): Step<Answers> {
  return {
    when: () => projects.length > 1,
    async ask(answers, place) {
      const root = await askOne(place, {
        placeholder: vscode.l10n.t('Which project?'),
        choices: projects.map((uri) => ({ value: uri, label: vscode.workspace.asRelativePath(uri) })),
        active: answers.root,
      });
      return root === BACK ? BACK : { ...answers, ...(await chosenProject(root, ports)) };
    },
  };
}

function targetStep(start: Answers): Step<Answers> {
  return {
    when: () => start.target === undefined,
    async ask(answers, place) {
      const target = await askOne(place, {
        placeholder: vscode.l10n.t('Where does the model go?'),
        choices: HAND_OVER_TARGETS.map((id) => targetChoice(id, answers.model?.hasGpu === true)),
        active: answers.target,
      });
      return target === BACK ? BACK : { ...answers, target };
    },
  };
}

function targetChoice(value: HandOverTarget, hasGpu: boolean): Choice<HandOverTarget> {
  switch (value) {
    case 'workers-ai':
      return {
        value,
        label: vscode.l10n.t('Workers AI'),
        description: vscode.l10n.t('not public: request access'),
        detail: vscode.l10n.t('There is no command to push a model. A request is filled in for you to copy.'),
      };
    case 'containers':
      return {
        value,
        label: vscode.l10n.t('Cloudflare Containers'),
        description: vscode.l10n.t('public, for models on CPUs'),
        ...(hasGpu && { detail: vscode.l10n.t('This model asks for a GPU, and Containers have none.') }),
      };
    case 'replicate':
      return {
        value,
        label: vscode.l10n.t('Replicate'),
        description: vscode.l10n.t('public, with an account there'),
      };
    case 'registry':
      return {
        value,
        label: vscode.l10n.t('Another registry'),
        description: vscode.l10n.t('any that takes OCI images'),
      };
    case 'build':
      return {
        value,
        label: vscode.l10n.t('Nowhere yet'),
        description: vscode.l10n.t('build the image, and see its size'),
      };
  }
}

function imageStep(start: Answers, { remembered }: PackageCogPorts): Step<Answers> {
  return {
    when: () => start.image === undefined,
    async ask(answers, place) {
      const { target = 'build', model, root } = answers;
      const key = `${root?.toString() ?? ''} ${target}`;
      const last = remembered.get<Readonly<Record<string, string>>>(REMEMBERED) ?? {};
      const image = await askText(place, {
        prompt: vscode.l10n.t('Name and tag of the image'),
        value: last[key] ?? suggestedImage(target, model?.name ?? ''),
        problem: (text) => imageProblem(target, text),
      });
      if (image === BACK) return BACK;
      await remembered.update(REMEMBERED, { ...last, [key]: image });
      return { ...answers, image };
    },
  };
}

/** Shows the commands. The one that is chosen is typed into a terminal, and the later ones are offered then. */
function commandStep(ports: PackageCogPorts): Step<Answers> {
  return {
    when: () => true,
    async ask(answers, place) {
      const { target = 'build', image = '', model, root } = answers;
      if (model === undefined || root === undefined) return answers;
      const plan = await planOf(answers, model);
      tellNotes(plan);
      const request = target === 'workers-ai' ? accessRequest(model, image) : undefined;
      const action = await askOne<() => unknown>(place, {
        placeholder: vscode.l10n.t('Exactly these commands. Nothing runs until you choose it.'),
        choices: [...(request === undefined ? [] : requestChoices(request)), ...commandChoices(plan, root, ports)],
      });
      return action === BACK ? BACK : { ...answers, action };
    },
  };
}

function commandChoices({ commands }: HandOver, root: vscode.Uri, ports: PackageCogPorts): Choice<() => unknown>[] {
  const offers = commandOffers({ commands, root, ports });
  const all = commands.map(({ line, folder }) => (folder === '' ? line : `cd ${folder} && ${line}`)).join('\n');
  const copied = vscode.l10n.t('copies it: nothing is run here');
  const choices = commands.map((command, at): Choice<() => unknown> => {
    const offer = offers[at];
    return {
      label: command.line,
      description: offer?.label ?? copied,
      value:
        offer === undefined ? () => vscode.env.clipboard.writeText(command.line) : () => runFrom(offers, at, commands),
    };
  });
  const copyAll = { label: vscode.l10n.t('Copy all commands'), value: () => vscode.env.clipboard.writeText(all) };
  return [...choices, { ...copyAll, iconPath: new vscode.ThemeIcon('copy') }];
}

/** Runs one, and offers those behind it: what they need is there by then, or its failure is seen in the terminal. */
function runFrom(offers: readonly Offer[], at: number, commands: readonly PlannedCommand[]): void {
  offers[at]?.run();
  const next = commands[at + 1];
  if (next === undefined) return;
  const message = vscode.l10n.t('Runs in the terminal: {0}. When it is done: {1}', commands[at]?.line ?? '', next.line);
  tellDone(message, offers.slice(at + 1));
}

function requestChoices(request: string): Choice<() => unknown>[] {
  const copy = () => vscode.env.clipboard.writeText(request);
  return [
    {
      label: vscode.l10n.t('Copy the request and open the form'),
      description: REQUEST_FORM,
      iconPath: new vscode.ThemeIcon('link-external'),
      value: async () => {
        await copy();
        await vscode.env.openExternal(vscode.Uri.parse(REQUEST_FORM));
      },
    },
    { label: vscode.l10n.t('Copy the request'), iconPath: new vscode.ThemeIcon('mail'), value: copy },
  ];
}

const none = (message: string): ScaffoldError => new ScaffoldError('no-cog-project', message);
