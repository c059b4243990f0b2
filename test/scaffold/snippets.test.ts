/**
 * Every "Copy as" snippet does what the playground does: the same request over the wire, the same answer.
 */
import { transformSync } from 'esbuild';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import fc from 'fast-check';
import ts from 'typescript';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import catalog from '../../media/catalog.json';
import type { Model } from '../../src/core/catalog/model';
import { buildRequest } from '../../src/core/inference/build';
import { run } from '../../src/core/inference/client';
import type { Endpoint, InferenceRequest, RequestMedia } from '../../src/core/inference/request';
import { sendable } from '../../src/core/inference/sendable';
import type { MediaKind } from '../../src/core/media/media';
import type { RunEvent } from '../../src/core/run/events';
import { snippetKindsFor, type SnippetKind } from '../../src/core/snippets/kinds';
import { wellFormed } from '../../src/core/snippets/python-literal';
import { snippetOf } from '../../src/core/snippets/snippet';
import { drawPicture } from '../../src/simulator/images/draw';
import { speak } from '../../src/simulator/media/speech';
import { encodeWav } from '../../src/simulator/media/wav';
import { startSnippetApi, type Exchange, type SnippetApi } from './snippet-api';
import { openWorkshop, type Workshop } from './snippet-programs';
import { startWorker, type Reply, type RunningWorker } from './workerd';

const TOKEN = 'token-of-a-test';
type Program = Exclude<SnippetKind, 'worker'>;

let api: SnippetApi;
let workshop: Workshop;
beforeAll(async () => {
  [api, workshop] = await Promise.all([startSnippetApi(), openWorkshop()]);
}, 300_000);
afterAll(async () => {
  await Promise.all([api.close(), workshop.dispose()]);
});

function modelOf(id: string): Model {
  const model = (catalog.models as readonly Model[]).find((one) => one.id === id);
  if (model === undefined) throw new Error(`The catalog has no ${id}.`);
  return model;
}

let accounts = 0;

/** A request to an account of its own. */
/** A request through the gateway. */
type GatewayRequest = InferenceRequest & { readonly endpoint: Endpoint };

function requestTo(id: string, changes: Partial<GatewayRequest> = {}): GatewayRequest {
  accounts += 1;
  return {
    runId: 'run-1',
    model: modelOf(id),
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Why is the sky blue?' },
    ],
    parameters: {},
    policy: { firstTokenTimeout: 60, idleTimeout: 60, maxAttempts: 1 },
    ...changes,
    endpoint: {
      baseUrl: api.baseUrl,
      accountId: `a${accounts}`,
      token: TOKEN,
      gatewayId: 'team',
      metadata: { team: 'Wéb "x"' },
      ...changes.endpoint,
    },
  };
}

/** What the playground's own client makes of a request. */
async function asked(request: GatewayRequest): Promise<{ text: string; events: readonly RunEvent[] }> {
  const ports = {
    clock: {
      now: () => performance.now() / 1000,
      after(seconds: number, ring: () => void) {
        const timer = setTimeout(ring, seconds * 1000);
        return () => clearTimeout(timer);
      },
    },
    random: () => 0.5,
    fetch: globalThis.fetch,
    signal: new AbortController().signal,
  };
  const events: RunEvent[] = [];
  for await (const event of run(request, ports)) events.push(event);
  expect(events.at(-1)?.type, JSON.stringify(events.at(-1))).toBe('finished');
  return { text: events.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join(''), events };
}

function lastOf(accountId: string): Exchange {
  const exchange = api.of(accountId).at(-1);
  if (exchange === undefined) throw new Error('Nothing was sent.');
  return exchange;
}

/** What is compared of a request: a form by its fields, JSON by its value, all else by its bytes. */
async function contentOf(type: string, body: Uint8Array): Promise<unknown> {
  if (type.startsWith('application/json')) return JSON.parse(Buffer.from(body).toString('utf8'));
  if (!type.startsWith('multipart/')) return Buffer.from(body);
  const form = await new Response(Buffer.from(body), { headers: { 'content-type': type } }).formData();
  return Promise.all(
    [...form].map(async ([name, value]) =>
      typeof value === 'string'
        ? [name, value]
        : [name, value.name, value.type, Buffer.from(await value.arrayBuffer())],
    ),
  );
}

/** The request as our client sends it. */
async function ours(request: GatewayRequest): Promise<unknown> {
  const { url, init } = {
    url: buildRequest(request).raw.url,
    init: sendable(buildRequest(request).raw, TOKEN, request.media),
  };
  const sent = new Request(url, init);
  const { pathname, search } = new URL(url);
  const type = sent.headers.get('content-type') ?? '';
  return {
    path: pathname + search,
    gateway: sent.headers.get('cf-aig-gateway-id'),
    metadata: sent.headers.get('cf-aig-metadata'),
    authorization: sent.headers.get('authorization'),
    content: await contentOf(type, new Uint8Array(await sent.arrayBuffer())),
  };
}

/** What a program sent, in the same words. */
async function theirs({ path: address, headers, body }: Exchange): Promise<unknown> {
  expect(JSON.stringify(headers)).not.toMatch(/key-of-/);
  return {
    path: address,
    gateway: headers['cf-aig-gateway-id'],
    metadata: headers['cf-aig-metadata'],
    authorization: headers.authorization,
    content: await contentOf(headers['content-type'] ?? '', body),
  };
}

const filesOf = (media: readonly RequestMedia[] = []) =>
  Object.fromEntries(media.map(({ name, bytes }) => [name, bytes]));

/** Text of a stream as it is on the wire, for programs that print that. */
function textIn(stream: string): string {
  return stream
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice(6)) as Record<string, any>)
    .map(
      (chunk) =>
        chunk['choices']?.[0]?.delta?.content ??
        chunk['response'] ??
        (chunk['type'] === 'response.output_text.delta' ? chunk['delta'] : undefined) ??
        chunk['delta']?.text ??
        chunk['candidates']?.[0]?.content?.parts?.[0]?.text,
    )
    .filter((text) => typeof text === 'string')
    .join('');
}

const snippet = (kind: SnippetKind, request: GatewayRequest) => snippetOf(kind, buildRequest(request));

/** Runs a program to its end, which must be a good one. */
async function answerOf(kind: Program, request: GatewayRequest): Promise<string> {
  const running = await workshop.run(kind, snippet(kind, request), filesOf(request.media));
  const { status, stdout, stderr } = await running.outcome;
  expect([status, stderr.replace(/^ {2}% Total[^]*$/m, '')], stdout).toEqual([0, '']);
  return kind === 'curl' ? stdout : stdout.replace(/\n$/, '');
}

const programs = (id: string) => snippetKindsFor(modelOf(id)).filter((kind) => kind !== 'worker') as Program[];
const CHAT = '@cf/zai-org/glm-4.7-flash';
const RESPONSES = 'openai/gpt-5.6-luna';
const MESSAGES = 'anthropic/claude-haiku-4.5';

/** All parameters, in values that no default has. */
const PARAMETERS = {
  temperature: 0.25,
  topP: 0.75,
  maxOutputTokens: 300,
  stop: ['never said', 'nor this'],
  seed: 7,
  frequencyPenalty: 0.5,
  presencePenalty: -0.5,
  reasoningEffort: 'low',
  extra: { top_k: 40, odd_thing: { a: [1, null, 'x'] } },
} as const;

describe.each([CHAT, RESPONSES, MESSAGES])('a chat with %s', (id) => {
  it.each(programs(id))('as %s is sent as we send it, and prints the answer that we show', async (kind) => {
    const request = requestTo(id, { parameters: PARAMETERS });
    const { text } = await asked(request);
    expect(text.length).toBeGreaterThan(20);
    const printed = await answerOf(kind, request);
    expect(api.of(request.endpoint.accountId)).toHaveLength(2);
    expect(await theirs(lastOf(request.endpoint.accountId))).toEqual(await ours(request));
    expect(kind === 'curl' ? textIn(printed) : printed).toBe(text);
  });
});

/** Files of every kind; the picture, the recording and the document are real. */
async function sampleFiles() {
  const file = (kind: MediaKind, name: string, mediaType: string, bytes: Uint8Array): RequestMedia => ({
    kind,
    name,
    mediaType,
    bytes: Uint8Array.from(bytes),
    role: 'input',
  });
  const picture = await drawPicture({ prompt: 'cat', modelId: 'test', seed: 1, width: 64, height: 48, format: 'png' });
  const sound = encodeWav(speak('Hello there.', { voice: 'test', sampleRate: 16_000 }), 'Hello there.');
  return {
    picture: file('image', `it's a "cat" $(x) \u00e4.png`, 'image/png', picture),
    wav: file('audio', 'clip.wav', 'audio/wav', sound),
    ogg: file(
      'audio',
      'clip.ogg',
      'audio/ogg',
      Uint8Array.from({ length: 300 }, (_, at) => (at * 7) & 255),
    ),
    video: file(
      'video',
      'film.mp4',
      'video/mp4',
      Uint8Array.from({ length: 500 }, (_, at) => (at * 3) & 255),
    ),
    document: file('file', 'paper.pdf', 'application/pdf', Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n')),
  };
}

/** A stream that says `words`, in the format of a model. */
function streamOf(id: string, words: readonly string[]): string[] {
  const event = (value: { type?: string }) =>
    `${value.type === undefined ? '' : `event: ${value.type}\n`}data: ${JSON.stringify(value)}\n\n`;
  if (id === RESPONSES) {
    const texts = words.map((delta, at) =>
      event({
        type: 'response.output_text.delta',
        delta,
        sequence_number: at,
        item_id: 'i',
        output_index: 0,
      } as object),
    );
    return [...texts, event({ type: 'response.completed', response: { id: 'r', output: [] } } as object)];
  }
  if (id === MESSAGES) {
    const usage = { input_tokens: 1, output_tokens: 1 };
    const message = { id: 'm', type: 'message', role: 'assistant', model: 'm', content: [], usage };
    const [first = '', ...rest] = words.map((text) =>
      event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } } as object),
    );
    const start =
      event({ type: 'message_start', message } as object) +
      event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } } as object);
    const end = event({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage } as object);
    return [start + first, ...rest, end + event({ type: 'message_stop' })];
  }
  const chunk = (delta: object, finish_reason: string | null = null) =>
    event({
      id: 'c',
      object: 'chat.completion.chunk',
      created: 1,
      model: 'm',
      choices: [{ index: 0, delta, finish_reason }],
    } as object);
  return [...words.map((content) => chunk({ content })), chunk({}, 'stop') + 'data: [DONE]\n\n'];
}

/** Sends the rest cut in the middle of the first character that has several bytes, and so of a line. */
async function inPieces(response: ServerResponse, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  const cut = bytes.findIndex((byte) => byte > 127) + 2;
  response.socket?.setNoDelay();
  await new Promise((resolve) => response.write(bytes.subarray(0, cut), resolve));
  // As often as it takes until the network has it; together in one piece they would prove less, and fail nothing.
  for (let turns = 0; turns < 50; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  response.end(bytes.subarray(cut));
}

const SSE = { 'content-type': 'text/event-stream' };

describe('an answer', () => {
  it.each([CHAT, RESPONSES, MESSAGES].flatMap((id) => programs(id).map((kind) => [id, kind] as const)))(
    'of %s is printed by %s as it arrives',
    async (id, kind) => {
      const request = requestTo(id);
      let go = (): void => undefined;
      api.take(request.endpoint.accountId, (response) => {
        const [first, ...rest] = streamOf(id, ['Good ', 'morning 👋']);
        response.writeHead(200, SSE).write(first);
        go = () => void inPieces(response, rest.join(''));
      });
      const running = await workshop.run(kind, snippet(kind, request));
      // The server says no more until the first word is seen.
      await running.printed('Good ');
      go();
      const { status, stdout } = await running.outcome;
      expect(status).toBe(0);
      expect(kind === 'curl' ? textIn(stdout) : stdout).toBe(`Good morning 👋${kind === 'curl' ? '' : '\n'}`);
    },
  );

  it.each([CHAT, RESPONSES, MESSAGES].flatMap((id) => programs(id).map((kind) => [id, kind] as const)))(
    'of %s that is a refusal makes %s fail with its status and words',
    async (id, kind) => {
      const request = requestTo(id);
      api.take(request.endpoint.accountId, (response) => {
        const errors = [{ code: 7003, message: 'User Input Error: no such thing' }];
        const headers = { 'content-type': 'application/json' };
        response.writeHead(400, headers).end(JSON.stringify({ result: null, success: false, errors, messages: [] }));
      });
      const { status, stdout, stderr } = await (await workshop.run(kind, snippet(kind, request))).outcome;
      expect(status).not.toBe(0);
      expect(stdout + stderr).toContain('User Input Error: no such thing');
      expect(stdout + stderr).toContain('400');
    },
  );

  it.each(programs(CHAT).filter((kind) => kind !== 'curl'))(
    'that fails in the middle makes %s fail too, after what it printed',
    async (kind) => {
      const request = requestTo(CHAT, { model: { ...modelOf(CHAT), id: '@cf/simulator/error-event' } });
      const { status, stdout, stderr } = await (await workshop.run(kind, snippet(kind, request))).outcome;
      expect(status).not.toBe(0);
      expect(stdout.length).toBeGreaterThan(10);
      expect(stderr).toMatch(/error/i);
    },
  );
});

describe('media', () => {
  it.each(['openai/gpt-4o', RESPONSES, MESSAGES].flatMap((id) => programs(id).map((kind) => [id, kind] as const)))(
    'of a chat with %s are read by %s from their files',
    async (id, kind) => {
      const { picture, wav, ogg, video, document } = await sampleFiles();
      const sets =
        id === 'openai/gpt-4o'
          ? [
              [picture, wav, video, document],
              [ogg, picture],
            ]
          : [[picture, document]];
      for (const media of sets) {
        const request = requestTo(id, { media });
        const wireId = id === 'openai/gpt-4o' ? CHAT : id;
        api.take(request.endpoint.accountId, (response) => {
          response.writeHead(200, SSE).end(streamOf(wireId, ['Seen']).join(''));
        });
        const code = snippet(kind, request);
        expect(code.length).toBeLessThan(4000);
        const printed = await answerOf(kind, request);
        expect(kind === 'curl' ? textIn(printed) : printed).toBe('Seen');
        expect(await theirs(lastOf(request.endpoint.accountId))).toEqual(await ours(request));
      }
    },
  );
});

describe.each([
  ['@cf/baai/bge-m3', undefined],
  ['@cf/deepgram/aura-1', undefined],
  ['@cf/deepgram/nova-3', 'wav'],
  ['@cf/openai/whisper-large-v3-turbo', 'wav'],
  ['@cf/microsoft/resnet-50', 'picture'],
  ['@cf/black-forest-labs/flux-1-schnell', undefined],
  ['@cf/black-forest-labs/flux-2-dev', 'picture'],
  ['@cf/llava-hf/llava-1.5-7b-hf', 'picture'],
  ['google/nano-banana', 'picture'],
] as const)('%s', (id, medium) => {
  it.each(programs(id))('by %s is asked as we ask it, and answers alike', async (kind) => {
    const files = await sampleFiles();
    const request = requestTo(id, {
      media: medium === undefined ? [] : [files[medium]],
      messages: [{ role: 'user', content: 'A "lighthouse" at dawn; ümlaut' }],
      ...(id === '@cf/baai/bge-m3' && { texts: ['one', 'two'] }),
    });
    await asked(request);
    const answer = Buffer.concat(lastOf(request.endpoint.accountId).answer);
    const { cwd, outcome } = await workshop.run(kind, snippet(kind, request), filesOf(request.media));
    const { status, stdout, stderr } = await outcome;
    expect(status, stderr).toBe(0);
    expect(await theirs(lastOf(request.endpoint.accountId))).toEqual(await ours(request));
    const written = /^Written to (.+)\n$/.exec(stdout)?.[1];
    if (kind === 'curl') {
      // Bytes are no text to compare; `answer` is what arrived.
      expect(Buffer.concat(lastOf(request.endpoint.accountId).answer).length).toBe(answer.length);
    } else if (written !== undefined) {
      expect(await readFile(path.join(cwd, written))).toEqual(answer);
    } else {
      expect(withoutIds(JSON.parse(stdout))).toEqual(withoutIds(JSON.parse(answer.toString('utf8'))));
    }
  });
});

/** Every answer has ids and addresses of its own. */
function withoutIds(value: unknown): unknown {
  const text = JSON.stringify(value, (key, inner: unknown) => (/id$/i.test(key) ? undefined : inner));
  return JSON.parse(text);
}

describe('any text', () => {
  const nasty = fc.constantFrom(
    '"',
    "'",
    '\\',
    '\\u0041',
    '`',
    '${process.exit(3)}',
    '"""',
    "'''",
    '{}',
    '%s',
    '\r\n',
    '\u2028',
    '\u0085',
    '\0',
    '\ud83d',
    '\udc4b',
    '👋🏽',
    '\u202e',
    '*/',
    '#',
    '</script>',
    'é',
  );
  const text = fc
    .array(fc.oneof(nasty, fc.string({ unit: 'binary' })), { maxLength: 5 })
    .map((parts) => parts.join(''));
  const json = fc.oneof(text, fc.jsonValue({ maxDepth: 3 }));
  const extraName = fc.oneof(
    text,
    fc.constantFrom('self', 'timeout', 'extra_body', 'reasoning_effort', 'user', 'fetch'),
  );
  const cases = fc.array(
    fc.record({
      prompt: text.filter((one) => one.trim() !== ''),
      system: text.filter((one) => one.trim() !== ''),
      stop: fc.array(text, { maxLength: 2 }),
      extra: fc.dictionary(extraName, json, { maxKeys: 4 }),
      team: text,
    }),
    { minLength: 25, maxLength: 25 },
  );

  it.each(
    [CHAT, RESPONSES, MESSAGES].flatMap((id) =>
      programs(id)
        .filter((kind) => kind !== 'curl')
        .map((kind) => [id, kind] as const),
    ),
  )('goes to %s by %s as it is', async (id, kind) => {
    const isPython = kind.startsWith('py-');
    await fc.assert(
      fc.asyncProperty(cases, async (list) => {
        const requests = list.map(({ prompt, system, stop, extra, team }) => {
          const request = requestTo(id, {
            messages: [
              { role: 'system', content: system },
              { role: 'user', content: prompt },
            ],
            parameters: { stop, extra } as GatewayRequest['parameters'],
          });
          return { ...request, endpoint: { ...request.endpoint, metadata: { team } } };
        });
        for (const { endpoint } of requests) {
          api.take(endpoint.accountId, (response) => {
            response.writeHead(200, SSE).end(streamOf(id, ['ok']).join(''));
          });
        }
        const { status, stdout, stderr } = await workshop.runAll(
          isPython ? 'py' : 'ts',
          requests.map((request) => snippet(kind, request)),
        );
        expect([status, stdout], stderr).toEqual([0, 'ok\n'.repeat(requests.length)]);
        for (const request of requests) {
          const expected = await ours(request);
          const isLibrary = kind === 'py-openai' || kind === 'py-anthropic';
          expect(await theirs(lastOf(request.endpoint.accountId))).toEqual(isLibrary ? wellFormed(expected) : expected);
        }
      }),
      // A smaller case takes a minute to find and tells little more.
      { numRuns: 2, endOnFailure: true },
    );
  });
});

describe('TypeScript', () => {
  it('checks the snippets under strict rules', async () => {
    const { picture, wav, video, document } = await sampleFiles();
    const folder = await workshop.folder();
    const extra = { top_k: 3, stop: 5, reasoning_effort: 'most' };
    const requests = [CHAT, RESPONSES, MESSAGES].flatMap((id) => [
      requestTo(id, { parameters: PARAMETERS }),
      requestTo(id, { parameters: { extra } }),
      requestTo(id === CHAT ? 'openai/gpt-4o' : id, { media: [picture, document] }),
    ]);
    requests.push(
      requestTo('openai/gpt-4o', { media: [wav, video] }),
      requestTo('@cf/deepgram/nova-3', { media: [wav] }),
      requestTo('@cf/black-forest-labs/flux-2-dev', { media: [picture] }),
      requestTo('@cf/microsoft/resnet-50', { media: [picture] }),
    );
    const files: string[] = [];
    for (const request of requests) {
      for (const kind of snippetKindsFor(request.model).filter((one) => one.startsWith('ts-'))) {
        const file = path.join(folder, `${files.length}-${kind}.mts`);
        await writeFile(file, snippet(kind, request));
        files.push(file);
      }
    }
    expect(files.length).toBeGreaterThan(15);
    const program = ts.createProgram(files, {
      strict: true,
      noUncheckedIndexedAccess: true,
      noUnusedLocals: true,
      exactOptionalPropertyTypes: true,
      erasableSyntaxOnly: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2024,
      module: ts.ModuleKind.NodeNext,
      typeRoots: [path.resolve(import.meta.dirname, '../../node_modules/@types')],
      types: ['node'],
    });
    const problems = ts.getPreEmitDiagnostics(program).map(({ file, messageText, start }) => {
      const line = file && file.text.slice(0, start).split('\n').length;
      return `${path.basename(file?.fileName ?? '')}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
    expect(problems).toEqual([]);
  });
});

describe('a Worker', () => {
  let worker: RunningWorker | undefined;
  afterEach(async () => {
    await worker?.stop();
    worker = undefined;
  });

  /** Cloudflare behind the binding, over REST (cloudflare-api.md 3.2). */
  function forwardedTo({ endpoint }: GatewayRequest): Reply {
    return (response, { model, inputs, options, file }) => {
      const { id, metadata } = { id: 'default', metadata: {}, ...(options['gateway'] as object | undefined) };
      const account = `${endpoint.baseUrl}/accounts/${endpoint.accountId}/ai/run`;
      const url = new URL(model.startsWith('@') ? `${account}/${model}` : account);
      if (file) for (const [name, value] of Object.entries(inputs)) url.searchParams.set(name, String(value));
      const asking = fetch(url, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${TOKEN}`,
          'content-type': file?.type ?? 'application/json',
          'cf-aig-gateway-id': id,
          'cf-aig-metadata': JSON.stringify(metadata),
        },
        body: file
          ? Buffer.from(file.bytes)
          : JSON.stringify(model.startsWith('@') ? inputs : { model, input: inputs }),
      });
      void asking.then(async (answer) => {
        const type = answer.headers.get('content-type') ?? '';
        response.writeHead(answer.status, { 'content-type': type });
        const bytes = Buffer.from(await answer.arrayBuffer());
        // The binding is given what stands in the envelope.
        const isEnvelope = answer.ok && type.startsWith('application/json');
        response.end(isEnvelope ? JSON.stringify((JSON.parse(bytes.toString()) as { result: unknown }).result) : bytes);
      });
    };
  }

  /** Runs the snippet in workerd, and asks it once. */
  async function answerOfWorker(request: GatewayRequest, body: BodyInit | null = null): Promise<Response> {
    const folder = await mkdtemp(path.join(await workshop.folder(), 'worker-'));
    const config = { compatibility_date: '2026-10-06', compatibility_flags: [], ai: { binding: 'AI' }, vars: {} };
    const { code } = transformSync(snippet('worker', request), { loader: 'ts', format: 'esm' });
    await mkdir(path.join(folder, 'dist'));
    await writeFile(path.join(folder, 'wrangler.jsonc'), JSON.stringify(config));
    await writeFile(path.join(folder, 'dist/index.js'), code);
    worker = await startWorker(folder);
    worker.replies.push(forwardedTo(request));
    return fetch(worker.url, { method: 'POST', body });
  }

  it.each([CHAT, RESPONSES, MESSAGES, 'google/gemini-3.5-flash'])(
    'streams the answer of %s that we show',
    async (id) => {
      const request = requestTo(id, { parameters: { maxOutputTokens: 300, temperature: 0.25 } });
      const { text } = await asked(request);
      const response = await answerOfWorker(request);
      expect(response.headers.get('content-type')).toBe('text/event-stream');
      expect(textIn(await response.text())).toBe(text);
      const metadata = { ...request.endpoint.metadata, run_id: request.runId };
      expect(worker?.calls).toMatchObject([
        { model: id, isGateway: true, options: { gateway: { id: 'team', metadata } } },
      ]);
    },
  );

  it.each([
    ['@cf/baai/bge-m3', undefined],
    ['@cf/deepgram/aura-1', undefined],
    ['@cf/microsoft/resnet-50', 'picture'],
    ['@cf/openai/whisper-large-v3-turbo', 'wav'],
    // Its sound is streamed.
    ['@cf/deepgram/nova-3', 'wav'],
    // It takes a form, with and without a picture.
    ['@cf/black-forest-labs/flux-2-dev', undefined],
    ['@cf/black-forest-labs/flux-2-dev', 'picture'],
  ] as const)('gives what %s answers (file: %s)', async (id, medium) => {
    const files = await sampleFiles();
    const media = medium === undefined ? [] : [files[medium]];
    const request = requestTo(id, {
      media,
      messages: [{ role: 'user', content: 'A lighthouse' }],
      ...(id === '@cf/deepgram/nova-3' && { parameters: { extra: { diarize: true, language: 'de' } } }),
    });
    await asked(request);
    const answer = Buffer.concat(lastOf(request.endpoint.accountId).answer);
    const response = await answerOfWorker(request, media[0] ? Buffer.from(media[0].bytes) : null);
    const given = Buffer.from(await response.arrayBuffer());
    expect(response.status, given.toString()).toBe(200);
    if (id === '@cf/deepgram/aura-1') expect(given).toEqual(answer);
    else {
      const { result } = JSON.parse(answer.toString()) as { result: unknown };
      expect(withoutIds(JSON.parse(given.toString()))).toEqual(withoutIds(result));
    }
    const { content } = (await theirs(lastOf(request.endpoint.accountId))) as { content: unknown };
    const own = (await ours(request)) as { content: unknown };
    expect(content).toEqual(own.content);
  });

  it('takes several files as a form', async () => {
    const { picture } = await sampleFiles();
    const second = { ...picture, name: 'second.png' };
    const request = requestTo('@cf/black-forest-labs/flux-2-dev', { media: [picture, second] });
    const form = new FormData();
    form.append('file', new Blob([Buffer.from(picture.bytes)]), 'one.png');
    form.append('file2', new Blob([Buffer.from(second.bytes)]), 'two.png');
    const response = await answerOfWorker(request, form);
    expect(response.status, await response.text()).toBe(200);
    const { content } = (await theirs(lastOf(request.endpoint.accountId))) as { content: unknown };
    expect(content).toEqual(((await ours(request)) as { content: unknown }).content);
  });

  it('hides no refusal', async () => {
    const request = requestTo(CHAT);
    api.take(request.endpoint.accountId, (response) => {
      const refusal = { internalCode: 3040, name: 'InferenceUpstreamError', description: 'no capacity' };
      response.writeHead(429, { 'content-type': 'application/json' }).end(JSON.stringify(refusal));
    });
    const response = await answerOfWorker(request);
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('3040: no capacity');
  });
});
