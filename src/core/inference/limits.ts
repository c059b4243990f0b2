/**
 * The output limit that is always sent, and the name its wire knows it by (contract "Which wire, which limit").
 */
import type { Model } from '../catalog/model';
import type { Wire } from '../run/events';
import type { RunParameters } from './request';
import { chooseWire } from './wire';

/** Tokens asked for when the user set no limit. The API's own default of 256 cuts answers short. */
const DEFAULT_TOKENS = 1024;
/** The same for reasoning models, which spend part of it on thinking. */
const DEFAULT_REASONING_TOKENS = 4096;

/** The field and value of the output limit. `tokens` is a positive integer, at most the model's known maximum. */
export function outputLimit(model: Model, parameters: RunParameters): { field: string; tokens: number } {
  const fallback = model.capabilities.includes('reasoning') ? DEFAULT_REASONING_TOKENS : DEFAULT_TOKENS;
  const asked = parameters.maxOutputTokens;
  const wanted = asked !== undefined && Number.isFinite(asked) && asked >= 1 ? Math.floor(asked) : fallback;
  return {
    field: limitField(chooseWire(model), model.id),
    tokens: Math.min(wanted, model.maxOutputTokens ?? wanted),
  };
}

/** OpenAI's newer models and xAI refuse `max_tokens`; Anthropic and Workers AI want it (cloudflare-api.md 1.5). */
function limitField(wire: Wire, modelId: string): string {
  if (wire === 'responses') return 'max_output_tokens';
  const wantsCompletionTokens = modelId.startsWith('openai/') || modelId.startsWith('xai/');
  return wire === 'chat-completions' && wantsCompletionTokens ? 'max_completion_tokens' : 'max_tokens';
}
