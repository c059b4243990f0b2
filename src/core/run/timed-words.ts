/**
 * The words of a transcript with times that can be relied on: in order, never backwards, never before the beginning.
 */
import type { TranscriptResult, TranscriptWord } from './result';
import { joinWords, keyedWords, writtenWords } from './transcript-words';

/** A word of a transcript. Seconds. */
export interface TimedWord extends TranscriptWord {
  /** It begins a segment: what follows belongs together, as the model sees it. */
  readonly opens?: boolean;
}

/**
 * Words in the order of their times, spelled as the text spells them where both have the same words: models often give
 * words bare, and punctuation only in the text. Without words the segments are divided by the lengths of theirs. Empty: there
 * are no times at all.
 */
export function timedWords(result: TranscriptResult, text: string): readonly TimedWord[] {
  if (result.words.length > 0) return inOrder(spelled(result.words, text));
  return inOrder(result.segments).flatMap(dividedSegment);
}

/** Words spelled as in the text, when it has the same ones. */
function spelled(words: readonly TranscriptWord[], text: string): readonly TranscriptWord[] {
  const written = keyedWords(text);
  const bare = words
    .map((word) => ({ ...word, text: word.text.trim().replaceAll(/\s+/gu, ' ') }))
    .filter(({ text: own }) => own !== '');
  if (written.length !== bare.length) return bare;
  const keys = bare.map(({ text: own }) => keyedWords(own));
  if (!keys.every((own, i) => own.length === 1 && own[0]?.key === written[i]?.key)) return bare;
  return bare.map((word, i) => ({ ...word, text: written[i]?.written ?? word.text }));
}

/** By their beginning; no time is negative, not a number, or before the one it must follow. */
function inOrder<T extends { readonly start: number; readonly end: number }>(timed: readonly T[]): readonly T[] {
  let before = 0;
  const valid = timed.map((one) => {
    const start = Number.isFinite(one.start) ? Math.max(0, one.start) : before;
    const end = Number.isFinite(one.end) ? Math.max(start, one.end) : start;
    before = end;
    return { ...one, start, end };
  });
  return valid.sort((one, other) => one.start - other.start);
}

/** The words of a segment, each as long as its share of the characters. */
function dividedSegment(segment: TranscriptResult['segments'][number]): readonly TimedWord[] {
  const words = writtenWords(segment.text);
  const total = words.reduce((sum, { length }) => sum + length, 0);
  let before = 0;
  const at = (characters: number): number => segment.start + ((segment.end - segment.start) * characters) / total;
  return words.map((text, i) => ({
    text,
    start: at(before),
    end: at((before += text.length)),
    ...(segment.speaker === undefined ? {} : { speaker: segment.speaker }),
    ...(i === 0 ? { opens: true } : {}),
  }));
}

/** A speaker's name for people; a model that only counts them gets `Speaker 1`. */
export function speakerName(speaker: string): string {
  return /^\d+$/.test(speaker) ? `Speaker ${speaker}` : joinWords(writtenWords(speaker));
}

/** Whether a transcript tells more than one speaker apart. */
export function hasSpeakers(timed: readonly { readonly speaker?: string }[]): boolean {
  return new Set(timed.map(({ speaker }) => speaker)).size > 1;
}
