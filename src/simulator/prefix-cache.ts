/**
 * The provider's prompt cache: a long beginning seen before is read faster and billed apart.
 */

/** Tokens below which nothing is cached, and the step in which cached lengths grow (OpenAI's published rule). */
const shortest = 1024;
const block = 128;
const keptPerModel = 16;

/** Remembers the prompts of each model. */
export class PrefixCache {
  private readonly seen = new Map<string, (readonly number[])[]>();

  /** How many leading tokens of `prompt` this model has read before; remembers `prompt`. */
  read(modelId: string, prompt: readonly number[]): number {
    if (prompt.length < shortest) return 0;
    const earlier = this.seen.get(modelId) ?? [];
    const longest = Math.max(0, ...earlier.map((tokens) => commonLength(tokens, prompt)));
    this.seen.set(modelId, [prompt, ...earlier].slice(0, keptPerModel));
    const cached = Math.floor(longest / block) * block;
    return cached >= shortest ? cached : 0;
  }
}

function commonLength(left: readonly number[], right: readonly number[]): number {
  const most = Math.min(left.length, right.length);
  let length = 0;
  while (length < most && left[length] === right[length]) length++;
  return length;
}
