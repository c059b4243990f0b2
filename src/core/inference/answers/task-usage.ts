/**
 * What an answer of a task says of its use.
 */
import type { Usage } from '../../run/events';
import { asCount, asObject, type Json } from '../json';
import { openAiUsage } from '../usage';

/**
 * Tokens as OpenAI tells them (`usage` or `usage_metadata`), seconds of sound and characters. Undefined when the answer
 * says nothing.
 */
export function taskUsage(body: unknown): Usage | undefined {
  const answer = asObject(body) ?? {};
  const usage = asObject(answer['usage']) ?? asObject(answer['usage_metadata']) ?? {};
  const info: Json = asObject(answer['extra_info']) ?? {};
  const seconds = first(usage['seconds'], usage['audio_seconds'], answer['audio_duration']);
  const characters = first(
    usage['characters'],
    usage['character_count'],
    info['usage_characters'],
    answer['characters'],
  );
  const known: Usage = {
    ...openAiUsage(usage),
    ...(seconds !== undefined && { audioSeconds: seconds }),
    ...(characters !== undefined && { characters }),
  };
  return Object.keys(known).length > 0 ? known : undefined;
}

function first(...values: readonly unknown[]): number | undefined {
  return values.map(asCount).find((count) => count !== undefined);
}
