/**
 * What of a request its price depends on, read from the model's own input. Fields have different names from model to
 * model (cloudflare-api.md 4.4).
 */
import { asObject, type Json } from '../inference/json';

/** The input as it goes to the model, by the names on the wire. */
export type ModelInput = Json;

/** A number, and whether it is exact: a default, or a rounding that no source confirms, is not. */
export interface Quantity {
  readonly count: number;
  readonly exact: boolean;
}

/** The model's input inside a request body: `/ai/run` wraps it for third-party models (cloudflare-api.md 1.5). */
export function inputOf(body: ModelInput): ModelInput {
  return asObject(body['input']) ?? body;
}

/**
 * The names that the asked resolution goes by in price labels: 1920×1080 is `1080p`, too. Empty: asked for, but not
 * in words that we know. Undefined: left to the model.
 */
export function askedResolution(input: ModelInput): readonly string[] | undefined {
  const { width, height } = input;
  if (isPositive(width) && isPositive(height)) return namesOfSize(width, height);
  let isAsked = width !== undefined || height !== undefined;
  // Quality is a resolution with some video models (`quality: "720p"`), ratio a size with some (`1280:720`).
  for (const key of ['resolution', 'size', 'image_size', 'quality', 'ratio']) {
    const value = input[key];
    if (typeof value !== 'string') continue;
    const names = namesOf(value.trim().toLowerCase());
    if (names.length > 0) return names;
    isAsked ||= key === 'resolution' || key === 'size' || key === 'image_size';
  }
  return isAsked ? [] : undefined;
}

function namesOf(text: string): readonly string[] {
  if (/^(?:\d{3,4}p|\d{1,2}k)$/.test(text)) return [text, ...(otherNames.get(text) ?? [])];
  const [, width, height] = /^(\d{3,4}) ?[x×*:] ?(\d{3,4})$/.exec(text) ?? [];
  return width !== undefined && height !== undefined ? namesOfSize(Number(width), Number(height)) : [];
}

const otherNames: ReadonlyMap<string, readonly string[]> = new Map([
  ['1440p', ['2k']],
  ['2160p', ['4k']],
  ['2k', ['1440p']],
  ['4k', ['2160p']],
]);

/**
 * The names of a size in pixels. A square of n × 1024 pixels is called `nk` with pictures; other shapes have no such name
 * that all agree on.
 */
export function namesOfSize(width: number, height: number): readonly string[] {
  const lines = `${Math.min(width, height)}p`;
  const isSquare = width === height;
  return [
    `${width}x${height}`,
    ...(isSquare ? (width % 1024 === 0 ? [`${width / 1024}k`] : []) : [lines, ...(otherNames.get(lines) ?? [])]),
  ];
}

/** The size of picture asked for, pixels. */
export function askedSize(input: ModelInput): { readonly width: number; readonly height: number } | undefined {
  if (isPositive(input['width']) && isPositive(input['height']))
    return { width: input['width'], height: input['height'] };
  const [, width, height] = /^(\d{2,4})x(\d{2,4})$/.exec(String(input['size'])) ?? [];
  return width !== undefined && height !== undefined ? { width: Number(width), height: Number(height) } : undefined;
}

/** `low`, `high` … in lower case. Undefined: left to the model. */
export function askedQuality(input: ModelInput): string | undefined {
  const { quality } = input;
  return typeof quality === 'string' && namesOf(quality.trim().toLowerCase()).length === 0
    ? quality.trim().toLowerCase()
    : undefined;
}

/** Whether a video with sound is asked for. Undefined: left to the model. */
export function askedAudio(input: ModelInput): boolean | undefined {
  return ['generate_audio', 'audio', 'with_audio', 'sound'].map((key) => input[key]).find(isFlag);
}

/** Whether a quick, cheap draft is asked for. */
export function askedDraft(input: ModelInput): boolean {
  return input['draft'] === true || askedQuality(input) === 'draft';
}

/** Seconds of video or audio asked for: `5`, `"8s"`, or milliseconds of music. */
export function askedSeconds(input: ModelInput): number | undefined {
  const milliseconds = input['music_length_ms'];
  if (isPositive(milliseconds)) return milliseconds / 1000;
  const value = input['duration'] ?? input['seconds'];
  const seconds = typeof value === 'string' ? Number(/^(\d+(?:\.\d+)?) ?s?$/.exec(value.trim())?.[1]) : value;
  return isPositive(seconds) ? seconds : undefined;
}

/** Diffusion steps asked for. */
export function askedSteps(input: ModelInput): unknown {
  return input['steps'] ?? input['num_steps'];
}

/** How many pictures are asked for; one when nothing is said. */
export function askedPictures(input: ModelInput): number {
  const count = input['n'] ?? input['num_images'];
  return Number.isInteger(count) && isPositive(count) ? count : 1;
}

/** The text to be spoken, under the names by which it is sent (`promptsOf` in `inputs-schema.ts`). */
export function spokenText(body: ModelInput): string | undefined {
  const input = inputOf(body);
  // Where there are a text and a prompt, the prompt says how the text is spoken.
  return ['text', 'prompt', 'input', 'input_text', 'content']
    .map((name) => input[name])
    .find((value) => typeof value === 'string');
}

/**
 * Characters are counted as Unicode code points: an emoji of one code point is one. Providers do not say how they count;
 * where counting UTF-16 units gives another number, the count is not exact.
 */
export function charactersOf(text: string): Quantity {
  // Without making a list of them: texts may have millions.
  const count = text.length - (text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0);
  return { count, exact: count === text.length };
}

/** Names and values by which requests ask for the add-ons that we know; others go by the words of their own name. */
const addOnWords: ReadonlyMap<string, RegExp> = new Map([
  ['speaker diarization', /diari|speaker_labels/i],
  ['key terms', /key_?terms/i],
]);

/** Whether the request asks for an add-on. */
export function asksForAddOn(input: ModelInput, addOn: string): boolean {
  const words = addOnWords.get(addOn) ?? new RegExp(addOn.replace(/[^a-z0-9]+/g, '[-_ ]?'), 'i');
  return Object.entries(input).some(([key, value]) => {
    if (typeof value === 'string' && words.test(value) && key !== 'prompt') return true;
    const isOn = Array.isArray(value) ? value.length > 0 : Boolean(value);
    return isOn && words.test(key);
  });
}

function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}
