/**
 * Speech to text: puts a recording where the model wants it, and finds the words in its answer.
 */
import type { Model } from './models';
import { ModelError } from './errors';

/** Input of `env.AI.run`. */
export interface TranscriptionCall {
  readonly input: Record<string, unknown>;
  /** The input is a stream, which AI Gateway does not take: such a call goes without it. */
  readonly isStreamed: boolean;
}

/** Whisper takes base64 or numbers, other hosted models take bytes, third-party ones a data URI. */
export function transcriptionCall(
  { id, input }: Model,
  recording: Uint8Array<ArrayBuffer>,
  type: string,
): TranscriptionCall {
  if (id.includes('whisper-large-v3-turbo')) {
    return { input: { ...input, audio: base64(recording) }, isStreamed: false };
  }
  if (id.includes('whisper')) return { input: { ...input, audio: [...recording] }, isStreamed: false };
  if (id.startsWith('@cf/')) {
    const body = new Blob([recording]).stream();
    return { input: { ...input, audio: { body, contentType: type } }, isStreamed: true };
  }
  const field = id.startsWith('assemblyai/') ? 'audio_url' : 'file';
  return { input: { ...input, [field]: `data:${type};base64,${base64(recording)}` }, isStreamed: false };
}

/** The text of an answer. Throws a `ModelError` when there is none; silence is an empty text. */
export function transcriptOf(answer: unknown): string {
  const { results, text, transcript } = asObject(answer);
  const channel = asObject(asList(asObject(results)['channels'])[0]);
  const best = asObject(asList(channel['alternatives'])[0]);
  const found = [best['transcript'], text, transcript].find((one) => typeof one === 'string');
  if (found === undefined) throw new ModelError("The model's answer holds no transcript.");
  return found.trim();
}

function base64(bytes: Uint8Array): string {
  let text = '';
  // As many characters as a call can take.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
