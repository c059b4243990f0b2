import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addAiBinding } from '../../../../src/vscode/scaffold/add-binding';
import { fakeVscode, prompts, resetPrompts } from './fake-prompts';
import { diskText, fake, FakeUri, putFile, tree } from './fake-workspace';
import { journalAt } from './plans';

vi.mock('vscode', async () => (await import('./fake-prompts')).fakeVscode);

const { showErrorMessage, showInformationMessage, showTextDocument, showWarningMessage } = fakeVscode.window;
const SHOP = '{\n  "name": "shop", // ours\n  "main": "src/index.ts",\n  "env": { "staging": {}, "live": {} }\n}\n';
const BLOG = 'name = "blog" # mine\n';

const run = (args?: unknown) =>
  addAiBinding(args, { journal: journalAt('/storage'), nodeVersion: () => Promise.resolve('v24.0.0') });
const uri = (path: string) => FakeUri.file(path);
const texts = () => prompts.seen.map(({ text }) => text);

beforeEach(() => {
  resetPrompts();
  fake.folders = [{ uri: uri('/work') }];
  putFile('/work/apps/shop/wrangler.jsonc', SHOP);
  putFile('/work/apps/shop/src/index.ts', 'export default {};\n');
  putFile('/work/blog/wrangler.toml', BLOG);
  putFile('/work/node_modules/x/wrangler.toml', BLOG);
  putFile('/work/apps/shop/dist/wrangler.json', '{}');
});

describe('by an argument object', () => {
  const config = uri('/work/apps/shop/wrangler.jsonc');

  it('asks nothing, writes, and answers with what was done', async () => {
    expect(await run({ config, binding: 'BRAIN', environments: ['live'], apply: true })).toEqual({
      created: [],
      edited: ['apps/shop/wrangler.jsonc'],
      skipped: [],
      conflicts: [],
      applied: true,
    });
    const text = diskText('/work/apps/shop/wrangler.jsonc') ?? '';
    expect(text.match(/"BRAIN"/g)).toHaveLength(2);
    expect(text).toContain('"staging": {}');
    expect(text).toContain('// ours');
    expect(prompts.seen).toEqual([]);
    expect(fake.previewed).toEqual([]);
    expect(showInformationMessage).not.toHaveBeenCalled();
  });

  it('takes good defaults for what it leaves open beside the configuration', async () => {
    await run({ config, apply: true });
    expect(prompts.seen).toEqual([]);
    expect(diskText('/work/apps/shop/wrangler.jsonc')?.match(/"binding": "AI"/g)).toHaveLength(3);
  });

  it('only plans with apply: false, and previews without it', async () => {
    expect(await run({ config, apply: false })).toMatchObject({ edited: ['apps/shop/wrangler.jsonc'], applied: false });
    expect(fake.previewed).toHaveLength(0);
    fake.preview = () => undefined;
    expect(await run({ config })).toMatchObject({ edited: [], applied: false });
    expect(fake.previewed).toHaveLength(1);
    expect(diskText('/work/apps/shop/wrangler.jsonc')).toBe(SHOP);
  });

  it('takes a URI as JSON or text, also of a file outside of the open folders', async () => {
    putFile('/else/wrangler.toml', BLOG);
    expect(await run({ config: { scheme: 'file', path: '/else/wrangler.toml' }, apply: true })).toMatchObject({
      edited: ['wrangler.toml'],
    });
    expect(await run({ config: 'file:///work/blog/wrangler.toml', apply: false })).toMatchObject({
      edited: ['blog/wrangler.toml'],
    });
  });

  it('asks for the Worker alone when that is all that is missing', async () => {
    prompts.replies.push({ choose: 'blog/wrangler.toml' });
    await run({ binding: 'AI', environments: [], apply: true });
    expect(texts()).toEqual(['Which Worker gets the binding?']);
    expect(diskText('/work/blog/wrangler.toml')).toContain('# mine\n');
    expect(diskText('/work/blog/wrangler.toml')).toContain('[ai]');
  });

  it.each([
    ['bad-argument', 'wrangler.toml'],
    ['bad-argument', []],
    ['bad-argument', { config: 7 }],
    ['bad-argument', { config, binding: '' }],
    ['bad-argument', { config, environments: 'live' }],
    ['bad-argument', { config, apply: 'yes' }],
    ['unknown-environment', { config, environments: ['nowhere'] }],
    ['no-config', { config: uri('/work/none/wrangler.toml') }],
    ['not-a-config', { config: uri('/work/apps/shop/src/index.ts') }],
  ])('refuses with code %s: %j', async (code, args) => {
    const before = tree('/work');
    await expect(run(args)).rejects.toMatchObject({ code });
    expect(tree('/work')).toEqual(before);
    expect(showErrorMessage).not.toHaveBeenCalled();
  });

  it('shows nothing of conflicts, which it answers with', async () => {
    putFile('/work/blog/wrangler.toml', 'name = \n');
    const { conflicts, applied } = await run({ config: uri('/work/blog/wrangler.toml'), apply: true });
    expect([conflicts.map(({ path }) => path), applied]).toEqual([['blog/wrangler.toml'], false]);
    expect(showErrorMessage).not.toHaveBeenCalled();
  });
});

describe('by hand', () => {
  it('asks for Worker, name and environments, previews, and offers what comes next', async () => {
    putFile('/work/apps/shop/tsconfig.json', '{}');
    showInformationMessage.mockResolvedValueOnce('Generate Types');
    prompts.replies.push({ choose: 'apps/shop/wrangler.jsonc' }, { type: 'BRAIN' }, { tick: ['staging'] });
    expect(await run()).toMatchObject({ applied: true });
    expect(prompts.seen.map(({ title }) => title)).toEqual([
      'Add AI Binding (1/3)',
      'Add AI Binding (2/3)',
      'Add AI Binding (3/3)',
    ]);
    expect(prompts.seen[0]?.items).toEqual(['blog/wrangler.toml', 'apps/shop/wrangler.jsonc']);
    expect(prompts.seen[0]?.descriptions[1]).toBe('shop · environments: staging, live');
    expect(prompts.seen[1]?.value).toBe('AI');
    expect(prompts.seen[2]?.ticked).toEqual(['staging', 'live']);
    expect(fake.previewed).toHaveLength(1);
    expect(diskText('/work/apps/shop/wrangler.jsonc')?.match(/"BRAIN"/g)).toHaveLength(2);
    await vi.waitFor(() => expect(prompts.terminals).toHaveLength(1));
    expect(prompts.terminals).toMatchObject([
      { cwd: '/work/apps/shop', lines: ['npx wrangler types -c wrangler.jsonc'] },
    ]);
    expect(showInformationMessage.mock.calls[0]).toEqual([
      'The AI binding is there: env.BRAIN. Undo Last Scaffold takes it back.',
      'Open File',
      'Generate Types',
    ]);
  });

  it('takes the file of a menu, and the only Worker there is, without asking for it', async () => {
    prompts.replies.push('enter');
    await run(uri('/work/blog/wrangler.toml'));
    expect(texts()).toEqual(['Name of the binding: code says env.<name>']);
    expect(diskText('/work/blog/wrangler.toml')).toContain('[ai]');
    fake.disk.delete('/work/apps/shop/wrangler.jsonc');
    prompts.seen.length = 0;
    await run();
    expect(prompts.seen).toEqual([]);
    expect(showInformationMessage).toHaveBeenLastCalledWith(
      'Nothing to do: the AI binding is set up already, as env.AI.',
    );
  });

  it('checks the name while it is typed against everything that the Worker has', async () => {
    putFile('/work/blog/wrangler.toml', '[vars]\nTAKEN = "1"\nAI = "x"\n');
    prompts.replies.push({ type: 'my-ai' }, { type: 'TAKEN' }, { type: 'FREE' });
    await run(uri('/work/blog/wrangler.toml'));
    expect(prompts.seen[0]?.value).toBe('AI_2');
    expect(prompts.problems.some((problem) => problem.includes('my-ai'))).toBe(true);
    expect(prompts.problems.some((problem) => problem.includes('TAKEN'))).toBe(true);
    expect(diskText('/work/blog/wrangler.toml')).toContain('"FREE"');
  });

  it('asks anew for name and environments when another Worker is chosen on the way back', async () => {
    prompts.replies.push({ choose: 'apps/shop/wrangler.jsonc' }, { type: 'BRAIN' }, 'back', 'back');
    prompts.replies.push({ choose: 'blog/wrangler.toml' }, 'enter');
    await run();
    expect(prompts.seen.at(-1)?.value).toBe('AI');
    expect(diskText('/work/apps/shop/wrangler.jsonc')).toBe(SHOP);
    expect(diskText('/work/blog/wrangler.toml')).toContain('binding = "AI"');
  });

  it.each([0, 1, 2])('writes nothing after Escape in question %d', async (asked) => {
    const before = tree('/work');
    prompts.replies.push(
      ...([{ choose: 'apps/shop/wrangler.jsonc' }, 'enter', 'enter'] as const).slice(0, asked),
      'escape',
    );
    await expect(run()).rejects.toMatchObject({ code: 'cancelled' });
    expect(prompts.seen).toHaveLength(asked + 1);
    expect(tree('/work')).toEqual(before);
  });

  it('writes nothing when the preview is discarded', async () => {
    const before = tree('/work');
    fake.preview = () => undefined;
    prompts.replies.push('enter');
    expect(await run(uri('/work/blog/wrangler.toml'))).toMatchObject({ applied: false, edited: [] });
    expect(tree('/work')).toEqual(before);
    expect(showInformationMessage).not.toHaveBeenCalled();
  });

  it('names the place of an error, and goes there', async () => {
    putFile('/work/blog/wrangler.toml', 'name = "blog"\nmain = \n');
    showErrorMessage.mockResolvedValueOnce('Open File');
    expect(await run(uri('/work/blog/wrangler.toml'))).toMatchObject({ applied: false });
    expect(showErrorMessage.mock.calls[0]?.[0]).toMatch(/^blog\/wrangler\.toml:2:\d+: /);
    await vi.waitFor(() => expect(showTextDocument).toHaveBeenCalledOnce());
    const [uriShown, options] = showTextDocument.mock.calls[0] ?? [];
    expect(uriShown).toMatchObject({ path: '/work/blog/wrangler.toml' });
    // VS Code counts from 0.
    expect(options).toMatchObject({ selection: { end: { line: 1 } } });
  });

  it('hands over what to paste where it does not edit', async () => {
    putFile('/work/new/cloudflare.config.ts', 'export default {};\n');
    showErrorMessage.mockResolvedValueOnce('Copy What to Paste');
    await run(uri('/work/new/cloudflare.config.ts'));
    await vi.waitFor(() => expect(prompts.clipboard).toContain('AI: bindings.ai('));
    expect(prompts.seen).toEqual([]);
  });

  it('says before what should be known', async () => {
    putFile('/work/blog/wrangler.toml', '[ai]\nbinding = "AI"\nremote = false\n[env.live]\n');
    prompts.replies.push('enter');
    await run(uri('/work/blog/wrangler.toml'));
    expect(showWarningMessage).toHaveBeenCalledWith(expect.stringContaining('remote'));
  });

  it('says what to do where there is no Worker', async () => {
    fake.folders = [];
    await expect(run()).rejects.toMatchObject({ code: 'no-worker', message: expect.stringContaining('wrangler.toml') });
  });

  it('finds the Workers of all open folders, and tells these apart', async () => {
    putFile('/other/wrangler.json', '{ "name": "third" }');
    const folders: { uri: FakeUri; name: string }[] = [
      { uri: uri('/work'), name: 'work' },
      { uri: uri('/other'), name: 'other' },
    ];
    fake.folders = folders;
    prompts.replies.push({ choose: 'other: wrangler.json' }, 'enter');
    expect(await run()).toMatchObject({ edited: ['wrangler.json'] });
    expect(prompts.seen[0]?.items).toEqual([
      'work: blog/wrangler.toml',
      'work: apps/shop/wrangler.jsonc',
      'other: wrangler.json',
    ]);
    expect(diskText('/other/wrangler.json')).toContain('"ai"');
  });
});
