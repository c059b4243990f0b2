import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/simulator/models';
import { problemOf } from '../../../src/simulator/schemas/check';
import { schemaOf } from '../../../src/simulator/schemas/schema-of';
import { chat, createAsker, jsonOf, models } from './support';

const { get, post } = createAsker();
const base = '/client/v4/accounts/simulator/ai';
const hi = { messages: [{ role: 'user', content: 'Hi' }] };
const inputOf = async (id: string): Promise<any> =>
  id.startsWith('@')
    ? jsonOf(await get(`${base}/models/schema?model=${id}`)).result.input
    : jsonOf(await get(`${base}/catalog/models/${id}/schema`)).result.schema.input;

describe('schemas', () => {
  it('stand for every model but those of realtime and without a known task', () => {
    const without = models.filter((model) => schemaOf(simulate(model)) === undefined);
    expect(new Set(without.map(({ task }) => task))).toEqual(new Set(['realtime', 'other']));
  });

  it('are 404 where there is none', async () => {
    expect((await get(`${base}/catalog/models/xai/grok-voice/schema`)).status).toBe(404);
    expect((await get(`${base}/catalog/models/nobody/none/schema`)).status).toBe(404);
    expect((await get(`${base}/models/schema?model=@cf/cloudflare/clef`)).status).toBe(404);
    expect((await get(`${base}/models/schema`)).status).toBe(404);
  });

  it('describe every field of their input', () => {
    const undescribed = (schema: any, where: string): string[] => [
      ...(schema.oneOf ?? []).flatMap((branch: any) => undescribed(branch, where)),
      ...Object.entries<any>(schema.properties ?? {}).flatMap(([name, field]) =>
        (field.description ?? field.oneOf ?? field.anyOf ?? field.properties) ? [] : [`${where}.${name}`],
      ),
    ];
    for (const model of models) {
      const schema = schemaOf(simulate(model));
      if (schema !== undefined) expect(undescribed(schema.input, model.id)).toEqual([]);
    }
  });

  it('have defaults that fit themselves', () => {
    const misfits = (schema: any): string[] => [
      ...(schema.oneOf ?? []).flatMap(misfits),
      ...Object.entries<any>(schema.properties ?? {}).flatMap(([name, field]) => {
        const problem = 'default' in field ? problemOf(field, field.default) : undefined;
        return problem === undefined ? misfits(field) : [`${name}: ${problem}`];
      }),
    ];
    for (const model of models)
      expect([model.id, misfits(schemaOf(simulate(model))?.input ?? {})]).toEqual([model.id, []]);
  });

  it('have the breadth that people meet', async () => {
    const classic = await inputOf('@cf/meta/llama-3.3-70b-instruct-fp8-fast');
    expect(classic.oneOf.map((branch: any) => branch.required)).toEqual([['prompt'], ['messages']]);
    expect(classic.oneOf[1].properties.temperature).toMatchObject({ default: 0.6, minimum: 0, maximum: 5 });
    const glm = (await inputOf('@cf/zai-org/glm-4.7-flash')).properties;
    expect(glm.reasoning_effort.enum).toEqual(['low', 'medium', 'high', null]);
    expect(glm.chat_template_kwargs.properties.enable_thinking.type).toBe('boolean');
    expect(glm.response_format.properties.type.enum).toContain('json_schema');
    expect((await inputOf('anthropic/claude-haiku-4.5')).required).toEqual(['messages', 'max_tokens']);
    expect((await inputOf('google/gemini-2.5-flash')).required).toEqual(['contents']);
    expect((await inputOf('openai/gpt-5.6-luna')).required).toEqual(['input']);
    expect((await inputOf('@cf/black-forest-labs/flux-1-schnell')).properties.steps).toMatchObject({ maximum: 8 });
    expect((await inputOf('@cf/leonardo/phoenix-1.0')).properties.guidance).toMatchObject({ minimum: 2, maximum: 10 });
    expect((await inputOf('openai/gpt-image-2.5-flare')).properties.quality.enum).toContain('max');
    expect((await inputOf('google/nano-banana')).properties.aspect_ratio.enum).toContain('21:9');
    expect((await inputOf('@cf/deepgram/aura-1')).properties.speaker.enum).toContain('luna');
    const inworld = await inputOf('inworld/tts-2');
    expect([inworld.additionalProperties, inworld.required.length]).toEqual([false, 5]);
    expect((await inputOf('vidu/q3-pro')).properties.duration).toMatchObject({ minimum: 1, maximum: 16 });
    expect((await inputOf('runwayml/gen-4.5')).required).toContain('ratio');
    expect((await inputOf('@cf/baai/bge-reranker-base')).required).toEqual(['query', 'contexts']);
    expect((await inputOf('@cf/meta/m2m100-1.2b')).required).toContain('target_lang');
    expect((await inputOf('@cf/openai/whisper-large-v3-turbo')).properties.task.enum).toContain('translate');
  });
});

describe('the run routes', () => {
  const llama = '/ai/run/@cf/meta/llama-3.2-3b-instruct';
  it.each<[string, string, unknown, number, number]>([
    ['a number out of its range', llama, { prompt: 'Hi', temperature: 6 }, 3003, 400],
    ['a fraction for a whole number', llama, { prompt: 'Hi', seed: 1.5 }, 3003, 400],
    ['a role without content', llama, { messages: [{ role: 'user' }] }, 3003, 400],
    ['too many steps', '/ai/run/@cf/black-forest-labs/flux-1-schnell', { prompt: 'Hi', steps: 9 }, 3003, 400],
    ['guidance out of its range', '/ai/run/@cf/leonardo/phoenix-1.0', { prompt: 'Hi', guidance: 1 }, 3003, 400],
    ['an empty prompt', '/ai/run/@cf/leonardo/phoenix-1.0', { prompt: '' }, 3003, 400],
    ['a quality that is none', '/ai/run', third('openai/gpt-image-2', { prompt: 'Hi', quality: 'best' }), 7003, 400],
    ['a field that is not allowed', '/ai/run', third('google/nano-banana', { prompt: 'Hi', width: 64 }), 7003, 400],
    ['a ratio that is none', '/ai/run', third('google/imagen-4', { prompt: 'Hi', aspect_ratio: '7:1' }), 7003, 400],
    ['too high a temperature', '/ai/run', third('openai/gpt-4.1', { ...hi, temperature: 3 }), 7003, 400],
    ['an effort that is none', '/ai/run', third('openai/gpt-5', { ...hi, reasoning_effort: 'huge' }), 7003, 400],
  ])('refuse %s', async (_what, path, body, code, status) => {
    const reply = await post(path, body);
    expect([reply.status, jsonOf(reply).errors[0].code]).toEqual([status, code]);
  });

  it('hold on Chat Completions too where the schema is that of Chat Completions', async () => {
    const ask = (model: string, temperature: number) =>
      post('/ai/v1/chat/completions', chat(model, 'Hi', { temperature }));
    expect((await ask('openai/gpt-4.1', 3)).status).toBe(400);
    expect((await ask('openai/gpt-4.1', 2)).status).toBe(200);
    expect((await ask('@cf/meta/llama-3.2-3b-instruct', 3)).status).toBe(200);
  });

  it.each<[string, string, unknown]>([
    ['null for what is not set', llama, { prompt: 'Hi', temperature: null }],
    ['fields that an open schema does not know', llama, { prompt: 'Hi', colour: 'blue' }],
    ['a value at the edge of its range', llama, { prompt: 'Hi', temperature: 5 }],
    ['parts of content', llama, { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] }],
    ['an enum value', '/ai/run', third('openai/gpt-image-2', { prompt: 'Hi', quality: 'high', size: '1024x1536' })],
    ['null where the schema lists it', '/ai/run', third('openai/gpt-5', { ...hi, reasoning_effort: null })],
  ])('take %s', async (_what, path, body) => {
    expect((await post(path, body)).status).toBe(200);
  });
});

function third(model: string, input: object): object {
  return { model, input };
}
