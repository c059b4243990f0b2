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

/** What of a call is made of text. */
export interface AskedText {
  readonly messages: readonly { readonly content: string }[];
  readonly texts?: readonly string[];
  readonly media?: readonly unknown[];
}

/**
 * Tokens of a finished run by our own tokenizer, for an answer that carried no usage (metrics.md 3, rule 2). Input is
 * what was asked, and not told when media were part of it; output is reasoning and answer, told apart. The answer never
 * counts as input.
 */
export async function approximateUsage(
  count: TokenCounter,
  { messages, texts = [], media = [] }: AskedText,
  state: RunState,
): Promise<Usage> {
  let asked = 0;
  for (const text of [...messages.map(({ content }) => content), ...texts]) asked += await count(text);
  const input = media.length === 0 ? { inputTokens: asked } : {};
  // An answer that is no text has no tokens that could be counted, which is not none.
  if (state.text === '' && (state.result !== undefined || state.media.length > 0)) return input;
  const answer = await count(state.text);
  if (state.reasoning === '') return { ...input, outputTokens: answer };
  const reasoningTokens = await count(state.reasoning);
  return { ...input, outputTokens: answer + reasoningTokens, reasoningTokens };
}
