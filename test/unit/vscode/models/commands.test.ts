import { beforeEach, describe, expect, it, vi } from 'vitest';
import { COMMANDS } from '../../../../src/vscode/ids';
import { createIndex } from '../../../../src/core/catalog/search';
import { findItems } from '../../../../src/vscode/models/find-items';
import { registerModelCommands } from '../../../../src/vscode/models/commands';
import type { Row } from '../../../../src/vscode/models/rows';
import { createViewOptions } from '../../../../src/vscode/models/view-options';
import { cancellation, clipboard, commands, fakeVscode, made, resetFake } from '../fake-vscode';
import { entry, fakePlayground, MODELS, TODAY } from './fake-catalog';

vi.mock('vscode', async () => (await import('../fake-vscode')).fakeVscode);

const GLM = '@cf/zai-org/glm-4.7-flash';

let fake: ReturnType<typeof fakePlayground>;
let options: ReturnType<typeof createViewOptions>;
let registered: { dispose(): void };
const log: string[] = [];

beforeEach(() => {
  resetFake();
  log.length = 0;
  fake = fakePlayground();
  options = createViewOptions({ get: () => undefined, update: () => Promise.resolve(), keys: () => [] });
  registered = registerModelCommands({
    playground: fake.playground,
    panel: { show: () => void fake.calls.push('show'), dispose() {} },
    view: { reveal: (id) => Promise.resolve(void fake.calls.push(`reveal ${id}`)) },
    options,
    gatewayId: () => 'mine',
    today: () => TODAY,
    log: { info() {}, warn() {}, error: (text) => void log.push(text) },
    showLog() {},
  });
});

const run = async (id: string, ...args: unknown[]): Promise<any> => commands.get(id)?.(...args);
const modelOf = (id: string) => MODELS.find((model) => model.id === id)!;
/** A row of the tree, as its menus hand it over. */
const row = (id: string): Row => ({
  node: {
    kind: 'model',
    id: `x/${id}`,
    modelId: id,
    model: modelOf(id),
    lifecycle: 'current',
    favourite: false,
    tellsProvider: false,
  },
});
/** Waits for the quick pick that a command opens. */
async function picker() {
  await vi.waitFor(() => expect(made.pickers.at(-1)?.items.length).toBeGreaterThan(0));
  return made.pickers.at(-1)!;
}

describe('commands about a model', () => {
  it('ask nothing when the argument names it', async () => {
    expect(await run(COMMANDS.openModelPage, { modelId: GLM })).toBe(GLM);
    expect(await run(COMMANDS.compareModel, { modelId: GLM })).toBe(GLM);
    expect(fake.calls.filter((call) => call !== 'load')).toEqual(['show', `page ${GLM}`, 'show', `column ${GLM}`]);
    expect(await run(COMMANDS.copyModelId, { modelId: GLM })).toBe(GLM);
    expect(clipboard.text).toBe(GLM);
    expect(await run(COMMANDS.openModelTerms, { modelId: GLM })).toBe('https://z.ai/terms');
    expect(fakeVscode.env.openExternal).toHaveBeenCalledTimes(1);
    expect(made.pickers).toEqual([]);
  });

  it('take the row whose menu called', async () => {
    await run(COMMANDS.copyModelId, row('openai/gpt-image'), []);
    expect(clipboard.text).toBe('openai/gpt-image');
  });

  it('ask for the model otherwise, with the search of the picker', async () => {
    const copied = run(COMMANDS.copyModelId);
    const pick = await picker();
    pick.type('glm flsh');
    expect(pick.items[0]).toMatchObject({ modelId: GLM, alwaysShow: true });
    expect(pick.items[0].buttons).toBeUndefined();
    pick.accept(0);
    expect(await copied).toBe(GLM);
    expect(pick.disposed).toBe(true);
    expect(fake.listeners).toBe(0);
  });

  it('reject with a code, and for a row say it instead', async () => {
    const codes = [
      [COMMANDS.copyModelId, { modelId: 'no/such' }, 'unknown-model'],
      [COMMANDS.copyModelId, { modelId: 7 }, 'bad-argument'],
      [COMMANDS.copyModelId, 'text', 'bad-argument'],
      [COMMANDS.openModelTerms, { modelId: 'openai/gpt-image' }, 'no-terms'],
      [COMMANDS.toggleFavourite, { modelId: GLM, favourite: 'yes' }, 'bad-argument'],
      [COMMANDS.filterModels, { task: 'juggling' }, 'bad-argument'],
      [COMMANDS.filterModels, { capabilities: ['tools', 'flying'] }, 'bad-argument'],
      [COMMANDS.filterModels, { maxPriceUsd: -1 }, 'bad-argument'],
      [COMMANDS.filterModels, { minContext: Number.NaN }, 'bad-argument'],
      [COMMANDS.sortModels, { sort: 'toString' }, 'bad-argument'],
    ] as const;
    for (const [command, args, code] of codes) await expect(run(command, args)).rejects.toMatchObject({ code });
    expect(fakeVscode.window.showErrorMessage).not.toHaveBeenCalled();
    expect(log).toHaveLength(codes.length);

    await run(COMMANDS.openModelTerms, row('openai/gpt-image'));
    expect(fakeVscode.window.showErrorMessage).toHaveBeenCalledWith('No licence or terms are known for GPT Image.');
  });

  it('opens terms only where they are https', async () => {
    for (const termsUrl of ['http://z.ai/terms', 'file:///etc/passwd', 'command:evil', 'terms']) {
      fake.setCatalog({ models: [{ ...modelOf(GLM), termsUrl }] });
      await expect(run(COMMANDS.openModelTerms, { modelId: GLM })).rejects.toMatchObject({ code: 'no-terms' });
    }
    expect(fakeVscode.env.openExternal).not.toHaveBeenCalled();
  });

  it('keep and drop favourites, and answer with what holds now', async () => {
    expect(await run(COMMANDS.toggleFavourite, { modelId: GLM })).toBe(true);
    expect(await run(COMMANDS.toggleFavourite, { modelId: GLM, favourite: true })).toBe(true);
    await run(COMMANDS.addFavourite, row('openai/gpt-image'));
    expect(fake.playground.personal.favourites).toEqual(['openai/gpt-image', GLM]);
    expect(await run(COMMANDS.removeFavourite, { modelId: GLM })).toBe(false);
    expect(await run(COMMANDS.toggleFavourite, row('openai/gpt-image'))).toBe(false);
    expect(fake.playground.personal.favourites).toEqual([]);
  });

  it('copy the call for a Worker, through the gateway of the settings', async () => {
    await run(COMMANDS.useModelInWorker, { modelId: GLM });
    expect(clipboard.text).toContain(`await env.AI.run("${GLM}"`);
    expect(clipboard.text).toContain('{ gateway: { id: "mine" } }');
  });
});

describe('find model', () => {
  it('begins with the given text, opens the page of what is chosen and answers with its id', async () => {
    const found = run(COMMANDS.findModel, { query: 'lama 4' });
    const pick = await picker();
    expect(pick.value).toBe('lama 4');
    expect(pick.items[0].modelId).toBe('meta-llama/llama-4');
    pick.accept(0);
    expect(await found).toBe('meta-llama/llama-4');
    expect(fake.calls.slice(-3)).toEqual(['reveal meta-llama/llama-4', 'show', 'page meta-llama/llama-4']);
  });

  it('shows favourites and recently used first while nothing is typed, each model once', async () => {
    fake.setPersonal({ favourites: [GLM], recent: [GLM, 'openai/gpt-image'] });
    void run(COMMANDS.findModel);
    const { items } = await picker();
    expect(items.map((item) => item.modelId ?? item.label)).toEqual([
      'Favourites',
      GLM,
      'Recently used',
      'openai/gpt-image',
      'All models',
      '@cf/meta/llama-3.1-8b',
      'meta-llama/llama-4',
      'openai/gpt-old',
    ]);
  });

  it('draws no icon that a server writes into a name', async () => {
    const { label, description } = findItems({
      index: createIndex([entry('a/b', { name: 'Odd $(trash) name' })]),
      personal: { favourites: [], recent: [], measured: {} },
      text: '',
      today: '2026-11-22',
      live: false,
      buttons: false,
    }).find(({ modelId }) => modelId === 'a/b') as { label: string; description: string };
    expect(`${label} ${description}`.match(/(?<!\\)\$\(/g)).toHaveLength(1);
  });

  it('leaves the order to our search', async () => {
    void run(COMMANDS.findModel);
    expect((await picker()) as { sortByLabel?: boolean }).toMatchObject({ sortByLabel: false });
  });

  it('has buttons: those that leave close it, those that keep leave it open', async () => {
    const found = run(COMMANDS.findModel);
    const pick = await picker();
    const press = (action: string) => {
      const item = pick.items.find(({ modelId }) => modelId === GLM);
      pick.events.onDidTriggerItemButton.fire({ item, button: item.buttons.find((b: any) => b.action === action) });
    };
    press('favourite');
    expect(fakeVscode.commands.executeCommand).toHaveBeenCalledWith(COMMANDS.toggleFavourite, { modelId: GLM });
    press('copy');
    expect(fakeVscode.commands.executeCommand).toHaveBeenCalledWith(COMMANDS.copyModelId, { modelId: GLM });
    expect(pick.disposed).toBe(false);
    press('compare');
    expect(fakeVscode.commands.executeCommand).toHaveBeenCalledWith(COMMANDS.compareModel, { modelId: GLM });
    expect(await found).toBeUndefined();
    expect(pick.disposed).toBe(true);
    expect(fakeVscode.window.showErrorMessage).not.toHaveBeenCalled();
  });

  it('tells a person why a button did nothing', async () => {
    void run(COMMANDS.findModel);
    const pick = await picker();
    const item = pick.items.find(({ modelId }) => modelId === GLM);
    const button = item.buttons.find(({ action }: any) => action === 'compare');
    fakeVscode.commands.executeCommand.mockImplementationOnce(() => Promise.reject(new Error('There are 12 columns.')));
    pick.events.onDidTriggerItemButton.fire({ item, button });
    await vi.waitFor(() => expect(fakeVscode.window.showErrorMessage).toHaveBeenCalledWith('There are 12 columns.'));
  });

  it('tells a script that the user backed out', async () => {
    const found = run(COMMANDS.findModel, { query: 'glm' });
    const pick = await picker();
    pick.events.onDidHide.fire();
    await expect(found).rejects.toMatchObject({ code: 'cancelled' });
    expect(log).toEqual([]);
  });

  it('answers a script that names the model without showing anything', async () => {
    expect(await run(COMMANDS.findModel, { modelId: GLM })).toBe(GLM);
    expect(made.pickers).toEqual([]);
    expect(fake.calls).not.toContain('show');
  });
});

describe('refresh catalog', () => {
  it('answers with figures, and tells a person', async () => {
    expect(await run(COMMANDS.refreshCatalog, {})).toEqual({ models: 5, added: 1, removed: 0 });
    expect(fakeVscode.window.showInformationMessage).not.toHaveBeenCalled();
    await run(COMMANDS.refreshCatalog);
    expect(fakeVscode.window.showInformationMessage).toHaveBeenCalledWith('The catalog has 5 models: 1 new, 0 gone.');
    expect(fakeVscode.window.withProgress.mock.calls[0]?.[0]).toMatchObject({ cancellable: true });
  });

  it('can be cancelled', async () => {
    const { catalog } = fake.playground;
    catalog.refresh = (signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(Object.assign(new Error('Cancelled.'), { code: 'cancelled' })));
      });
    const refreshed = run(COMMANDS.refreshCatalog, {});
    await vi.waitFor(() => expect(cancellation.listeners).toBe(1));
    cancellation.fire();
    await expect(refreshed).rejects.toMatchObject({ code: 'cancelled' });
    expect(cancellation.listeners).toBe(0);
  });

  it('offers to try again when it failed', async () => {
    fake.playground.catalog.refresh = () =>
      Promise.reject(Object.assign(new Error('No network.'), { code: 'network' }));
    await run(COMMANDS.refreshCatalog);
    expect(fakeVscode.window.showErrorMessage).toHaveBeenCalledWith('No network.', 'Try Again', 'Show Log');
  });
});

describe('filter and sort', () => {
  it('take an argument without asking, the provider in any of its spellings', async () => {
    expect(await run(COMMANDS.filterModels, { provider: 'Meta-Llama', minContext: 100_000 })).toBe(1);
    expect(options.filter).toEqual({ provider: 'meta', minContext: 100_000 });
    await run(COMMANDS.clearModelFilter);
    expect(options.filter).toEqual({});
    expect(await run(COMMANDS.sortModels, { sort: 'context' })).toBe('context');
    expect(options.sort).toBe('context');
    await run(COMMANDS.groupModelsByTask);
    expect(options.grouping).toBe('task');
    await run(COMMANDS.groupModelsByProvider);
    expect(options.grouping).toBe('provider');
    expect(fakeVscode.window.showQuickPick).not.toHaveBeenCalled();
  });

  it('applies each answer at once and ends when the user is done', async () => {
    const { showQuickPick } = fakeVscode.window;
    const choose = (label: string) =>
      showQuickPick.mockImplementationOnce(async (items: any[]) => items.find((item) => item.label.includes(label)));
    choose('Task');
    choose('Text generation');
    choose('Capabilities');
    showQuickPick.mockImplementationOnce(async (items: any[]) => items.filter((item) => item.label === 'Tools'));
    choose('Hide retired');
    // Backing out of one question leaves the others.
    choose('Price');
    showQuickPick.mockResolvedValueOnce(undefined);
    choose('Done');
    expect(await run(COMMANDS.filterModels)).toBe(1);
    expect(options.filter).toEqual({ task: 'text-generation', capabilities: ['tools'], hideRetired: true });
    expect(showQuickPick.mock.calls.at(-1)?.[0][0].label).toBe('$(check) Done: 1 of 5 models');
    expect(showQuickPick.mock.calls.at(-1)?.[0][1]).toMatchObject({ label: 'Task', description: 'Text generation' });
  });

  it('asks for an order', async () => {
    fakeVscode.window.showQuickPick.mockImplementationOnce(async (items: any[]) =>
      items.find((item) => item.label.startsWith('Price')),
    );
    expect(await run(COMMANDS.sortModels)).toBe('price');
    expect(options.sort).toBe('price');
  });
});

it('all are registered, and go with what registered them', () => {
  const others: string[] = [
    ...[COMMANDS.openPlayground, COMMANDS.connect, COMMANDS.disconnect],
    ...[COMMANDS.addAiBinding, COMMANDS.newWorkerProject, COMMANDS.undoScaffold],
    ...[COMMANDS.newCogProject, COMMANDS.adoptCogProject, COMMANDS.packageCogModel],
    ...[COMMANDS.runCogModel, COMMANDS.addCogModel, COMMANDS.checkCogProject],
  ];
  expect([...commands.keys(), ...others].toSorted()).toEqual(Object.values(COMMANDS).toSorted());
  registered.dispose();
  expect([...commands.keys()]).toEqual([]);
});
