import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readPython } from '../../../../src/core/cog-project/read-python';
import { packageCogModel, type PackageCogPorts } from '../../../../src/vscode/scaffold/package-cog';
import { memoryOf } from './fake-playground';
import { fakeVscode, prompts, resetPrompts } from './fake-prompts';
import { FakeUri, fake, putFile, tree } from './fake-workspace';

vi.mock('vscode', async () => (await import('./fake-prompts')).fakeVscode);

const { showInformationMessage, showWarningMessage } = fakeVscode.window;
const FOLDER = FakeUri.file('/work/my model');

let ports: PackageCogPorts;
const run = (args?: unknown) => packageCogModel(args, ports);

beforeEach(() => {
  resetPrompts();
  ports = { remembered: memoryOf(), readPython, nodeVersion: () => Promise.resolve('v24.0.0') };
  fake.folders = [{ uri: FakeUri.file('/work') }];
  putFile('/work/my model/cog.yaml', 'build:\n  python_version: "3.12"\nrun: "run.py:Runner"\n');
});

const TARGET = 'Where does the model go?';
const IMAGE = 'Name and tag of the image';
const COMMANDS = 'Exactly these commands. Nothing runs until you choose it.';
const texts = () => prompts.seen.map(({ text }) => text);

describe('by an argument object', () => {
  it('answers with the exact commands and runs none', async () => {
    expect(await run({ folder: FOLDER, target: 'containers', image: 'my-model:v1' })).toEqual({
      target: 'containers',
      image: 'my-model:v1',
      commands: [
        { line: 'cog build -t my-model:v1', folder: '' },
        { line: 'docker image inspect --format "{{.Size}}" my-model:v1', folder: '' },
        { line: 'npx wrangler containers push my-model:v1', folder: '' },
      ],
      notes: [expect.stringContaining('instance type')],
    });
    expect([prompts.seen, prompts.terminals, showInformationMessage.mock.calls]).toEqual([[], [], []]);
  });

  it('deploys the Worker beside it, where there is one', async () => {
    putFile('/work/my model/containers/wrangler.jsonc', '{}');
    const { commands } = await run({ folder: FOLDER, target: 'containers', image: 'my-model:v1' });
    expect(commands.at(-1)).toEqual({ line: 'npx wrangler deploy', folder: 'containers' });
  });

  it('has the request for Workers AI filled in, and says that pushing is not public', async () => {
    const { request, notes } = await run({ folder: FOLDER, target: 'workers-ai', image: 'my-model:v1' });
    expect(request).toContain('Model: my model\n');
    expect(request).toContain('Python: 3.12\n');
    expect(notes.join(' ')).toContain('not public');
  });

  it.each([
    ['no-cog-project', { folder: FakeUri.file('/work') }],
    ['bad-argument', { target: 'moon' }],
    ['bad-image', { image: 'My Model' }],
    ['bad-image', { image: 'my-model:v1; rm -rf /' }],
    ['bad-image', { target: 'replicate', image: 'my-model:v1' }],
  ])('refuses with %s: %j', async (code, wrong) => {
    const args = { folder: FOLDER, target: 'containers', image: 'my-model:v1', ...wrong };
    await expect(run(args)).rejects.toMatchObject({ code });
    expect(prompts.seen).toEqual([]);
  });

  it('refuses an image for a place that is only chosen then', async () => {
    prompts.replies.push({ choose: 'Replicate' });
    await expect(run({ folder: FOLDER, image: 'my-model:v1' })).rejects.toMatchObject({ code: 'bad-image' });
  });
});

describe('by a person', () => {
  it('asks for place and image, shows the commands, and types the chosen one into a terminal', async () => {
    prompts.replies.push({ choose: 'Cloudflare Containers' }, 'enter', { choose: 'cog build -t my-model:v1' });
    showInformationMessage.mockResolvedValueOnce('Push');
    await run();
    expect(texts()).toEqual([TARGET, IMAGE, COMMANDS]);
    expect(prompts.seen[1]?.value).toBe('my-model:v1');
    expect(prompts.terminals).toMatchObject([{ cwd: '/work/my model' }]);
    // The later steps are offered, and use the same terminal.
    await vi.waitFor(() =>
      expect(prompts.terminals[0]?.lines).toEqual([
        'cog build -t my-model:v1',
        'npx wrangler containers push my-model:v1',
      ]),
    );
    expect(showInformationMessage.mock.calls[0]).toEqual([
      expect.stringContaining('cog build -t my-model:v1'),
      'Check Size',
      'Push',
    ]);
  });

  it('says of each place what is public', async () => {
    await run().catch(() => undefined);
    const [{ items = [], descriptions = [] } = {}] = prompts.seen;
    expect(descriptions[items.indexOf('Workers AI')]).toBe('not public: request access');
    expect(descriptions[items.indexOf('Cloudflare Containers')]).toContain('public, for models on CPUs');
  });

  it('runs nothing when it is given up at the commands', async () => {
    prompts.replies.push({ choose: 'Nowhere yet' }, 'enter', 'escape');
    await expect(run()).rejects.toMatchObject({ code: 'cancelled' });
    expect([prompts.terminals, prompts.clipboard]).toEqual([[], '']);
  });

  it('refuses an image while it is typed, and begins with the one of the last time', async () => {
    prompts.replies.push({ choose: 'Another registry' }, 'enter', { type: 'ghcr.io/me/a:v2' }, 'escape');
    await run().catch(() => undefined);
    expect(prompts.problems[0]).toContain('your-name');
    prompts.replies.push({ choose: 'Another registry' }, 'escape');
    await run().catch(() => undefined);
    expect(prompts.seen.at(-1)?.value).toBe('ghcr.io/me/a:v2');
  });

  it('copies the request, and opens the form when asked', async () => {
    prompts.replies.push({ choose: 'Workers AI' }, 'enter', { choose: 'Copy the request and open the form' });
    await run(FakeUri.file('/work/my model/cog.yaml'));
    await vi.waitFor(() => expect(prompts.opened).toEqual(['forms.gle/axnnpGDb6xrmR31T6']));
    expect(prompts.clipboard).toContain('Request: custom model on Workers AI');
    expect(showWarningMessage.mock.calls[0]?.[0]).toContain('not public');
    expect(prompts.terminals).toEqual([]);
  });

  it.each([
    ['Restricted Mode', () => Object.assign(fakeVscode.workspace, { isTrusted: false })],
    ['a virtual folder', () => undefined],
  ])('copies commands instead of running them in %s', async (where, arrange) => {
    arrange();
    const scheme = where === 'a virtual folder' ? 'vscode-vfs' : 'file';
    prompts.replies.push({ choose: 'Nowhere yet' }, 'enter', { choose: 'cog build -t my-model:v1' });
    await run(FakeUri.from({ scheme, path: '/work/my model/cog.yaml' }));
    await vi.waitFor(() => expect(prompts.clipboard).toBe('cog build -t my-model:v1'));
    expect(prompts.terminals).toEqual([]);
  });

  it('asks which project, where there are several, and none of them is changed', async () => {
    putFile('/work/other/cog.yaml', 'build:\n  gpu: true\n');
    const before = tree('/work');
    prompts.replies.push({ choose: 'work/other' }, { choose: 'Cloudflare Containers' }, 'enter', {
      choose: 'Copy all commands',
    });
    const { notes } = await run();
    expect(texts()).toEqual(['Which project?', TARGET, IMAGE, COMMANDS]);
    expect(notes.join(' ')).toContain('GPU');
    await vi.waitFor(() => expect(prompts.clipboard).toContain('cog build -t other:v1\ndocker image inspect'));
    expect(tree('/work')).toEqual(before);
  });

  it('is told that there is no project', async () => {
    fake.disk.delete('/work/my model/cog.yaml');
    await expect(run()).rejects.toMatchObject({ code: 'no-cog-project' });
  });
});
