/**
 * Embeddings: OpenAI's shape on `/ai/v1/embeddings`, `{shape, data}` on the native path.
 */
import { toBase64 } from '../base64';
import { dimensionsOf, embed } from '../embeddings';
import { success } from '../envelope';
import { jsonReply, type Reply } from '../exchange';
import type { Fields } from '../fields';
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
  const tokens = input.reduce((sum, text) => sum + countTokens(text), 0);
  const usage = { prompt_tokens: tokens, total_tokens: tokens };
  return jsonReply(200, { object: 'list', data, model: sim.model.id, usage }, { at: readingTime(sim, tokens) });
}

/** Answers `/ai/run/@cf/…` for an embeddings model. */
export function nativeEmbeddings(sim: SimModel, fields: Fields): Reply {
  const text = fields.strings('text');
  if (text.length === 0) throw fields.refuse("required property 'text' is missing");
  const data = vectors(sim, text);
  const tokens = text.reduce((sum, item) => sum + countTokens(item), 0);
  const result = { shape: [data.length, dimensionsOf(sim.model.id)], data, pooling: 'cls' };
  return jsonReply(200, success(result), { at: readingTime(sim, tokens) });
}

function vectors(sim: SimModel, texts: readonly string[]): number[][] {
  return texts.map((text) => embed(text, dimensionsOf(sim.model.id)));
}

function readingTime({ pace }: SimModel, tokens: number): number {
  return pace.latency / 2 + tokens / pace.prefill;
}

function packed(vector: readonly number[]): string {
  const view = new DataView(new ArrayBuffer(vector.length * 4));
  for (const [index, value] of vector.entries()) view.setFloat32(index * 4, value, true);
  return toBase64(new Uint8Array(view.buffer));
}
