import { env, exports } from 'cloudflare:workers';
import { afterEach, expect, it, vi } from 'vitest';
import { SPEECH, TRANSCRIPTION } from '../src/models';

const WAV = new TextEncoder().encode('RIFF0000WAVEfmt and samples');
const BASE64 = btoa(String.fromCharCode(...WAV));

afterEach(() => vi.restoreAllMocks());

/** A Worker's request may only read streams that were made in it, so the answer is made when it is asked for. */
function answering(answer: () => unknown) {
  return vi.spyOn(env.AI, 'run').mockImplementation((async () => answer()) as never);
}

function transcribe(body: BodyInit, type = 'audio/wav'): Promise<Response> {
  return exports.default.fetch('https://example.com/transcribe', {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
}

function speak(body: unknown): Promise<Response> {
  return exports.default.fetch('https://example.com/speak', { method: 'POST', body: JSON.stringify(body) });
}

it.each([
  { text: ' Hello ' },
  { result: {}, text: 'Hello' },
  { results: { channels: [{ alternatives: [{ transcript: 'Hello' }] }] } },
])('transcribes: %j', async (answer) => {
  const run = answering(() => answer);
  const response = await transcribe(WAV);
  expect(await response.json()).toEqual({ text: 'Hello' });
  const [model, input] = run.mock.calls[0] ?? [];
  expect(model).toBe(TRANSCRIPTION.id);
  expect(Object.keys(input as object).length).toBeGreaterThan(0);
});

it('tells a recording of silence from no answer', async () => {
  answering(() => ({ text: '' }));
  expect(await (await transcribe(WAV)).json()).toEqual({ text: '' });
  answering(() => ({}));
  expect((await transcribe(WAV)).status).toBe(502);
});

it('refuses what is no recording, and one that is too large', async () => {
  const run = answering(() => ({ text: '' }));
  expect((await transcribe('{}', 'application/json')).status).toBe(415);
  expect((await transcribe('')).status).toBe(400);
  expect((await transcribe(new Uint8Array(5 * 1024 * 1024))).status).toBe(413);
  expect(run).not.toHaveBeenCalled();
});

const forms: readonly (readonly [name: string, answer: () => unknown])[] = [
  ['bytes', () => new Blob([WAV]).stream()],
  ['base64', () => ({ audio: BASE64 })],
];

it.each(forms)('speaks when the model gives %s', async (_, answer) => {
  const run = answering(answer);
  const response = await speak({ text: 'Hello' });
  expect(response.headers.get('content-type')).toBe('audio/wav');
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(WAV);
  const [model, input] = run.mock.calls[0] ?? [];
  expect(model).toBe(SPEECH.id);
  expect(Object.values(input as object)).toContain('Hello');
});

it.each([{}, { text: '' }, { text: 'x'.repeat(3000) }])(
  'refuses to speak without a text, or a long one',
  async (body) => {
    expect((await speak(body)).status).toBe(400);
  },
);

it('knows no other path', async () => {
  expect((await exports.default.fetch('https://example.com/')).status).toBe(404);
});
