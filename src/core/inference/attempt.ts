/**
 * One attempt: a request is sent, its answer read to the end.
 */
import type { FinishReason, RunEvent } from '../run/events';
import { Answer } from './answer';
import { AttemptGuard } from './attempt-guard';
import { probe, readAll, type Reads } from './body';
import type { BuiltRequest } from './build';
import { FORM_DATA } from './build';
import { AnswerDecoder } from './decode';
import type { InferenceError } from './error';
import { failure, networkFailure, reportedFailure } from './errors';
import { bestLogId, gatewayInfo } from './gateway-headers';
import { guardedFetch } from './guarded-fetch';
import { mediaOf, picture } from './picture';
import type { InferencePorts } from './ports';
import { refusal } from './refusal';
import type { InferenceRequest } from './request';
import { RunFailure } from './run-failure';
import { EventStream } from './sse';

/** Most bytes of an answer that comes as one JSON value: pictures in base64 among them. */
const MAX_WHOLE_ANSWER = 64 * 1024 * 1024;

/** How an attempt ended. `accepted`: the response had been accepted, so there is no further attempt. */
export type Outcome =
  | { readonly type: 'finished'; readonly finishReason: FinishReason }
  | { readonly type: 'failed'; readonly error: InferenceError; readonly accepted: boolean };

/** Sends the request and tells `emit` what comes; `started` is `t0`. Never throws. */
export async function attempt(
  request: InferenceRequest,
  built: BuiltRequest,
  ports: InferencePorts,
  init: RequestInit,
  started: number,
  emit: (event: RunEvent) => void,
): Promise<Outcome> {
  const guard = new AttemptGuard(ports, request.policy, started);
  try {
    return await new Attempt(request, built, ports, guard, emit).perform(init);
  } finally {
    guard.dispose();
  }
}

/** The request with its credential. Nobody keeps it. */
export function sendable(built: BuiltRequest, token: string): RequestInit {
  const { method, headers, body } = built.raw;
  const { 'content-type': contentType = '', ...others } = headers;
  const authorization = { authorization: `Bearer ${token}` };
  // A redirect would carry prompt and credential to who knows where.
  const common = { method, redirect: 'manual' } as const;
  if (contentType !== FORM_DATA) {
    return { ...common, headers: { ...headers, ...authorization }, body: JSON.stringify(body) };
  }
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) form.append(name, String(value));
  // `fetch` writes the content type itself: it alone knows the boundary.
  return { ...common, headers: { ...others, ...authorization }, body: form };
}

class Attempt {
  private readonly answer: Answer;
  private readonly decoder: AnswerDecoder;
  private accepted = false;
  private status = 0;
  private logId: string | undefined;
  private images = 0;

  constructor(
    private readonly request: InferenceRequest,
    private readonly built: BuiltRequest,
    private readonly ports: InferencePorts,
    private readonly guard: AttemptGuard,
    private readonly emit: (event: RunEvent) => void,
  ) {
    this.answer = new Answer(emit);
    this.decoder = new AnswerDecoder(built.wire, this.answer);
  }

  async perform(init: RequestInit): Promise<Outcome> {
    try {
      const error = await this.exchange(init);
      return this.conclude(error);
    } catch (error) {
      return this.conclude(error instanceof RunFailure ? error.error : this.broken(error));
    }
  }

  /** Undefined: the answer was read to its end, or the guard ended the attempt. */
  private async exchange(init: RequestInit): Promise<InferenceError | undefined> {
    const { raw } = this.built;
    const response = await guardedFetch(this.ports.fetch, raw.url, init, this.guard);
    if (!response) return undefined;
    const at = this.ports.clock.now();
    if (!response.ok) return refusal(response, this.guard);
    const gateway = gatewayInfo(response.headers);
    this.accepted = true;
    this.status = response.status;
    this.logId = bestLogId(gateway);
    this.emit({ type: 'headers', at, status: response.status, gateway });
    if (!response.body) return this.protocol('The API answered without a body.');
    const reader = response.body.getReader();
    this.guard.watch(reader);
    const error = await this.readBody(reader);
    if (this.guard.stopReason) return undefined;
    // Closes the socket of an answer that was given up; after the last byte it does nothing.
    void reader.cancel().catch(() => {});
    return error ?? this.pictures();
  }

  private async readBody(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<InferenceError | undefined> {
    const { clock } = this.ports;
    const { kind, read } = await probe(async () => {
      const result = await reader.read();
      this.answer.at = clock.now();
      return result;
    });
    switch (kind) {
      case 'events':
        return this.readEvents(read);
      case 'empty':
        return this.protocol('The answer was empty.');
      case 'html':
        return this.protocol('The API answered with an HTML page.');
      default:
        return this.readWhole(read);
    }
  }

  /** The hot path: between a read and its clock there is nothing. */
  private async readEvents(read: Reads): Promise<InferenceError | undefined> {
    const { answer, decoder, guard } = this;
    const events = new EventStream((name, data) => {
      if (!answer.error) decoder.event(name, data);
    });
    for (;;) {
      const { done, value } = await read();
      if (guard.stopReason) return undefined;
      const before = answer.signals;
      const midLine = done ? (events.end(), false) : events.feed(value);
      if (events.overflowed) return this.protocol('The answer holds an event of more than 16 MiB.');
      if (answer.error) return reportedFailure(answer.error, this.status, this.logId);
      if (done) break;
      // Comments, pings and empty chunks keep a connection open, but are no progress; a piece of a long line is.
      if (midLine || answer.signals > before) guard.heard(answer.at, answer.hasOutput);
      if (answer.complete && answer.images.length === 0) guard.closing(answer.at);
    }
    if (decoder.understood > 0 || answer.complete) return undefined;
    return this.protocol(
      decoder.malformed > 0
        ? 'No event of the answer could be read.'
        : 'The answer held nothing that could be understood.',
    );
  }

  private async readWhole(read: Reads): Promise<InferenceError | undefined> {
    const { answer } = this;
    const bytes = await readAll(read, MAX_WHOLE_ANSWER);
    if (this.guard.stopReason) return undefined;
    if (!bytes) return this.protocol('The answer is larger than 64 MiB.');
    answer.complete = true;
    const media = mediaOf(bytes);
    if (media) {
      this.show(media);
      return undefined;
    }
    let value: unknown;
    try {
      value = JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      return this.protocol('The answer is not valid JSON.');
    }
    if (!this.decoder.whole(value)) return this.protocol('The answer is in a format that is not known.');
    if (answer.error) return reportedFailure(answer.error, this.status, this.logId);
    if (this.built.raw.body['stream'] === true) {
      this.warn('not-streamed', 'The API sent the whole answer at once although a stream was asked for.');
    }
    return undefined;
  }

  /** Gets the pictures the answer names. */
  private async pictures(): Promise<InferenceError | undefined> {
    const { answer, guard, logId } = this;
    const context = { fetch: this.ports.fetch, guard, apiOrigin: new URL(this.built.raw.url).origin, logId };
    for (const source of answer.images) {
      const media = await picture(source, context);
      if (guard.stopReason) return undefined;
      answer.at = this.ports.clock.now();
      this.show(media);
    }
    if (this.images > 0) answer.report({ ...answer.usage, images: this.images });
    else if (this.request.model.task === 'text-to-image') return this.protocol('The answer holds no picture.');
    return undefined;
  }

  private show(media: NonNullable<ReturnType<typeof mediaOf>>): void {
    this.images += 1;
    this.answer.hasOutput = true;
    this.answer.finishReason ??= 'stop';
    this.emit({ type: 'media', at: this.answer.at, media });
  }

  private conclude(error: InferenceError | undefined): Outcome {
    const { malformed } = this.decoder;
    if (malformed > 0) {
      const events = malformed === 1 ? 'One event' : `${malformed} events`;
      this.warn(
        'malformed-event',
        `${events} of the answer could not be read and ${malformed === 1 ? 'was' : 'were'} skipped.`,
      );
    }
    const failed = this.stopped() ?? error;
    if (failed) return { type: 'failed', error: failed, accepted: this.accepted };
    if (!this.answer.complete && this.answer.finishReason === undefined) {
      this.warn('truncated', 'The answer ended without a finish reason or an end mark: it may be incomplete.');
    }
    return { type: 'finished', finishReason: this.answer.finishReason ?? 'unknown' };
  }

  /** What an end from outside means. A stop after the answer was complete changes nothing, but for the user's own. */
  private stopped(): InferenceError | undefined {
    const { firstTokenTimeout, idleTimeout } = this.request.policy;
    const details = { status: this.status || undefined, logId: this.logId };
    switch (this.guard.stopReason) {
      case 'aborted':
        return failure('aborted', { ...details, message: 'The run was stopped.' });
      case 'timeout-first-token':
        return failure('timeout-first-token', { ...details, message: `No output came within ${firstTokenTimeout} s.` });
      case 'timeout-idle':
        // Only usage or an end mark was still awaited.
        if (this.answer.finishReason !== undefined) return undefined;
        return failure('timeout-idle', { ...details, message: `The answer stopped coming for ${idleTimeout} s.` });
      default:
        return undefined;
    }
  }

  /** A rejected fetch or read. After the finish reason the answer has nothing left to lose. */
  private broken(error: unknown): InferenceError | undefined {
    if (this.guard.stopReason || this.answer.complete || this.answer.finishReason !== undefined) return undefined;
    return networkFailure(error, new URL(this.built.raw.url).origin, this.accepted, this.logId);
  }

  private protocol(message: string): InferenceError {
    return failure('protocol', { message, status: this.status, logId: this.logId });
  }

  private warn(code: 'malformed-event' | 'not-streamed' | 'truncated', message: string): void {
    this.emit({ type: 'warning', at: this.answer.at, code, message });
  }
}
