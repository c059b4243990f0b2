/**
 * Transcripts cut into segments, and as WebVTT (W3C WebVTT).
 */
import type { HeardWord } from './hear';

/** Words that are shown together. Seconds. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly words: readonly HeardWord[];
}

const mostWords = 12;

/** Segments end with a sentence, or after twelve words. */
export function segmentsOf(words: readonly HeardWord[]): Segment[] {
  const segments: Segment[] = [];
  let open: HeardWord[] = [];
  for (const [index, word] of words.entries()) {
    open.push(word);
    if (!/[.!?]$/.test(word.word) && open.length < mostWords && index < words.length - 1) continue;
    const text = open.map((item) => item.word).join(' ');
    segments.push({ start: open[0]?.start ?? 0, end: word.end, text, words: open });
    open = [];
  }
  return segments;
}

/** The words as WebVTT. */
export function vttOf(words: readonly HeardWord[]): string {
  const cues = segmentsOf(words).map(({ start, end, text }) => `${clock(start)} --> ${clock(end)}\n${text}`);
  return ['WEBVTT', ...cues].join('\n\n');
}

function clock(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const minutes = Math.floor(milliseconds / 60_000);
  return `${two(minutes / 60)}:${two(minutes % 60)}:${two((milliseconds / 1000) % 60)}.${String(milliseconds % 1000).padStart(3, '0')}`;
}
