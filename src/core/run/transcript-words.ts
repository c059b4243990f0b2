/**
 * The words of spoken text, so that two transcripts can be compared by what was heard rather than by how it is written.
 */

/** Scripts that write no spaces between words: each of their characters counts as a word. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';

/** One character of such a script with its marks, or a run of anything else without white space. */
const WRITTEN = new RegExp(`[${UNSPACED}][\\p{M}ー]*|(?:(?![${UNSPACED}])\\S)+`, 'gu');

/** Starts or ends with a character of such a script, punctuation aside. */
const UNSPACED_START = new RegExp(`^[\\p{P}]*[${UNSPACED}]|^[、。，！？」』）]`, 'u');
const UNSPACED_END = new RegExp(`[${UNSPACED}\\p{M}ー][\\p{P}]*$|[、。，！？「『（]$`, 'u');

/** Invisible characters, for example a joiner or a byte order mark. */
const INVISIBLE = /\p{Cf}/gu;

/** A mark that belongs to a number (3.5, 12:30, 1,000, 24/7) or, as an apostrophe, to a word (don't). */
const KEPT = /(?<=\p{N})[.,:/'](?=\p{N})|(?<=[\p{L}\p{M}])'(?=[\p{L}\p{M}])/u;
const MARKS = new RegExp(`${KEPT.source}|([\\p{P}\\p{S}]+?)`, 'gu');

/** Words as they are written, in order. Every character but white space is in one of them. */
export function writtenWords(text: string): readonly string[] {
  return text.match(WRITTEN) ?? [];
}

/**
 * Words without case and punctuation, composed as Unicode's form C. Numbers stay as they are: `3.5` is not `3 5`, and `two`
 * is not `2`. Hyphens divide words, apostrophes do not.
 */
export function spokenWords(text: string): readonly string[] {
  const plain = text
    .normalize('NFC')
    .replaceAll(INVISIBLE, '')
    .replaceAll(/[‘’ʼ]/gu, "'")
    .replaceAll(MARKS, (mark: string, dropped: string | undefined) => (dropped === undefined ? mark : ' '))
    .toLowerCase();
  return writtenWords(plain);
}

/** What stands between two words of a text: a space, or nothing in scripts that write none. */
export function spaceBetween(word: string, next: string): '' | ' ' {
  return UNSPACED_END.test(word) && UNSPACED_START.test(next) ? '' : ' ';
}

/** Words as running text. */
export function joinWords(words: readonly string[]): string {
  return words.reduce((text, word, i) => (i === 0 ? word : text + spaceBetween(words[i - 1] ?? '', word) + word), '');
}

/** A word as written and as heard. */
export interface KeyedWord {
  readonly written: string;
  /** As `spokenWords`; empty only when the text has nothing but marks. */
  readonly key: string;
}

/** Characters that tell whether a space follows. */
const ENDING = 50;

/** Words with the marks that stand around them: a mark on its own goes with the word before it. */
export function keyedWords(text: string): readonly KeyedWord[] {
  const words: KeyedWord[] = [];
  /** How the last word ends: with many marks it gets long, and is not looked through again for each. */
  let ending = '';
  for (const written of writtenWords(text)) {
    const key = spokenWords(written).join(' ');
    const last = words.at(-1);
    if (key === '' && last) {
      const more = spaceBetween(ending, written) + written;
      words[words.length - 1] = { ...last, written: last.written + more };
      ending = (ending + more).slice(-ENDING);
    } else {
      words.push({ written, key });
      ending = written.slice(-ENDING);
    }
  }
  return words;
}
