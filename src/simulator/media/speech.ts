/**
 * Sound that resembles speech: nobody understands it, but its words begin and end when they say they do.
 */
import { hash } from '../random';
import type { Sound } from './sound';
import { type Syllable, voiceOf, voiceSyllables } from './voice';

/** A word and when it is said, in seconds from the start of the sound. */
export interface SpokenWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** Sound, and the words in it. */
export interface Speech extends Sound {
  readonly words: readonly SpokenWord[];
}

/** How a text is said. */
export interface SpeakOptions {
  /** Name of the voice: it sets pitch and timbre. */
  readonly voice: string;
  /** 1 for the usual speed, about 2.6 words a second. */
  readonly speed?: number;
  /** Samples a second; 24,000 unless given. */
  readonly sampleRate?: number;
}

/** Seconds at the usual speed. */
const leadIn = 0.06;
const leadOut = 0.12;
const wordStart = 0.07;
const syllableSeconds = 0.16;

/**
 * Says `text`. The same text in the same voice gives the same samples. A text without words is a short hum, for silence
 * would look like a fault.
 */
export function speak(text: string, { voice, speed = 1, sampleRate = 24_000 }: SpeakOptions): Speech {
  const words: SpokenWord[] = [];
  const syllables: Syllable[] = [];
  let time = leadIn;
  const say = (word: string): number => {
    const vowels = vowelsOf(word);
    const seconds = (wordStart + syllableSeconds * vowels.length) / speed;
    const each = seconds / vowels.length;
    for (const [index, vowel] of vowels.entries()) {
      const start = time + index * each;
      const rising = word.endsWith('?') && index === vowels.length - 1;
      syllables.push({ start, end: start + each, vowel, hiss: hisses(word, index), lift: rising ? 1.35 : 1 });
    }
    return time + seconds;
  };
  for (const word of wordsOf(text)) {
    const end = say(word);
    words.push({ word, start: time, end });
    time = end + pauseAfter(word) / speed;
  }
  if (words.length === 0) time = say('hum');
  const samples = new Int16Array(Math.ceil((time + leadOut) * sampleRate));
  voiceSyllables(samples, sampleRate, syllables, voiceOf(voice), hash(text));
  return { sampleRate, samples, words };
}

/** Scripts that are written without spaces between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** The words of `text`, each with the punctuation that follows it. */
function wordsOf(text: string): string[] {
  return text
    .split(/\s+/)
    .filter((part) => /[\p{L}\p{N}]/u.test(part))
    .flatMap((part) => (unspaced.test(part) ? segmented(part) : [part]));
}

function segmented(text: string): string[] {
  const words: string[] = [];
  for (const { segment, isWordLike } of new Intl.Segmenter('und', { granularity: 'word' }).segment(text)) {
    if (isWordLike === true || words.length === 0) words.push(segment);
    else words.push(`${words.pop()}${segment}`);
  }
  return words;
}

/** A vowel for each syllable; a character of a script without vowels, and a digit, is a syllable of its own. */
function vowelsOf(word: string): string[] {
  const plain = word.normalize('NFD').toLowerCase();
  const groups = plain.match(/[aeiouy]+|\p{N}|[^\p{Script=Latin}\p{M}\p{P}\p{S}\p{N}\p{C}]/gu) ?? ['e'];
  // A final "e" is mute, as in most English words.
  if (groups.length > 1 && /[^aeiouy]e\P{L}*$/u.test(plain)) groups.pop();
  return groups.map((group) =>
    'aeiouy'.includes(group.charAt(0)) ? group.charAt(0) : 'aeiou'.charAt(hash(group) % 5),
  );
}

/** Whether the syllable at `index` begins with noise, as after "s" or "f". */
function hisses(word: string, index: number): boolean {
  const consonants = word.toLowerCase().split(/[aeiouy]+/)[index] ?? '';
  return /[sfhxzckptj]/.test(consonants);
}

function pauseAfter(word: string): number {
  if (/[.!?。！？]\P{L}*$/u.test(word)) return 0.28;
  return /[,;:、，]\P{L}*$/u.test(word) ? 0.15 : 0.035;
}
