import { describe, expect, it } from 'vitest';
import { createConnection } from '../../../src/app/connection';
import { createSchemas } from '../../../src/app/schemas';
import { settle } from '../../fakes/clock';
import { listServer, type FakeLists } from '../../fakes/lists';
import { fakePorts, model, TOKEN } from '../../fakes/ports';

const hosted = model('@cf/test/alpha');
const thirdParty = model('openai/gamma');
const schema = { input: { type: 'object', properties: { top_k: { type: 'integer' } } }, output: { type: 'string' } };
const answer = (result: unknown) => ({ json: { success: true, result, errors: [], messages: [] } });

function start(schemas: NonNullable<FakeLists['schemas']>) {
  const server = listServer({ schemas });
  const ports = fakePorts({ fetch: server.fetch });
  const connection = createConnection(ports);
  return { server, ports, schemas: createSchemas(ports, connection) };
}

const refusal = (promise: Promise<unknown>): Promise<{ code: string; message: string }> =>
  promise.then(
    () => Promise.reject(new Error('it resolved')),
    (error: { code: string; message: string }) => error,
  );

describe('schemas', () => {
  it('of hosted models come from their own route', async () => {
    const { schemas, server } = start({ '@cf/test/alpha': answer(schema) });
    expect(await schemas.get(hosted)).toEqual(schema);
    expect(server.calls[0]?.url.href).toBe(
      'http://127.0.0.1:4999/client/v4/accounts/simulator/ai/models/schema?model=%40cf%2Ftest%2Falpha',
    );
  });

  it('of third-party models come from the catalog', async () => {
    const { schemas, server } = start({ 'openai/gamma': answer({ schema }) });
    expect(await schemas.get(thirdParty)).toEqual(schema);
    expect(server.calls[0]?.url.pathname).toBe('/client/v4/accounts/simulator/ai/catalog/models/openai/gamma/schema');
  });

  it('are asked for once, also by two at a time, and known from then on', async () => {
    const { schemas, server } = start({ '@cf/test/alpha': answer(schema) });
    expect(schemas.known(hosted)).toBeUndefined();
    const [one, two] = await Promise.all([schemas.get(hosted), schemas.get(hosted)]);
    expect(two).toBe(one);
    await schemas.get(hosted);
    expect(server.calls).toHaveLength(1);
    expect(schemas.known(hosted)).toEqual(schema);
  });

  it('may be missing: that too is asked once', async () => {
    const { schemas, server } = start({ 'openai/gamma': answer({ schema: null }) });
    for (const each of [hosted, hosted, thirdParty, thirdParty]) expect(await schemas.get(each)).toBeUndefined();
    expect(server.calls).toHaveLength(2);
  });

  it('that could not be read say so, and are asked for again', async () => {
    const { schemas, server } = start({ '@cf/test/alpha': { status: 500, text: 'oops' } });
    expect(await refusal(schemas.get(hosted))).toMatchObject({
      code: 'server',
      message: 'The schema of @cf/test/alpha was not read: the server answered with HTTP 500.',
    });
    server.lists = { schemas: { '@cf/test/alpha': 'offline' } };
    expect(await refusal(schemas.get(hosted))).toMatchObject({ code: 'network' });
    server.lists = { schemas: { '@cf/test/alpha': { text: '<html>' } } };
    expect(await refusal(schemas.get(hosted))).toMatchObject({ code: 'server' });
    server.lists = { schemas: { '@cf/test/alpha': answer(schema) } };
    expect(await schemas.get(hosted)).toEqual(schema);
  });

  it('above 1 MiB are not read', async () => {
    const { schemas } = start({ '@cf/test/alpha': answer({ input: { description: 'x'.repeat(1024 * 1024) } }) });
    expect((await refusal(schemas.get(hosted))).message).toContain('more than 1 MiB');
  });

  it('belong to the account they were read from', async () => {
    const { schemas, ports, server } = start({ '@cf/test/alpha': answer(schema) });
    await schemas.get(hosted);
    ports.setCredential({ token: TOKEN, origin: 'https://api.example' });
    ports.change({ connection: 'cloudflare', accountId: 'acc' });
    await settle();
    expect(schemas.known(hosted)).toBeUndefined();
    await schemas.get(hosted);
    expect(server.calls.map(({ url }) => url.host)).toEqual(['127.0.0.1:4999', 'api.example']);
  });

  it('are forgotten when there are very many', async () => {
    const { schemas, server } = start({});
    const many = Array.from({ length: 201 }, (_, index) => model(`@cf/test/m${index}`));
    for (const each of many) await schemas.get(each);
    await schemas.get(model('@cf/test/m200'));
    expect(server.calls).toHaveLength(201);
    await schemas.get(model('@cf/test/m0'));
    expect(server.calls).toHaveLength(202);
  });
});
