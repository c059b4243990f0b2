import { beforeEach, describe, expect, it, vi } from 'vitest';
import { newWorkerProject } from '../../../../src/vscode/scaffold/new-worker';
import { scaffoldPorts } from './fake-playground';
import { fakeVscode, prompts, resetPrompts } from './fake-prompts';
import { diskText, fake, FakeUri, putFile, tree } from './fake-workspace';

vi.mock('vscode', async () => (await import('./fake-prompts')).fakeVscode);

const { showErrorMessage, showInformationMessage, showOpenDialog, showWarningMessage } = fakeVscode.window;
const uri = (path: string) => FakeUri.file(path);
const texts = () => prompts.seen.map(({ text }) => text);

let ports = scaffoldPorts();
const run = (args?: unknown) => newWorkerProject(args, ports);

/** Everything that can be said. */
const FULL = {
  parent: uri('/work'),
  name: 'talks',
  template: 'streaming-chat',
  models: ['openai/shown', '@cf/a/zebra'],
  gatewayId: 'gate',
  binding: 'BRAIN',
  extras: ['tests'],
};

/** Questions of a project for chat. */
const TEMPLATE = 'What should it do?';
const NAME = 'Name of the Worker and of its folder';
const MODEL = 'Model for: Text generation';
const FALLBACK = 'Model to fall back on when those before it have no capacity';
const BINDING = 'Name of the AI binding: code says env.<name>';
const GATEWAY = 'AI Gateway that calls go through; "default" is made when it is first used';
const EXTRAS = 'What else goes into it?';

beforeEach(() => {
  resetPrompts();
  ports = scaffoldPorts();
  fake.folders = [{ uri: uri('/work') }];
  putFile('/work/notes.txt', 'mine');
});

describe('by an argument object', () => {
  it('asks nothing, writes the project into its folder, and answers with its files', async () => {
    const { created, applied, conflicts } = await run({ ...FULL, apply: true });
    expect([applied, conflicts]).toEqual([true, []]);
    expect(Object.keys(tree('/work/talks'))).toEqual([...created].sort());
    expect(created).toEqual(expect.arrayContaining(['wrangler.jsonc', 'package.json', 'src/index.ts', 'README.md']));
    expect(prompts.seen).toEqual([]);
    expect(fake.previewed).toEqual([]);
    expect([showInformationMessage.mock.calls, showWarningMessage.mock.calls]).toEqual([[], []]);
  });

  it('brings models in their order with their parameters, gateway, metadata and binding into the code', async () => {
    await run({ ...FULL, apply: true });
    const models = diskText('/work/talks/src/models.ts') ?? '';
    expect(models.indexOf('openai/shown')).toBeGreaterThan(0);
    expect(models.indexOf('@cf/a/zebra')).toBeGreaterThan(models.indexOf('openai/shown'));
    expect(models).toContain('77');
    const config = diskText('/work/talks/wrangler.jsonc') ?? '';
    for (const part of ['"talks"', '"BRAIN"', '"gate"']) expect(config).toContain(part);
    expect(Object.values(tree('/work/talks')).join('')).toContain('team');
  });

  it('leaves out metadata that the gateway refuses', async () => {
    const metadata = { team: 'shop', 'cf.secret': 'no' };
    ports = { ...scaffoldPorts(), settings: () => ({ gatewayId: 'mine', metadata }) };
    await run({ ...FULL, apply: true });
    const text = Object.values(tree('/work/talks')).join('');
    expect(text).toContain('team');
    expect(text).not.toContain('cf.secret');
  });

  it('never dates a project later than the runtime of its tests', async () => {
    await run({ ...FULL, apply: true });
    expect(diskText('/work/talks/wrangler.jsonc')).toContain('"compatibility_date": "2026-10-06"');
  });

  it.each([
    ['toml', 'wrangler.toml'],
    ['json', 'wrangler.json'],
  ])('writes its configuration as %s when asked', async (format, file) => {
    expect((await run({ ...FULL, format, apply: false })).created).toContain(file);
  });

  it('only plans with apply: false, and previews without it', async () => {
    expect(await run({ ...FULL, apply: false })).toMatchObject({ applied: false });
    fake.preview = () => undefined;
    expect(await run(FULL)).toMatchObject({ created: [], applied: false });
    expect(fake.previewed).toHaveLength(1);
    expect(tree('/work')).toEqual({ 'notes.txt': 'mine' });
  });

  it('uses the package manager of the folder around it', async () => {
    putFile('/work/package.json', '{ "packageManager": "pnpm@10.0.0" }');
    showInformationMessage.mockResolvedValueOnce('Install');
    prompts.replies.push(...Array.from({ length: 8 }, () => 'enter' as const));
    await run();
    await vi.waitFor(() => expect(prompts.terminals[0]?.lines).toEqual(['pnpm install']));
  });

  it.each([
    ['bad-argument', { template: 'nothing' }],
    ['bad-argument', { extras: ['tests', 'wings'] }],
    ['bad-argument', { models: 'openai/shown' }],
    ['bad-argument', { format: 'yaml' }],
    ['bad-argument', { parent: 3 }],
    ['unknown-model', { models: ['@cf/no/where'] }],
    ['bad-name', { name: '../up' }],
    ['bad-name', { name: 'a b' }],
    ['bad-name', { name: 'Ünïcode' }],
    ['bad-name', { name: 'a.b' }],
    ['bad-binding', { binding: 'my-ai' }],
  ])('refuses with code %s: %j', async (code, wrong) => {
    await expect(run({ ...FULL, apply: true, ...wrong })).rejects.toMatchObject({ code });
    expect(tree('/work')).toEqual({ 'notes.txt': 'mine' });
    expect(prompts.seen).toEqual([]);
  });

  it('never writes over what is there', async () => {
    putFile('/work/talks/package.json', '{}');
    const { conflicts, applied } = await run({ ...FULL, apply: true });
    expect([conflicts.map(({ path }) => path), applied]).toEqual([['package.json'], false]);
    expect(tree('/work/talks')).toEqual({ 'package.json': '{}' });
    expect(showErrorMessage).not.toHaveBeenCalled();
  });
});

describe('by hand', () => {
  it('asks for everything, step by step, with something good to begin with', async () => {
    prompts.replies.push(...Array.from({ length: 7 }, () => 'enter' as const));
    expect(await run()).toMatchObject({ applied: true });
    expect(texts()).toEqual([TEMPLATE, NAME, MODEL, FALLBACK, BINDING, GATEWAY, EXTRAS]);
    // How many they are is known from the first on.
    expect(prompts.seen.map(({ title }) => title)).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((step) => `New AI Worker Project (${step}/7)`),
    );
    expect(prompts.seen.map(({ value }) => value).filter((value) => value !== '')).toEqual([
      'streaming-chat',
      'AI',
      'mine',
    ]);
    expect(prompts.seen.at(-1)?.ticked).toEqual(['Tests']);
    expect(Object.keys(tree('/work/streaming-chat')).length).toBeGreaterThan(8);
  });

  it('offers models of the task that are not deprecated: those that are shown, then liked ones, a good one, the rest', async () => {
    prompts.replies.push(
      'enter',
      'enter',
      { choose: 'Liked' },
      { choose: 'Zebra' },
      { choose: 'Aardvark' },
      ...more(3),
    );
    await run();
    const [first, second, third] = prompts.seen.filter(({ text }) => text === MODEL || text === FALLBACK);
    expect(first?.items.slice(0, 3)).toEqual(['Shown', 'Liked', 'GLM']);
    expect(first?.items.slice(3).toSorted()).toEqual(['Aardvark', 'Zebra']);
    expect(first?.descriptions[0]).toContain('openai/shown');
    expect(first?.descriptions[0]).toContain('needs Workers Paid');
    expect(first?.descriptions[1]).not.toContain('needs Workers Paid');
    const without = (...names: string[]) => [
      'No Fallback',
      ...(first?.items ?? []).filter((item) => !names.includes(item)),
    ];
    expect(second?.items).toEqual(without('Liked'));
    expect(third?.items).toEqual(without('Liked', 'Zebra'));
    const models = diskText('/work/streaming-chat/src/models.ts') ?? '';
    const at = ['liked', 'zebra', 'aardvark'].map((name) => models.indexOf(`@cf/a/${name}`));
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(Math.min(...at)).toBeGreaterThan(0);
  });

  it('offers what was chosen as a fallback again when the model before it is chosen anew', async () => {
    prompts.replies.push('enter', 'enter', { choose: 'Liked' }, { choose: 'Zebra' }, 'back', 'back');
    prompts.replies.push({ choose: 'Zebra' }, { choose: 'No Fallback' }, ...more(3));
    await run();
    const models = diskText('/work/streaming-chat/src/models.ts');
    expect(models).toContain('@cf/a/zebra');
    expect(models).not.toContain('@cf/a/liked');
  });

  it('forgets the models of a template that is given up for one without', async () => {
    prompts.replies.push('enter', 'enter', { choose: 'Zebra' }, 'back', 'back', 'back');
    prompts.replies.push({ choose: 'Custom model' }, ...more(4));
    expect(await run()).toMatchObject({ applied: true });
    expect(Object.values(tree('/work/custom-model')).join('')).not.toContain('@cf/a/zebra');
  });

  it('begins the next time with what was chosen the last time', async () => {
    const templates = { choose: 'Image generation' };
    prompts.replies.push(templates, 'enter', 'enter', { type: 'EYE' }, { type: 'gate' }, { tick: [] });
    await run();
    prompts.seen.length = 0;
    prompts.replies.push(...more(6));
    await run();
    expect(prompts.seen[0]?.active).toBe('Image generation');
    expect(prompts.seen.slice(1).map(({ value }) => value)).toEqual(['image-generation-2', '', 'EYE', 'gate', '']);
    expect(prompts.seen.at(-1)?.ticked).toEqual([]);
  });

  it('leaves the models to the template where the catalog has none of the task', async () => {
    prompts.replies.push({ choose: 'Embeddings search' }, ...more(5));
    expect(await run()).toMatchObject({ applied: true });
    expect(prompts.seen[2]).toMatchObject({ items: ['What the Template Uses'], descriptions: ['@cf/baai/bge-m3'] });
    expect(diskText('/work/embeddings-search/src/models.ts')).toContain('@cf/baai/bge-m3');
  });

  it('remembers nothing of what was not made', async () => {
    fake.preview = () => undefined;
    prompts.replies.push({ choose: 'Image generation' }, ...more(5));
    await run();
    prompts.seen.length = 0;
    prompts.replies.push('escape');
    await expect(run()).rejects.toMatchObject({ code: 'cancelled' });
    expect(prompts.seen[0]?.active).toBe('Streaming chat');
  });

  it('checks name, binding and gateway while they are typed', async () => {
    prompts.replies.push('enter', { type: 'a b' }, { type: 'NOTES.txt' }, { type: 'notes' }, ...more(2));
    putFile('/work/taken/x', '');
    prompts.replies.push({ type: '1x' }, { type: 'AI' }, { type: 'my gate' }, { type: 'gate' }, 'enter');
    await run();
    const said = prompts.problems.join('\n');
    for (const wrong of ['"a b"', '1x', 'no spaces']) expect(said).toContain(wrong);
    expect(Object.keys(tree('/work/notes')).length).toBeGreaterThan(8);
  });

  it('takes no name that is there, in whatever case', async () => {
    putFile('/work/Taken/x', '');
    prompts.replies.push('enter', { type: 'taken' }, 'escape');
    await expect(run()).rejects.toMatchObject({ code: 'cancelled' });
    expect(prompts.problems.at(-1)).toContain('taken');
  });

  it('goes into the folder of a menu, and asks which where several are open', async () => {
    prompts.replies.push(...more(7));
    await run(uri('/work/apps'));
    expect(texts()[0]).toBe(TEMPLATE);
    expect(Object.keys(tree('/work/apps/streaming-chat')).length).toBeGreaterThan(8);
    const folders: { uri: FakeUri; name: string }[] = [
      { uri: uri('/work'), name: 'work' },
      { uri: uri('/other'), name: 'other' },
    ];
    fake.folders = folders;
    prompts.seen.length = 0;
    prompts.replies.push({ choose: 'other' }, ...more(7));
    await run();
    expect(prompts.seen[0]?.items).toEqual(['work', 'other', 'Another Folder…']);
    expect(Object.keys(tree('/other/streaming-chat')).length).toBeGreaterThan(8);
  });

  it('asks for a folder where none is open, and offers to open the project', async () => {
    fake.folders = [];
    showOpenDialog.mockResolvedValueOnce([uri('/home')]);
    showInformationMessage.mockResolvedValueOnce('Open Project');
    prompts.replies.push(...more(7));
    await run();
    expect(prompts.seen[0]?.text).toBe(TEMPLATE);
    const { executeCommand } = fakeVscode.commands;
    await vi.waitFor(() => expect(executeCommand).toHaveBeenCalled());
    expect(executeCommand.mock.calls[0]?.slice(0, 2)).toMatchObject([
      'vscode.openFolder',
      { path: '/home/streaming-chat' },
    ]);
    await expect(run()).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('offers README, installing, types, tests and the offline server, and runs nothing by itself', async () => {
    prompts.replies.push(...more(6), { tick: ['Tests', 'Offline development'] });
    await run();
    expect(showInformationMessage.mock.calls[0]).toEqual([
      'streaming-chat is there. Undo Last Scaffold takes it back.',
      ...['Open README', 'Install', 'Generate Types', 'Run Tests', 'Start Offline'],
    ]);
    expect(prompts.terminals).toEqual([]);
  });

  it.each([0, 1, 2, 3, 4, 5, 6])('writes nothing after Escape in question %d', async (asked) => {
    prompts.replies.push(...more(asked), 'escape');
    await expect(run()).rejects.toMatchObject({ code: 'cancelled' });
    expect(prompts.seen).toHaveLength(asked + 1);
    expect(tree('/work')).toEqual({ 'notes.txt': 'mine' });
  });

  it('asks for the models of the other template when this is changed on the way back', async () => {
    prompts.replies.push('enter', 'enter', { choose: 'Zebra' }, 'back', 'back', 'back');
    prompts.replies.push({ choose: 'Image generation' }, ...more(5));
    await run();
    const after = prompts.seen.slice(prompts.seen.findLastIndex(({ text }) => text === TEMPLATE) + 1);
    expect(after.map(({ text }) => text)).toEqual([NAME, 'Model for: Text to image', BINDING, GATEWAY, EXTRAS]);
    expect(after[0]?.value).toBe('image-generation');
    expect(after[1]?.items).toEqual(['Painter']);
  });
});

function more(count: number): 'enter'[] {
  return Array.from({ length: count }, () => 'enter');
}
