/**
 * Text as the search compares it: lower case, without accents, in words.
 */

const DIGITS = /^\p{N}$/u;
const WORD = /^[\p{L}\p{N}]$/u;

/** Nearly all text is, and it has neither accents nor variants: what is dear for the rest can be left out. */
const ASCII = /^[\n\x20-\x7e]*$/;

/** Lower case, without accents and typographic variants; one space between words. */
export function plain(text: string): string {
  const lower = text.toLowerCase();
  const bare = ASCII.test(lower)
    ? lower
    : lower
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .toLowerCase();
  return bare.trim().replace(/\s+/g, ' ');
}

/** The runs of letters and digits. */
export function wordsOf(plainText: string): string[] {
  return plainText.match(ASCII.test(plainText) ? /[a-z\d]+/g : /[\p{L}\p{N}]+/gu) ?? [];
}

/** Letters and digits alone: `gpt-5.4` is `gpt54`. */
export function joined(plainText: string): string {
  return wordsOf(plainText).join('');
}

/**
 * What a word is made of, as names write it apart: `gpt5.4` is `gpt` and `5.4`, `llama-scout` is `llama` and `scout`.
 * A single letter stays with its digits: `70b`, `4o`, `k2.6`.
 */
export function piecesOf(plainWord: string): string[] {
  const runs = plainWord.match(/\p{N}+(?:\.\p{N}+)+|[\p{L}\p{N}]+(?:(?<=\p{N})\.\p{N}+)*/gu) ?? [];
  return runs.flatMap((run) => {
    const letters = /^\p{L}{2,}(?=\p{N})/u.exec(run)?.[0];
    return letters === undefined ? [run] : [letters, run.slice(letters.length)];
  });
}

/** Whether a word begins at this place. One also begins where digits follow a letter: `3.8` in `qwen3.8`. */
export function beginsWord(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text.charAt(at - 1);
  return !isWordCharacter(before) || (isDigit(text.charAt(at)) && !isDigit(before));
}

/** Whether a word ends before this place. `gpt-5` does not end in `gpt-5.4`. */
export function endsWord(text: string, at: number): boolean {
  if (at >= text.length) return true;
  const next = text.charAt(at);
  if (isWordCharacter(next)) return false;
  return !(next === '.' && isDigit(text.charAt(at + 1)) && isDigit(text.charAt(at - 1)));
}

function isDigit(character: string): boolean {
  const code = character.charCodeAt(0);
  return code < 128 ? code >= 48 && code <= 57 : DIGITS.test(character);
}

function isWordCharacter(character: string): boolean {
  const code = character.charCodeAt(0);
  if (code >= 128) return WORD.test(character);
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}
