import { describe, expect, it } from 'vitest';
import { createPlayground } from '../../../src/app/playground';
import type { WorkerUse } from '../../../src/app/worker-use';
import type { ColumnIntent, RunPlan } from '../../../src/protocol/api';
import { RpcError } from '../../../src/protocol/rpc';
import { fakeInfer } from '../../fakes/infer';
import { fakePorts, TOKEN } from '../../fakes/ports';
import { attachView } from '../../fakes/view';

const column = (id: string, modelId: string, parameters: ColumnIntent['parameters'] = {}): ColumnIntent => {
  return { id, modelId, parameters };
};
const alpha = column('a', '@cf/test/alpha', { temperature: 0.2 });
const beta = column('b', '@cf/test/beta');
const gamma = column('g', 'openai/gamma', { maxOutputTokens: 50 });
const painter = column('p', '@cf/test/painter');
const reader = column('r', '@cf/test/reader');
const plan = (...columns: ColumnIntent[]): RunPlan => ({ prompt: 'say hello', system: 'Be brief.', columns });

function start() {
  const ports = fakePorts();
  ports.setCredential({ token: TOKEN, origin: 'https://api.example' });
  const server = fakeInfer(() => ports.clock.now());
  const playground = createPlayground(ports, server.infer);
  const uses: WorkerUse[] = [];
  const view = attachView(playground, { useInWorker: (use) => Promise.resolve(void uses.push(use)) });
  return { ports, playground, server, uses, view };
}

/** What the host is given for a column. */
async function useOf(asked: RunPlan, columnId: string, started = start()): Promise<WorkerUse> {
  await started.view.ready();
  await started.view.host.useInWorker(asked, columnId);
  const [use] = started.uses;
  if (use === undefined || started.uses.length > 1) throw new Error('The host was not asked once.');
  return use;
}

describe('a column that is used in a Worker', () => {
  it("brings its model first, with parameters, and then the others of its task, in the columns' order", async () => {
    const use = await useOf(plan(alpha, painter, gamma, beta), 'g');
    expect(use.task).toBe('text-generation');
    expect(use.models).toEqual([
      {
        id: 'openai/gamma',
        task: 'text-generation',
        hosting: 'third-party',
        input: { max_completion_tokens: 50 },
      },
      {
        id: '@cf/test/alpha',
        task: 'text-generation',
        hosting: 'hosted',
        input: { max_tokens: 1024, temperature: 0.2 },
      },
      { id: '@cf/test/beta', task: 'text-generation', hosting: 'hosted', input: { max_tokens: 1024 } },
    ]);
  });

  it('brings each model once, as it is set up in this column', async () => {
    const again = column('a2', alpha.modelId, { temperature: 0.9 });
    const { models } = await useOf(plan(alpha, again, beta), 'a2');
    expect(models.map(({ id, input }) => [id, input['temperature']])).toEqual([
      ['@cf/test/alpha', 0.9],
      ['@cf/test/beta', undefined],
    ]);
  });

  it('brings gateway id and metadata of the settings, but for what the gateway refuses', async () => {
    const started = start();
    started.ports.change({ gatewayId: 'team', metadata: { feature: 'chat', 'cf.x': 1 } });
    const { gatewayId, metadata, helper } = await useOf(plan(alpha), 'a', started);
    expect([gatewayId, metadata]).toEqual(['team', { feature: 'chat' }]);
    expect(helper.typescript).toContain('{ gateway: { id: "team", metadata: { feature: "chat" } } }');
  });

  it('brings its exact call as a module, with the system prompt and without the prompt', async () => {
    const { helper } = await useOf(plan(alpha, gamma), 'g');
    expect(helper).toMatchObject({ functionName: 'ask', parameters: ['prompt'] });
    expect(helper.typescript).toContain('"openai/gamma"');
    expect(helper.typescript).toContain('content: "Be brief."');
    expect(helper.typescript).toContain('max_completion_tokens: 50');
    expect(helper.typescript).not.toContain('say hello');
    expect(helper.javascript).not.toContain('Promise<Response>');
  });

  it('needs neither a prompt nor the files of a Run, and reads no file', async () => {
    const blank = { ...plan(alpha), prompt: '' };
    expect((await useOf(blank, 'a')).helper.parameters).toEqual(['prompt']);
    expect((await useOf({ ...blank, columns: [reader] }, 'r')).helper.parameters).toEqual(['image']);
    const file = `${'9'.repeat(64)}.png`;
    const media = { kind: 'image', mediaType: 'image/png', file, byteLength: 9 } as const;
    const attached = { ...plan(alpha), attachments: [{ media, name: 'gone.png', role: 'input' as const }] };
    expect((await useOf(attached, 'a')).helper.parameters).toEqual(['prompt', 'image']);
  });

  it('is plain data without a secret, and nothing is run for it', async () => {
    const started = start();
    started.ports.change({ connection: 'cloudflare', accountId: 'account-7' });
    const use = await useOf(plan(alpha, gamma), 'a', started);
    expect(structuredClone(use)).toEqual(use);
    expect(JSON.parse(JSON.stringify(use))).toEqual(use);
    expect(JSON.stringify(use)).not.toContain(TOKEN);
    expect(JSON.stringify(use)).not.toContain('account-7');
    expect([started.server.calls, started.ports.simulatorStarts]).toEqual([[], 0]);
  });

  it('is not held up by others that cannot run', async () => {
    const unknown = column('u', '@cf/test/gone');
    const talker = column('t', '@cf/test/talker');
    const invalid = column('i', '@cf/test/beta', { temperature: 99 });
    const { models } = await useOf(plan(unknown, alpha, talker, invalid), 'a');
    expect(models.map(({ id }) => id)).toEqual(['@cf/test/alpha']);
  });

  it.each([
    ['a model that is gone', column('x', '@cf/test/gone'), 'unknown-model'],
    ['a model that needs a connection that stays open', column('x', '@cf/test/talker'), 'task-not-supported'],
    ['parameters that are wrong', column('x', '@cf/test/alpha', { temperature: 99 }), 'invalid-parameters'],
  ])('is refused for %s', async (_, wrong, code) => {
    const { view, uses } = start();
    await view.ready();
    await expect(view.host.useInWorker(plan(wrong, beta), 'x')).rejects.toMatchObject({ code });
    expect(uses).toEqual([]);
  });

  it('is refused when it is not in the plan, or the plan is none', async () => {
    const { view, uses } = start();
    await view.ready();
    await expect(view.host.useInWorker(plan(alpha), 'g')).rejects.toMatchObject({ code: 'bad-request' });
    const broken = { prompt: 7 } as unknown as RunPlan;
    await expect(view.host.useInWorker(broken, 'g')).rejects.toMatchObject({ code: 'bad-request' });
    expect(uses).toEqual([]);
  });

  it('tells the view why it did not work, and that it was cancelled', async () => {
    const { playground } = start();
    const view = attachView(playground, {
      useInWorker: () => Promise.reject(new RpcError('cancelled', 'Cancelled.')),
    });
    await view.ready();
    await expect(view.host.useInWorker(plan(alpha), 'a')).rejects.toMatchObject({ code: 'cancelled' });
  });
});
