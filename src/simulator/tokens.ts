/**
 * Tokens by a real tokenizer (o200k), whatever model is simulated.
 */
import { decodeGenerator, encode } from 'gpt-tokenizer/encoding/o200k_base';

/** A run of text and the tokens it is made of. */
export interface Piece {
  readonly text: string;
  readonly tokens: number;
}

// Prompts may quote special tokens such as `<|endoftext|>`; they are plain text here.
const plainText = { disallowedSpecial: new Set<string>() };

/** Token ids of `text`. */
export function tokenize(text: string): readonly number[] {
  return encode(text, plainText);
}

/** How many tokens `text` is. */
export function countTokens(text: string): number {
  return encode(text, plainText).length;
}

/** The text of `tokens` token by token; tokens that hold parts of one character come together. */
export function pieces(tokens: readonly number[]): Piece[] {
  const result: Piece[] = [];
  let consumed = 0;
  function* counted(): Generator<number> {
    for (const token of tokens) {
      consumed++;
      yield token;
    }
  }
  let accounted = 0;
  for (const text of decodeGenerator(counted())) {
    if (text === '') continue;
    result.push({ text, tokens: consumed - accounted });
    accounted = consumed;
  }
  return result;
}
