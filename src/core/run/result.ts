/**
 * What a model answered when it is neither prose nor media. JSON-safe: it is folded, stored and sent to views.
 */
import type { JsonValue } from '../catalog/schema';

/** One word of a transcript. Times in seconds from the beginning of the recording. */
export interface TranscriptWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** As the model names or counts its speakers; absent: it does not tell them apart. */
  readonly speaker?: string;
  /** From 0 to 1. */
  readonly confidence?: number;
}

/** A stretch of a transcript, where the model gives those instead of words. Seconds. */
export interface TranscriptSegment {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly speaker?: string;
}

/** A transcript beyond its plain text, which is the answer's text. */
export interface TranscriptResult {
  readonly kind: 'transcript';
  /** Empty: the model gives no word times. */
  readonly words: readonly TranscriptWord[];
  readonly segments: readonly TranscriptSegment[];
  /** As the model names it, for example `en`. */
  readonly language?: string;
  /** Length of the recording as the answer states it. */
  readonly seconds?: number;
}

/** Vectors, as far as one can look at them. The vectors themselves are kept as a JSON file among the run's media. */
export interface EmbeddingsResult {
  readonly kind: 'embeddings';
  readonly dimensions: number;
  /** Vectors; as many as `labels`. */
  readonly count: number;
  /** The texts embedded, cut to a line. */
  readonly labels: readonly string[];
  /** Cosine similarities, row by row, `count` × `count`. */
  readonly similarities: readonly number[];
  /** Places in the plane of the two first principal components, one pair for each vector. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Share of the spread that the plane shows, from 0 to 1. */
  readonly shown: number;
}

/** Documents by relevance. */
export interface RankingResult {
  readonly kind: 'ranking';
  /** The best first. `index` is the document's place in the request, from 0. */
  readonly items: readonly { readonly index: number; readonly score: number }[];
}

/** Labels with scores, the highest first. */
export interface LabelsResult {
  readonly kind: 'labels';
  readonly items: readonly { readonly label: string; readonly score: number }[];
}

/** Things found in a picture. Boxes in pixels of the picture sent. */
export interface BoxesResult {
  readonly kind: 'boxes';
  readonly items: readonly {
    readonly label: string;
    readonly score: number;
    readonly box: { readonly xmin: number; readonly ymin: number; readonly xmax: number; readonly ymax: number };
  }[];
}

/** Whether a speaker has finished. */
export interface TurnResult {
  readonly kind: 'turn';
  readonly complete: boolean;
  /** From 0 to 1. */
  readonly probability?: number;
}

/** An answer in a shape that is not known: shown as it is. */
export interface JsonResult {
  readonly kind: 'json';
  readonly value: JsonValue;
}

/** What a model answered. */
export type RunResult =
  TranscriptResult | EmbeddingsResult | RankingResult | LabelsResult | BoxesResult | TurnResult | JsonResult;
