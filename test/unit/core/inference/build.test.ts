/**
 * The exact request for each wire: where it goes, what it says, what it leaves out and admits to leave out.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model, RequestFormat } from '../../../../src/core/catalog/model';
import { buildRequest } from '../../../../src/core/inference/build';
import { outputLimit } from '../../../../src/core/inference/limits';
import { metadataHeader } from '../../../../src/core/inference/metadata';
import type { RunParameters } from '../../../../src/core/inference/request';
import { chooseWire } from '../../../../src/core/inference/wire';
import { chunk, FakeHost, FLUX, modelOf, RECRAFT, requestTo, sse, start, streamed, TOKEN } from './support';

const TEXT_PARAMETERS: RunParameters = {
  temperature: 0.3,
  topP: 0.9,
  maxOutputTokens: 77,
  stop: ['END'],
  seed: 5,
  frequencyPenalty: 0.1,
  presencePenalty: 0.2,
  reasoningEffort: 'low',
};

const third = (id: string, ...requestFormats: RequestFormat[]): Partial<Model> => ({
  id,
  hosting: 'third-party',
  requestFormats,
});
const build = (model: Partial<Model>, parameters: RunParameters = {}) => buildRequest(requestTo(model, { parameters }));
const unsupported = (model: Partial<Model>, parameters: RunParameters) =>
  build(model, parameters).warnings.map(({ code, message }) => {
    expect(code).toBe('unsupported-parameter');
    return message.split(' ')[0];
  });

describe('the wire', () => {
  it.each([
    ['@cf/a/b', ['chat-completions', 'responses'], 'chat-completions'],
    ['openai/gpt', ['responses', 'anthropic-messages', 'chat-completions'], 'chat-completions'],
    ['openai/gpt', ['responses', 'anthropic-messages'], 'anthropic-messages'],
    ['openai/gpt', ['responses'], 'responses'],
    ['anthropic/claude', [], 'anthropic-messages'],
    ['anthropic/claude', ['chat-completions'], 'chat-completions'],
    ['openai/gpt', [], 'chat-completions'],
    ['@cf/a/b', [], 'chat-completions'],
  ] as const)('of %s listing %j is %s', (id, requestFormats, wire) => {
    expect(chooseWire(modelOf({ id, requestFormats: [...requestFormats] }))).toBe(wire);
  });

  it('of a picture is the model’s path when hosted, the envelope when not', () => {
    expect(chooseWire(modelOf(FLUX))).toBe('run-model');
    expect(chooseWire(modelOf(RECRAFT))).toBe('run');
  });
});

describe('the output limit', () => {
  it.each([
    ['@cf/a/b', ['chat-completions'], 'max_tokens'],
    ['google/gemini', [], 'max_tokens'],
    ['openai/gpt', ['chat-completions'], 'max_completion_tokens'],
    ['xai/grok', ['chat-completions'], 'max_completion_tokens'],
    ['openai/gpt', ['responses'], 'max_output_tokens'],
    ['anthropic/claude', [], 'max_tokens'],
    ['openai/gpt', ['anthropic-messages'], 'max_tokens'],
  ] as const)('of %s %j goes by the name %s', (id, requestFormats, field) => {
    const model = modelOf({ id, requestFormats: [...requestFormats] });
    expect(outputLimit(model, {})).toEqual({ field, tokens: 1024 });
    expect(buildRequest(requestTo(model)).raw.body[field]).toBe(1024);
  });

  it.each([
    [{}, {}, 1024],
    [{ capabilities: ['reasoning'] }, {}, 4096],
    [{ maxOutputTokens: 512 }, {}, 512],
    [{ capabilities: ['reasoning'], maxOutputTokens: 2048 }, {}, 2048],
    [{}, { maxOutputTokens: 9000 }, 9000],
    [{ maxOutputTokens: 8192 }, { maxOutputTokens: 9000 }, 8192],
    [{}, { maxOutputTokens: NaN }, 1024],
    [{}, { maxOutputTokens: 0 }, 1024],
    [{}, { maxOutputTokens: 10.7 }, 10],
  ] as const)('of %j with %j is %i', (model, parameters, tokens) => {
    expect(outputLimit(modelOf(model as Partial<Model>), parameters).tokens).toBe(tokens);
  });
});

describe('Chat Completions', () => {
  it('takes every text parameter', () => {
    const { wire, raw, warnings } = build({}, TEXT_PARAMETERS);
    expect(wire).toBe('chat-completions');
    expect(raw.url).toBe('https://api.example.com/client/v4/accounts/acc/ai/v1/chat/completions');
    expect(raw.body).toEqual({
      model: '@cf/zai-org/glm-4.7-flash',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
      ],
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 77,
      temperature: 0.3,
      top_p: 0.9,
      stop: ['END'],
      seed: 5,
      frequency_penalty: 0.1,
      presence_penalty: 0.2,
      reasoning_effort: 'low',
    });
    expect(warnings).toEqual([]);
  });

  it('sends nothing that was not set, and zero where zero was set', () => {
    expect(Object.keys(build({}, { stop: [] }).raw.body)).toEqual([
      'model',
      'messages',
      'stream',
      'stream_options',
      'max_tokens',
    ]);
    expect(build({}, { temperature: 0, seed: 0 }).raw.body).toMatchObject({ temperature: 0, seed: 0 });
  });

  it('has no place for the size of a picture', () => {
    expect(unsupported({}, { width: 512, height: 512, steps: 4 })).toEqual(['width', 'height', 'steps']);
  });
});

describe('Responses', () => {
  const model = third('openai/gpt-6-mini', 'responses');

  it('takes what it has a place for', () => {
    const { wire, raw } = build(model, TEXT_PARAMETERS);
    expect(wire).toBe('responses');
    expect(raw.url).toMatch(/\/accounts\/acc\/ai\/v1\/responses$/);
    expect(raw.body).toEqual({
      model: 'openai/gpt-6-mini',
      instructions: 'Be brief.',
      input: [{ role: 'user', content: 'Hello' }],
      stream: true,
      max_output_tokens: 77,
      temperature: 0.3,
      top_p: 0.9,
      reasoning: { effort: 'low' },
    });
  });

  it('admits what it has not', () => {
    expect(unsupported(model, TEXT_PARAMETERS)).toEqual(['stop', 'seed', 'frequencyPenalty', 'presencePenalty']);
  });
});

describe('Messages', () => {
  const model = third('anthropic/claude-sonnet-4.5');

  it('takes what it has a place for', () => {
    const { wire, raw } = build(model, TEXT_PARAMETERS);
    expect(wire).toBe('anthropic-messages');
    expect(raw.url).toMatch(/\/accounts\/acc\/ai\/v1\/messages$/);
    expect(raw.body).toEqual({
      model: 'anthropic/claude-sonnet-4.5',
      system: 'Be brief.',
      messages: [{ role: 'user', content: 'Hello' }],
      stream: true,
      max_tokens: 77,
      temperature: 0.3,
      top_p: 0.9,
      stop_sequences: ['END'],
    });
  });

  it('admits what it has not', () => {
    expect(unsupported(model, TEXT_PARAMETERS)).toEqual([
      'seed',
      'frequencyPenalty',
      'presencePenalty',
      'reasoningEffort',
    ]);
  });

  it('keeps the turns of a conversation, and no system where there is none', () => {
    const messages = [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b' },
      { role: 'user', content: 'c' },
    ] as const;
    const { body } = buildRequest(requestTo(model, { messages })).raw;
    expect(body['messages']).toEqual(messages);
    expect(body).not.toHaveProperty('system');
  });
});

describe('pictures', () => {
  const SIZE: RunParameters = { width: 1024, height: 768, steps: 6, seed: 9 };
  const hosted = (id: string): Partial<Model> => ({ id, task: 'text-to-image', requestFormats: [] });
  const other = (id: string): Partial<Model> => ({ ...hosted(id), hosting: 'third-party' });

  it.each([
    [hosted('@cf/black-forest-labs/flux-1-schnell'), { prompt: 'Hello', steps: 6 }, ['width', 'height', 'seed']],
    [hosted('@cf/black-forest-labs/flux-2-dev'), { prompt: 'Hello', width: 1024, height: 768 }, ['steps', 'seed']],
    [hosted('@cf/leonardo/lucid-origin'), { prompt: 'Hello', width: 1024, height: 768, num_steps: 6, seed: 9 }, []],
    [
      hosted('@cf/stabilityai/stable-diffusion-xl-base-1.0'),
      { prompt: 'Hello', width: 1024, height: 768, num_steps: 6, seed: 9 },
      [],
    ],
  ])('$id is asked in its own words at its own path', (model, body, left) => {
    const { raw } = build(model, SIZE);
    expect(raw.url).toBe(`https://api.example.com/client/v4/accounts/acc/ai/run/${model.id}`);
    expect(raw.body).toEqual(body);
    expect(unsupported(model, SIZE).toSorted()).toEqual(left.toSorted());
  });

  it.each([
    [other('openai/gpt-image-2'), { prompt: 'Hello', size: '1024x768' }, ['steps', 'seed']],
    [other('google/nano-banana'), { prompt: 'Hello', aspect_ratio: '4:3' }, ['steps', 'seed']],
    [other('recraft/recraftv4'), { prompt: 'Hello' }, ['width', 'height', 'steps', 'seed']],
  ])('$id is asked in the envelope', (model, input, left) => {
    const { raw } = build(model, SIZE);
    expect(raw.url).toBe('https://api.example.com/client/v4/accounts/acc/ai/run');
    expect(raw.body).toEqual({ model: model.id, input });
    expect(unsupported(model, SIZE).toSorted()).toEqual(left.toSorted());
  });

  it('a shape that is not offered is not passed off as another', () => {
    const model = other('google/imagen-4');
    expect(build(model, { width: 1000, height: 300 }).raw.body).toEqual({
      model: 'google/imagen-4',
      input: { prompt: 'Hello' },
    });
    expect(unsupported(model, { width: 1000, height: 300 })).toEqual(['width', 'height']);
    expect(unsupported(other('openai/gpt-image-2'), { width: 1000 })).toEqual(['width']);
  });

  it('hosted FLUX.2 is sent as a form', async () => {
    const host = new FakeHost([() => streamed(['{}'])]);
    const watched = start(
      host,
      requestTo(hosted('@cf/black-forest-labs/flux-2-dev'), { parameters: { width: 512, height: 512 } }),
    );
    await watched.done;
    const { body, headers } = host.sent[0]?.init ?? {};
    expect(Object.fromEntries(body as FormData)).toEqual({ prompt: 'Hello', width: '512', height: '512' });
    // The boundary is known to fetch alone.
    expect(headers).not.toHaveProperty('content-type');
    expect(watched.events[0]).toMatchObject({ request: { headers: { 'content-type': 'multipart/form-data' } } });
  });
});

describe('the URL', () => {
  it('keeps account and model in their places', () => {
    const { endpoint } = requestTo();
    const request = requestTo({ ...FLUX, id: '@cf/a b/c?d' }, { endpoint: { ...endpoint, accountId: 'a/b' } });
    expect(buildRequest(request).raw.url).toBe(
      'https://api.example.com/client/v4/accounts/a%2Fb/ai/run/@cf/a%20b/c%3Fd',
    );
  });
});

describe('headers', () => {
  it('are exactly what fetch got, but for the credential', async () => {
    const host = new FakeHost([() => streamed([sse(chunk('x', 'stop'))])]);
    const watched = start(host, requestTo({}, { parameters: TEXT_PARAMETERS }));
    await watched.done;
    const [started] = watched.events;
    if (started?.type !== 'started') throw new Error('not started');
    const { url, init } = host.sent[0] ?? { url: '', init: {} };
    const { authorization, ...headers } = init.headers as Record<string, string>;
    expect(authorization).toBe(`Bearer ${TOKEN}`);
    expect({ url, method: init.method, headers, body: JSON.parse(String(init.body)) }).toEqual(started.request);
    expect(Object.keys(started.request.headers)).toEqual(['content-type', 'cf-aig-gateway-id', 'cf-aig-metadata']);
    expect(started.request.headers['cf-aig-gateway-id']).toBe('default');
  });

  it('warn once, after the first start', async () => {
    const { endpoint } = requestTo();
    const request = requestTo(third('anthropic/claude'), {
      parameters: { seed: 1 },
      endpoint: { ...endpoint, metadata: { 'cf.x': 1 } },
    });
    const host = new FakeHost([() => new Response('{}', { status: 500 }), () => streamed([sse(chunk('x', 'stop'))])]);
    const watched = start(host, request);
    await host.clock.advance(5);
    await watched.done;
    expect(watched.types).toEqual([
      'started',
      'warning',
      'warning',
      'retrying',
      'started',
      'headers',
      'text',
      'finished',
    ]);
    expect(watched.warnings()).toEqual(['unsupported-parameter', 'metadata-dropped']);
  });
});

describe('metadata', () => {
  const header = (entries: Record<string, unknown>) => {
    const { value, dropped } = metadataHeader(entries as Record<string, string>, 'run-1');
    return { sent: JSON.parse(value) as unknown, dropped };
  };

  it('carries the run id when there is room', () => {
    expect(header({})).toEqual({ sent: { run_id: 'run-1' }, dropped: [] });
    expect(header({ a: 1, b: 'x', c: true, d: 0 })).toEqual({
      sent: { a: 1, b: 'x', c: true, d: 0, run_id: 'run-1' },
      dropped: [],
    });
  });

  it('names no run in a request that is only shown, and is left out where it would be empty', () => {
    const shown = (metadata: Record<string, string>) =>
      buildRequest({ ...requestTo({}), runId: '', endpoint: { ...requestTo({}).endpoint, metadata } }).raw.headers;
    expect(shown({ team: 'web' })).toMatchObject({ 'cf-aig-metadata': '{"team":"web"}' });
    expect(shown({})).not.toHaveProperty('cf-aig-metadata');
  });

  it('gives the user’s entries precedence', () => {
    expect(header({ a: 1, b: 2, c: 3, d: 4, e: 5 })).toEqual({ sent: { a: 1, b: 2, c: 3, d: 4, e: 5 }, dropped: [] });
    expect(header({ run_id: 'mine' })).toEqual({ sent: { run_id: 'mine' }, dropped: [] });
  });

  it('drops what the gateway would not take', () => {
    expect(header({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 })).toMatchObject({ dropped: ['f'] });
    expect(header({ 'cf.user': 'x', nested: { a: 1 }, list: [1], nothing: null, nan: NaN, '': 1, ok: 1 })).toEqual({
      sent: { ok: 1, run_id: 'run-1' },
      dropped: ['cf.user', 'nested', 'list', 'nothing', 'nan', ''],
    });
  });

  it('is at most five flat entries of printable ASCII, whatever was set', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('ü', '\u{1f30d}', '\ud83c', '\u0000', '\n', 'run_id', 'cf.x', '__proto__'),
    );
    const entries = fc.dictionary(text, fc.oneof(text, fc.double(), fc.boolean()));
    fc.assert(
      fc.property(entries, (metadata) => {
        const { value } = metadataHeader(metadata, 'run-1');
        expect(value).toMatch(/^[\x20-\x7e]+$/);
        expect(() => new Headers({ 'cf-aig-metadata': value })).not.toThrow();
        const sent = JSON.parse(value) as Record<string, unknown>;
        expect(Object.keys(sent).length).toBeLessThanOrEqual(5);
        const { run_id: _, ...entries } = sent;
        for (const [key, entry] of Object.entries(entries)) expect(entry === metadata[key], key).toBe(true);
      }),
    );
  });
});
