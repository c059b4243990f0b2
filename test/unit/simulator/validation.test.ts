import { describe, expect, it } from 'vitest';
import { chat, createAsker, jsonOf } from './support';

const { post } = createAsker();
const glm = '@cf/zai-org/glm-4.7-flash';
const claude = 'anthropic/claude-sonnet-4.5';

describe('validation', () => {
  it.each<[string, string, unknown, number, number]>([
    ['a body that is not JSON', '/ai/v1/chat/completions', '{"model":', 400, 7003],
    ['a body that is no object', '/ai/v1/chat/completions', [1], 400, 7003],
    ['no model', '/ai/v1/chat/completions', { messages: [] }, 400, 7003],
    ['an unknown hosted model', '/ai/v1/chat/completions', chat('@cf/nobody/none', 'Hi'), 400, 5007],
    ['an unknown third-party model', '/ai/v1/chat/completions', chat('nobody/none', 'Hi'), 400, 7003],
    ['no messages', '/ai/v1/chat/completions', { model: glm }, 400, 3003],
    ['empty messages', '/ai/v1/chat/completions', { model: glm, messages: [] }, 400, 3003],
    [
      'an unknown role',
      '/ai/v1/chat/completions',
      { model: glm, messages: [{ role: 'boss', content: '' }] },
      400,
      3003,
    ],
    [
      'content of a wrong type',
      '/ai/v1/chat/completions',
      { model: glm, messages: [{ role: 'user', content: 7 }] },
      400,
      3003,
    ],
    ['temperature as text', '/ai/v1/chat/completions', chat(glm, 'Hi', { temperature: '1' }), 400, 3003],
    ['stream as text', '/ai/v1/chat/completions', chat(glm, 'Hi', { stream: 'yes' }), 400, 3003],
    ['max_tokens 0', '/ai/v1/chat/completions', chat(glm, 'Hi', { max_tokens: 0 }), 400, 3003],
    ['max_tokens 1.5', '/ai/v1/chat/completions', chat(glm, 'Hi', { max_tokens: 1.5 }), 400, 3003],
    [
      'an unknown reasoning effort',
      '/ai/v1/chat/completions',
      chat(glm, 'Hi', { reasoning_effort: 'huge' }),
      400,
      3003,
    ],
    [
      'more output than the model has',
      '/ai/v1/chat/completions',
      chat('@cf/openai/gpt-oss-20b', 'Hi', { max_tokens: 1e6 }),
      400,
      3003,
    ],
    [
      'a model that makes pictures',
      '/ai/v1/chat/completions',
      chat('@cf/black-forest-labs/flux-1-schnell', 'Hi'),
      400,
      3003,
    ],
    ['a hosted model on Messages', '/ai/v1/messages', chat(glm, 'Hi', { max_tokens: 10 }), 400, 7003],
    ['Messages without max_tokens', '/ai/v1/messages', chat(claude, 'Hi'), 400, 7003],
    [
      'a system role inside Messages',
      '/ai/v1/messages',
      { model: claude, max_tokens: 9, messages: [{ role: 'system', content: '' }] },
      400,
      7003,
    ],
    ['a hosted model that lacks Responses', '/ai/v1/responses', { model: glm, input: 'Hi' }, 400, 3003],
    ['Responses without input', '/ai/v1/responses', { model: 'openai/gpt-5.6-luna' }, 400, 7003],
    ['messages on Responses', '/ai/v1/responses', chat('openai/gpt-5.6-luna', 'Hi', { input: 'Hi' }), 400, 7003],
    ['a chat model on embeddings', '/ai/v1/embeddings', { model: glm, input: 'Hi' }, 400, 3003],
    ['a picture without prompt', '/ai/run/@cf/black-forest-labs/flux-1-schnell', {}, 400, 3003],
    ['Flux 2 as JSON', '/ai/run/@cf/black-forest-labs/flux-2-dev', { prompt: 'Hi' }, 400, 3003],
    ['a third-party model in the path', '/ai/run/openai/gpt-5', { prompt: 'Hi' }, 400, 7003],
    ['the run route without input', '/ai/run', { model: 'openai/gpt-image-2' }, 400, 7003],
    ['neither prompt nor messages', '/ai/run/@cf/meta/llama-3.2-3b-instruct', {}, 400, 3003],
  ])('refuses %s', async (_what, path, body, status, code) => {
    const reply = await post(path, body);
    expect(reply.status).toBe(status);
    expect(jsonOf(reply)).toMatchObject({ success: false, errors: [{ code }] });
    expect(reply.headers).toHaveProperty('cf-aig-log-id');
  });

  it.each(['openai/gpt-5', 'xai/grok-4.3'])('tells %s callers to use max_completion_tokens', async (model) => {
    const refused = await post('/ai/v1/chat/completions', chat(model, 'Hi', { max_tokens: 100 }));
    expect(refused.status).toBe(400);
    expect(jsonOf(refused).errors[0].message).toContain("Use 'max_completion_tokens' instead");
    expect((await post('/ai/v1/chat/completions', chat(model, 'Hi', { max_completion_tokens: 100 }))).status).toBe(200);
  });

  it('refuses an input beyond the context window as too large', async () => {
    const reply = await post('/ai/v1/chat/completions', chat('@cf/simulator/no-usage', 'word '.repeat(40_000)));
    expect(reply.status).toBe(413);
    expect(jsonOf(reply).errors[0].code).toBe(3006);
  });

  it('ignores invalid metadata', async () => {
    const reply = await post('/ai/v1/chat/completions', chat(glm, 'Hi'), { 'cf-aig-metadata': '{broken' });
    expect(reply.status).toBe(200);
  });
});
