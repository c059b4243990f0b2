import { describe, expect, it } from 'vitest';
import { schemaOf } from '../../../src/simulator/schemas/schema-of';
import { simulate, taskModels } from '../../../src/simulator/models';
import { sniff } from '../../../src/simulator/inputs/sniff';
import { sampleOf } from './samples';
import { account, createAsker, jsonOf, models, writes } from './support';

const { post, send } = createAsker();
const notRun = ['text-generation', 'realtime', 'other'];
const flux2 = /^@cf\/black-forest-labs\/flux-2/;
const runnable = [...models.map(simulate), ...taskModels()].filter(({ model }) => !notRun.includes(model.task));

/** Media in an answer: base64, a data URI, or what the URL serves. */
async function fetched(value: string): Promise<Uint8Array> {
  if (!value.startsWith('http')) return Buffer.from(value.replace(/^data:[^,]*,/, ''), 'base64');
  const url = new URL(value);
  const reply = await send(url.pathname + url.search, { headers: { authorization: '' } });
  expect(reply.status, value).toBe(200);
  return Buffer.concat(writes(reply).map((step) => Buffer.from(step.data)));
}

describe('every model of the catalog', () => {
  it.each(runnable.map((sim) => [sim.model.id, sim.model.task, sim] as const))(
    '%s answers (%s)',
    async (id, task, sim) => {
      const isHosted = sim.model.hosting === 'hosted';
      const sample = sampleOf(schemaOf(sim)?.input);
      // Qwen's schema requires none of its three kinds of text.
      const input = id.includes('qwen3-embedding') ? { text: 'A red fox' } : sample;
      const form = new FormData();
      form.set('prompt', 'A red fox');
      const encoded = new Response(form);
      const reply = flux2.test(id)
        ? await send(`${account}/ai/run/${id}`, {
            body: await encoded.text(),
            headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
          })
        : await post(isHosted ? `/ai/run/${id}` : '/ai/run', isHosted ? input : { model: id, input });
      expect(reply.status, JSON.stringify(reply.steps[0]).slice(0, 300)).toBe(200);
      if (reply.headers['content-type'] !== 'application/json') {
        const bytes = Buffer.concat(writes(reply).map((step) => Buffer.from(step.data)));
        expect(sniff(bytes).type).toBe(reply.headers['content-type']);
        return;
      }
      const body = jsonOf(reply);
      expect(body.success).toBe(true);
      if (!isHosted)
        expect(body.result).toMatchObject({ state: 'Completed', gatewayMetadata: { keySource: 'Unified' } });
      const result = isHosted ? body.result : body.result.result;
      switch (task) {
        case 'text-to-image':
        case 'image-to-image': {
          const bytes = await fetched(result.image);
          if (/vector/.test(id)) expect(Buffer.from(bytes).toString()).toMatch(/^<svg /);
          else expect(sniff(bytes).kind).toBe('image');
          return;
        }
        case 'text-to-video':
        case 'image-to-video':
        case 'video-to-video':
          return expect(sniff(await fetched(result.video)).type).toBe('video/mp4');
        case 'text-to-speech':
        case 'music-generation':
          return expect(sniff(await fetched(result.audio))).toMatchObject({ kind: 'audio' });
        case 'speech-recognition':
          return expect(JSON.stringify(result)).toMatch(/quick brown/);
        case 'embeddings':
          return expect(result.data?.[0] ?? result.response).toBeDefined();
        case 'reranking':
          return expect(result.response).toHaveLength(1);
        case 'translation':
          return expect(result.translated_text ?? result.translations[0]).toMatch(/\S/);
        case 'summarization':
          return expect(result.summary).toMatch(/\S/);
        case 'text-classification':
        case 'image-classification':
        case 'object-detection':
          return expect(result[0]).toMatchObject({ label: expect.any(String), score: expect.any(Number) });
        case 'image-to-text':
          return expect(result.description ?? result.response).toMatch(/PNG of 320x200/);
        case 'turn-detection':
          return expect(result.is_complete).toBe(true);
        default:
          throw new Error(`${task} is not checked`);
      }
    },
  );

  it('of realtime says that it is not answered; without a known task it answers what no one has seen before', async () => {
    const reply = await post('/ai/run', { model: 'xai/grok-voice', input: { text: 'Hi' } });
    expect([reply.status, jsonOf(reply).errors[0].message]).toEqual([400, expect.stringContaining('WebSocket')]);
    const other = await post('/ai/run/@cf/cloudflare/clef', { prompt: 'Hi' });
    expect(jsonOf(other).result).toMatchObject({ prompt: 'Hi', confidence: 0.5 });
  });
});
