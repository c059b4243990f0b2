import { env } from 'cloudflare:workers';
import { afterEach, expect, it, vi } from 'vitest';
import { chat } from '../src/chat';
import type { Message } from '../src/conversation';
import { answering } from './answers';

const MESSAGES: readonly Message[] = [
  { role: 'user', content: 'Hi' },
  { role: 'assistant', content: 'Hello' },
  { role: 'user', content: 'Why?' },
];
const openAi = { messages: MESSAGES };

afterEach(() => vi.restoreAllMocks());

const providers: readonly (readonly [id: string, input: Record<string, unknown>, answer: unknown])[] = [
  ['@cf/zai-org/glm-4.7-flash', openAi, { choices: [{ message: { content: 'Because.' } }] }],
  ['@cf/meta/llama-3.2-3b-instruct', openAi, { response: 'Because.' }],
  ['openai/gpt-5.4-mini', openAi, { choices: [{ message: { content: 'Because.' } }] }],
  ['dynamic/support', openAi, { choices: [{ message: { content: 'Because.' } }] }],
  ['anthropic/claude-haiku-4.5', { messages: MESSAGES }, { content: [{ type: 'text', text: 'Because.' }] }],
  [
    'google/gemini-3.1-flash',
    {
      contents: [
        { role: 'user', parts: [{ text: 'Hi' }] },
        { role: 'model', parts: [{ text: 'Hello' }] },
        { role: 'user', parts: [{ text: 'Why?' }] },
      ],
    },
    { candidates: [{ content: { parts: [{ text: 'Because.' }] } }] },
  ],
];

it.each(providers)('asks %s in its own words', async (id, input, answer) => {
  const run = answering(() => answer);
  const { signal } = new AbortController();
  const { words } = await chat(env, [{ id, input: { seed: 1 } }], MESSAGES, {
    stream: false,
    signal,
  });
  let text = '';
  for await (const piece of words) text += piece;
  expect(text).toBe('Because.');
  expect(run.mock.calls[0]?.[1]).toMatchObject({ ...input, seed: 1 });
});

it("asks and reads models of OpenAI's responses", async () => {
  const run = answering(() => ({
    output: [{ type: 'reasoning', summary: [] }, { content: [{ type: 'output_text', text: 'Because.' }] }],
  }));
  const { signal } = new AbortController();
  const models = [{ id: 'openai/gpt-5.6-sol', input: {}, format: 'responses' }] as const;
  const { words } = await chat(env, models, MESSAGES, { stream: false, signal });
  expect(await words.next()).toEqual({ done: false, value: 'Because.' });
  expect(run.mock.calls[0]?.[1]).toEqual({ input: MESSAGES });
});

it('fails when an answer holds no text', async () => {
  answering(() => ({}));
  const { signal } = new AbortController();
  const { words } = await chat(env, [{ id: 'openai/x', input: {} }], MESSAGES, { stream: false, signal });
  await expect(words.next()).rejects.toThrow('holds no text');
});
