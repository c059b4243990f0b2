import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { WorkerUse } from '../../../../src/app/worker-use';
import { useInWorker } from '../../../../src/vscode/scaffold/use-in-worker';
import { chosen, scaffoldPorts } from './fake-playground';
import { fakeVscode, prompts, resetPrompts } from './fake-prompts';
import { diskText, fake, FakeUri, putFile, tree } from './fake-workspace';

vi.mock('vscode', async () => (await import('./fake-prompts')).fakeVscode);

const { showErrorMessage, showInformationMessage } = fakeVscode.window;

const use: WorkerUse = {
  task: 'text-generation',
  models: [chosen('openai/shown'), chosen('@cf/a/zebra')],
  gatewayId: 'gate',
  metadata: { from: 'playground' },
  helper: {
    functionName: 'ask',
    parameters: ['prompt'],
    typescript: 'export async function ask(ai: Ai, prompt: string) {}\n',
    javascript: 'export async function ask(ai, prompt) {}\n',
  },
};
const run = (more: Partial<WorkerUse> = {}) => useInWorker({ ...use, ...more }, scaffoldPorts());
const SHOP = '{ "name": "shop", "main": "src/index.ts" }\n';

beforeEach(() => {
  resetPrompts();
  fake.folders = [{ uri: FakeUri.file('/work') }];
});

describe('into a Worker that is open', () => {
  beforeEach(() => {
    putFile('/work/api/wrangler.jsonc', SHOP);
    putFile('/work/api/src/index.ts', 'export default {};\n');
  });

  it('adds the binding and the call as one change, and says how it is called', async () => {
    showInformationMessage.mockResolvedValueOnce('Copy');
    prompts.replies.push({ choose: 'api/wrangler.jsonc' });
    const result = await run();
    expect(result).toMatchObject({ created: ['api/src/ai.ts'], edited: ['api/wrangler.jsonc'], applied: true });
    expect(fake.previewed).toHaveLength(1);
    expect(diskText('/work/api/src/ai.ts')).toBe(use.helper.typescript);
    expect(diskText('/work/api/wrangler.jsonc')).toContain('"ai"');
    expect(showInformationMessage.mock.calls[0]?.[0]).toContain('ask(env.AI, prompt)');
    await vi.waitFor(() => expect(prompts.clipboard).toBe('return ask(env.AI, prompt);'));
  });

  it('calls the binding by the name that it has', async () => {
    putFile('/work/api/wrangler.jsonc', '{ "main": "src/index.ts", "ai": { "binding": "BRAIN", "remote": true } }\n');
    prompts.replies.push({ choose: 'api/wrangler.jsonc' });
    expect(await run()).toMatchObject({ created: ['api/src/ai.ts'], edited: [] });
    expect(showInformationMessage.mock.calls[0]?.[0]).toContain('ask(env.BRAIN, prompt)');
  });

  it('does nothing the second time, and says again how it is called', async () => {
    prompts.replies.push({ choose: 'api/wrangler.jsonc' }, { choose: 'api/wrangler.jsonc' });
    await run();
    const before = tree('/work');
    expect(await run()).toMatchObject({ created: [], edited: [], applied: false });
    expect(tree('/work')).toEqual(before);
    expect(showInformationMessage).toHaveBeenCalledTimes(2);
  });

  it('writes neither when the configuration cannot be edited', async () => {
    putFile('/work/api/wrangler.jsonc', '{ "main": \n');
    prompts.replies.push({ choose: 'api/wrangler.jsonc' });
    expect(await run()).toMatchObject({ created: [], edited: [], applied: false });
    expect(Object.keys(tree('/work/api'))).not.toContain('src/ai.ts');
    expect(showErrorMessage).toHaveBeenCalledOnce();
    expect(showInformationMessage).not.toHaveBeenCalled();
  });

  it('writes nothing after Escape, or when the preview is discarded', async () => {
    const before = tree('/work');
    await expect(run()).rejects.toMatchObject({ code: 'cancelled' });
    fake.preview = () => undefined;
    prompts.replies.push({ choose: 'api/wrangler.jsonc' });
    expect(await run()).toMatchObject({ applied: false });
    expect(tree('/work')).toEqual(before);
    expect(showInformationMessage).not.toHaveBeenCalled();
  });

  it('offers a new project as well, but not for a task that no template is for', async () => {
    await run().catch(() => undefined);
    await run({ task: 'reranking', models: [] }).catch(() => undefined);
    expect(prompts.seen.map(({ items }) => items)).toEqual([
      ['api/wrangler.jsonc', 'New AI Worker Project…'],
      ['api/wrangler.jsonc'],
    ]);
  });
});

describe('into a new project', () => {
  it('asks neither for models nor for the gateway, and offers templates that fit', async () => {
    prompts.replies.push({ choose: 'Streaming chat' }, { type: 'talks' }, 'enter', 'enter');
    expect(await run()).toMatchObject({ applied: true });
    expect(prompts.seen.map(({ text }) => text)).toEqual([
      'What should it do?',
      'Name of the Worker and of its folder',
      'Name of the AI binding: code says env.<name>',
      'What else goes into it?',
    ]);
    expect(prompts.seen[0]?.items).toContain('AI SDK chat');
    expect(prompts.seen[0]?.items).not.toContain('Image generation');
    const text = Object.values(tree('/work/talks')).join('\n');
    for (const part of ['openai/shown', '@cf/a/zebra', '"gate"', 'playground', '77']) expect(text).toContain(part);
  });

  it('says what to do where there is neither a Worker nor a template', async () => {
    await expect(run({ task: 'reranking', models: [] })).rejects.toMatchObject({ code: 'no-worker' });
    expect(prompts.seen).toEqual([]);
  });
});
