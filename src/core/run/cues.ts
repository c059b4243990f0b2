/**
 * Subtitles: words gathered into cues that one can read in time.
 */
import { hasSpeakers, timedWords, type TimedWord } from './timed-words';
import type { TranscriptResult } from './result';
import { spaceBetween } from './transcript-words';

/** One subtitle. Whole milliseconds, at least one long; none begins before the one before it ends. */
export interface Cue {
  readonly start: number;
  readonly end: number;
  /** One or two lines of at most `MAX_LINE` characters; a longer word stands on a line of its own. */
  readonly lines: readonly string[];
  /** Only when several speakers are told apart. */
  readonly speaker?: string;
}

/** Characters of a line. */
export const MAX_LINE = 42;
/** Lines of a cue. */
export const MAX_LINES = 2;
/** Seconds that a cue stays, at most. */
export const MAX_CUE_SECONDS = 6;
/** Seconds of silence that end a cue. */
const PAUSE = 0.7;

/** End of a sentence, with quotes or brackets behind it. */
const SENTENCE_END = /[.!?…。！？]['"’”»)\]」』）]*$/u;
/** A full stop that ends no sentence. */
const ABBREVIATION = /^(?:\p{L}|\p{L}\.\p{L}|mr|mrs|ms|dr|st|prof|vs|no)\.$/iu;

/**
 * Cues of a transcript. A cue ends with a sentence, at a pause, when somebody else speaks, and before it gets too long.
 * `labelOf` makes what the first line begins with of a speaker, so that it is counted. Empty: there are no times.
 */
export function cuesOf(
  result: TranscriptResult,
  text: string,
  labelOf: (speaker: string) => string = () => '',
): readonly Cue[] {
  const words = timedWords(result, text);
  const several = hasSpeakers(words);
  const groups: Group[] = [];
  for (const word of words) {
    const last = groups.at(-1);
    const speaker = several ? word.speaker : undefined;
    if (last && follows(last, word, speaker)) {
      const lines = added(last.lines, word.text);
      if (lines.length <= MAX_LINES) {
        last.words.push(word);
        last.lines = lines;
        continue;
      }
    }
    const label = speaker === undefined ? '' : labelOf(speaker);
    groups.push({ words: [word], lines: added(label === '' ? [] : [label], word.text), speaker });
  }
  return timed(groups);
}

/** A cue in the making. */
interface Group {
  words: [TimedWord, ...TimedWord[]];
  lines: readonly string[];
  speaker: string | undefined;
}

/** Whether a word may stand in the same cue as those before it. */
function follows({ words, speaker: before }: Group, word: TimedWord, speaker: string | undefined): boolean {
  const last = words.at(-1) ?? words[0];
  return (
    word.opens !== true &&
    speaker === before &&
    word.start - last.end <= PAUSE &&
    word.end - words[0].start <= MAX_CUE_SECONDS &&
    (!SENTENCE_END.test(last.text) || ABBREVIATION.test(last.text))
  );
}

/** Lines with one more word at their end. */
function added(lines: readonly string[], word: string): readonly string[] {
  const last = lines.at(-1);
  if (last === undefined) return [word];
  const longer = last + spaceBetween(last, word) + word;
  return longer.length <= MAX_LINE ? [...lines.slice(0, -1), longer] : [...lines, word];
}

/** Times in whole milliseconds, one cue after the other. */
function timed(groups: readonly Group[]): readonly Cue[] {
  let free = 0;
  const starts = groups.map(({ words }) => {
    const start = Math.max(free, Math.round(words[0].start * 1000));
    free = start + 1;
    return start;
  });
  return groups.map(({ words, lines, speaker }, i) => {
    const start = starts[i] ?? 0;
    const spoken = Math.round(Math.max(...words.map(({ end }) => end)) * 1000);
    const latest = Math.min(starts[i + 1] ?? Infinity, start + MAX_CUE_SECONDS * 1000);
    return {
      start,
      end: Math.min(latest, Math.max(start + 1, spoken)),
      lines,
      ...(speaker === undefined ? {} : { speaker }),
    };
  });
}
