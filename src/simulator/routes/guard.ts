/**
 * Llama Guard: a verdict instead of an answer (cloudflare-api.md 4.4 A).
 */
import { success } from '../envelope';
import { jsonReply, type Reply } from '../exchange';
import type { Fields } from '../fields';
import type { SimModel } from '../models';
import type { TextRequest } from '../text-request';
import { countTokens } from '../tokens';
import { hazardsIn } from '../words/judge';

/** Whether the model judges rather than answers. */
export function isGuard({ model }: SimModel): boolean {
  return model.id.includes('llama-guard');
}

/** The request with its verdict dictated: `safe`, or `unsafe` and the categories in the next line. */
export function withVerdict(request: TextRequest): TextRequest {
  const categories = categoriesOf(request);
  const dictated = categories.length === 0 ? 'safe' : `unsafe\n${categories.join(',')}`;
  return { ...request, dictated };
}

/** The verdict as an object, which a `response_format` asks for; undefined where none does, or a stream is wanted. */
export function verdictObject(request: TextRequest, fields: Fields): Reply | undefined {
  if (!fields.has('response_format') || request.stream) return undefined;
  const categories = categoriesOf(request);
  const response = { safe: categories.length === 0, categories };
  const input = countTokens(request.turns.map(({ text }) => text).join('\n'));
  const usage = { prompt_tokens: input, completion_tokens: 4, total_tokens: input + 4 };
  return jsonReply(200, success({ response, usage }), { at: request.sim.pace.latency });
}

function categoriesOf({ turns }: TextRequest): string[] {
  return hazardsIn(turns.map(({ text }) => text).join('\n'));
}
