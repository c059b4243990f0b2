/**
 * The questions of Filter Models and Sort Models. A filter takes effect with every answer.
 */
import * as vscode from 'vscode';
import type { CatalogModel } from '../../core/catalog/entry';
import { shortTokens, shortUsd } from '../../core/catalog/price-summary';
import { providerKey, providerTitle } from '../../core/catalog/providers';
import { taskTitles } from '../../core/catalog/tasks';
import type { TreeFilter, TreeSort } from './query';
import { capabilityTitles, hostingTitles, sortTitles } from './texts';
import type { Capability, Hosting, Task } from '../../core/catalog/model';

/** Ceilings to choose from, USD for the unit of each task. */
const PRICES = [0.1, 0.5, 1, 5, 15];

/** Floors to choose from, tokens. */
const CONTEXTS = [32_000, 128_000, 200_000, 1_000_000];

interface Choice<V> extends vscode.QuickPickItem {
  readonly value: V;
}

/** Asks for one value or none; undefined when the user backed out. */
async function one<V>(
  placeHolder: string,
  choices: readonly (readonly [value: V, label: string])[],
  current: V | undefined,
): Promise<{ readonly value: V | undefined } | undefined> {
  const items: Choice<V | undefined>[] = [
    { value: undefined, label: vscode.l10n.t('Any') },
    ...choices.map(([value, label]) => ({ value, label })),
  ];
  return vscode.window.showQuickPick(
    items.map((item) => ({ ...item, ...(item.value === current && { description: vscode.l10n.t('now') }) })),
    { title: vscode.l10n.t('Filter Models'), placeHolder },
  );
}

const entries = <K extends string, V>(table: Readonly<Record<K, V>>) => Object.entries(table) as [K, V][];

/** A filter with one field set, or taken out. */
function withField<K extends keyof TreeFilter>(filter: TreeFilter, key: K, value: TreeFilter[K] | undefined) {
  const { [key]: _, ...rest } = filter;
  return (value === undefined ? rest : { ...rest, [key]: value }) as TreeFilter;
}

/** One line of the filter: what it says now, and how to change it. `ask` answers undefined when the user backed out. */
interface Part {
  readonly label: string;
  readonly now: string | undefined;
  ask(): Promise<TreeFilter | undefined>;
}

function parts(filter: TreeFilter, models: readonly CatalogModel[]): readonly Part[] {
  const titles = capabilityTitles();
  const part = <K extends keyof TreeFilter>(
    label: string,
    key: K,
    placeHolder: string,
    choices: readonly (readonly [NonNullable<TreeFilter[K]>, string])[],
  ): Part => ({
    label,
    now: choices.find(([value]) => value === filter[key])?.[1] ?? filter[key]?.toString(),
    async ask() {
      const picked = await one<NonNullable<TreeFilter[K]>>(placeHolder, choices, filter[key] ?? undefined);
      return picked && withField(filter, key, picked.value);
    },
  });
  const tasks = new Set(models.map(({ task }) => task));
  const providers = [...new Set(models.map(({ provider }) => providerKey(provider)))]
    .map((key) => [key, providerTitle(key)] as const)
    .sort(([, a], [, b]) => a.localeCompare(b, 'en'));

  return [
    part<'task'>(
      vscode.l10n.t('Task'),
      'task',
      vscode.l10n.t('What should the model do?'),
      entries<Task, string>(taskTitles).filter(([task]) => tasks.has(task)),
    ),
    part<'provider'>(vscode.l10n.t('Provider'), 'provider', vscode.l10n.t('Whose model?'), providers),
    {
      label: vscode.l10n.t('Capabilities'),
      now: filter.capabilities?.map((capability) => titles[capability]).join(', '),
      async ask() {
        const items: Choice<Capability>[] = entries<Capability, string>(titles).map(([value, label]) => ({
          value,
          label,
          picked: filter.capabilities?.includes(value) ?? false,
        }));
        const picked = await vscode.window.showQuickPick(items, {
          title: vscode.l10n.t('Filter Models'),
          placeHolder: vscode.l10n.t('What must it be able to do?'),
          canPickMany: true,
        });
        const capabilities = picked?.map(({ value }) => value);
        return capabilities && withField(filter, 'capabilities', capabilities.length > 0 ? capabilities : undefined);
      },
    },
    part<'maxPriceUsd'>(
      vscode.l10n.t('Price'),
      'maxPriceUsd',
      vscode.l10n.t('At most, per million tokens, picture, second or minute, as the task is billed'),
      PRICES.map((usd) => [usd, vscode.l10n.t('up to {0}', shortUsd(usd))]),
    ),
    part<'minContext'>(
      vscode.l10n.t('Context window'),
      'minContext',
      vscode.l10n.t('At least'),
      CONTEXTS.map((tokens) => [tokens, vscode.l10n.t('from {0} tokens', shortTokens(tokens))]),
    ),
    part<'hosting'>(
      vscode.l10n.t('Hosting'),
      'hosting',
      vscode.l10n.t('Who runs it?'),
      entries<Hosting, string>(hostingTitles()),
    ),
    {
      label: vscode.l10n.t('Hide retired models'),
      now: filter.hideRetired ? vscode.l10n.t('yes') : vscode.l10n.t('no'),
      ask: () => Promise.resolve(withField(filter, 'hideRetired', filter.hideRetired ? undefined : true)),
    },
  ];
}

/** What the filter dialog needs to know and do. */
export interface FilterDialog {
  readonly models: () => readonly CatalogModel[];
  readonly filter: () => TreeFilter;
  apply(filter: TreeFilter): void;
  /** Models that the filter leaves in. */
  count(): number;
}

/** Asks until the user is done. Every answer is applied at once, so that the tree shows what it does. */
export async function askFilter(dialog: FilterDialog): Promise<void> {
  for (;;) {
    const items: (vscode.QuickPickItem & { readonly part?: Part })[] = [
      { label: `$(check) ${vscode.l10n.t('Done: {0} of {1} models', dialog.count(), dialog.models().length)}` },
      ...parts(dialog.filter(), dialog.models()).map((part) => ({
        part,
        label: part.label,
        description: part.now ?? vscode.l10n.t('any'),
      })),
    ];
    const picked = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Filter Models'),
      placeHolder: vscode.l10n.t('What should the list be narrowed by?'),
    });
    if (picked?.part === undefined) return;
    const next = await picked.part.ask();
    if (next !== undefined) dialog.apply(next);
  }
}

/** Asks for an order; undefined when the user backed out. */
export async function askSort(current: TreeSort): Promise<TreeSort | undefined> {
  const items: Choice<TreeSort>[] = entries<TreeSort, string>(sortTitles()).map(([value, label]) => ({
    value,
    label,
    ...(value === current && { description: vscode.l10n.t('now') }),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Sort Models'),
    placeHolder: vscode.l10n.t('Order within each group'),
  });
  return picked?.value;
}
