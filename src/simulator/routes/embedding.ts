/**
 * Embeddings: OpenAI's shape on `/ai/v1/embeddings`, `{shape, data}` on the native path, and scores where a query is
 * compared with contexts (cloudflare-api.md 4.4 A).
 */
import { toBase64 } from '../base64';
import { dimensionsOf, embed } from '../embeddings';
import { success } from '../envelope';
import { jsonReply, type Reply } from '../exchange';
import { type Fields, isObject } from '../fields';
import type { SimModel } from '../models';
import { countTokens } from '../tokens';

/** Answers `/ai/v1/embeddings`; `encoding_format` `base64` packs little-endian 32-bit floats. */
export function openAiEmbeddings(sim: SimModel, fields: Fields): Reply {
  const input = fields.strings('input');
  if (input.length === 0) throw fields.refuse("required property 'input' is missing");
  const base64 = fields.string('encoding_format') === 'base64';
  const data = vectors(sim, input).map((vector, index) => ({
    object: 'embedding',
    index,
    embedding: base64 ? packed(vector) : vector,
  }));
  const tokens = tokensIn(input);
  const usage = { prompt_tokens: tokens, total_tokens: tokens };
  return jsonReply(200, { object: 'list', data, model: sim.model.id, usage }, { at: readingTime(sim, tokens) });
}

/** Answers `/ai/run/@cf/…` for an embeddings model: texts (Qwen's queries and documents too), or BGE-M3's comparison. */
export function nativeEmbeddings(sim: SimModel, fields: Fields): Reply {
  if (fields.has('contexts')) return comparison(sim, fields);
  const texts = ['queries', 'documents', 'text'].flatMap((name) => fields.strings(name));
  if (texts.length === 0) throw fields.refuse("required property 'text' is missing");
  const data = vectors(sim, texts);
  const result = { shape: [data.length, dimensionsOf(sim.model.id)], data, pooling: fields.string('pooling') ?? 'cls' };
  return jsonReply(200, success(result), { at: readingTime(sim, tokensIn(texts)) });
}

/** Answers a reranking model: the contexts by relevance, the `top_k` best of them. */
export function rerank(sim: SimModel, fields: Fields): Reply {
  const query = fields.string('query');
  if (query === undefined || query.trim() === '') throw fields.refuse("required property 'query' is missing");
  const contexts = contextsOf(fields);
  const most = fields.number('top_k', { min: 1, integer: true }) ?? contexts.length;
  const scores = similarities(sim, query, contexts)
    // Rerankers give the likelihood of a match: far apart for similarities that are close.
    .map(({ id, score }) => ({ id, score: 1 / (1 + Math.exp(-14 * (score - 0.35))) }))
    .sort((left, right) => right.score - left.score || left.id - right.id);
  const at = readingTime(sim, tokensIn([query, ...contexts]));
  return jsonReply(200, success({ response: scores.slice(0, most) }), { at });
}

/** BGE-M3 with a query scores the contexts; without one it embeds them. */
function comparison(sim: SimModel, fields: Fields): Reply {
  const query = fields.string('query');
  const contexts = contextsOf(fields);
  const at = readingTime(sim, tokensIn([query ?? '', ...contexts]));
  if (query !== undefined) return jsonReply(200, success({ response: similarities(sim, query, contexts) }), { at });
  const response = vectors(sim, contexts);
  return jsonReply(200, success({ response, shape: [response.length, dimensionsOf(sim.model.id)], pooling: 'cls' }), {
    at,
  });
}

function contextsOf(fields: Fields): string[] {
  const contexts = (fields.list('contexts') ?? []).map((item) => {
    const text = isObject(item) ? item['text'] : undefined;
    if (typeof text !== 'string') throw fields.refuse("'contexts' must hold objects with a 'text'");
    return text;
  });
  if (contexts.length === 0) throw fields.refuse("required property 'contexts' is missing");
  return contexts;
}

function similarities(sim: SimModel, query: string, contexts: readonly string[]): { id: number; score: number }[] {
  const [asked, ...given] = vectors(sim, [query, ...contexts]);
  return given.map((vector, id) => ({
    id,
    score: vector.reduce((sum, value, index) => sum + value * (asked?.[index] ?? 0), 0),
  }));
}

function vectors(sim: SimModel, texts: readonly string[]): number[][] {
  return texts.map((text) => embed(text, dimensionsOf(sim.model.id)));
}

function tokensIn(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + countTokens(text), 0);
}

function readingTime({ pace }: SimModel, tokens: number): number {
  return pace.latency / 2 + tokens / pace.prefill;
}

function packed(vector: readonly number[]): string {
  const view = new DataView(new ArrayBuffer(vector.length * 4));
  for (const [index, value] of vector.entries()) view.setFloat32(index * 4, value, true);
  return toBase64(new Uint8Array(view.buffer));
}
