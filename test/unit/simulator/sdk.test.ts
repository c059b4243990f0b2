import Anthropic from '@anthropic-ai/sdk';
import Cloudflare from 'cloudflare';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningServer, serve } from '../../../src/simulator/http';

// Sockets and processes on a machine that others keep busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

// The vendors' own clients, unmodified: what they accept is the best witness of the wire formats.

let server: RunningServer;
let openai: OpenAI;
let anthropic: Anthropic;
let cloudflare: Cloudflare;

beforeAll(async () => {
  server = await serve({ port: 0, speed: 0 });
  const account = `${server.baseUrl}/accounts/simulator`;
  openai = new OpenAI({
    apiKey: 'test',
    baseURL: `${account}/ai/v1`,
    maxRetries: 0,
    defaultHeaders: { 'cf-aig-gateway-id': 'default' },
  });
  anthropic = new Anthropic({ apiKey: null, authToken: 'test', baseURL: `${account}/ai`, maxRetries: 0 });
  cloudflare = new Cloudflare({ apiToken: 'test', baseURL: server.baseUrl, maxRetries: 0 });
});
afterAll(() => server.close());

describe('the openai client', () => {
  const messages = [{ role: 'user' as const, content: 'Explain tides' }];

  it('reads a whole and a streamed chat completion, with the same text and usage', async () => {
    const whole = await openai.chat.completions.create({ model: '@cf/zai-org/glm-4.7-flash', messages });
    const stream = openai.chat.completions.stream({
      model: '@cf/zai-org/glm-4.7-flash',
      messages,
      stream_options: { include_usage: true },
    });
    const final = await stream.finalChatCompletion();
    expect(final.choices[0]?.message.content).toBe(whole.choices[0]?.message.content);
    expect(final.choices[0]?.finish_reason).toBe('stop');
    expect(await stream.totalUsage()).toMatchObject({ completion_tokens: whole.usage?.completion_tokens });
  });

  it('reads responses, whole and streamed, reasoning included', async () => {
    const request = { model: 'openai/gpt-5.6-terra', input: 'Explain tides' };
    const whole = await openai.responses.create(request);
    expect(whole.output_text).toMatch(/no model ran/i);
    const stream = openai.responses.stream(request);
    let reasoning = '';
    stream.on('response.reasoning_text.delta', (event) => (reasoning += event.delta));
    const final = await stream.finalResponse();
    expect(final.output_text).toBe(whole.output_text);
    expect(reasoning).toMatch(/simulated reasoning/);
    expect(final.usage?.output_tokens).toBe(whole.usage?.output_tokens);
  });

  it('reads embeddings, which it asks for in base64', async () => {
    const { data } = await openai.embeddings.create({ model: '@cf/baai/bge-m3', input: ['a fox', 'a dog'] });
    expect(data).toHaveLength(2);
    expect(data[0]?.embedding).toHaveLength(1024);
    expect(Math.hypot(...(data[0]?.embedding ?? []))).toBeCloseTo(1, 5);
  });

  it('throws its own error classes', async () => {
    const call = (model: string) => openai.chat.completions.create({ model, messages });
    await expect(call('@cf/simulator/auth')).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    await expect(call('@cf/simulator/rate-limit')).rejects.toBeInstanceOf(OpenAI.RateLimitError);
    await expect(call('@cf/simulator/server-error')).rejects.toBeInstanceOf(OpenAI.InternalServerError);
  });
});

describe('the anthropic client', () => {
  const request = {
    model: 'anthropic/claude-sonnet-5.5',
    max_tokens: 2000,
    messages: [{ role: 'user' as const, content: 'Explain tides' }],
  };

  it('reads a message, whole and streamed, thinking first', async () => {
    const whole = await anthropic.messages.create(request);
    const stream = anthropic.messages.stream(request);
    let streamed = '';
    stream.on('text', (text) => (streamed += text));
    const final = await stream.finalMessage();
    expect(final.content.map((block) => block.type)).toEqual(['thinking', 'text']);
    expect(final.content).toEqual(whole.content);
    expect(final.content[1]).toMatchObject({ text: streamed });
    expect(final.usage.output_tokens).toBe(whole.usage.output_tokens);
    expect(final.stop_reason).toBe('end_turn');
  });

  it('is refused hosted models', async () => {
    await expect(anthropic.messages.create({ ...request, model: '@cf/zai-org/glm-4.7-flash' })).rejects.toBeInstanceOf(
      Anthropic.BadRequestError,
    );
  });
});

describe('the cloudflare client', () => {
  const account_id = 'simulator';

  it('verifies the token and finds accounts and gateways', async () => {
    expect((await cloudflare.user.tokens.verify()).status).toBe('active');
    const accounts = [];
    for await (const account of cloudflare.accounts.list()) accounts.push(account.id);
    expect(accounts).toEqual(['simulator']);
    const gateways = [];
    for await (const gateway of cloudflare.aiGateway.list({ account_id })) gateways.push(gateway.id);
    expect(gateways).toContain('default');
  });

  it('lists all models, page after page, each once', async () => {
    const names: string[] = [];
    for await (const model of cloudflare.ai.models.list({ account_id, per_page: 40 })) {
      names.push((model as { name: string }).name);
    }
    expect(names.length).toBeGreaterThan(80);
    expect(new Set(names).size).toBe(names.length);
  });

  it('runs a model by its id in the path', async () => {
    const answer = await cloudflare.ai.run('@cf/meta/llama-3.2-3b-instruct', { account_id, prompt: 'Explain tides' });
    expect((answer as { response: string }).response).toMatch(/no model ran/i);
    const picture = await cloudflare.ai.run('@cf/black-forest-labs/flux-1-schnell', { account_id, prompt: 'A fox' });
    expect((picture as unknown as { image: string }).image).toMatch(/^iVBORw0KGgo/);
  });

  it('turns an envelope of errors into its own error', async () => {
    await expect(cloudflare.ai.run('@cf/nobody/none', { account_id, prompt: 'Hi' })).rejects.toMatchObject({
      status: 400,
      errors: [{ code: 5007 }],
    });
  });
});
