import { describe, expect, it } from 'vitest';
import { createConnection } from '../../../src/app/connection';
import { planColumns, requestOf } from '../../../src/app/plan';
import { createSchemas } from '../../../src/app/schemas';
import { buildRequest } from '../../../src/core/inference/build';
import type { RunParameters } from '../../../src/core/inference/request';
import { settle } from '../../fakes/clock';
import { listServer, type FakePage } from '../../fakes/lists';
import { catalogModel, fakePorts } from '../../fakes/ports';

const PAINTER = 'recraft/recraftv4';
const CHAT = '@cf/test/alpha';
const models = [catalogModel(PAINTER, { task: 'text-to-image', requestFormats: [] }), catalogModel(CHAT)];
const catalog = {
  find: (id: string) => Promise.resolve(models.find((model) => model.id === id)),
  priceOrigin: () => undefined,
};
const page = (result: unknown): FakePage => ({ json: { success: true, result } });
const input = {
  type: 'object',
  properties: {
    prompt: { type: 'string' },
    style: { enum: ['digital', 'real'], default: 'digital' },
    n: { type: 'integer', maximum: 4, default: 1 },
  },
  required: ['prompt', 'style'],
  additionalProperties: false,
};

function start(schemas: Readonly<Record<string, FakePage>>) {
  const server = listServer({ schemas });
  const ports = fakePorts({ fetch: server.fetch });
  const store = createSchemas(ports, createConnection(ports));
  const columns = (modelId: string, parameters: RunParameters = {}) =>
    planColumns(catalog, store, { prompt: 'a cat', system: '', columns: [{ id: 'a', modelId, parameters }] });
  return { server, ports, store, columns };
}

async function bodyOf({ columns, ports }: ReturnType<typeof start>, parameters: RunParameters = {}): Promise<unknown> {
  const [planned] = await columns(PAINTER, parameters);
  const endpoint = { baseUrl: 'https://api.example', accountId: 'a', token: '', gatewayId: 'g', metadata: {} };
  const plan = { prompt: 'a cat', system: '', columns: [] };
  return buildRequest(requestOf('r', plan, planned!, endpoint, ports.settings.get())).raw.body['input'];
}

describe('the plan of a picture', () => {
  it('asks for the schema once, and sends the defaults that it requires', async () => {
    const started = start({ [PAINTER]: page({ schema: { input, output: {} } }) });
    expect(await bodyOf(started)).toEqual({ prompt: 'a cat', style: 'digital' });
    expect(await bodyOf(started, { extra: { style: 'real', n: 2 } })).toEqual({ prompt: 'a cat', style: 'real', n: 2 });
    expect(started.server.calls).toHaveLength(1);
    await expect(started.columns(PAINTER, { extra: { n: 5 } })).rejects.toMatchObject({ code: 'invalid-parameters' });
    await expect(started.columns(PAINTER, { extra: { x: 5 } })).rejects.toMatchObject({ code: 'invalid-parameters' });
    expect(started.ports.clock.pending).toBe(0);
  });

  it('goes without one that cannot be read, and without one that does not come in two seconds', async () => {
    for (const broken of ['offline', { status: 500, text: '' }, { status: 404, json: {} }] as const) {
      expect(await bodyOf(start({ [PAINTER]: broken }))).toEqual({ prompt: 'a cat' });
    }
    const slow = start({ [PAINTER]: page({ schema: { input, output: {} } }) });
    let answer = (): void => undefined;
    slow.server.gate = new Promise<void>((resolve) => (answer = resolve));
    let body: unknown;
    const planned = bodyOf(slow).then((sent) => (body = sent));
    await slow.ports.clock.advance(1.9);
    expect(body).toBeUndefined();
    await slow.ports.clock.advance(0.2);
    await planned;
    expect(body).toEqual({ prompt: 'a cat' });
    // It is there for the next Run.
    answer();
    await settle();
    expect(await bodyOf(slow)).toEqual({ prompt: 'a cat', style: 'digital' });
    expect(slow.server.calls).toHaveLength(1);
  });
});

describe('the plan of a text', () => {
  it('waits for no schema', async () => {
    const { columns, server, store } = start({
      [CHAT]: page({ input: { properties: { max_tokens: { type: 'integer', maximum: 300 } } } }),
    });
    expect((await columns(CHAT))[0]?.column.parameters).toEqual({});
    expect(server.calls).toEqual([]);
    await store.get(models[1]!);
    expect((await columns(CHAT))[0]?.column.parameters).toEqual({ maxOutputTokens: 300 });
  });
});
