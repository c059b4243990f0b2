/**
 * Reads the usage block of every wire into one meaning (metrics.md 6.3).
 */
import type { Usage } from '../run/events';
import { asCount, asObject, type Json } from './json';

/**
 * OpenAI's two forms and Workers AI's native one: `prompt_tokens` or `input_tokens` include the cached part, and
 * `completion_tokens` or `output_tokens` the reasoning (cloudflare-api.md 2.1 to 2.3). DeepSeek's own name for cached
 * tokens is understood too. Image models tell how many tokens were pictures. Undefined when no count can be read.
 */
export function openAiUsage(value: unknown): Usage | undefined {
  const raw = asObject(value);
  if (!raw) return undefined;
  const input = asObject(raw['prompt_tokens_details']) ?? asObject(raw['input_tokens_details']) ?? {};
  const output = asObject(raw['completion_tokens_details']) ?? asObject(raw['output_tokens_details']) ?? {};
  return counted({
    inputTokens: asCount(raw['prompt_tokens']) ?? asCount(raw['input_tokens']),
    cachedReadTokens: asCount(input['cached_tokens']) ?? asCount(raw['prompt_cache_hit_tokens']),
    outputTokens: asCount(raw['completion_tokens']) ?? asCount(raw['output_tokens']),
    reasoningTokens: asCount(output['reasoning_tokens']),
    inputImageTokens: asCount(input['image_tokens']),
    outputImageTokens: asCount(output['image_tokens']),
  });
}

/** Anthropic's form: `input_tokens` leaves the cached parts out, so they are added (metrics.md 6.3). */
export function anthropicUsage(raw: Json): Usage | undefined {
  const read = asCount(raw['cache_read_input_tokens']);
  const written = asCount(raw['cache_creation_input_tokens']);
  const fresh = asCount(raw['input_tokens']);
  return counted({
    inputTokens: fresh === undefined ? undefined : fresh + (read ?? 0) + (written ?? 0),
    cachedReadTokens: read,
    cacheWriteTokens: written,
    outputTokens: asCount(raw['output_tokens']),
  });
}

/** Drops what is unknown; undefined when nothing is known. */
function counted(usage: Readonly<Record<string, number | undefined>>): Usage | undefined {
  const known = Object.entries(usage).filter(([, count]) => count !== undefined);
  return known.length > 0 ? (Object.fromEntries(known) as Usage) : undefined;
}
