import { env, exports } from 'cloudflare:workers';
import { afterEach, expect, it, vi } from 'vitest';
import { MODEL } from '../src/models';

const EVENT = { title: 'Dinner', date: '2026-05-01', place: null, people: ['Ada'] };

afterEach(() => vi.restoreAllMocks());

/** Answers one after the other. */
function answering(...answers: readonly unknown[]) {
  const run = vi.spyOn(env.AI, 'run');
  for (const answer of answers) run.mockResolvedValueOnce(answer as never);
  return run;
}

function saying(content: string): unknown {
  return { choices: [{ message: { role: 'assistant', content } }] };
}

function post(body: unknown): Promise<Response> {
  return exports.default.fetch('https://example.com/', { method: 'POST', body: JSON.stringify(body) });
}

it.each([
  saying(JSON.stringify(EVENT)),
  saying('```json\n' + JSON.stringify(EVENT) + '\n```'),
  { response: EVENT },
  { response: JSON.stringify(EVENT) },
  { content: [{ type: 'text', text: JSON.stringify(EVENT) }] },
  { output: [{ type: 'reasoning' }, { content: [{ type: 'output_text', text: JSON.stringify(EVENT) }] }] },
])('reads %j', async (answer) => {
  answering(answer);
  const response = await post({ text: 'Dinner with Ada on May 1st, 2026' });
  expect(await response.json()).toEqual({ event: EVENT, attempts: 1 });
});

it('gives the model the schema', async () => {
  const run = answering({ response: EVENT });
  await post({ text: 'Dinner' });
  const [model, input, options] = run.mock.calls[0] ?? [];
  expect(model).toBe(MODEL.id);
  expect(JSON.stringify(input)).toContain('"title"');
  expect(options).toMatchObject({ gateway: { id: env.AI_GATEWAY_ID } });
});

it('tells the model what is wrong, and lets it try again', async () => {
  const run = answering(
    saying('Sure!'),
    saying(JSON.stringify({ ...EVENT, date: 'tomorrow' })),
    saying(JSON.stringify(EVENT)),
  );
  const response = await post({ text: 'Dinner' });
  expect(await response.json()).toEqual({ event: EVENT, attempts: 3 });
  expect(JSON.stringify(run.mock.calls[1]?.[1])).toContain('not JSON');
  expect(JSON.stringify(run.mock.calls[2]?.[1])).toContain('date');
});

it('gives up after three attempts', async () => {
  const run = answering(saying('{}'), { choices: [{ message: { content: null } }] }, {}, saying('{}'));
  const response = await post({ text: 'Dinner' });
  expect(response.status).toBe(502);
  expect(run).toHaveBeenCalledTimes(3);
  expect(JSON.stringify(run.mock.calls[2]?.[1])).not.toContain('"content":""');
});

it.each([{}, { text: '' }, { text: 'x'.repeat(20_000) }])('refuses a body that is not right', async (body) => {
  const run = answering();
  expect((await post(body)).status).toBe(400);
  expect(run).not.toHaveBeenCalled();
});
