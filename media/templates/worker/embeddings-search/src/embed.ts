/**
 * Texts as vectors.
 */
import { ModelError } from './errors';
import type { Model } from './models';

/** Texts that models take in one call. */
export const BATCH = 100;

/** Qwen's models tell questions from documents; for others a text is a text. */
export function embeddingInput(
  { id, input }: Model,
  texts: readonly string[],
  as: 'document' | 'query',
): Record<string, unknown> {
  const field = !id.includes('qwen3-embedding') ? 'text' : as === 'query' ? 'queries' : 'documents';
  return { ...input, [field]: texts };
}

/**
 * The vectors of an answer in Workers AI's form `{ data: number[][] }` or OpenAI's `{ data: [{ embedding }] }`. Throws a
 * `ModelError` when they are not as many as the texts.
 */
export function vectorsOf(answer: unknown, count: number): number[][] {
  const data: unknown = typeof answer === 'object' && answer !== null && 'data' in answer ? answer.data : undefined;
  const rows = (Array.isArray(data) ? (data as unknown[]) : []).map((row) =>
    typeof row === 'object' && row !== null && 'embedding' in row ? row.embedding : row,
  );
  if (rows.length !== count || !rows.every(isVector)) {
    throw new ModelError("The model's answer does not hold a vector for each text.");
  }
  return rows;
}

function isVector(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'number');
}
