/**
 * Reads stream events and whole answers of any wire: each model answers in the format it likes, whatever was asked
 * (cloudflare-api.md 2.2, 2.5).
 */
import type { Wire } from '../run/events';
import { Answer } from './answer';
import type { AskedTask } from './answers/context';
import { mediaSources } from './answers/media-sources';
import { keepUnknown, readTaskAnswer } from './answers/task-answer';
import { unwrap } from './envelope';
import { asObject, type Json } from './json';
import { Repetition, type Delta } from './repetition';
import { errorBody, serverError } from './server-error';
import type { Decoder } from './wires/format';
import { wireFormats } from './wires/formats';

/** Ends a stream on OpenAI's and Workers AI's wires. */
const DONE = '[DONE]';

/** Decodes one answer into `Answer`. */
export class AnswerDecoder {
  /** Events that were understood. */
  understood = 0;
  /** Events that were no JSON object. */
  malformed = 0;

  private readonly own: Decoder;
  private readonly repetition: Repetition;
  private others: readonly Decoder[] | undefined;

  constructor(
    private readonly wire: Wire,
    private readonly answer: Answer,
    private readonly asked: AskedTask = { task: 'text-generation', labels: [] },
  ) {
    this.own = wireFormats[wire].decoder(answer, asked);
    this.repetition = new Repetition((name, data) => {
      const apart = new Answer(() => {});
      new AnswerDecoder(wire, apart, asked).read(name, data);
      return apart.signals === 1 ? onlyDelta(apart) : undefined;
    });
  }

  /** Takes one event: its SSE name, if it has one, and its data. */
  event(name: string | undefined, data: string): void {
    const { answer, repetition } = this;
    const repeated = repetition.textOf(name, data);
    if (repeated !== undefined) {
      this.understood += 1;
      if (repetition.kind === 'text') answer.text(repeated);
      else answer.reasoning(repeated);
      return;
    }
    const before = answer.signals;
    this.read(name, data);
    const delta = answer.signals === before + 1 ? onlyDelta(answer) : undefined;
    if (delta) repetition.learn(name, data, delta);
  }

  /** Takes a complete answer that was not streamed. False: nothing in it was understood. */
  whole(value: unknown): boolean {
    const { answer, asked } = this;
    // A model of the user's own answers in no envelope of Cloudflare's.
    if (this.wire === 'cog') return this.own.whole(asObject(value) ?? {});
    const { body, error, keySource } = unwrap(value);
    const failed = error ?? serverError(body);
    if (failed) {
      answer.fail(failed);
      return true;
    }
    const isChat = asked.task === 'text-generation';
    if (!this.known(body) && (isChat || !keepUnknown(body, asked, answer))) return false;
    answer.keySource(keySource);
    return true;
  }

  /** Takes what the task answers with, or what a chat does. */
  private known(body: unknown): boolean {
    const { answer, asked } = this;
    const isChat = asked.task === 'text-generation';
    if (!isChat && readTaskAnswer(body, asked, answer)) return true;
    const object = asObject(body);
    if (object && (this.own.whole(object) || this.byOthers((decoder) => decoder.whole(object)))) return true;
    if (!isChat) return false;
    answer.media.push(...mediaSources(body, 'other'));
    return answer.media.length > 0;
  }

  private read(name: string | undefined, data: string): void {
    let value: unknown;
    try {
      value = JSON.parse(data);
    } catch {
      if (data.trim() === DONE) this.answer.complete = true;
      else this.malformed += 1;
      return;
    }
    try {
      this.readChunk(name, asObject(value));
    } catch {
      // Nested beyond what can be written again.
      this.malformed += 1;
    }
  }

  private readChunk(name: string | undefined, chunk: Json | undefined): void {
    if (!chunk) {
      this.malformed += 1;
    } else if (this.wire !== 'cog' && isError(name, chunk)) {
      this.understood += 1;
      this.answer.fail(errorBody(chunk));
    } else if (this.own.event(chunk)) {
      this.understood += 1;
    } else if (this.wire === 'cog') {
      this.malformed += 1;
    } else if (this.byOthers((decoder) => decoder.event(chunk)) || this.wholeIn(chunk)) {
      this.understood += 1;
    }
  }

  /** An answer that came whole in one event. */
  private wholeIn(chunk: Json): boolean {
    const { body, error } = unwrap(chunk);
    const failed = error ?? serverError(body);
    if (failed) this.answer.fail(failed);
    return failed !== undefined || this.known(body);
  }

  private byOthers(read: (decoder: Decoder) => boolean): boolean {
    this.others ??= (Object.keys(wireFormats) as Wire[])
      .filter((wire) => wire !== this.wire && wire !== 'cog')
      .map((wire) => wireFormats[wire].decoder(this.answer, this.asked));
    return this.others.some(read);
  }
}

/** An error event: by its SSE name, by its `type`, or by an `error` or `errors` that says something. */
function isError(name: string | undefined, chunk: Json): boolean {
  if (chunk['error'] !== undefined && chunk['error'] !== null) return true;
  return (
    name === 'error' || chunk['type'] === 'error' || (chunk['errors'] !== undefined && serverError(chunk) !== undefined)
  );
}

/** The last delta, when nothing else is known of the answer that a chunk of plain text could not have said. */
function onlyDelta(answer: Answer): Delta | undefined {
  const { last } = answer;
  const says =
    answer.complete || answer.error !== undefined || answer.finishReason !== undefined || answer.media.length > 0;
  return !says && (last?.type === 'text' || last?.type === 'reasoning') ? last : undefined;
}
