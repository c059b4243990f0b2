import { describe, expect, it } from 'vitest';
import { createAsker, jsonOf } from './support';

const { post } = createAsker();

const dot = (left: readonly number[], right: readonly number[]): number =>
  left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);

describe('embeddings', () => {
  it('are of unit length, and alike as the texts share words', async () => {
    const input = ['the tide follows the moon', 'the moon pulls the tide', 'invoices are due on friday'];
    const { data, usage } = jsonOf(await post('/ai/v1/embeddings', { model: '@cf/baai/bge-base-en-v1.5', input }));
    const [tide, moon, invoice] = data.map((item: any) => item.embedding) as number[][];
    expect(tide).toHaveLength(768);
    expect(dot(tide ?? [], tide ?? [])).toBeCloseTo(1);
    expect(dot(tide ?? [], moon ?? [])).toBeGreaterThan(0.5);
    expect(Math.abs(dot(tide ?? [], invoice ?? []))).toBeLessThan(0.2);
    expect(usage.prompt_tokens).toBeGreaterThan(10);
  });

  it('are packed as 32-bit floats when base64 is asked', async () => {
    const body = { model: '@cf/baai/bge-small-en-v1.5', input: 'the tide' };
    const [plain] = jsonOf(await post('/ai/v1/embeddings', body)).data;
    const [packed] = jsonOf(await post('/ai/v1/embeddings', { ...body, encoding_format: 'base64' })).data;
    const bytes = Buffer.from(packed.embedding, 'base64');
    expect(bytes.length).toBe(384 * 4);
    expect(bytes.readFloatLE(4 * 7)).toBeCloseTo(plain.embedding[7], 6);
  });

  it('have their own shape on the native path', async () => {
    const { result } = jsonOf(await post('/ai/run/@cf/baai/bge-small-en-v1.5', { text: ['one', 'two'] }));
    expect(result.shape).toEqual([2, 384]);
    expect(result.data[1]).toHaveLength(384);
  });
});
