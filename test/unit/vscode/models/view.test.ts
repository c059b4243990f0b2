import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CatalogModel } from '../../../../src/core/catalog/entry';
import { CONTEXT_KEYS } from '../../../../src/vscode/ids';
import type { Row } from '../../../../src/vscode/models/rows';
import { createModelsView } from '../../../../src/vscode/models/view';
import { createViewOptions } from '../../../../src/vscode/models/view-options';
import { contextKeys, fakeVscode, made, resetFake } from '../fake-vscode';
import { entry, fakePlayground, LIVE, MODELS, OFFLINE, TODAY } from './fake-catalog';

vi.mock('vscode', async () => (await import('../fake-vscode')).fakeVscode);

beforeEach(resetFake);

/** What VS Code remembers for us. */
function memento() {
  const values = new Map<string, unknown>();
  return {
    get: (key: string, fallback?: unknown) => values.get(key) ?? fallback,
    update: (key: string, value: unknown) => Promise.resolve(void values.set(key, value)),
    keys: () => [...values.keys()],
  } as never;
}

function open(models?: readonly CatalogModel[], remembered = memento()) {
  const fake = fakePlayground(models);
  const options = createViewOptions(remembered);
  const view = createModelsView({ playground: fake.playground, options, today: () => TODAY });
  const tree = made.trees.at(-1)!;
  const provider = tree.options.treeDataProvider;
  /** What was drawn again; `undefined` is everything. */
  const drawn: (readonly string[] | undefined)[] = [];
  provider.onDidChangeTreeData((rows: readonly Row[] | undefined) => drawn.push(rows?.map(({ node }) => node.id)));
  const children = async (row?: Row): Promise<Row[]> => provider.getChildren(row);
  return {
    ...fake,
    listeners: () => fake.listeners,
    options,
    view,
    tree,
    provider,
    drawn,
    children,
    item: (row: Row) => provider.getTreeItem(row),
    /** The rows below a group, by its id. */
    async below(id: string): Promise<Row[]> {
      const group = (await children()).find(({ node }) => node.id === id);
      return group === undefined ? [] : children(group);
    },
    async look() {
      tree.setVisible(true);
      return children();
    },
  };
}

describe('the Models view', () => {
  it('reads nothing before anyone looks', async () => {
    const { calls, look } = open();
    expect(calls).toEqual([]);
    await look();
    // What costs time or needs a network comes after the first picture.
    await vi.waitFor(() => expect(calls).toEqual(['load', 'warm', 'follow']));
  });

  it('draws a model with price, context and what to beware of, and says it all to a screen reader', async () => {
    const { look, below, item, setPersonal } = open();
    await look();
    setPersonal({ favourites: ['@cf/meta/llama-3.1-8b'] });
    const [llama, unconfirmed] = (await below('provider:meta')).map(item);
    expect(llama).toMatchObject({
      label: 'Llama 3.1 8B',
      description: '$1 / $2 · 32k',
      contextValue: 'model favourite',
      iconPath: { id: 'comment-discussion' },
      accessibilityInformation: { label: 'Llama 3.1 8B, favourite, Meta, Text generation, $1 / $2, 32k' },
    });
    expect(unconfirmed.description).toBe('$1 / $2 · 1M · not confirmed');
    const [glm] = (await below('provider:zai-org')).map(item);
    expect(glm.contextValue).toBe('model other terms');
    const [, old] = (await below('provider:openai')).map(item);
    expect(old).toMatchObject({ description: 'retired · no price known', iconPath: { id: 'circle-slash' } });
    // Only what is retired is dimmed.
    expect([llama.resourceUri, old.resourceUri?.scheme]).toEqual([undefined, 'unified-inference-model']);
  });

  it('tells whose model it is where the group does not', async () => {
    const { look, below, item, options, setPersonal } = open();
    await look();
    setPersonal({ favourites: ['openai/gpt-image'] });
    const description = async (group: string) => item((await below(group))[0]!).description;
    expect(await description('favourites')).toBe('$0.04 per image · OpenAI');
    options.setGrouping('task');
    expect(await description('task:text-to-image')).toBe('$0.04 per image · OpenAI');
    options.setGrouping('provider');
    expect(await description('provider:openai')).toBe('$0.04 per image');
  });

  it('draws groups with their size, favourites open and the others closed', async () => {
    const { look, setPersonal, children, item } = open();
    await look();
    setPersonal({ favourites: ['openai/gpt-image'], recent: ['openai/gpt-image'] });
    expect((await children()).map(item).map((i) => [i.label, i.description, i.collapsibleState])).toEqual([
      ['Favourites', '1', 2],
      ['Recently used', '1', 2],
      ['Meta', '2', 1],
      ['OpenAI', '2', 1],
      ['Z.ai', '1', 1],
    ]);
  });

  it('draws only the rows that changed, and keeps their objects', async () => {
    const { look, below, setPersonal, setCatalog, drawn } = open();
    await look();
    const [before] = await below('provider:meta');
    setCatalog({ models: [...MODELS] });
    expect(drawn).toEqual([]);
    setCatalog({
      models: MODELS.map((model) => (model.name === 'Llama 4' ? { ...model, contextWindow: 8_000 } : model)),
    });
    expect(drawn).toEqual([['provider:meta/meta-llama/llama-4']]);
    setCatalog({ models: [...MODELS, entry('openai/gpt-new')] });
    expect(drawn.slice(1)).toEqual([['provider:meta/meta-llama/llama-4', 'provider:openai']]);
    // A new group changes the top.
    setPersonal({ recent: ['meta-llama/llama-4'] });
    expect(drawn.at(-1)).toBeUndefined();
    expect((await below('provider:meta'))[0]).toBe(before);
  });

  it('does not draw a closed group for a change of a row that it never showed', async () => {
    const { look, setPersonal, drawn } = open();
    await look();
    setPersonal({ measured: { 'meta-llama/llama-4': { runs: 1, ttft: 0.4 } } });
    expect(drawn).toEqual([]);
  });

  it('catches up with what happened while it was hidden', async () => {
    const { look, tree, setPersonal, children, drawn } = open();
    await look();
    tree.setVisible(false);
    setPersonal({ favourites: ['openai/gpt-image'] });
    expect(drawn).toEqual([]);
    tree.setVisible(true);
    expect(drawn).toEqual([undefined]);
    expect((await children())[0]?.node.id).toBe('favourites');
  });

  it('says above the tree what it leaves out and how far to trust the list', async () => {
    const { look, tree, options, setCatalog } = open();
    await look();
    expect(tree.message).toBe('');
    options.setFilter({ task: 'text-generation', maxPriceUsd: 5, minContext: 32_000 });
    expect(tree.message).toBe('Filtered: Text generation, up to $5, context from 32k (2 of 5 models).');
    options.setFilter({});
    setCatalog({ status: OFFLINE });
    expect(tree.message).toBe('Bundled list of 2026-10, not confirmed on your account.');
  });

  it('calls no model unconfirmed when no live list was read, and draws all again once one was', async () => {
    const { look, below, item, setCatalog, drawn } = open();
    setCatalog({ status: OFFLINE });
    await look();
    const [, row] = await below('provider:meta');
    expect(item(row!).description).toBe('$1 / $2 · 1M');
    setCatalog({ status: LIVE });
    expect(drawn).toEqual([undefined]);
    expect(item(row!).description).toBe('$1 / $2 · 1M · not confirmed');
  });

  it('tells its welcome texts why it is empty, with no message in their way', async () => {
    const { look, tree, options, setCatalog } = open();
    await look();
    expect(contextKeys.get(CONTEXT_KEYS.state)).toBe('shown');
    options.setFilter({ minContext: 5_000_000 });
    expect([contextKeys.get(CONTEXT_KEYS.state), tree.message]).toEqual(['filtered-out', '']);
    expect(contextKeys.get(CONTEXT_KEYS.filtered)).toBe(true);
    setCatalog({ models: [] });
    expect(contextKeys.get(CONTEXT_KEYS.state)).toBe('none');
  });

  it('remembers grouping and order, and no filter', async () => {
    const remembered = memento();
    const first = open(MODELS, remembered);
    first.options.setGrouping('task');
    first.options.setSort('price');
    first.options.setFilter({ hosting: 'hosted' });
    const second = open(MODELS, remembered);
    expect(second.options).toMatchObject({ grouping: 'task', sort: 'price', filter: {} });
    expect(contextKeys.get(CONTEXT_KEYS.grouping)).toBe('task');
    expect((await second.look()).map(({ node }) => node.id)).toEqual(['task:text-generation', 'task:text-to-image']);
  });

  it('shows progress in the view for as long as the catalog is refreshing', async () => {
    const { look, setCatalog } = open();
    await look();
    setCatalog({ status: { ...LIVE, refreshing: true } });
    setCatalog({ status: { ...LIVE, refreshing: true } });
    expect(fakeVscode.window.withProgress).toHaveBeenCalledTimes(1);
    const shown = fakeVscode.window.withProgress.mock.results[0]?.value as Promise<unknown>;
    setCatalog({ status: LIVE });
    await expect(shown).resolves.toBeUndefined();
  });

  it('makes the tooltip when someone points at a row', async () => {
    const { look, below, provider, item } = open();
    await look();
    const [row] = await below('provider:meta');
    const drawn = item(row!);
    expect(drawn.tooltip).toBeUndefined();
    expect(provider.resolveTreeItem(drawn, row).tooltip.value).toContain('**Llama 3\\.1 8B**');
  });

  it('selects a model in its own group rather than among favourites, if it is visible', async () => {
    const { look, view, tree, setPersonal } = open();
    setPersonal({ favourites: ['openai/gpt-image'] });
    await view.reveal('openai/gpt-image');
    expect(tree.revealed).toEqual([]);
    await look();
    await view.reveal('openai/gpt-image');
    await view.reveal('gone/model');
    expect(tree.revealed).toMatchObject([{ node: { id: 'provider:openai/openai/gpt-image' } }]);
  });

  it('leaves nothing behind', async () => {
    const fake = open();
    await fake.look();
    expect(fake.listeners()).toBe(2);
    fake.view.dispose();
    expect(fake.listeners()).toBe(0);
    expect(made.trees).toEqual([]);
  });
});
