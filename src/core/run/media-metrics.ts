/**
 * Metrics of what is made, heard or embedded (metrics.md section 2). All are measured in the host: times on its clock,
 * lengths and sizes in the files.
 */
import type { Task } from '../catalog/model';
import { isHeard } from '../catalog/task-media';
import type { MediaRef } from '../media/media';
import { charactersOf, spokenText } from './asked';
import { sentFiles } from './sent';
import type { RunState } from './state';

/** Figures of answers that are more than text. An absent field is unknown, or makes no sense for the answer. */
export interface MediaMetrics {
  /** `tA - t0` of a file, seconds: queue and work together. */
  readonly runTime?: number;
  /** `tL - tA` of a complete answer of files, seconds. */
  readonly downloadTime?: number;
  /** Pictures made. */
  readonly images?: number;
  /** Millions of pixels made. */
  readonly megapixels?: number;
  /** Seconds of audio or video made, measured in the files. */
  readonly mediaSeconds?: number;
  /** Minutes of audio heard. */
  readonly audioMinutes?: number;
  /** Seconds that it took for a second of audio: below 1 is faster than real time. */
  readonly realTimeFactor?: number;
  /** Characters spoken. */
  readonly characters?: number;
  /** Words heard. */
  readonly words?: number;
  readonly vectors?: number;
  readonly dimensions?: number;
  readonly vectorsPerSecond?: number;
  /** The part of the input tokens that pictures are. */
  readonly imageTokens?: number;
}

/** Computes what is known so far. `e2e` is `tL - t0` of a complete answer, seconds. */
export function mediaMetrics(state: RunState, task: Task | undefined, e2e: number | undefined): MediaMetrics {
  const { media, times, usage, result } = state;
  const shown = media.filter(({ kind }) => kind !== 'file');
  const pictures = media.filter(({ kind }) => kind === 'image');
  const hasFiles = shown.length > 0 || state.progress !== undefined;
  const mediaSeconds = secondsOf(media);
  const heard = heardSeconds(state, task);
  const audio = task === 'speech-recognition' ? heard : task === 'text-to-speech' ? mediaSeconds : undefined;
  const vectors = result?.kind === 'embeddings' ? result.count : undefined;
  const pixels = sumOf(pictures.map(({ width, height }) => width && height && width * height));
  return withoutUnknown({
    runTime: hasFiles && times?.firstAnswer !== undefined ? times.firstAnswer - times.started : undefined,
    downloadTime: shown.length > 0 && e2e !== undefined ? downloadOf(state) : undefined,
    images: pictures.length > 0 ? pictures.length : undefined,
    megapixels: pixels === undefined ? undefined : pixels / 1e6,
    mediaSeconds,
    audioMinutes: heard === undefined ? undefined : heard / 60,
    realTimeFactor: e2e !== undefined && audio ? e2e / audio : undefined,
    characters: task === 'text-to-speech' ? charactersSent(state) : undefined,
    words: task === 'speech-recognition' && state.status === 'done' ? wordsOf(state) : undefined,
    vectors,
    dimensions: result?.kind === 'embeddings' ? result.dimensions : undefined,
    vectorsPerSecond: vectors !== undefined && e2e ? vectors / e2e : undefined,
    imageTokens: usage?.inputImageTokens,
  });
}

/** Only what is known: an absent field reads better than one that is undefined, and compares equal. */
function withoutUnknown(figures: Readonly<Record<keyof MediaMetrics, number | undefined>>): MediaMetrics {
  return Object.fromEntries(Object.entries(figures).filter(([, figure]) => figure !== undefined));
}

/** The sum; undefined when one is unknown, or there is none. */
function sumOf(values: readonly (number | undefined)[]): number | undefined {
  let sum = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    sum += value;
  }
  return values.length > 0 ? sum : undefined;
}

function downloadOf({ times }: RunState): number | undefined {
  const { firstAnswer, lastOutput } = times ?? {};
  return firstAnswer === undefined || lastOutput === undefined ? undefined : Math.max(0, lastOutput - firstAnswer);
}

/** Seconds of audio heard: as the answer tells them, else as measured in the files sent. */
export function heardSeconds(state: RunState, task: Task | undefined): number | undefined {
  if (task === undefined || !isHeard(task)) return undefined;
  const { usage, result } = state;
  if (usage?.audioSeconds !== undefined) return usage.audioSeconds;
  if (result?.kind === 'transcript' && result.seconds !== undefined) return result.seconds;
  return secondsOf(sentFiles(state.request?.body ?? {}));
}

/** Seconds of audio and video in these files; undefined when one was not measured, or there is none. */
export function secondsOf(files: readonly Pick<MediaRef, 'kind' | 'seconds'>[]): number | undefined {
  const played = files.filter(({ kind }) => kind === 'audio' || kind === 'video');
  return sumOf(played.map(({ seconds }) => seconds));
}

function charactersSent({ usage, request }: RunState): number | undefined {
  if (usage?.characters !== undefined) return usage.characters;
  const text = request && spokenText(request.body);
  return text === undefined ? undefined : charactersOf(text).count;
}

/** Words by the rules of Unicode, so that scripts without spaces have some. Made when it is first needed. */
let segmenter: Intl.Segmenter | undefined;

/** Words of a text. */
export function countWords(text: string): number {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  let count = 0;
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) count += 1;
  return count;
}

function wordsOf({ result, text }: RunState): number | undefined {
  if (result?.kind === 'transcript' && result.words.length > 0) return result.words.length;
  return text.trim() === '' ? undefined : countWords(text);
}
