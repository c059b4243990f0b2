/**
 * Transcripts as subtitle files.
 */
import { cuesOf } from './cues';
import type { TranscriptResult } from './result';
import { speakerName } from './timed-words';

/**
 * SubRip. The format has neither speakers nor escapes: a speaker stands before the words, and the arrow that divides times
 * becomes another one. Undefined: the transcript has no times.
 */
export function toSrt(result: TranscriptResult, text: string): string | undefined {
  const cues = cuesOf(result, text, (speaker) => `${speakerName(speaker)}:`);
  if (cues.length === 0) return undefined;
  return cues
    .map(({ start, end, lines }, i) =>
      [
        `${i + 1}`,
        `${time(start, ',')} --> ${time(end, ',')}`,
        ...lines.map((line) => line.replaceAll('-->', '→')),
        '',
      ].join('\n'),
    )
    .join('\n');
}

/** WebVTT, with speakers as voices. Undefined: the transcript has no times. */
export function toVtt(result: TranscriptResult, text: string): string | undefined {
  const cues = cuesOf(result, text);
  if (cues.length === 0) return undefined;
  const blocks = cues.map(({ start, end, lines, speaker }) => {
    const voice = speaker === undefined ? '' : `<v ${escaped(speakerName(speaker))}>`;
    return [`${time(start, '.')} --> ${time(end, '.')}`, voice + lines.map(escaped).join('\n'), ''].join('\n');
  });
  return ['WEBVTT', '', ...blocks].join('\n');
}

/** `01:02:03,004` from milliseconds. */
function time(ms: number, comma: ',' | '.'): string {
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const clock = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map(two).join(':');
  return `${clock}${comma}${String(ms % 1000).padStart(3, '0')}`;
}

/** What begins a tag or an entity in WebVTT, written out; with `>` also the arrow between times goes. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
