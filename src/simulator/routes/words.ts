/**
 * Translation, summarization and classification of texts (cloudflare-api.md 4.4 A).
 */
import type { Reply } from '../exchange';
import { countTokens } from '../tokens';
import { positivity } from '../words/judge';
import { translate } from '../words/translate';
import { hostedReply, type Job } from './job';

/** Answers M2M100 (`{translated_text}`) and IndicTrans2 (`{translations}`). Throws a `Refusal` (400). */
export function translateText({ sim, fields }: Job): Reply {
  const texts = fields.strings('text');
  if (texts.length === 0) throw fields.refuse("required property 'text' is missing");
  const at = writingTime({ sim }, texts.join(' '));
  const indic = fields.string('target_language');
  if (indic !== undefined) return hostedReply({ translations: texts.map((text) => translate(text, indic)) }, at);
  const target = fields.string('target_lang');
  if (target === undefined) throw fields.refuse("required property 'target_lang' is missing");
  return hostedReply({ translated_text: translate(texts.join('\n'), target), usage: usageOf(texts.join('\n')) }, at);
}

/** Answers `{summary}`: the first sentences, at most `max_length` tokens and half of the text. Throws a `Refusal` (400). */
export function summarize({ sim, fields }: Job): Reply {
  const text = fields.string('input_text')?.trim() ?? '';
  if (text === '') throw fields.refuse("required property 'input_text' is missing");
  const limit = Math.min(fields.number('max_length', { min: 0, integer: true }) ?? 1024, countTokens(text) / 2);
  const sentences = text.match(/[^.!?]+[.!?]*\s*/g) ?? [text];
  let summary = '';
  for (const sentence of sentences) {
    if (countTokens(summary + sentence) > limit) break;
    summary += sentence;
  }
  const words = text.split(/\s+/);
  // A first sentence that is too long itself is cut.
  while (summary === '' && words.length > 1) {
    words.length = Math.ceil(words.length / 2);
    if (countTokens(words.join(' ')) <= limit || words.length === 1) summary = `${words.join(' ')}…`;
  }
  return hostedReply({ summary: summary.trim() }, writingTime({ sim }, summary));
}

/** Answers SST-2: both labels, the likelier first. Throws a `Refusal` (400). */
export function classifyText({ sim, fields }: Job): Reply {
  const text = fields.string('text') ?? '';
  if (text.trim() === '') throw fields.refuse("required property 'text' is missing");
  const score = positivity(text);
  const labels = [
    { label: 'POSITIVE', score },
    { label: 'NEGATIVE', score: 1 - score },
  ].sort((left, right) => right.score - left.score);
  return hostedReply(labels, sim.pace.latency / 2);
}

function writingTime({ sim }: Pick<Job, 'sim'>, text: string): number {
  return sim.pace.latency + countTokens(text) / sim.pace.decode;
}

function usageOf(text: string): Record<string, number> {
  const tokens = countTokens(text);
  return { prompt_tokens: tokens, completion_tokens: tokens, total_tokens: 2 * tokens };
}
