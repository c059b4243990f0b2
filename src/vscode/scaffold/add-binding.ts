/**
 * Add AI Binding to Worker.
 */
import * as vscode from 'vscode';
import { ScaffoldError, type PlanResult } from '../../core/scaffold/plan';
import { planAiBinding } from '../../core/scaffold/wrangler/add-ai-binding';
import { nameChecks } from '../../core/scaffold/wrangler/binding-target';
import { describeConfigs } from '../../core/scaffold/wrangler/find-configs';
import { byPerson } from '../command';
import { applyPlan } from './apply';
import { fieldsOf, flagField, listField, textField, uriField } from '../arguments';
import { findWorkers, rootOf, workerChoice, type FoundWorker } from './find-workers';
import type { Journal } from './journal';
import { openOffer, tellDone, type ToolPorts } from './offers';
import { tellConflicts, tellNotes } from './outcome';
import { plannedResult } from './plan-result';
import { projectFiles } from './project-files';
import { askMany, askOne, askText, BACK, runWizard, type Step } from './wizard';

/** What adding a binding borrows. */
export interface AddBindingPorts extends ToolPorts {
  readonly journal: Journal;
}

/** What is known of the binding so far. */
interface Answers {
  readonly worker?: FoundWorker;
  readonly binding?: string;
  readonly environments?: readonly string[];
}

/**
 * Adds the binding, asking for what the argument leaves open: nothing, when it names a configuration and a name or
 * `apply`. Rejects with codes of the planner and of `applyPlan`, `cancelled`, `bad-argument`, `no-worker`.
 */
export async function addAiBinding(args: unknown, ports: AddBindingPorts): Promise<PlanResult> {
  const fields = fieldsOf(args, 'config');
  const isPerson = byPerson(args);
  const given = uriField(fields, 'config');
  const binding = textField(fields, 'binding');
  const environments = listField(fields, 'environments');
  const apply = flagField(fields, 'apply');
  const found = given === undefined ? await workersOrRefuse() : [await workerAt(given)];
  const start: Answers = {
    ...(binding !== undefined && { binding }),
    ...(environments !== undefined && { environments }),
    ...(found.length === 1 && found[0] !== undefined && { worker: found[0] }),
  };
  // With a configuration a script has said enough: the name and the environments have good defaults.
  const asks = isPerson || given === undefined;
  const answers = asks ? await runWizard(vscode.l10n.t('Add AI Binding'), stepsOf(found, start), start) : start;
  const { worker } = answers;
  if (worker === undefined) throw new ScaffoldError('no-worker', noWorker());
  const { root, config } = worker;
  const plan = await planAiBinding(projectFiles(root), {
    config: config.path,
    ...(answers.binding !== undefined && { binding: answers.binding }),
    ...(answers.environments !== undefined && { environments: answers.environments }),
  });
  if (apply === false) return plannedResult(plan);
  if (isPerson) {
    tellConflicts(plan, root);
    if (plan.edits.length > 0) tellNotes(plan);
  }
  const label = vscode.l10n.t('Add AI binding');
  const result = await applyPlan(plan, { root, label, confirm: apply !== true }, ports);
  if (isPerson && plan.conflicts.length === 0) {
    if (result.applied) {
      tellDone(
        vscode.l10n.t('The AI binding is there: env.{0}. Undo Last Scaffold takes it back.', plan.binding),
        [openOffer(vscode.l10n.t('Open File'), vscode.Uri.joinPath(root, config.path))],
        { commands: plan.commands, root, ports },
      );
    } else if (plan.edits.length === 0) {
      tellDone(vscode.l10n.t('Nothing to do: the AI binding is set up already, as env.{0}.', plan.binding), []);
    }
  }
  return result;
}

async function workersOrRefuse(): Promise<readonly FoundWorker[]> {
  const found = await findWorkers();
  if (found.length === 0) throw new ScaffoldError('no-worker', noWorker());
  return found;
}

function noWorker(): string {
  return vscode.l10n.t(
    'No wrangler.jsonc, wrangler.json or wrangler.toml was found in the open folders. Open the folder of a Worker, or make one: New AI Worker Project.',
  );
}

async function workerAt(uri: vscode.Uri): Promise<FoundWorker> {
  const { root, path } = rootOf(uri);
  const [config] = await describeConfigs(projectFiles(root), [path]);
  // What is no configuration is for the planner to refuse.
  return { root, config: config ?? { path, format: undefined, environments: [], kind: 'worker', warnings: [] } };
}

/** What `given` holds is not asked again. */
function stepsOf(found: readonly FoundWorker[], given: Answers): readonly Step<Answers>[] {
  // While none is chosen, steps are counted that any of them would have: the first is never announced as the last.
  const candidates = (worker: FoundWorker | undefined) => (worker === undefined ? found : [worker]);
  return [
    {
      when: () => given.worker === undefined,
      async ask(answers, place) {
        const worker = await askOne(place, {
          placeholder: vscode.l10n.t('Which Worker gets the binding?'),
          choices: found.map(workerChoice),
          active: answers.worker,
        });
        if (worker === BACK) return BACK;
        // Names and environments of one Worker are not another's.
        return worker === answers.worker ? answers : { ...given, worker };
      },
    },
    {
      when: ({ worker }) => given.binding === undefined && candidates(worker).some(canBeNamed),
      async ask(answers, place) {
        const { worker } = answers;
        const checks = worker && (await nameChecks(projectFiles(worker.root), { config: worker.config.path }));
        const binding = await askText(place, {
          prompt: vscode.l10n.t('Name of the binding: code says env.<name>'),
          value: answers.binding ?? checks?.suggested ?? 'AI',
          problem: (name) => checks?.problem(name),
        });
        return binding === BACK ? BACK : { ...answers, binding };
      },
    },
    {
      when: ({ worker }) =>
        given.environments === undefined &&
        candidates(worker).some(({ config }) => config.problem === undefined && config.environments.length > 0),
      async ask(answers, place) {
        const known = answers.worker?.config.environments ?? [];
        const environments = await askMany(place, {
          placeholder: vscode.l10n.t('Environments that get it too: they inherit no bindings'),
          choices: known.map((name) => ({ label: name, value: name })),
          ticked: answers.environments ?? known,
        });
        return environments === BACK ? BACK : { ...answers, environments };
      },
    },
  ];
}

/** A name that is there is kept, and a file that cannot be edited needs none. */
function canBeNamed({ config }: FoundWorker): boolean {
  return config.problem === undefined && config.binding === undefined;
}
