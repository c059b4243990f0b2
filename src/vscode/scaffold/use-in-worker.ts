/**
 * Use in Worker: a column of the playground into a Worker that is open, or into a new project.
 */
import * as vscode from 'vscode';
import type { WorkerUse } from '../../app/worker-use';
import { combinePlans } from '../../core/scaffold/combine';
import { parentOf } from '../../core/scaffold/paths';
import { ScaffoldError, type PlanResult } from '../../core/scaffold/plan';
import { planHelper } from '../../core/scaffold/worker/plan-helper';
import { WORKER_TEMPLATES } from '../../core/scaffold/worker/templates';
import { planAiBinding } from '../../core/scaffold/wrangler/add-ai-binding';
import { applyPlan } from './apply';
import { findWorkers, workerChoice, type FoundWorker } from './find-workers';
import { makeProject, type NewWorkerPorts } from './new-worker';
import { openOffer, tellDone } from './offers';
import { tellConflicts, tellNotes } from './outcome';
import { projectFiles } from './project-files';
import { askOne, BACK, cancelled, runWizard } from './wizard';

/** Where a column goes. */
type Destination = FoundWorker | 'new';

/**
 * Asks where the column goes, and puts it there after a preview. Rejects with code `cancelled`, `no-worker` and those of
 * planning and applying.
 */
export async function useInWorker(use: WorkerUse, ports: NewWorkerPorts): Promise<PlanResult> {
  const found = await findWorkers();
  const hasTemplate = WORKER_TEMPLATES.some(({ slots }) => slots.some(({ task }) => task === use.task));
  if (found.length === 0 && !hasTemplate) {
    throw new ScaffoldError(
      'no-worker',
      vscode.l10n.t(
        'No Worker is open, and there is no project template for this task. Open the folder of a Worker first, or copy the call: Copy as, Worker.',
      ),
    );
  }
  const destination = found.length === 0 ? 'new' : await askDestination(found, hasTemplate);
  if (destination !== 'new') return intoWorker(use, destination, ports);
  return makeProject(
    {
      answers: { picked: {}, gatewayId: use.gatewayId },
      models: use.models,
      metadata: use.metadata,
      format: 'jsonc',
      byPerson: true,
    },
    ports,
  );
}

async function askDestination(found: readonly FoundWorker[], hasTemplate: boolean): Promise<Destination> {
  const fresh = {
    value: 'new' as const,
    label: vscode.l10n.t('New AI Worker Project…'),
    iconPath: new vscode.ThemeIcon('new-folder'),
  };
  const { chosen } = await runWizard<{ readonly chosen?: Destination }>(
    vscode.l10n.t('Use in Worker'),
    [
      {
        when: () => true,
        async ask(_, place) {
          const chosen = await askOne<Destination>(place, {
            placeholder: vscode.l10n.t('Which Worker calls this model?'),
            choices: [...found.map(workerChoice), ...(hasTemplate ? [fresh] : [])],
          });
          return chosen === BACK ? BACK : { chosen };
        },
      },
    ],
    {},
  );
  if (chosen === undefined) throw cancelled();
  return chosen;
}

async function intoWorker(use: WorkerUse, { root, config }: FoundWorker, ports: NewWorkerPorts): Promise<PlanResult> {
  const files = projectFiles(root);
  const binding = await planAiBinding(files, { config: config.path });
  const helper = await planHelper(files, {
    folder: parentOf(config.path),
    binding: binding.binding,
    helper: use.helper,
  });
  const plan = combinePlans([binding, helper]);
  tellConflicts(plan, root);
  // How to call it is told afterwards.
  tellNotes(binding);
  const label = vscode.l10n.t('Use {0} in Worker', use.models[0]?.id ?? '');
  const result = await applyPlan(plan, { root, label, confirm: true }, ports);
  const [created] = result.created;
  const [howTo = ''] = helper.notes;
  if (plan.conflicts.length > 0) return result;
  if (result.applied || plan.creates.length + plan.edits.length === 0) {
    const file = created ?? helper.skips[0]?.path;
    tellDone(
      howTo,
      [
        ...(file === undefined ? [] : [openOffer(vscode.l10n.t('Open File'), vscode.Uri.joinPath(root, file))]),
        { label: vscode.l10n.t('Copy'), run: () => vscode.env.clipboard.writeText(helper.call) },
      ],
      { commands: plan.commands, root, ports },
    );
  }
  return result;
}
