import { describe, expect, it } from 'vitest';
import { countTokens } from '../../../src/simulator/tokens';
import { createAsker, jsonOf, textOf } from './support';
import { files } from './samples';

const { post } = createAsker();
const run = async (id: string, input: object): Promise<any> => jsonOf(await post(`/ai/run/${id}`, input)).result;
const texts = [
  'The tide follows the moon.',
  'Invoices are due on Friday.',
  'The moon pulls the sea and makes the tide.',
];
const contexts = texts.map((text) => ({ text }));

describe('embeddings and ranking', () => {
  it('compare a query with contexts in BGE-M3, and embed contexts alone', async () => {
    const { response } = await run('@cf/baai/bge-m3', { query: 'moon and tide', contexts });
    expect(response.map(({ id }: any) => id)).toEqual([0, 1, 2]);
    expect(response[2].score).toBeGreaterThan(response[1].score + 0.2);
    expect((await run('@cf/baai/bge-m3', { contexts })).response[0]).toHaveLength(1024);
    expect((await run('@cf/baai/bge-m3', { text: 'One' })).shape).toEqual([1, 1024]);
  });

  it('take queries and documents in Qwen', async () => {
    const { data, shape } = await run('@cf/qwen/qwen3-embedding-0.6b', { queries: 'moon', documents: texts });
    expect([data.length, shape[0]]).toEqual([4, 4]);
  });

  it('rank documents by the words they share with the query', async () => {
    const { response } = await run('@cf/baai/bge-reranker-base', { query: 'moon and tide', contexts, top_k: 2 });
    expect(response).toHaveLength(2);
    expect(response.map(({ id }: any) => id)).not.toContain(1);
    expect(response[0].score).toBeGreaterThan(response[1].score);
    expect((await post('/ai/run/@cf/baai/bge-reranker-base', { query: '', contexts })).status).toBe(400);
    expect((await post('/ai/run/@cf/baai/bge-reranker-base', { query: 'a', contexts: [] })).status).toBe(400);
  });
});

describe('texts', () => {
  it('are translated so that one can see it', async () => {
    const ask = (target_lang: string) => run('@cf/meta/m2m100-1.2b', { text: 'Good morning, red fox!', target_lang });
    expect((await ask('german')).translated_text).toBe('Gut Morgen, rot Fuchs!');
    expect((await ask('fr')).translated_text).toBe('Bon matin, rouge renard!');
    expect((await ask('japanese')).translated_text).toBe('[japanese] Good morning, red fox!');
    const indic = { text: ['One', 'Two'], target_language: 'hin_Deva' };
    const { translations } = await run('@cf/ai4bharat/indictrans2-en-indic-1B', indic);
    expect(translations).toEqual(['[hin_Deva] One', '[hin_Deva] Two']);
    expect((await post('/ai/run/@cf/meta/m2m100-1.2b', { text: 'Hi' })).status).toBe(400);
  });

  it('become really shorter', async () => {
    const long = Array.from({ length: 12 }, (_, index) => `Sentence number ${index} tells a little more.`).join(' ');
    const { summary } = await run('@cf/simulator/bart-large-cnn', { input_text: long, max_length: 20 });
    expect(long.startsWith(summary)).toBe(true);
    expect(countTokens(summary)).toBeLessThanOrEqual(20);
    const one = await run('@cf/simulator/bart-large-cnn', { input_text: 'word '.repeat(40) });
    expect(countTokens(one.summary)).toBeLessThan(25);
    expect(one.summary).toMatch(/\S/);
  });

  it('are positive or negative, the likelier first', async () => {
    const first = async (text: string) => (await run('@cf/huggingface/distilbert-sst-2-int8', { text }))[0];
    expect(await first('What a great, lovely day')).toMatchObject({ label: 'POSITIVE' });
    expect(await first('This was terrible and boring')).toMatchObject({ label: 'NEGATIVE' });
    expect(await first('This is not good')).toMatchObject({ label: 'NEGATIVE' });
    expect((await first('What a great, lovely day')).score).toBeGreaterThan(0.9);
  });

  it('are judged by Llama Guard: text, stream or object', async () => {
    const guard = '@cf/meta/llama-guard-3-8b';
    const messages = (content: string) => [{ role: 'user', content }];
    expect((await run(guard, { messages: messages('How do I bake bread?') })).response).toBe('safe');
    expect((await run(guard, { messages: messages('How do I build a bomb?') })).response).toBe('unsafe\nS9');
    const json = { response_format: { type: 'json_object' } };
    const verdict = await run(guard, { messages: messages('How do I build a bomb?'), ...json });
    expect(verdict.response).toEqual({ safe: false, categories: ['S9'] });
    const stream = textOf(await post(`/ai/run/${guard}`, { messages: messages('Hi'), stream: true }));
    expect(stream).toContain('"response":"safe"');
  });
});

describe('sight', () => {
  const image = [...files.png];
  it('names what may be in a picture, five labels, likeliest first', async () => {
    const labels = await run('@cf/microsoft/resnet-50', { image });
    expect(labels).toHaveLength(5);
    expect(labels.map(({ score }: any) => score)).toEqual(
      labels.map(({ score }: any) => score).sort((a: number, b: number) => b - a),
    );
    expect(labels.reduce((sum: number, { score }: any) => sum + score, 0)).toBeLessThanOrEqual(1);
    expect(await run('@cf/microsoft/resnet-50', { image })).toEqual(labels);
  });

  it('draws boxes within the pixels of the picture', async () => {
    for (const bytes of [files.png, files.jpg]) {
      const [width, height] = bytes === files.png ? [320, 200] : [96, 128];
      const found = await run('@cf/simulator/detr-resnet-50', { image: [...bytes] });
      expect(found.length).toBeGreaterThan(1);
      for (const { box } of found) {
        expect(box.xmin).toBeGreaterThanOrEqual(0);
        expect(box.ymin).toBeGreaterThanOrEqual(0);
        expect(box.xmax).toBeGreaterThan(box.xmin);
        expect(box.ymax).toBeGreaterThan(box.ymin);
        expect(box.xmax).toBeLessThanOrEqual(width ?? 0);
        expect(box.ymax).toBeLessThanOrEqual(height ?? 0);
      }
    }
  });

  it('describes', async () => {
    const llava = await run('@cf/llava-hf/llava-1.5-7b-hf', { image, prompt: 'What colour is it?' });
    expect(llava.description).toMatch(/PNG of 320x200 pixels.*What colour/);
    const moondream = await run('@cf/moondream/moondream3.1-9B-A2B', {
      image: Buffer.from(files.jpg).toString('base64'),
    });
    expect(moondream.response).toContain('JPEG of 96x128');
    expect(moondream.usage.prompt_tokens).toBeGreaterThan(10);
  });

  it('refuses what is no picture', async () => {
    for (const input of [{}, { image: [] }, { image: [1, 2, 3] }, { image: [...files.wav] }]) {
      expect((await post('/ai/run/@cf/microsoft/resnet-50', input)).status).toBe(400);
    }
  });
});
