/**
 * Token counts of the texts to send. A count is kept, so that a changed column costs none, and a run need not wait.
 */
import { roughTokens } from './approximate';
import type { Log, TokenCounter } from './ports';

/** Texts whose count is kept: prompt and system prompt, now and as they were a moment ago. */
const KEPT = 8;

/** Counts texts, each once. */
export interface TextCounts {
  /** Tokens by our own tokenizer; a rough figure when the tokenizer fails. Never rejects. */
  count(text: string): Promise<number>;
  /** The count if it is there already, else a rough figure. */
  known(text: string): number;
}

/** Makes a counter that knows no text yet. */
export function createTextCounts(countTokens: TokenCounter, log: Log): TextCounts {
  /** The newest last. */
  const counts = new Map<string, number>([['', 0]]);
  let complained = false;

  function keep(text: string, tokens: number): number {
    counts.delete(text);
    counts.set(text, tokens);
    const [oldest] = counts.keys();
    if (counts.size > KEPT && oldest !== undefined) counts.delete(oldest);
    return tokens;
  }

  return {
    async count(text) {
      const known = counts.get(text);
      if (known !== undefined) return keep(text, known);
      try {
        return keep(text, await countTokens(text));
      } catch (error) {
        if (!complained) log.warn(`Tokens were not counted, estimates are rough: ${String(error)}`);
        complained = true;
        return roughTokens(text);
      }
    },
    known: (text) => counts.get(text) ?? roughTokens(text),
  };
}
