/**
 * New Cog Project, and Adopt Folder as Cog Project.
 */
import * as vscode from 'vscode';
import type { ReadPython } from '../../core/cog-project/python-facts';
import { planAdoption } from '../../core/scaffold/cog/adopt';
import type { CogExtra, CogSpelling, CogTemplateId } from '../../core/scaffold/cog/answers';
import { planCogProject } from '../../core/scaffold/cog/new-project';
import { COG_TEMPLATES } from '../../core/scaffold/cog/templates';
import { spellingFor } from '../../core/scaffold/cog/versions';
import type { PlanResult, ScaffoldPlan } from '../../core/scaffold/plan';
import { RpcError } from '../../protocol/rpc';
import { byPerson } from '../command';
import { COMMANDS } from '../ids';
import { applyPlan } from './apply';
import { choiceField, fieldsOf, flagField, listField, textField, uriField } from '../arguments';
import { folderOfFile } from './cog-folder';
import { cogQuestions, rememberCog, type CogProjectAnswers, type CogQuestionPorts } from './cog-questions';
import { withOnlyFolder } from './folder-questions';
import type { Journal } from './journal';
import { openOffer, openProjectOffer, tellDone, type Offer, type ToolPorts } from './offers';
import { tellConflicts, tellNotes } from './outcome';
import { plannedResult } from './plan-result';
import { projectFiles } from './project-files';
import { cancelled, runWizard } from './wizard';

/** What making a project borrows. */
export interface NewCogPorts extends CogQuestionPorts, ToolPorts {
  readonly journal: Journal;
  /** Reads a file of the templates by its path under `media/templates/cog`. */
  readonly readCogTemplate: (path: string) => Promise<string>;
  readonly readPython: ReadPython;
  /** Version of the `cog` that is installed; undefined where none is, or nothing may be run. */
  readonly cogVersion: () => Promise<string | undefined>;
}

/** What is fixed before the first question. */
interface Given {
  readonly title: string;
  readonly answers: CogProjectAnswers;
  /** Absent: as the installed Cog has it. */
  readonly spelling?: CogSpelling;
  /** Absent: previewed. False: planned only. */
  readonly apply?: boolean;
  readonly byPerson: boolean;
}

const TEMPLATES: readonly CogTemplateId[] = [...COG_TEMPLATES.map(({ id }) => id), 'adopt'];
const SPELLINGS: readonly CogSpelling[] = ['runner', 'predictor'];
const EXTRAS: readonly CogExtra[] = ['tests', 'worker', 'containers'];

/**
 * Makes a project, asking for what the argument leaves open. Rejects with codes of the planners and of `applyPlan`,
 * `cancelled`, `bad-argument`.
 */
export async function newCogProject(args: unknown, ports: NewCogPorts): Promise<PlanResult> {
  const fields = fieldsOf(args, 'parent');
  const parent = uriField(fields, 'parent');
  const template = choiceField(fields, 'template', TEMPLATES);
  const name = textField(fields, 'name');
  const extras = listField(fields, 'extras');
  const unknown = extras?.find((extra) => !isExtra(extra));
  if (unknown !== undefined) {
    throw new RpcError('bad-argument', vscode.l10n.t('There is no extra "{0}": {1}.', unknown, EXTRAS.join(', ')));
  }
  return makeProject(
    {
      title: vscode.l10n.t('New Cog Project'),
      answers: {
        ...adoptedFields(fields),
        ...(parent !== undefined && { parent }),
        ...(template !== undefined && { template }),
        ...(name !== undefined && { name }),
        ...(extras !== undefined && { extras: extras.filter(isExtra) }),
      },
      ...commonFields(fields),
      byPerson: byPerson(args),
    },
    ports,
  );
}

/**
 * Makes a folder with Python code a Cog project. The argument of a menu is the folder, or the file in it that is wrapped.
 * Rejects as `newCogProject` does.
 */
export async function adoptCogProject(args: unknown, ports: NewCogPorts): Promise<PlanResult> {
  const fields = fieldsOf(args, 'folder');
  const answers = adoptedFields(fields);
  return makeProject(
    {
      title: vscode.l10n.t('Adopt Folder as Cog Project'),
      answers: { template: 'adopt', ...answers, ...(answers.folder && (await folderOfFile(answers.folder))) },
      ...commonFields(fields),
      byPerson: byPerson(args),
    },
    ports,
  );
}

type Fields = ReturnType<typeof fieldsOf>;

function adoptedFields(fields: Fields): CogProjectAnswers {
  const folder = uriField(fields, 'folder');
  const file = textField(fields, 'file');
  const entry = textField(fields, 'entry');
  return {
    ...(folder !== undefined && { folder }),
    ...(file !== undefined && { file: file.replaceAll('\\', '/') }),
    ...(entry !== undefined && { entry }),
  };
}

function commonFields(fields: Fields): Pick<Given, 'spelling' | 'apply'> {
  const spelling = choiceField(fields, 'spelling', SPELLINGS);
  const apply = flagField(fields, 'apply');
  return { ...(spelling !== undefined && { spelling }), ...(apply !== undefined && { apply }) };
}

/** Asks what is left open, plans, and applies. */
async function makeProject(given: Given, ports: NewCogPorts): Promise<PlanResult> {
  const { answers: start, title } = given;
  const answers = await runWizard(title, cogQuestions(start, ports), withOnlyFolder(start));
  const spelling = given.spelling ?? spellingFor(await ports.cogVersion());
  const { root, plan, label } =
    answers.template === 'adopt' ? await adoption(answers, spelling, ports) : await creation(answers, spelling, ports);
  if (given.apply === false) return plannedResult(plan);
  if (given.byPerson) {
    tellConflicts(plan, root);
    tellNotes(plan);
  }
  const result = await applyPlan(plan, { root, label, confirm: given.apply !== true }, ports);
  if (!result.applied || !given.byPerson) return result;
  await rememberCog(answers, ports.remembered);
  const done = vscode.l10n.t('{0} is a Cog project. Undo Last Scaffold takes it back.', nameOf(root));
  const commands = plan.commands.filter(({ id }) => id === 'test');
  tellDone(done, [openingOffer(answers, root, result), ...cogOffers(root)], { commands, root, ports });
  return result;
}

interface Planned {
  readonly root: vscode.Uri;
  readonly plan: ScaffoldPlan;
  readonly label: string;
}

async function creation(answers: CogProjectAnswers, spelling: CogSpelling, ports: NewCogPorts): Promise<Planned> {
  const { parent, name, template, extras = [] } = answers;
  if (parent === undefined || template === undefined || name === undefined) throw cancelled();
  const root = vscode.Uri.joinPath(parent, name);
  const plan = await planCogProject(projectFiles(root), ports.readCogTemplate, { name, template, spelling, extras });
  return { root, plan, label: vscode.l10n.t('New Cog Project {0}', name) };
}

async function adoption(answers: CogProjectAnswers, spelling: CogSpelling, ports: NewCogPorts): Promise<Planned> {
  const { folder: root, file, entry } = answers;
  if (root === undefined || file === undefined) throw cancelled();
  const { readPython, readCogTemplate: readTemplate } = ports;
  const wanted = { file, spelling, ...(entry !== undefined && { entry }) };
  const plan = await planAdoption(projectFiles(root), { readPython, readTemplate }, wanted);
  return { root, plan, label: vscode.l10n.t('Adopt {0} as Cog Project', nameOf(root)) };
}

function openingOffer({ template }: CogProjectAnswers, root: vscode.Uri, { created }: PlanResult): Offer {
  if (template !== 'adopt') return openProjectOffer(root);
  const file = created.find((path) => path.endsWith('.py')) ?? 'cog.yaml';
  return openOffer(vscode.l10n.t('Open {0}', file), vscode.Uri.joinPath(root, file));
}

/** Commands of our own for the project, as if its folder's menu had called them. */
function cogOffers(root: vscode.Uri): readonly Offer[] {
  const offer = (label: string, command: string): Offer => ({
    label,
    isStep: true,
    run: () => vscode.commands.executeCommand(command, root),
  });
  const check = offer(vscode.l10n.t('Check'), COMMANDS.checkCogProject);
  const canRun = vscode.workspace.isTrusted && root.scheme === 'file';
  return canRun ? [check, offer(vscode.l10n.t('Run Locally'), COMMANDS.runCogModel)] : [check];
}

const nameOf = ({ path }: vscode.Uri): string => path.slice(path.lastIndexOf('/') + 1);

const isExtra = (extra: string): extra is CogExtra => EXTRAS.some((one) => one === extra);
