/**
 * What the Models view shows, as data: groups of models. Nothing of VS Code is in here.
 */
import type { CatalogModel } from '../../core/catalog/entry';
import { lifecycleOf } from '../../core/catalog/lifecycle';
import type { Task } from '../../core/catalog/model';
import { providerKey, providerTitle } from '../../core/catalog/providers';
import { searchModels, type ModelIndex, type ModelQuery } from '../../core/catalog/search';
import { taskTitles } from '../../core/catalog/tasks';
import type { Measured, Personal } from '../../protocol/api';

/** What the groups below favourites and recently used are. */
export type Grouping = 'provider' | 'task';

/** What may be left out, and in which order models stand within a group. */
export type TreeQuery = Omit<ModelQuery, 'text'>;

/** Everything that the tree is made of. */
export interface TreeInput {
  readonly index: ModelIndex<CatalogModel>;
  readonly personal: Personal;
  readonly grouping: Grouping;
  readonly query: TreeQuery;
  /** `YYYY-MM-DD`, to tell what is retired. */
  readonly today: string;
}

/** What a group has in common. */
export type GroupOf =
  | { readonly by: 'favourites' }
  | { readonly by: 'recent' }
  | { readonly by: 'provider'; readonly key: string; readonly title: string }
  | { readonly by: 'task'; readonly task: Task; readonly title: string };

/** A row that opens. Never empty. */
export interface GroupNode {
  readonly kind: 'group';
  /** Stays the same for as long as the group exists. */
  readonly id: string;
  readonly of: GroupOf;
  readonly children: readonly ModelNode[];
}

/** One model in one group; a favourite stands in several. */
export interface ModelNode {
  readonly kind: 'model';
  /** Group and model: unique in the tree. */
  readonly id: string;
  readonly modelId: string;
  readonly model: CatalogModel;
  readonly lifecycle: ReturnType<typeof lifecycleOf>;
  readonly favourite: boolean;
  /** The group does not tell whose model it is. */
  readonly tellsProvider: boolean;
  readonly measured?: Measured;
}

export type TreeNode = GroupNode | ModelNode;

/** Whether a command was called by a row of the tree, that is by a person. */
export function isTreeNode(value: unknown): value is TreeNode {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, id } = value as Partial<TreeNode>;
  return (kind === 'model' || kind === 'group') && typeof id === 'string';
}

/**
 * Groups from the top: favourites and recently used, when there are any, then every model that passes the query in
 * exactly one provider or task. Providers stand by title, tasks in the order of `taskTitles`.
 */
export function buildTree(input: TreeInput): readonly GroupNode[] {
  const { index, personal, grouping, query, today } = input;
  const ttft = (id: string) => measuredOf(personal, id)?.ttft;
  const passing = searchModels(index, { ...query, text: '' }, { today, ttft });
  const byId = new Map(passing.map((model) => [model.id, model]));
  const favourites = new Set(personal.favourites);

  const group = (id: string, of: GroupOf, members: readonly CatalogModel[]): GroupNode => ({
    kind: 'group',
    id,
    of,
    children: members.map((model) => {
      const measured = measuredOf(personal, model.id);
      return {
        kind: 'model',
        id: `${id}/${model.id}`,
        modelId: model.id,
        model,
        lifecycle: lifecycleOf(model, today),
        favourite: favourites.has(model.id),
        tellsProvider: of.by !== 'provider',
        ...(measured !== undefined && { measured }),
      };
    }),
  });
  const known = (ids: readonly string[]) => [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);

  return [
    group('favourites', { by: 'favourites' }, known(personal.favourites)),
    group('recent', { by: 'recent' }, known(personal.recent)),
    ...(grouping === 'provider' ? byProvider(passing, group) : byTask(passing, group)),
  ].filter(({ children }) => children.length > 0);
}

type MakeGroup = (id: string, of: GroupOf, members: readonly CatalogModel[]) => GroupNode;

function byProvider(models: readonly CatalogModel[], group: MakeGroup): readonly GroupNode[] {
  return [...Map.groupBy(models, ({ provider }) => providerKey(provider))]
    .map(([key, members]) => ({ key, title: providerTitle(key), members }))
    .sort((a, b) => a.title.localeCompare(b.title, 'en') || (a.key < b.key ? -1 : 1))
    .map(({ key, title, members }) => group(`provider:${key}`, { by: 'provider', key, title }, members));
}

function byTask(models: readonly CatalogModel[], group: MakeGroup): readonly GroupNode[] {
  const found = Map.groupBy(models, ({ task }) => task);
  return (Object.keys(taskTitles) as Task[]).map((task) =>
    group(`task:${task}`, { by: 'task', task, title: taskTitles[task] }, found.get(task) ?? []),
  );
}

/** A model may be called `constructor`. */
function measuredOf({ measured }: Personal, id: string): Measured | undefined {
  return Object.hasOwn(measured, id) ? measured[id] : undefined;
}
