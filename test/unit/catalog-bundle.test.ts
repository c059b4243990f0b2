import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCatalog } from '../../src/core/catalog/parse';
import { convertCatalog, formatCatalog } from '../tools/catalog.mjs';

const file = path.resolve(import.meta.dirname, '../../media/catalog.json');
const text = readFileSync(file, 'utf8');
const json = JSON.parse(text);

describe('bundled catalog', () => {
  it('holds 269 models with unique ids, all of which the parser keeps as they are', () => {
    expect(json.models).toHaveLength(269);
    const models = parseCatalog(json);
    expect(models).toEqual(json.models);
    expect(new Set(models.map(({ id }) => id)).size).toBe(269);
  });

  it('tells hosted models by their id', () => {
    for (const { id, hosting } of parseCatalog(json))
      expect([id, hosting]).toEqual([id, id.startsWith('@cf/') ? 'hosted' : 'third-party']);
  });

  it('knows the prices that the simulator journeys bill by', () => {
    const model = parseCatalog(json).find(({ id }) => id === '@cf/zai-org/glm-4.7-flash');
    expect(model).toMatchObject({
      task: 'text-generation',
      contextWindow: 131_072,
      pricing: [
        { label: 'per 1M input tokens', usd: 0.06 },
        { label: 'per 1M output tokens', usd: 0.4 },
      ],
    });
  });

  it('stands one model a line, as its script writes it', () => {
    expect(formatCatalog(json)).toBe(text);
    expect(text.split('\n')).toHaveLength(269 + 6);
  });
});

describe('catalog script', () => {
  const row = { id: 'a/b', provider: 'a', name: 'B', task: 'Text Generation', hosting: 'third-party' };
  const convert = (...models: object[]) => convertCatalog({ asOf: '2026-10', models });

  it('translates the words of the source', () => {
    const source = {
      ...row,
      capabilities: ['vision', 'tools', 'image-input'],
      pricing: [{ unit: 'per image', usd: 0.04 }],
    };
    expect(convert(source).models).toEqual([
      {
        id: 'a/b',
        provider: 'a',
        name: 'B',
        task: 'text-generation',
        hosting: 'third-party',
        capabilities: ['tools', 'vision'],
        requestFormats: [],
        pricing: [{ label: 'per image', usd: 0.04 }],
      },
    ]);
  });

  it('names every word that it does not know, all at once', () => {
    const bad = () =>
      convert(
        { ...row, task: 'Mind reading' },
        { ...row, id: 'a/c', capabilities: ['flight'] },
        { ...row, id: 'a/d', requestFormats: ['morse'], contextWindow: -1 },
        { ...row, id: 'a/e', pricing: [{ unit: 'per token', usd: '0.1' }] },
        { ...row, id: 'a/e' },
      );
    expect(bad).toThrow(/a\/b: unknown task "mind reading"[\s\S]*a\/c: unknown capability "flight"/);
    expect(bad).toThrow(/a\/d: unknown request format "morse"[\s\S]*a\/d: contextWindow is not valid: -1/);
    expect(bad).toThrow(/a\/e: price is not valid[\s\S]*a\/e: appears twice/);
  });
});
