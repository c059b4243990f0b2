/**
 * Models to choose from for a new project.
 */
import * as vscode from 'vscode';
import type { Playground } from '../../app/playground';
import { defaultColumns } from '../../core/catalog/default-columns';
import type { CatalogModel } from '../../core/catalog/entry';
import { lifecycleOf } from '../../core/catalog/lifecycle';
import type { Task } from '../../core/catalog/model';
import { priceSummary } from '../../core/catalog/price-summary';
import type { Choice } from './wizard';

/** What choosing borrows. */
export interface ModelPorts {
  readonly playground: Pick<Playground, 'catalog' | 'personal' | 'shownModels' | 'chosenModels'>;
  /** `YYYY-MM-DD`. */
  readonly today: () => string;
}

/** Where none is shown or liked: both run on the free plan (scaffolding.md 0.10). */
const DEFAULTS: Readonly<Partial<Record<Task, readonly string[]>>> = {
  'text-generation': ['@cf/zai-org/glm-4.7-flash', '@cf/google/gemma-4-26b-a4b-it'],
};

/** Models of a task that are not deprecated: those in the playground's columns, favourites, good ones to begin with, the rest. */
export async function modelsFor(task: Task, { playground, today }: ModelPorts): Promise<readonly CatalogModel[]> {
  const { catalog, personal } = playground;
  await catalog.load();
  // No AI binding reaches a server of the user's own.
  const callable = catalog.models.filter((model) => model.task === task && model.hosting !== 'own');
  const current = callable.filter((model) => lifecycleOf(model, today()) === 'current');
  const first = [
    ...(await playground.shownModels(task)),
    ...personal.favourites,
    ...(DEFAULTS[task] ?? []),
    ...defaultColumns(current, today(), task).map(({ id }) => id),
  ];
  const byName = current.toSorted((a, b) => a.name.localeCompare(b.name));
  const preferred = first.flatMap((id) => current.find((model) => model.id === id) ?? []);
  return [...new Set([...preferred, ...byName])];
}

/** A model as an entry of a list. */
export function modelChoice(model: CatalogModel): Choice<string> {
  const facts = [
    model.id,
    priceSummary(model),
    model.hosting === 'hosted' ? vscode.l10n.t('hosted') : vscode.l10n.t('third-party'),
    model.requiresPaidPlan === true ? vscode.l10n.t('needs Workers Paid') : undefined,
  ];
  return {
    value: model.id,
    label: model.name,
    description: facts.filter((fact) => fact !== undefined && fact !== '').join(' · '),
  };
}
