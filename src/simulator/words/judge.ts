/**
 * Opinions on texts by lists of words.
 */
import { createRandom, hash } from '../random';

const kind =
  /^(?:good|great|love|loved|lovely|excellent|happy|best|wonderful|amazing|nice|enjoy|enjoyed|perfect|fine|glad|beautiful|fun|thanks|brilliant|delicious)$/;
const unkind =
  /^(?:bad|terrible|hate|hated|awful|sad|worst|horrible|poor|boring|broken|ugly|angry|disappointing|disappointed|wrong|never|slow|fail|failed|dirty|rude)$/;

/** SST-2: how positive a text is, 0 to 1. `not` turns the next word over. */
export function positivity(text: string): number {
  const words = text.toLowerCase().match(/[\p{L}']+/gu) ?? [];
  let balance = 0;
  for (const [index, word] of words.entries()) {
    const sign = /^(?:not|no|never|isn't|wasn't|don't|didn't)$/.test(words[index - 1] ?? '') ? -1 : 1;
    if (kind.test(word)) balance += sign;
    if (unkind.test(word)) balance -= sign;
  }
  // Texts without a known word stand a little off the middle, always on the same side.
  const lean = 0.4 * (createRandom(hash(text)).next() - 0.5);
  return 1 / (1 + Math.exp(-2.2 * (balance + lean)));
}

/** Llama Guard's categories that the simulator knows by words. */
const hazards: readonly (readonly [string, RegExp])[] = [
  ['S1', /\b(?:kill|murder|attack|stab|shoot)\b/i],
  ['S2', /\b(?:steal|rob|launder|counterfeit|fraud)\b/i],
  ['S9', /\b(?:bomb|explosives?|nerve agent)\b/i],
  ['S10', /\b(?:hate speech|racial slur)\b/i],
  ['S11', /\b(?:suicide|self-harm|kill myself)\b/i],
];

/** Categories of harm that a text falls into; none: it is safe. */
export function hazardsIn(text: string): string[] {
  return hazards.filter(([, pattern]) => pattern.test(text)).map(([category]) => category);
}
