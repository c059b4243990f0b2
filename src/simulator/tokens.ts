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

/** `text` token by token; tokens that hold parts of one character come together. */
export function pieces(text: string): Piece[] {
  const result: Piece[] = [];
  let consumed = 0;
  function* counted(): Generator<number> {
    for (const token of tokenize(text)) {
      consumed++;
      yield token;
    }
  }
  let accounted = 0;
  // Only ever decodes a text to its end: gpt-tokenizer keeps one decoder for all, and what an unfinished character
  // leaves in it would stand in front of the next text.
  for (const decoded of decodeGenerator(counted())) {
    result.push({ text: decoded, tokens: consumed - accounted });
    accounted = consumed;
  }
  return result;
}

/** The first pieces that hold at most `limit` tokens; a character that the limit cuts through is left out. */
export function firstTokens(list: readonly Piece[], limit: number): Piece[] {
  let total = 0;
  return list.filter((piece) => (total += piece.tokens) <= limit);
}

/** Tokens in all of `list`. */
export function tokensOf(list: readonly Piece[]): number {
  return list.reduce((sum, piece) => sum + piece.tokens, 0);
}
