import { expect, it } from 'vitest';
import { Event } from '../src/event';
import type { Model } from '../src/models';
import { structured } from '../src/structured';

const EVENT = { title: 'Dinner', date: null, place: null, people: [] };

/** What the first call is given. */
async function inputFor(id: string, format?: Model['format']): Promise<Record<string, unknown>> {
  const inputs: Record<string, unknown>[] = [];
  const model = { id, input: {}, ...(format && { format }) };
  await structured(model, Event, 'Read the event.', 'Dinner', async (input) => {
    inputs.push(input);
    return { response: EVENT };
  });
  return inputs[0] ?? {};
}

it('gives hosted models the bare schema', async () => {
  const { response_format: format, messages } = await inputFor('@cf/zai-org/glm-4.7-flash');
  expect(format).toMatchObject({ type: 'json_schema', json_schema: { type: 'object', required: Object.keys(EVENT) } });
  expect(messages).toMatchObject([{ role: 'system' }, { role: 'user', content: 'Dinner' }]);
});

it("gives models of OpenAI's format a named schema", async () => {
  const { response_format: format } = await inputFor('openai/gpt-5.4-mini');
  expect(format).toMatchObject({ json_schema: { name: 'answer', strict: true, schema: { type: 'object' } } });
});

it("gives models of OpenAI's responses the schema where they want it", async () => {
  expect(await inputFor('openai/gpt-5.6-sol', 'responses')).toMatchObject({
    instructions: expect.stringContaining('"people"'),
    input: [{ role: 'user', content: 'Dinner' }],
    text: { format: { type: 'json_schema', name: 'answer', strict: true, schema: { type: 'object' } } },
  });
});

it('keeps instructions apart where the provider does', async () => {
  expect(await inputFor('anthropic/claude-haiku-4.5')).toEqual({
    system: expect.stringContaining('"people"'),
    messages: [{ role: 'user', content: 'Dinner' }],
  });
  expect(await inputFor('google/gemini-3.1-flash')).toEqual({
    systemInstruction: { parts: [{ text: expect.stringContaining('"people"') }] },
    contents: [{ role: 'user', parts: [{ text: 'Dinner' }] }],
  });
});
