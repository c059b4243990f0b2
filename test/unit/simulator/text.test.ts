import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { countTokens } from '../../../src/simulator/tokens';
import { chat, chatText, createAsker, eventsOf, jsonOf, models, textOf, writes } from './support';

const glm = '@cf/zai-org/glm-4.7-flash';
const llama = '@cf/meta/llama-3.3-70b-instruct-fp8-fast';
const path = '/ai/v1/chat/completions';

async function answer(model: string, prompt: string, rest: object = {}): Promise<any> {
  return jsonOf(await createAsker().post(path, chat(model, prompt, rest)));
}

async function contentOf(model: string, prompt: string, rest: object = {}): Promise<string> {
  return (await answer(model, prompt, rest)).choices[0].message.content;
}

describe('text', () => {
  it('gives the same bytes at the same moments for the same request', async () => {
    const body = chat(glm, 'Compare two databases', { stream: true, seed: 7, stream_options: { include_usage: true } });
    const [first, second] = [await createAsker().post(path, body), await createAsker().post(path, body)];
    expect(writes(first)).toEqual(writes(second));
  });

  it.each([
    ['prompt', { content: 'Explain rainbows' }],
    ['seed', { seed: 2 }],
    ['temperature', { temperature: 0.1 }],
    ['model', { model: llama }],
  ])('varies with the %s', async (_what, { model = glm, content = 'Explain tides', ...rest }: Record<string, any>) => {
    const usual = await contentOf(glm, 'Explain tides');
    expect(await contentOf(model, content, rest)).not.toBe(usual);
  });

  it('says that no model ran, names the model and quotes the prompt', async () => {
    const text = await contentOf(llama, 'Explain tides to a sailor', { max_tokens: 2000 });
    expect(text).toMatch(/no model ran/i);
    expect(text).toContain(llama);
    expect(text).toContain('"Explain tides to a sailor"');
  });

  it('shows every kind of Markdown over a few models, in 120 to 430 tokens each', async () => {
    const texts: string[] = [];
    for (const model of models.filter(({ task, hosting }) => task === 'text-generation' && hosting === 'hosted')) {
      const body = await answer(model.id, 'Explain how to plan a garden', { max_completion_tokens: 4000 });
      const { content } = body.choices[0].message;
      expect(countTokens(content), model.id).toBeGreaterThanOrEqual(110);
      expect(countTokens(content), model.id).toBeLessThanOrEqual(430);
      texts.push(content);
    }
    const kinds = new Set(texts.flatMap((text) => marked.lexer(text).map((token) => token.type)));
    for (const kind of ['heading', 'code', 'table', 'list', 'blockquote']) expect(kinds).toContain(kind);
    const all = texts.join('\n');
    expect(all).toMatch(/[֐-ۿ]{3}/u);
    expect(all).toMatch(/\p{Extended_Pictographic}/u);
    expect(all).toMatch(/\]\(https:/);
    expect(all).toMatch(/\S{80}/);
  });

  it('answers short when asked for a label, with one of the labels offered', async () => {
    const text = await contentOf(
      llama,
      'Classify this ticket as billing, technical or other: my card was charged twice',
    );
    expect(text).toMatch(/^\*\*(billing|technical|other)\b/);
    expect(countTokens(text)).toBeLessThan(60);
    expect(text).toMatch(/no model ran/);
  });

  it('answers exactly as long as ordered', async () => {
    const body = await answer('openai/gpt-4.1', '[[simulate tokens=4000]] Write a novel');
    expect(body.usage.completion_tokens).toBe(4000);
    expect(body.choices[0].finish_reason).toBe('stop');
  });

  it('echoes what it is told, byte for byte, streamed too', async () => {
    const given = '<img src=x onerror="alert(1)">\n\n<|endoftext|> 👩‍👩‍👧 [[simulate tokens=5]] שלום\t`x` ';
    expect(await contentOf('openai/gpt-4.1', `[[echo]]${given}`)).toBe(given);
    const reply = await createAsker().post(path, chat(glm, `[[echo]]${given}`, { stream: true }));
    expect(chatText(reply)).toBe(given);
  });
});

describe('limits', () => {
  it('stops at the output limit with the beginning of the same text', async () => {
    const whole = await answer('openai/gpt-4.1', 'Explain tides', { max_completion_tokens: 2000 });
    const cut = await answer('openai/gpt-4.1', 'Explain tides', { max_completion_tokens: 50 });
    expect(whole.choices[0].finish_reason).toBe('stop');
    expect(cut.choices[0].finish_reason).toBe('length');
    expect(cut.usage.completion_tokens).toBe(50);
    expect(whole.choices[0].message.content.startsWith(cut.choices[0].message.content)).toBe(true);
  });

  it('leaves out a character that the limit cuts through, and nothing of it in the next answer', async () => {
    const cut = await answer('openai/gpt-4.1', '[[echo]]🛰️🛰️🛰️🛰️', { max_completion_tokens: 4 });
    expect(cut.usage.completion_tokens).toBe(4);
    expect(cut.choices[0].message.content).toBe('🛰️');
    expect(await contentOf('openai/gpt-4.1', '[[echo]]👩 next')).toBe('👩 next');
  });

  it('counts reasoning into the limit', async () => {
    const { usage, choices } = await answer(glm, 'Explain tides', { max_tokens: 20 });
    expect(usage).toMatchObject({ completion_tokens: 20, completion_tokens_details: { reasoning_tokens: 20 } });
    expect(choices[0]).toMatchObject({ finish_reason: 'length', message: { content: '' } });
  });

  it('stops before a stop sequence', async () => {
    const body = await answer('openai/gpt-4.1', '[[echo]]one two STOP three', { stop: ['never', 'STOP'] });
    expect(body.choices[0].message.content).toBe('one two ');
    expect(body.choices[0].finish_reason).toBe('stop');
  });

  it('applies the documented default of 256 to classic hosted models', async () => {
    const body = await answer(llama, '[[simulate tokens=900]]');
    expect(body.usage.completion_tokens).toBe(256);
    expect(body.choices[0].finish_reason).toBe('length');
  });
});

describe('usage', () => {
  it('counts what was written', async () => {
    const body = await answer('openai/gpt-4.1', 'Explain tides');
    expect(body.usage.completion_tokens).toBe(countTokens(body.choices[0].message.content));
    expect(body.usage.total_tokens).toBe(body.usage.prompt_tokens + body.usage.completion_tokens);
  });

  it('grows with the prompt', async () => {
    const short = (await answer(glm, 'Hi')).usage.prompt_tokens;
    const long = (await answer(glm, `Hi ${'tide '.repeat(500)}`)).usage.prompt_tokens;
    expect(long - short).toBeGreaterThanOrEqual(499);
    expect(long - short).toBeLessThanOrEqual(502);
  });

  it('reports a long prefix seen before as cached, and reads it faster', async () => {
    const { post } = createAsker();
    const manual = 'The manual says that tides follow the moon. '.repeat(400);
    const [first, second] = [
      await post(
        path,
        chat('openai/gpt-4.1', `${manual} Question one`, { stream: true, stream_options: { include_usage: true } }),
      ),
      await post(
        path,
        chat('openai/gpt-4.1', `${manual} Question two`, { stream: true, stream_options: { include_usage: true } }),
      ),
    ];
    const cached = (reply: typeof first) => eventsOf(reply).at(-1).usage.prompt_tokens_details.cached_tokens;
    expect(cached(first)).toBe(0);
    expect(cached(second)).toBeGreaterThan(3000);
    expect(cached(second) % 128).toBe(0);
    const firstText = (reply: typeof first) => writes(reply).find(({ kind }) => kind === 'text')?.at ?? NaN;
    expect(firstText(second)).toBeLessThan(firstText(first));
  });

  it("excludes cached tokens from Anthropic's input_tokens, and caches only what is marked", async () => {
    const { post } = createAsker();
    const system = 'The manual says that tides follow the moon. '.repeat(400);
    const ask = async (marked: boolean) =>
      jsonOf(
        await post('/ai/v1/messages', {
          model: 'anthropic/claude-sonnet-4.5',
          max_tokens: 2000,
          system: [{ type: 'text', text: system, ...(marked ? { cache_control: { type: 'ephemeral' } } : {}) }],
          messages: [{ role: 'user', content: 'Why?' }],
        }),
      ).usage;
    const plain = await ask(false);
    const written = await ask(true);
    const read = await ask(true);
    expect(plain).toMatchObject({ cache_creation_input_tokens: 0, cache_read_input_tokens: 0 });
    expect(written.cache_creation_input_tokens).toBeGreaterThan(3000);
    expect(read.cache_read_input_tokens).toBeGreaterThan(3000);
    for (const usage of [written, read]) {
      expect(usage.input_tokens + usage.cache_creation_input_tokens + usage.cache_read_input_tokens).toBe(
        plain.input_tokens,
      );
    }
  });
});

describe('reasoning', () => {
  it('comes before the answer, in the field the model uses', async () => {
    for (const [model, field] of [
      [glm, 'reasoning_content'],
      ['@cf/openai/gpt-oss-120b', 'reasoning'],
    ] as const) {
      const deltas = eventsOf(await createAsker().post(path, chat(model, 'Why?', { stream: true }))).map(
        (event) => event.choices[0].delta,
      );
      const reasoning = deltas.findLastIndex((delta) => delta[field]);
      const answering = deltas.findIndex((delta) => delta.content);
      expect(reasoning, model).toBeGreaterThan(1);
      expect(answering, model).toBeGreaterThan(reasoning);
    }
  });

  it('may be hidden: only usage and the wait tell', async () => {
    const reply = await createAsker().post(
      path,
      chat('openai/gpt-5.4', 'Why?', { stream: true, stream_options: { include_usage: true } }),
    );
    expect(textOf(reply)).not.toMatch(/reasoning_content|"reasoning":/);
    expect(eventsOf(reply).at(-1).usage.completion_tokens_details.reasoning_tokens).toBeGreaterThan(20);
  });

  it('grows with the effort, and can be turned off', async () => {
    const tokens = async (rest: object) =>
      (await answer(glm, 'Why?', rest)).usage.completion_tokens_details?.reasoning_tokens ?? 0;
    const [low, usual, high] = [
      await tokens({ reasoning_effort: 'low' }),
      await tokens({}),
      await tokens({ reasoning_effort: 'high' }),
    ];
    expect(low).toBeLessThan(usual);
    expect(usual).toBeLessThan(high);
    expect(await tokens({ chat_template_kwargs: { enable_thinking: false } })).toBe(0);
  });
});
