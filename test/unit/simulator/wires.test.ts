import { describe, expect, it } from 'vitest';
import { account, chat, createAsker, eventsOf, jsonOf, textOf, writes } from './support';

const { post } = createAsker();

/** Text of the events that a predicate picks. */
const joined = (events: any[], pick: (event: any) => string | undefined): string =>
  events.map((event) => pick(event) ?? '').join('');

describe('Chat Completions', () => {
  const body = chat('@cf/zai-org/glm-4.7-flash', 'Explain tides', {
    stream: true,
    stream_options: { include_usage: true },
  });

  it('streams a role-only chunk, reasoning, text, a finish reason, usage without choices, and [DONE]', async () => {
    const reply = await post('/ai/v1/chat/completions', body);
    expect(reply.headers['content-type']).toBe('text/event-stream');
    const kinds = writes(reply).map(({ kind }) => kind);
    expect([...new Set(kinds)]).toEqual(['role', 'reasoning', 'text', 'finish', 'usage', 'done']);
    const events = eventsOf(reply);
    expect(events[0].choices[0].delta).toEqual({ role: 'assistant', content: '' });
    expect(events.at(-2).choices[0]).toMatchObject({ delta: {}, finish_reason: 'stop' });
    expect(events.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: expect.any(Number) } });
    expect(textOf(reply).endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it('sends no usage unless asked', async () => {
    const reply = await post('/ai/v1/chat/completions', { ...body, stream_options: undefined });
    expect(textOf(reply)).not.toContain('usage');
  });

  it('answers the same text whole', async () => {
    const whole = jsonOf(await post('/ai/v1/chat/completions', { ...body, stream: false }));
    const events = eventsOf(await post('/ai/v1/chat/completions', body));
    expect(whole.object).toBe('chat.completion');
    expect(whole.choices[0].message.content).toBe(joined(events, (event) => event.choices[0]?.delta.content));
    expect(whole.usage).toEqual(events.at(-1).usage);
  });
});

describe('Responses', () => {
  const body = { model: 'openai/gpt-5.6-luna', input: 'Explain tides', instructions: 'Be brief', stream: true };

  it('streams typed events with sequence numbers, reasoning first', async () => {
    const reply = await post('/ai/v1/responses', body);
    const events = eventsOf(reply);
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
    const types = [...new Set(events.map((event) => event.type))];
    expect(types[0]).toBe('response.created');
    expect(types.indexOf('response.reasoning_text.delta')).toBeGreaterThan(0);
    expect(types.indexOf('response.output_text.delta')).toBeGreaterThan(types.indexOf('response.reasoning_text.delta'));
    const { response } = events.at(-1);
    expect(events.at(-1).type).toBe('response.completed');
    expect(response.usage.output_tokens_details.reasoning_tokens).toBeGreaterThan(0);
    const text = joined(events, (event) => (event.type === 'response.output_text.delta' ? event.delta : ''));
    expect(response.output.at(-1).content[0].text).toBe(text);
    expect(textOf(reply)).toContain('event: response.completed\ndata: ');
  });

  it('ends incomplete at the output limit', async () => {
    const events = eventsOf(await post('/ai/v1/responses', { ...body, max_output_tokens: 200 }));
    expect(events.at(-1).type).toBe('response.incomplete');
    expect(events.at(-1).response.incomplete_details).toEqual({ reason: 'max_output_tokens' });
    expect(events.at(-1).response.usage.output_tokens).toBe(200);
  });

  it('is spoken by gpt-oss too, whole and bare', async () => {
    const whole = jsonOf(
      await post('/ai/v1/responses', { model: '@cf/openai/gpt-oss-20b', input: [{ role: 'user', content: 'Hi' }] }),
    );
    expect(whole).toMatchObject({ object: 'response', status: 'completed' });
    expect(whole.output.map((item: any) => item.type)).toEqual(['reasoning', 'message']);
  });
});

describe('Anthropic Messages', () => {
  const body = chat('anthropic/claude-sonnet-5.5', 'Explain tides', { max_tokens: 2000, stream: true });

  it('streams named events: thinking, then text, with usage in both ends', async () => {
    const reply = await post('/ai/v1/messages', body);
    const events = eventsOf(reply);
    expect(events[0]).toMatchObject({
      type: 'message_start',
      message: { usage: { input_tokens: expect.any(Number) } },
    });
    const deltas = [
      ...new Set(events.filter(({ type }) => type === 'content_block_delta').map(({ delta }) => delta.type)),
    ];
    expect(deltas).toEqual(['thinking_delta', 'signature_delta', 'text_delta']);
    expect(events.at(-2)).toMatchObject({ type: 'message_delta', delta: { stop_reason: 'end_turn' } });
    expect(events.at(-2).usage.output_tokens).toBeGreaterThan(100);
    expect(events.at(-1)).toEqual({ type: 'message_stop' });
    expect(textOf(reply)).not.toContain('[DONE]');
  });

  it('answers the same text whole, and tells which stop sequence ended it', async () => {
    const whole = jsonOf(await post('/ai/v1/messages', { ...body, stream: false }));
    const events = eventsOf(await post('/ai/v1/messages', body));
    expect(whole.content.map((block: any) => block.type)).toEqual(['thinking', 'text']);
    expect(whole.content[1].text).toBe(joined(events, (event) => event.delta?.text));
    const stopped = await post('/ai/v1/messages', {
      ...chat('anthropic/claude-sonnet-4.5', '[[echo]]one STOP two', { max_tokens: 100, stop_sequences: ['STOP'] }),
    });
    expect(jsonOf(stopped)).toMatchObject({
      stop_reason: 'stop_sequence',
      stop_sequence: 'STOP',
      content: [{ text: 'one ' }],
    });
  });

  it('thinks on request only where the model is of that kind', async () => {
    const types = async (rest: object) =>
      jsonOf(
        await post('/ai/v1/messages', chat('anthropic/claude-haiku-4.5', 'Hi', { max_tokens: 4000, ...rest })),
      ).content.map((block: any) => block.type);
    expect(await types({})).toEqual(['text']);
    expect(await types({ thinking: { type: 'enabled', budget_tokens: 1024 } })).toEqual(['thinking', 'text']);
  });
});

describe('the native path', () => {
  it('streams {response, p} chunks for classic models, usage in the last', async () => {
    const reply = await post('/ai/run/@cf/meta/llama-3.3-70b-instruct-fp8-fast', {
      prompt: 'Explain tides',
      stream: true,
    });
    const events = eventsOf(reply);
    expect(events.every((event) => typeof event.response === 'string' && typeof event.p === 'string')).toBe(true);
    expect(events.at(-1)).toMatchObject({ response: '', usage: { prompt_tokens: expect.any(Number) } });
    expect(textOf(reply).endsWith('data: [DONE]\n\n')).toBe(true);
    const whole = jsonOf(await post('/ai/run/@cf/meta/llama-3.3-70b-instruct-fp8-fast', { prompt: 'Explain tides' }));
    expect(whole.success).toBe(true);
    expect(whole.result.response).toBe(joined(events, (event) => event.response));
  });

  it('streams OpenAI chunks for newer models, and wraps a whole completion in the envelope', async () => {
    const messages = [{ role: 'user', content: 'Explain tides' }];
    const events = eventsOf(await post('/ai/run/@cf/moonshotai/kimi-k2.6', { messages, stream: true }));
    expect(events[0].object).toBe('chat.completion.chunk');
    const whole = jsonOf(await post('/ai/run/@cf/moonshotai/kimi-k2.6', { messages }));
    expect(whole).toMatchObject({ success: true, result: { object: 'chat.completion' } });
  });

  it('takes the encoded model id that the cloudflare SDK sends', async () => {
    const reply = await post(`/ai/run/${encodeURIComponent('@cf/meta/llama-3.2-3b-instruct')}`, { prompt: 'Hi' });
    expect(reply.status).toBe(200);
  });
});

describe('the run route', () => {
  const run = (model: string, input: object) => post('/ai/run', { model, input });

  it.each([
    ['openai/gpt-4.1', { messages: [{ role: 'user', content: 'Hi' }] }, { object: 'chat.completion' }],
    ['openai/gpt-5.6-sol', { input: 'Hi' }, { object: 'response' }],
    [
      'anthropic/claude-opus-4.5',
      { max_tokens: 500, messages: [{ role: 'user', content: 'Hi' }] },
      { type: 'message' },
    ],
    [
      'google/gemini-3.5-flash',
      { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }] },
      { object: 'chat.completion' },
    ],
  ])('gives %s the shape of its vendor, with gatewayMetadata', async (model, input, shape) => {
    const body = jsonOf(await run(model, input));
    expect(body).toMatchObject({ success: true, result: { ...shape, gatewayMetadata: { keySource: 'Unified' } } });
  });

  it('gives hosted models the native shape without gatewayMetadata', async () => {
    const body = jsonOf(await run('@cf/meta/llama-3.2-3b-instruct', { prompt: 'Hi' }));
    expect(Object.keys(body.result)).toEqual(['response', 'tool_calls', 'usage']);
  });

  it('streams Anthropic natively and the others as OpenAI chunks', async () => {
    const messages = [{ role: 'user', content: 'Hi' }];
    const native = eventsOf(await run('anthropic/claude-opus-4.5', { max_tokens: 500, messages, stream: true }));
    expect(native[0].type).toBe('message_start');
    const normalised = eventsOf(await run('alibaba/qwen3.7-plus', { messages, stream: true }));
    expect(normalised[0].object).toBe('chat.completion.chunk');
  });

  it('says so where a task is not simulated', async () => {
    const body = jsonOf(await run('runway/gen-4.5', { prompt: 'Hi' }));
    expect(body.success).toBe(false);
  });
});

describe('gateway headers', () => {
  it('names log, request and event, and echoes the event id given', async () => {
    const reply = await post('/ai/v1/chat/completions', chat('openai/gpt-4.1', 'Hi'), { 'cf-aig-event-id': 'mine' });
    expect(reply.headers).toMatchObject({
      'cf-aig-log-id': 'id',
      'cf-aig-request-id': 'id',
      'cf-aig-event-id': 'mine',
      'cf-aig-cache-status': 'MISS',
      'cf-aig-step': '0',
      'cf-ai-req-id': 'id',
    });
    expect(reply.run).toBe('mine');
  });

  it('answers HIT to a repeated cache key, until it expires, never for streams', async () => {
    const { send } = createAsker();
    const status = async (rest: object, at: number, headers: Record<string, string> = { 'cf-aig-cache-key': 'k' }) =>
      (await send(`${account}/ai/v1/chat/completions`, { body: chat('openai/gpt-4.1', 'Hi', rest), headers, at }))
        .headers['cf-aig-cache-status'];
    expect(await status({ stream: true }, 0)).toBe('MISS');
    expect(await status({}, 1)).toBe('MISS');
    expect(await status({}, 2)).toBe('HIT');
    expect(await status({}, 3, { 'cf-aig-cache-key': 'k', 'cf-aig-skip-cache': 'true' })).toBe('MISS');
    expect(await status({}, 3, { 'cf-aig-cache-ttl': '600' })).toBe('MISS');
    expect(await status({}, 3, { 'cf-aig-cache-ttl': '600' })).toBe('MISS');
    expect(await status({}, 302)).toBe('MISS');
  });
});
