/**
 * What people type when they are in a hurry, and what they mean.
 */
import type { Model } from '../../src/core/catalog/model';

/** A query and the ids of what is meant by it. */
export type Mistyped = readonly [typed: string, meant: RegExp];

/** Typed by hand. */
export const handTyped: readonly Mistyped[] = [
  ['cluade', /claude/],
  ['claud sonet', /claude-sonnet/],
  ['lama', /llama/],
  ['lamma 3.1', /llama-3\.1/],
  ['gtp-5.4', /gpt-5\.4/],
  ['gtp 5.4 mini', /gpt-5\.4-mini/],
  ['gpt54', /gpt-5\.4/],
  ['gpt 5 4', /gpt-5\.4/],
  ['sonet', /sonnet/],
  ['opsu', /opus/],
  ['haiuk', /haiku/],
  ['mistrl', /mistral/],
  ['mitsral small', /mistral-small/],
  ['whsiper', /whisper/],
  ['wisper turbo', /whisper-large-v3-turbo/],
  ['deepsek', /deepseek/],
  ['deep seek', /deepseek/],
  ['gemni flash', /gemini.*flash/],
  ['gemini3.1', /gemini-3\.1/],
  ['qwne', /qwen/],
  ['nemotorn', /nemotron/],
  ['dreamshpaer', /dreamshaper/],
  ['stabel diffusion', /stable-diffusion/],
  ['nano bannana', /nano-banana/],
  ['imagne', /imagen/],
  ['seedraem', /seedream/],
  ['grokk', /grok/],
  ['hialuo', /hailuo/],
  ['kimik2.6', /kimi-k2\.6/],
  ['glm5.2', /glm-5\.2/],
  ['embeding', /embed|bge/],
  ['transcripe', /transcribe/],
];

/** Every model by the name in its id, with a typo in the longest word: two letters swapped, or one left out. */
export function mistyped(models: readonly Model[]): Mistyped[] {
  return models.flatMap(({ id }, at): Mistyped[] => {
    const name = id.slice(id.lastIndexOf('/') + 1);
    const [word = ''] = (name.match(/[a-z]+/gi) ?? []).toSorted((a, b) => b.length - a.length);
    if (word.length < 5) return [];
    // Not the same place in every word, and not another one in every run.
    const place = 1 + (at % (word.length - 3));
    const [one = '', two = ''] = word.slice(place);
    const meant = new RegExp(`^${id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
    const swapped = word.slice(0, place) + two + one + word.slice(place + 2);
    const short = word.slice(0, place) + word.slice(place + 1);
    return [swapped, short].map((wrong) => [name.replace(word, wrong), meant] as const);
  });
}
