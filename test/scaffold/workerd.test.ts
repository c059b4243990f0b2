/**
 * The templates in the real runtime, with the real AI binding and made-up models.
 */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkerTemplateId } from '../../src/core/scaffold/worker/answers';
import { projectOf, runTool } from './projects';
import {
  answering,
  crumbling,
  delta,
  failing,
  modelError,
  OFFLINE_BUNDLE,
  silence,
  startWorker,
  stream,
  streaming,
  visitor,
  type Reply,
  type RunningWorker,
} from './workerd';

const QUESTION = { messages: [{ role: 'user', content: 'Why is the sky blue?' }] };
const UI_QUESTION = { messages: [{ id: '1', role: 'user', parts: [{ type: 'text', text: 'Why is the sky blue?' }] }] };
const FINISH = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n';

let worker: RunningWorker;

function running(template: WorkerTemplateId): void {
  beforeAll(async () => {
    const folder = await projectOf(template);
    await bundle(folder, 'dist');
    if (template === 'embeddings-search') await bundle(folder, OFFLINE_BUNDLE, '-c', 'offline/wrangler.jsonc');
    worker = await startWorker(folder);
  });
  afterAll(() => worker.stop());
}

async function bundle(folder: string, out: string, ...more: readonly string[]): Promise<void> {
  await runTool(folder, 'wrangler', 'deploy', '--dry-run', '--env=', '--outdir', path.join(folder, out), ...more);
}

/** Posts, with replies to the calls that this leads to. */
function ask(body: unknown, ...replies: RunningWorker['replies']): Promise<Response> {
  expectCalls(...replies);
  return fetch(worker.url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
}

function expectCalls(...replies: RunningWorker['replies']): void {
  worker.calls.length = 0;
  worker.replies.splice(0, Infinity, ...replies);
}

/** A client that leaves takes the call with it, be there an answer or not. No other model is asked. */
function letsGo(target: string, body?: object, streamed?: { readonly reply: Reply; readonly piece: string }): void {
  it('stops the model when the client leaves before the answer', async () => {
    const { reply, taken } = silence();
    expectCalls(reply);
    const client = visitor(new URL(target, worker.url), body);
    await taken;
    client.leave();
    await worker.calls[0]?.hungUp;
    expect(worker.calls).toHaveLength(1);
  }, 20_000);

  if (streamed === undefined) return;
  it('stops the model when the client leaves in the middle of the answer', async () => {
    expectCalls(streamed.reply);
    const client = visitor(new URL(target, worker.url), body);
    await client.hears(streamed.piece);
    client.leave();
    await worker.calls[0]?.hungUp;
    expect(worker.calls).toHaveLength(1);
  }, 20_000);
}

/** Begins an answer and says nothing more. `piece` is what then comes to the client. */
function pausing(
  type: string,
  text: string,
  piece = text.slice(-9),
): { readonly reply: Reply; readonly piece: string } {
  return {
    piece,
    reply(response) {
      response.writeHead(200, { 'content-type': type });
      response.write(text, 'latin1');
    },
  };
}

/** What every call is to be told. */
const OPTIONS = { gateway: { id: 'my-gateway', metadata: { feature: 'test', build: 7 } } };

/** The chats: what they are asked, and how they write a piece of the answer. */
const chats: readonly (readonly [WorkerTemplateId, body: object, piece: (text: string) => string])[] = [
  ['streaming-chat', QUESTION, (text) => `data: {"text":"${text}"}`],
  ['multi-provider', { ...QUESTION, stream: true }, (text) => `data: {"text":"${text}"}`],
  ['ai-sdk-chat', UI_QUESTION, (text) => `"delta":"${text}"`],
];

describe.each(chats)('%s', (template, body, piece) => {
  running(template);

  it('streams each piece as it comes, with settings and metadata', async () => {
    const { reply, open } = stream();
    const asked = ask(body, reply);
    const model = await open;
    const response = await asked;
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (wanted: string): Promise<void> => {
      while (!text.includes(wanted)) text += (await reader?.read())?.value ?? expect.fail(`ended with ${text}`);
    };
    // The second piece is sent only when the first has arrived.
    model.write(delta('Light'));
    await until(piece('Light'));
    model.write(delta('scatters'));
    await until(piece('scatters'));
    model.end(`${FINISH}data: [DONE]\n\n`);
    await until('[DONE]');
    const [call] = worker.calls;
    expect(call).toMatchObject({
      model: '@cf/zai-org/glm-4.7-flash',
      isGateway: true,
      inputs: { max_completion_tokens: 1024, temperature: 0.2, stream: true },
      options: OPTIONS,
    });
    expect(JSON.stringify(call?.inputs)).toContain('Why is the sky blue?');
  });

  it.each([
    ['no capacity', modelError(429, 3040, 'no capacity')],
    ['a timeout', modelError(408, 3008, 'too slow')],
    ["a server's error page", failing(502, '<html>Bad gateway</html>')],
  ])('falls back after %s', async (_, failure) => {
    const response = await ask(body, failure, streaming(delta('Light'), FINISH));
    expect(await response.text()).toContain(piece('Light'));
    expect(worker.calls.map(({ model }) => model)).toEqual(['@cf/zai-org/glm-4.7-flash', 'openai/gpt-5.4-mini']);
    expect(worker.calls[1]).toMatchObject({ inputs: { stop: ["it's", '"\n'] }, options: OPTIONS });
  });

  it.each([
    ['bad input', modelError(400, 3003, 'bad input'), 3003],
    ["the day's quota", modelError(429, 3036, 'used up'), 3036],
    ["the gateway's refusal", failing(402, { error: [{ code: 2021, message: 'no credits' }] }), 2021],
    ['no route', failing(404, { errors: [{ code: 7003, message: 'No route' }] }), 7003],
  ])('does not fall back after %s', async (_, failure, code) => {
    const response = await ask(body, failure, streaming(delta('Light'), FINISH));
    expect((await response.text()).replaceAll('\\"', '"')).toContain(`"code":${code}`);
    expect(worker.calls).toHaveLength(1);
  });

  it('asks no model when the request is not right', async () => {
    const response = await ask({ messages: [] });
    expect(response.status).toBe(400);
    expect(worker.calls).toHaveLength(0);
  });

  it.each(['', '{', '[]', 'null', '"text"', '{"messages":[null]}', '{"messages":[{"role":"user","parts":5}]}'])(
    'refuses %j with JSON',
    async (text) => {
      const response = await ask(text);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code: 'bad-input' } });
      expect(worker.calls).toHaveLength(0);
    },
  );

  it('refuses a body that is too large', async () => {
    const response = await ask('x'.repeat(9_000_000));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { code: 'bad-input' } });
  });

  it('puts characters together that come in pieces', async () => {
    const response = await ask(
      body,
      crumbling(`${delta('hé 😀 日本')}${FINISH}data: [DONE]\n\n`.replaceAll('\n', '\r\n')),
    );
    expect(await response.text()).toContain(piece('hé 😀 日本'));
  });

  it.each([
    ['reports an error', crumbling(`${delta('Light')}data: {"error":{"code":3040,"message":"It broke."}}\n\n`), '3040'],
    [
      'reports one last, with no line after it',
      crumbling(`${delta('Light')}data: {"type":"error","code":"x"}`),
      '"refused"',
    ],
    ['breaks', crumbling(delta('Light'), true), '"upstream"'],
  ])('tells of a stream that %s', async (_, reply, code) => {
    const text = (await (await ask(body, reply)).text()).replaceAll('\\"', '"');
    expect(text).toContain(piece('Light'));
    expect(text).toContain(`"code":${code}`);
    expect(text).toMatch(/^(?:event: error|data: \{"type":"error",)/m);
    // What came before it stands, and nobody else is asked to begin again.
    expect(worker.calls).toHaveLength(1);
  });

  letsGo('/', body, pausing('text/event-stream', delta('Light'), piece('Light')));
});

describe('streaming-chat', () => {
  running('streaming-chat');

  it.each([
    [modelError(429, 3040, 'no capacity'), 429],
    [modelError(403, 5035, 'Workers Paid is needed'), 403],
    [failing(402, { error: [{ code: 2021, message: 'no credits' }] }), 402],
  ])('gives errors their status', async (failure, status) => {
    const response = await ask(QUESTION, failure, failure, failure);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code: expect.any(Number) } });
  });

  it('names the model that answered', async () => {
    const response = await ask(QUESTION, modelError(429, 3040, 'no capacity'), streaming(delta('Light')));
    await response.text();
    expect(response.headers.get('x-model')).toBe('openai/gpt-5.4-mini');
    expect(response.headers.get('cache-control')).toContain('no-transform');
  });
});

describe('image-generation', () => {
  running('image-generation');

  letsGo('/', { prompt: 'a fox' }, pausing('image/png', `\u0089PNG${'y'.repeat(4000)}`));

  it('draws, from the bytes that the binding gives', async () => {
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, ...new Array<number>(5000).fill(7)]);
    const response = await ask({ prompt: 'a fox' }, (reply) => {
      reply.writeHead(200, { 'content-type': 'image/png' });
      reply.end(png);
    });
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await response.arrayBuffer()).equals(png)).toBe(true);
    expect(worker.calls[0]).toMatchObject({ inputs: { prompt: 'a fox', steps: 4 }, options: OPTIONS });
  });

  it('passes the status of errors on', async () => {
    const response = await ask({ prompt: 'a fox' }, modelError(429, 3040, 'no capacity'));
    expect(response.status).toBe(429);
  });
});

describe('structured-output', () => {
  running('structured-output');
  letsGo('/', { text: 'Dinner' });

  it('asks again until the answer holds', async () => {
    const say = (content: string) => answering({ choices: [{ message: { content } }] });
    const event = { title: 'Dinner', date: null, place: null, people: [] };
    const response = await ask({ text: 'Dinner' }, say('{}'), say(JSON.stringify(event)));
    expect(await response.json()).toEqual({ event, attempts: 2 });
    expect(worker.calls[0]).toMatchObject({ inputs: { temperature: 0.2 }, options: OPTIONS });
  });
});

describe('speech', () => {
  running('speech');
  letsGo('/speak', { text: 'Good morning.' }, pausing('audio/mpeg', `ID3${'y'.repeat(4000)}`));

  it('speaks as the sound comes', async () => {
    worker.replies.push((reply) => {
      reply.writeHead(200, { 'content-type': 'audio/mpeg' });
      reply.end(`ID3${'y'.repeat(4000)}`);
    });
    const response = await fetch(new URL('/speak', worker.url), { method: 'POST', body: '{"text":"Good morning."}' });
    expect(response.headers.get('content-type')).toBe('audio/mpeg');
    expect((await response.arrayBuffer()).byteLength).toBe(4003);
    expect(worker.calls[0]).toMatchObject({ inputs: { text: 'Good morning.' }, options: OPTIONS });
  });

  it('hears', async () => {
    worker.replies.push(answering({ text: ' Good morning. ' }));
    const response = await fetch(new URL('/transcribe', worker.url), {
      method: 'POST',
      headers: { 'content-type': 'audio/wav' },
      body: 'RIFF0000WAVE',
    });
    expect(await response.json()).toEqual({ text: 'Good morning.' });
  });
});

describe('embeddings-search', () => {
  running('embeddings-search');
  letsGo('/search?q=fruit');

  const vectors = (...data: readonly (readonly number[])[]) => answering({ shape: [data.length, 2], data });

  it('keeps, finds and forgets documents', async () => {
    expectCalls(vectors([1, 0], [0, 1]), vectors([0.1, 0.9]), vectors([0.1, 0.9]));
    const documents = ['apples', 'pears'].map((text) => ({ id: text, text }));
    const at = (target: string, init?: RequestInit) => fetch(new URL(target, worker.url), init);
    const kept = await at('/documents', { method: 'POST', body: JSON.stringify({ documents }) });
    expect([kept.status, await kept.json()]).toEqual([202, { kept: 2 }]);
    const found = await (await at('/search?q=pear&k=1')).json();
    expect(found).toEqual({ matches: [{ id: 'pears', score: 0.9, text: 'pears' }] });
    expect((await at('/documents?id=pears', { method: 'DELETE' })).status).toBe(204);
    expect(await (await at('/search?q=pear')).json()).toMatchObject({ matches: [{ id: 'apples' }] });
    expect(worker.calls).toMatchObject([
      { model: '@cf/baai/bge-m3', inputs: { text: ['apples', 'pears'] }, options: OPTIONS },
      { inputs: { text: ['pear'] }, options: OPTIONS },
      {},
    ]);
  });

  it('passes the status of errors on', async () => {
    expectCalls(modelError(429, 3036, 'used up'));
    const response = await fetch(new URL('/search?q=pear', worker.url));
    expect([response.status, await response.json()]).toEqual([429, { error: { code: 3036, message: 'used up' } }]);
  });
});

describe('custom-model', () => {
  running('custom-model');
  letsGo('/', { stream: true }, pausing('text/event-stream', delta('Light')));

  it('gives the model of the variable its input', async () => {
    const response = await ask({ picture: 'AQID' }, answering({ result: { label: 'fox' }, success: true }));
    expect(response.status).toBe(200);
    expect(worker.calls[0]).toMatchObject({
      model: '@cf/zai-org/glm-4.7-flash',
      inputs: { picture: 'AQID' },
      options: OPTIONS,
    });
  });

  it('passes a stream on', async () => {
    const response = await ask({ stream: true }, streaming(delta('Light')));
    expect(await response.text()).toContain('Light');
  });
});
