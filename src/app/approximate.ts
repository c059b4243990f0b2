import type { RunState } from '../core/run/state';
import type { Usage } from '../core/run/events';
import type { TokenCounter } from './ports';

/** Bytes of a token: near the mean of the usual tokenizers for most scripts, since UTF-8 spends more on rarer characters. */
const BYTES_PER_TOKEN = 4;

const utf8 = new TextEncoder();

/** Tokens of a text, told from its length in UTF-8 alone: at once, and often off by a third. For budgets only. */
export function roughTokens(text: string): number {
  return Math.ceil(utf8.encode(text).length / BYTES_PER_TOKEN);
}

/**
 * Tokens of a finished text run by our own tokenizer, for an answer that carried no usage (metrics.md 3, rule 2).
 * Input is what was asked; output is reasoning and answer, told apart. The answer never counts as input.
 */
export async function approximateUsage(
  count: TokenCounter,
  messages: readonly { readonly content: string }[],
  state: RunState,
): Promise<Usage> {
  let inputTokens = 0;
  for (const message of messages) inputTokens += await count(message.content);
  const answer = await count(state.text);
  if (state.reasoning === '') return { inputTokens, outputTokens: answer };
  const reasoningTokens = await count(state.reasoning);
  return { inputTokens, outputTokens: answer + reasoningTokens, reasoningTokens };
}
