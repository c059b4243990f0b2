/**
 * Reads transcripts of every family of speech recognition (cloudflare-api.md 1.5, 4.4).
 */
import type { TranscriptResult, TranscriptSegment, TranscriptWord } from '../../run/result';
import { asCount, asList, asObject, asText, type Json } from '../json';

/** A transcript, and its plain text. */
export interface ReadTranscript {
  readonly text: string;
  readonly result: TranscriptResult;
}

/** Words and segments that are kept. */
const MOST = 20_000;
/** Words are never this long in seconds, nor segments; in milliseconds they are longer. */
const LONGEST_WORD = 15;
const LONGEST_SEGMENT = 300;

/**
 * Whisper `{text, words}`, Whisper turbo `{text, segments: [{words}], transcription_info}`, Deepgram
 * `{results: {channels}}`, AssemblyAI `{text, words, utterances}` in milliseconds, and others that give `text` or
 * `transcript`. Undefined when it is none of these.
 */
export function readTranscript(body: unknown): ReadTranscript | undefined {
  if (typeof body === 'string') return { text: body, result: { kind: 'transcript', words: [], segments: [] } };
  const answer = asObject(body);
  if (answer === undefined) return undefined;
  const results = asObject(answer['results']);
  const channel = asObject(asList(results?.['channels'])[0]);
  const best = asObject(asList(channel?.['alternatives'] ?? answer['alternatives'])[0]);
  const inner = best ?? asObject(answer['output']) ?? answer;
  const text = [inner['transcript'], inner['text'], answer['text'], answer['transcript']].find(
    (one) => typeof one === 'string',
  );
  const toldSegments = segmentsOf(
    results?.['utterances'] ?? answer['utterances'] ?? inner['segments'] ?? answer['segments'],
  );
  const toldWords = wordsOf(inner['words'] ?? answer['words'], inner['segments'] ?? answer['segments']);
  if (text === undefined && toldWords.length === 0 && toldSegments.length === 0) return undefined;
  const info = asObject(answer['transcription_info']);
  const language =
    asText(info?.['language']) ??
    asText(channel?.['detected_language']) ??
    asText(answer['language']) ??
    asText(answer['language_code']);
  const seconds = [
    info?.['duration'],
    asObject(answer['metadata'])?.['duration'],
    answer['audio_duration'],
    answer['duration'],
    asObject(answer['usage'])?.['seconds'],
  ]
    .map(asCount)
    .find((one) => one !== undefined);
  const unit = areMilliseconds(toldWords, toldSegments, seconds) ? 1000 : 1;
  const [words, segments] = [inSeconds(toldWords, unit), inSeconds(toldSegments, unit)];
  return {
    text: (text ?? (words.length > 0 ? words : segments).map((one) => one.text).join(' ')).trim(),
    result: {
      kind: 'transcript',
      words,
      segments,
      ...(language !== undefined && { language }),
      ...(seconds !== undefined && { seconds }),
    },
  };
}

function wordsOf(own: unknown, segments: unknown): readonly TranscriptWord[] {
  const listed =
    asList(own).length > 0 ? asList(own) : asList(segments).flatMap((one) => asList(asObject(one)?.['words']));
  return listed.slice(0, MOST).flatMap((value): TranscriptWord[] => {
    const word = asObject(value);
    const text = asText(word?.['punctuated_word']) ?? asText(word?.['word']) ?? asText(word?.['text']);
    const times = word && timesOf(word);
    if (text === undefined || times === undefined || text.trim() === '') return [];
    const confidence = asCount(word?.['confidence'] ?? word?.['probability']);
    return [
      {
        text: text.trim(),
        ...times,
        ...speakerOf(word),
        ...(confidence !== undefined && confidence <= 1 && { confidence }),
      },
    ];
  });
}

function segmentsOf(value: unknown): readonly TranscriptSegment[] {
  return asList(value)
    .slice(0, MOST)
    .flatMap((one): TranscriptSegment[] => {
      const segment = asObject(one);
      const text = asText(segment?.['text']) ?? asText(segment?.['transcript']);
      const times = segment && timesOf(segment);
      return text === undefined || times === undefined ? [] : [{ text: text.trim(), ...times, ...speakerOf(segment) }];
    });
}

function timesOf(value: Json): { start: number; end: number } | undefined {
  const start = asCount(value['start'] ?? value['start_time']);
  const end = asCount(value['end'] ?? value['end_time']) ?? start;
  return start === undefined || end === undefined ? undefined : { start, end: Math.max(start, end) };
}

/** Speakers are named or numbered. */
function speakerOf(value: Json | undefined): { speaker?: string } {
  const speaker = value?.['speaker'] ?? value?.['speaker_id'];
  return typeof speaker === 'number'
    ? { speaker: String(speaker) }
    : typeof speaker === 'string' && speaker !== ''
      ? { speaker }
      : {};
}

/**
 * AssemblyAI counts in milliseconds, and no field says so. Words tell, which are short; without them the length of the
 * recording, or segments that are longer than any.
 */
function areMilliseconds(
  words: readonly TranscriptWord[],
  segments: readonly TranscriptSegment[],
  seconds: number | undefined,
): boolean {
  const timed = words.length > 0 ? words : segments;
  const latest = timed.reduce((most, { end }) => Math.max(most, end), 0);
  if (seconds !== undefined && seconds > 0 && latest > 100 * seconds) return true;
  const total = timed.reduce((sum, { start, end }) => sum + end - start, 0);
  return total > timed.length * (words.length > 0 ? LONGEST_WORD : LONGEST_SEGMENT);
}

function inSeconds<T extends TranscriptSegment>(timed: readonly T[], unit: number): readonly T[] {
  return unit === 1 ? timed : timed.map((one) => ({ ...one, start: one.start / unit, end: one.end / unit }));
}
