/**
 * Commands of the catalog and of single models.
 */
import * as vscode from 'vscode';
import type { Playground } from '../../app/playground';
import type { Disposable } from '../../app/ports';
import type { CatalogModel } from '../../core/catalog/entry';
import { createIndex, searchModels } from '../../core/catalog/search';
import { workerCall } from '../../core/snippets/worker-call';
import type { CatalogChange } from '../../protocol/api';
import { RpcError } from '../../protocol/rpc';
import { byPerson, executeForPerson, register, type CommandLog } from '../command';
import { COMMANDS } from '../ids';
import type { PlaygroundPanel } from '../panel';
import { askFilter, askSort } from './filter-ui';
import { pickModel } from './find';
import { fieldsOf, filterOf, sortOf, type TreeSort } from './query';
import { isRow } from './rows';
import type { ModelsView } from './view';
import type { ViewOptions } from './view-options';

/** What these commands borrow. */
export interface ModelCommandPorts extends CommandLog {
  readonly playground: Pick<
    Playground,
    'catalog' | 'personal' | 'onDidChangePersonal' | 'setFavourite' | 'showModel' | 'addColumn'
  >;
  readonly panel: PlaygroundPanel;
  readonly view: Pick<ModelsView, 'reveal'>;
  readonly options: ViewOptions;
  /** The gateway that calls go through. */
  readonly gatewayId: () => string;
  /** `YYYY-MM-DD`. */
  readonly today: () => string;
}

function cancelled(): RpcError {
  return new RpcError('cancelled', vscode.l10n.t('Cancelled. Nothing was changed.'));
}

/** A text of the argument object. Throws `RpcError` with code `bad-argument`. */
function textOf(args: unknown, name: string): string | undefined {
  const value = fieldsOf(args)[name];
  if (value !== undefined && (typeof value !== 'string' || value === '')) {
    throw new RpcError('bad-argument', vscode.l10n.t('"{0}" must be a text that is not empty.', name));
  }
  return value;
}

/** The model of a row or an argument, otherwise the one that the user picks. */
async function modelOf(args: unknown, title: string, ports: ModelCommandPorts): Promise<CatalogModel> {
  const { catalog } = ports.playground;
  const node = isRow(args) ? args.node : undefined;
  const given = node?.kind === 'model' ? node.modelId : textOf(args, 'modelId');
  const id = given ?? (await pickModel(ports, { title }));
  if (id === undefined) throw cancelled();
  await catalog.load();
  const model = catalog.models.find((known) => known.id === id);
  if (model === undefined) {
    throw new RpcError('unknown-model', vscode.l10n.t('There is no model {0} in the catalog.', id));
  }
  return model;
}

async function openModelPage(model: CatalogModel, { panel, playground }: ModelCommandPorts): Promise<string> {
  panel.show();
  await playground.showModel(model.id);
  return model.id;
}

async function compareModel(model: CatalogModel, { panel, playground }: ModelCommandPorts): Promise<string> {
  panel.show();
  await playground.addColumn(model.id);
  return model.id;
}

async function copy(text: string, said: string): Promise<string> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(said, 3_000);
  return text;
}

async function setFavourite(model: CatalogModel, wanted: unknown, { playground }: ModelCommandPorts): Promise<boolean> {
  if (wanted !== undefined && typeof wanted !== 'boolean') {
    throw new RpcError('bad-argument', vscode.l10n.t('"{0}" must be true or false.', 'favourite'));
  }
  const next = wanted ?? !playground.personal.favourites.includes(model.id);
  playground.setFavourite(model.id, next);
  return next;
}

async function openModelTerms({ name, termsUrl }: CatalogModel): Promise<string> {
  const target = termsUrl === undefined ? undefined : vscode.Uri.parse(termsUrl);
  if (target?.scheme !== 'https') {
    throw new RpcError('no-terms', vscode.l10n.t('No licence or terms are known for {0}.', name));
  }
  await vscode.env.openExternal(target);
  return target.toString();
}

async function refreshCatalog(args: unknown, { playground }: ModelCommandPorts): Promise<CatalogChange> {
  fieldsOf(args);
  const change = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Reading the model catalog'),
      cancellable: true,
    },
    async (_progress, cancellation) => {
      const controller = new AbortController();
      const subscription = cancellation.onCancellationRequested(() => controller.abort());
      try {
        return await playground.catalog.refresh(controller.signal);
      } finally {
        subscription.dispose();
      }
    },
  );
  if (byPerson(args)) {
    const { models, added, removed } = change;
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The catalog has {0} models: {1} new, {2} gone.', models, added, removed),
    );
  }
  return change;
}

async function findModel(args: unknown, ports: ModelCommandPorts): Promise<string> {
  const query = textOf(args, 'query');
  const { modelId } = fieldsOf(args);
  const chosen =
    modelId !== undefined
      ? (await modelOf(args, '', ports)).id
      : await pickModel(ports, {
          title: vscode.l10n.t('Find Model'),
          ...(query !== undefined && { query }),
          act(action, id) {
            if (action === 'favourite') executeForPerson(COMMANDS.toggleFavourite, { modelId: id });
            else if (action === 'copy') executeForPerson(COMMANDS.copyModelId, { modelId: id });
            else executeForPerson(action === 'page' ? COMMANDS.openModelPage : COMMANDS.compareModel, { modelId: id });
            return action === 'favourite' || action === 'copy' ? 'stay' : 'close';
          },
        });
  if (chosen === undefined) throw cancelled();
  await ports.view.reveal(chosen);
  // A script that names the model wants to know it, not to see it.
  if (modelId === undefined) {
    ports.panel.show();
    await ports.playground.showModel(chosen);
  }
  return chosen;
}

/** Answers with how many models are left. */
async function filterModels(args: unknown, { playground, options, today }: ModelCommandPorts): Promise<number> {
  const { catalog } = playground;
  await catalog.load();
  const count = () =>
    searchModels(createIndex(catalog.models), { ...options.filter, text: '' }, { today: today() }).length;
  if (byPerson(args)) {
    await askFilter({
      models: () => catalog.models,
      filter: () => options.filter,
      apply: options.setFilter,
      count,
    });
  } else {
    options.setFilter(filterOf(args));
  }
  return count();
}

async function sortModels(args: unknown, { options }: ModelCommandPorts): Promise<TreeSort> {
  const given = fieldsOf(args)['sort'];
  const sort = given === undefined ? await askSort(options.sort) : sortOf(given);
  if (sort === undefined) throw cancelled();
  options.setSort(sort);
  return sort;
}

/** Registers the commands of catalog, models and Models view. */
export function registerModelCommands(ports: ModelCommandPorts): Disposable {
  const { options } = ports;

  /** A command about one model. */
  const about =
    (title: string, act: (model: CatalogModel, args: unknown) => Promise<unknown>) => async (args: unknown) =>
      act(await modelOf(args, title, ports), args);

  const commands = [
    register(COMMANDS.refreshCatalog, ports, (args) => refreshCatalog(args, ports)),
    register(COMMANDS.findModel, ports, (args) => findModel(args, ports)),
    register(
      COMMANDS.openModelPage,
      ports,
      about(vscode.l10n.t('Open Model Page'), (model) => openModelPage(model, ports)),
    ),
    register(
      COMMANDS.compareModel,
      ports,
      about(vscode.l10n.t('Compare Model'), (model) => compareModel(model, ports)),
    ),
    register(
      COMMANDS.copyModelId,
      ports,
      about(vscode.l10n.t('Copy Model Id'), ({ id }) => copy(id, vscode.l10n.t('Copied {0}', id))),
    ),
    register(
      COMMANDS.toggleFavourite,
      ports,
      about(vscode.l10n.t('Add or Remove Favourite'), (model, args) =>
        setFavourite(model, isRow(args) ? undefined : fieldsOf(args)['favourite'], ports),
      ),
    ),
    register(
      COMMANDS.addFavourite,
      ports,
      about(vscode.l10n.t('Add to Favourites'), (model) => setFavourite(model, true, ports)),
    ),
    register(
      COMMANDS.removeFavourite,
      ports,
      about(vscode.l10n.t('Remove from Favourites'), (model) => setFavourite(model, false, ports)),
    ),
    register(
      COMMANDS.useModelInWorker,
      ports,
      about(vscode.l10n.t('Use Model in a Worker'), (model) =>
        copy(workerCall(model, ports.gatewayId()), vscode.l10n.t('Copied the call of {0} for a Worker', model.id)),
      ),
    ),
    register(COMMANDS.openModelTerms, ports, about(vscode.l10n.t('Open Licence or Terms'), openModelTerms)),
    register(COMMANDS.groupModelsByProvider, ports, async () => options.setGrouping('provider')),
    register(COMMANDS.groupModelsByTask, ports, async () => options.setGrouping('task')),
    register(COMMANDS.filterModels, ports, (args) => filterModels(args, ports)),
    register(COMMANDS.clearModelFilter, ports, async () => options.setFilter({})),
    register(COMMANDS.sortModels, ports, (args) => sortModels(args, ports)),
  ];
  return {
    dispose() {
      for (const command of commands) command.dispose();
    },
  };
}
