/**
 * Stand in for the AI binding and for Vectorize. Texts are near when they share words; documents are kept until
 * `wrangler dev` ends.
 */
import { WorkerEntrypoint } from 'cloudflare:workers';

const DIMENSIONS = 1024;

export class FakeAi extends WorkerEntrypoint {
  run(_model: string, input: Record<string, unknown>): unknown {
    const texts = [input['text'] ?? input['documents'] ?? input['queries']].flat().map(String);
    return { shape: [texts.length, DIMENSIONS], data: texts.map(vectorOf) };
  }
}

const kept = new Map<string, VectorizeVector>();

export class FakeVectorize extends WorkerEntrypoint {
  upsert(vectors: readonly VectorizeVector[]): VectorizeAsyncMutation {
    for (const vector of vectors) kept.set(vector.id, vector);
    return { mutationId: crypto.randomUUID() };
  }

  deleteByIds(ids: readonly string[]): VectorizeAsyncMutation {
    for (const id of ids) kept.delete(id);
    return { mutationId: crypto.randomUUID() };
  }

  query(vector: readonly number[], { topK = 5 }: VectorizeQueryOptions = {}): VectorizeMatches {
    const matches = [...kept.values()]
      .map((one) => ({ ...one, score: product(one.values, vector) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, topK);
    return { matches, count: matches.length };
  }
}

/** One number for each word, of length 1. */
function vectorOf(text: string): number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const place = [...word].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % DIMENSIONS, 7);
    vector[place] = (vector[place] ?? 0) + 1;
  }
  const length = Math.sqrt(product(vector, vector)) || 1;
  return vector.map((value) => value / length);
}

function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}
