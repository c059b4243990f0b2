/**
 * A transcript as it is read: paragraphs of words that know their time.
 */
import type { TranscriptResult } from '../../src/core/run/result';
import { hasSpeakers, timedWords } from '../../src/core/run/timed-words';

/** A word, or where the model gives no words, a segment. Seconds. */
export interface TranscriptUnit {
  /** Its place among all. */
  readonly index: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** From 0 to 1. */
  readonly confidence?: number;
}

/** What one speaker says, or words without a long pause. */
export interface TranscriptParagraph {
  /** Only when several speakers are told apart. */
  readonly speaker: string | undefined;
  readonly start: number;
  readonly units: readonly TranscriptUnit[];
}

/** A silence that begins a paragraph, seconds. */
const LONG_PAUSE = 2;
/** Below it a word is marked. */
export const LOW_CONFIDENCE = 0.6;

/** Paragraphs in order. Empty: the transcript has no times. */
export function paragraphsOf(result: TranscriptResult, text: string): readonly TranscriptParagraph[] {
  const timed =
    result.words.length > 0
      ? timedWords(result, text)
      : result.segments
          .filter((segment) => segment.text.trim() !== '')
          .toSorted((one, other) => one.start - other.start);
  const several = hasSpeakers(timed);
  const paragraphs: { speaker: string | undefined; start: number; units: TranscriptUnit[] }[] = [];
  timed.forEach((word, index) => {
    const speaker = several ? word.speaker : undefined;
    const last = paragraphs.at(-1);
    const unit: TranscriptUnit = {
      index,
      text: word.text.trim(),
      start: word.start,
      end: word.end,
      ...('confidence' in word && word.confidence !== undefined ? { confidence: word.confidence } : {}),
    };
    const before = last?.units.at(-1)?.end ?? 0;
    if (last && last.speaker === speaker && word.start - before < LONG_PAUSE) last.units.push(unit);
    else paragraphs.push({ speaker, start: word.start, units: [unit] });
  });
  return paragraphs;
}

/** Index of the unit that is spoken at a time, or else the last one before it; -1 before the first. */
export function unitAt(units: readonly TranscriptUnit[], seconds: number): number {
  let low = 0;
  let high = units.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((units[middle]?.start ?? Infinity) <= seconds) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** `1:02` from seconds, as players write it. */
export function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number): string => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** Name of a file without its ending, to save something beside it. */
export function stem(name: string): string {
  return name.replace(/\.[^./\\]{1,5}$/, '');
}
