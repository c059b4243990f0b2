/**
 * The Models view: every model of the catalog in the activity bar.
 */
import * as vscode from 'vscode';
import type { Playground } from '../../app/playground';
import type { Disposable } from '../../app/ports';
import type { CatalogModel } from '../../core/catalog/entry';
import { createIndex, searchModels, type ModelIndex } from '../../core/catalog/search';
import { CONTEXT_KEYS, MODELS_VIEW } from '../ids';
import { createRows, type Row } from './rows';
import { hasLive, viewMessage } from './texts';
import { tooltipMarkdown } from './tooltip';
import { registerDimming, treeItem } from './tree-items';
import { buildTree } from './tree-model';
import type { ViewOptions } from './view-options';

/** What the view borrows. */
export interface ModelsViewPorts {
  readonly playground: Pick<Playground, 'catalog' | 'personal' | 'onDidChangePersonal' | 'connection'>;
  readonly options: ViewOptions;
  /** `YYYY-MM-DD`. */
  readonly today: () => string;
}

/** The view, as commands use it. */
export interface ModelsView extends Disposable {
  /** Selects a model, if the view is visible and shows it. */
  reveal(modelId: string): Promise<void>;
}

/** Why the view is empty, for its welcome texts; or `shown`. */
type ModelsState = 'shown' | 'filtered-out' | 'none';

/** Creates the view. It reads nothing before it is visible. */
export function createModelsView({ playground, options, today }: ModelsViewPorts): ModelsView {
  const { catalog } = playground;
  const rows = createRows();
  const changed = new vscode.EventEmitter<Row | Row[] | undefined>();
  const query = () => ({ ...options.filter, sort: options.sort });
  let index: ModelIndex<CatalogModel> = createIndex([]);
  let indexed: readonly CatalogModel[] = [];
  /** Settles when there is something to draw; undefined before anyone looked. */
  let loaded: Promise<void> | undefined;
  let built = false;
  /** A live list had been read when the tree was built. */
  let live = false;
  /** Something changed while nobody looked. */
  let stale = false;
  let state: ModelsState | undefined;

  const provider: vscode.TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event,
    async getChildren(row) {
      await (loaded ??= load());
      if (!built) rebuild();
      return [...rows.childrenOf(row)];
    },
    getParent: (row) => rows.parentOf(row),
    getTreeItem: (row) => treeItem(row, { live, query: query() }),
    resolveTreeItem(item, { node }) {
      if (node.kind === 'model') {
        const simulated = playground.connection.info.kind === 'simulator';
        item.tooltip = new vscode.MarkdownString(tooltipMarkdown(node, catalog.status, simulated));
      }
      return item;
    },
  };
  const view = vscode.window.createTreeView(MODELS_VIEW, { treeDataProvider: provider, showCollapseAll: true });

  async function load(): Promise<void> {
    await catalog.load();
    showProgress();
    follow();
  }

  /** Live lists, if they are due. Nothing waits for the simulator's start or a slow network. */
  function follow(): void {
    void playground.connection.warm().then(() => catalog.follow());
  }

  /** Builds the tree anew and answers with the rows that look different. */
  function rebuild(): readonly Row[] | 'all' {
    built = true;
    stale = false;
    live = hasLive(catalog.status.sources);
    if (indexed !== catalog.models) {
      indexed = catalog.models;
      index = createIndex(indexed);
    }
    const { personal } = playground;
    const tree = buildTree({ index, personal, grouping: options.grouping, query: query(), today: today() });
    describe();
    return rows.replace(tree);
  }

  function describe(): void {
    const shown = searchModels(index, { ...options.filter, text: '' }, { today: today() }).length;
    const next = shown > 0 ? 'shown' : indexed.length > 0 ? 'filtered-out' : 'none';
    // With a message VS Code would not show the welcome text.
    view.message = shown > 0 ? viewMessage(options.filter, catalog.status, { shown, all: indexed.length }) : '';
    if (next === state) return;
    state = next;
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.state, next);
  }

  /** Draws what changed; while nobody looks it only remembers that something did. */
  function update(all = false): void {
    stale = !view.visible;
    if (!built || stale) return;
    const different = rebuild();
    if (all || different === 'all') changed.fire(undefined);
    else if (different.length > 0) changed.fire([...different]);
  }

  /** The bar at the top of the view, for as long as the catalog is refreshing. */
  let refreshing: PromiseWithResolvers<void> | undefined;
  function showProgress(): void {
    if (catalog.status.refreshing === (refreshing !== undefined)) return;
    refreshing?.resolve();
    refreshing = undefined;
    if (!catalog.status.refreshing) return;
    const { promise } = (refreshing = Promise.withResolvers<void>());
    void vscode.window.withProgress({ location: { viewId: MODELS_VIEW } }, () => promise);
  }

  const subscriptions: Disposable[] = [
    registerDimming(),
    changed,
    view,
    catalog.onDidChange(() => {
      if (loaded !== undefined) showProgress();
      // Every row says whether its model is confirmed.
      update(hasLive(catalog.status.sources) !== live);
    }),
    playground.onDidChangePersonal(() => update()),
    options.onDidChange(() => update(true)),
    view.onDidChangeVisibility(({ visible }) => {
      if (!visible || !built) return;
      if (stale) update(true);
      follow();
    }),
  ];

  return {
    async reveal(modelId) {
      if (!view.visible) return;
      const row = rows.rowOf(modelId);
      if (row !== undefined) await view.reveal(row, { select: true, focus: false });
    },
    dispose() {
      refreshing?.resolve();
      for (const subscription of subscriptions.reverse()) subscription.dispose();
    },
  };
}
