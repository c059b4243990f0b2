/**
 * New AI Worker Project.
 */
import * as vscode from 'vscode';
import { acceptedMetadata } from '../../core/inference/metadata';
import type { GatewayMetadata } from '../../core/inference/request';
import { detectPackageManager } from '../../core/scaffold/package-manager';
import type { PlannedCommand, PlanResult } from '../../core/scaffold/plan';
import type { ChosenModel, WorkerExtra } from '../../core/scaffold/worker/answers';
import { planWorkerProject } from '../../core/scaffold/worker/new-project';
import { WORKER_TEMPLATES } from '../../core/scaffold/worker/templates';
import type { ConfigFormat } from '../../core/scaffold/wrangler/ai-edit';
import { RpcError } from '../../protocol/rpc';
import { byPerson } from '../command';
import { applyPlan } from './apply';
import { choiceField, fieldsOf, flagField, listField, textField, uriField } from '../arguments';
import { withOnlyFolder } from './folder-questions';
import type { Journal } from './journal';
import { pickedModels } from './model-questions';
import { openProjectOffer, tellDone, type ToolPorts } from './offers';
import { tellConflicts, tellNotes } from './outcome';
import { plannedResult } from './plan-result';
import { remember, type ProjectAnswers } from './project-answers';
import { projectFiles } from './project-files';
import { projectQuestions, type QuestionPorts } from './project-questions';
import { cancelled, runWizard } from './wizard';

/** What making a project borrows. */
export interface NewWorkerPorts extends QuestionPorts, ToolPorts {
  readonly journal: Journal;
  /** Reads a file of the templates by its path under `media/templates/worker`. */
  readonly readTemplate: (path: string) => Promise<string>;
  readonly settings: () => { readonly gatewayId: string; readonly metadata: GatewayMetadata };
}

/** What is fixed before the first question. */
interface Given {
  readonly answers: ProjectAnswers;
  /** Not asked for when given. */
  readonly models?: readonly ChosenModel[];
  readonly metadata: GatewayMetadata;
  readonly format: ConfigFormat;
  /** Absent: previewed. False: planned only. */
  readonly apply?: boolean;
  readonly byPerson: boolean;
}

/** Newer runtimes know it, and the one that the test plugin brings does too (scaffolding.md 0.2). */
const COMPATIBILITY_DATE = '2026-10-06';

/** More buttons are cut off. */
const OFFERED: ReadonlySet<PlannedCommand['id']> = new Set(['install', 'types', 'test', 'dev-offline']);

const FORMATS: readonly ConfigFormat[] = ['jsonc', 'json', 'toml'];

/**
 * Makes a project, asking for what the argument leaves open. Rejects with codes of the planner and of `applyPlan`,
 * `cancelled`, `bad-argument`, `unknown-model`.
 */
export async function newWorkerProject(args: unknown, ports: NewWorkerPorts): Promise<PlanResult> {
  const fields = fieldsOf(args, 'parent');
  const parent = uriField(fields, 'parent');
  const template = choiceField(
    fields,
    'template',
    WORKER_TEMPLATES.map(({ id }) => id),
  );
  const name = textField(fields, 'name');
  const ids = listField(fields, 'models');
  const binding = textField(fields, 'binding');
  const gatewayId = textField(fields, 'gatewayId');
  const extras = listField(fields, 'extras');
  const unknown = extras?.find((extra) => !isExtra(extra));
  if (unknown !== undefined) {
    throw new RpcError('bad-argument', vscode.l10n.t('There is no extra "{0}": tests, offline.', unknown));
  }
  const apply = flagField(fields, 'apply');
  return makeProject(
    {
      answers: {
        picked: {},
        ...(parent !== undefined && { parent }),
        ...(template !== undefined && { template }),
        ...(name !== undefined && { name }),
        ...(binding !== undefined && { binding }),
        ...(gatewayId !== undefined && { gatewayId }),
        ...(extras !== undefined && { extras: extras.filter(isExtra) }),
      },
      ...(ids !== undefined && { models: await ports.playground.chosenModels(ids) }),
      metadata: acceptedMetadata(ports.settings().metadata).kept,
      format: choiceField(fields, 'format', FORMATS) ?? 'jsonc',
      ...(apply !== undefined && { apply }),
      byPerson: byPerson(args),
    },
    ports,
  );
}

/** Asks what is left open, plans, and applies. */
export async function makeProject(given: Given, ports: NewWorkerPorts): Promise<PlanResult> {
  const { answers: start, byPerson, apply } = given;
  const title = vscode.l10n.t('New AI Worker Project');
  const answers = await runWizard(title, projectQuestions(given, ports), withOnlyFolder(start));
  const template = WORKER_TEMPLATES.find(({ id }) => id === answers.template);
  const { parent, name, binding = 'AI', gatewayId = 'default', extras = [] } = answers;
  if (parent === undefined || template === undefined || name === undefined) throw cancelled();
  const root = vscode.Uri.joinPath(parent, name);
  const plan = await planWorkerProject(projectFiles(root), ports.readTemplate, {
    name,
    template: template.id,
    models: given.models ?? (await ports.playground.chosenModels(pickedModels(answers))),
    gatewayId,
    metadata: given.metadata,
    binding,
    extras,
    format: given.format,
    packageManager: (await detectPackageManager(projectFiles(parent), '')) ?? 'npm',
    compatibilityDate: COMPATIBILITY_DATE,
  });
  if (apply === false) return plannedResult(plan);
  if (byPerson) {
    tellConflicts(plan, root);
    tellNotes(plan);
  }
  const label = vscode.l10n.t('New AI Worker Project {0}', name);
  const result = await applyPlan(plan, { root, label, confirm: apply !== true }, ports);
  if (!result.applied || !byPerson) return result;
  await remember(answers, ports.remembered);
  const commands = plan.commands.filter(({ id }) => OFFERED.has(id));
  const done = vscode.l10n.t('{0} is there. Undo Last Scaffold takes it back.', name);
  tellDone(done, [openProjectOffer(root)], { commands, root, ports });
  return result;
}

function isExtra(extra: string): extra is WorkerExtra {
  return extra === 'tests' || extra === 'offline';
}
