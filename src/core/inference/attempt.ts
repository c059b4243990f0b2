/**
 * One attempt: a request is sent, its answer read to the end.
 */
import type { FinishReason, RunEvent } from '../run/events';
import { Answer } from './answer';
import { AttemptGuard } from './attempt-guard';
import { kindByFirstByte, probe, readAll, type Reads } from './body';
import type { BuiltRequest } from './build';
import { AnswerDecoder } from './decode';
import type { InferenceError } from './error';
import { modelFailure } from './cog-failure';
import { failure, networkFailure, reportedFailure } from './errors';
import { bestLogId, gatewayInfo } from './gateway-headers';
import { guardedFetch } from './guarded-fetch';
import { mediaMadeBy } from '../catalog/task-media';
import { MAX_OUTPUT } from '../media/limits';
import { isCutOff } from '../media/cut-off';
import type { MediaBytes, MediaKind } from '../media/media';
import { inputOf } from '../run/asked';
import { isPage, mediaFile, tooLarge, tooSlow, wordOf } from './media-file';
import { kept, loadMedia } from './media-source';
import { patience } from './patience';
import { rawSoundAsked, type RawSound } from './raw-sound';
import { receive } from './receive';
import { promptText } from './wires/messages';
import type { InferencePorts } from './ports';
import { refusal } from './refusal';
import type { InferenceRequest } from './request';
import { RunFailure } from './run-failure';
import type { ServerError } from './server-error';
import { EventStream } from './sse';

/** Most bytes of an answer that comes as one JSON value: pictures in base64 among them. */
const MAX_WHOLE_ANSWER = 64 * 1024 * 1024;
/** No answer in words is this long: more bytes are a file on its way. */
const SURELY_A_FILE = 256 * 1024;

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
  const guard = new AttemptGuard(ports, patience(request.model, request.policy), started);
  try {
    return await new Attempt(request, built, ports, guard, emit).perform(init);
  } finally {
    guard.dispose();
  }
}

class Attempt {
  private readonly answer: Answer;
  private readonly decoder: AnswerDecoder;
  private accepted = false;
  private status = 0;
  private logId: string | undefined;
  private images = 0;
  private files = 0;
  /** It was said that a file is not whole. */
  private cutOff = false;
  /** Media of the answer that are in hand. */
  private loaded = 0;

  constructor(
    private readonly request: InferenceRequest,
    private readonly built: BuiltRequest,
    private readonly ports: InferencePorts,
    private readonly guard: AttemptGuard,
    private readonly emit: (event: RunEvent) => void,
  ) {
    this.answer = new Answer(emit);
    const { task } = request.model;
    const labels = [promptText(request.messages), ...(request.texts ?? [])].filter((text) => text.trim() !== '');
    this.decoder = new AnswerDecoder(built.wire, this.answer, { task, labels });
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
    if (!response.ok) return refusal(response, this.guard, this.built.wire);
    const gateway = gatewayInfo(response.headers);
    this.accepted = true;
    this.status = response.status;
    this.logId = bestLogId(gateway);
    this.emit({ type: 'headers', at, status: response.status, gateway });
    if (!response.body) return this.protocol('The API answered without a body.');
    const reader = response.body.getReader();
    this.guard.watch(reader);
    const error = await this.readBody(reader, response);
    if (this.guard.stopReason) return undefined;
    // Closes the socket of an answer that was given up; after the last byte it does nothing.
    void reader.cancel().catch(() => {});
    return error ?? this.loadMedia();
  }

  private async readBody(
    reader: ReadableStreamDefaultReader<Uint8Array>,
    response: Response,
  ): Promise<InferenceError | undefined> {
    const { clock } = this.ports;
    const contentType = response.headers.get('content-type') ?? '';
    const { kind, read } = await probe(async () => {
      const result = await reader.read();
      this.answer.at = clock.now();
      return result;
    }, contentType);
    switch (kind) {
      case 'events':
        return this.readEvents(read);
      case 'empty':
        return this.protocol('The answer was empty.');
      case 'html': // or a drawing: SVG begins as a page does
      case 'binary':
        return this.readFile(read, response, contentType);
      default:
        return this.readWhole(read);
    }
  }

  /** The answer is the file itself. */
  private async readFile(read: Reads, response: Response, contentType: string): Promise<InferenceError | undefined> {
    const { answer, guard, logId } = this;
    const { clock } = this.ports;
    const kind = this.expected ?? 'file';
    const most = Math.max(MAX_OUTPUT[kind], MAX_WHOLE_ANSWER);
    const { bytes, firstAt, gaveUp } = await receive(read, response, most, { clock, guard, answer });
    if (guard.stopReason) return undefined;
    if (!bytes) return this.protocol((gaveUp === 'too-slow' ? tooSlow : tooLarge)(kind).problem);
    answer.complete = true;
    const file = mediaFile(bytes, { kind, contentType, sound: this.sound });
    if ('problem' in file && isJson(bytes)) return this.decodeWhole(bytes);
    if ('problem' in file && isPage(bytes)) return this.protocol('The API answered with an HTML page.');
    this.show(kept(file, logId), firstAt);
    return undefined;
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
      if (answer.error) return this.reported(answer.error);
      if (done) break;
      // Comments, pings and empty chunks keep a connection open, but are no progress; a piece of a long line is.
      if (midLine || answer.signals > before) guard.heard(answer.at, answer.hasOutput);
      if (answer.complete && answer.media.length === 0) guard.closing(answer.at);
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
    const bytes = await readAll(read, MAX_WHOLE_ANSWER, (length) => {
      if (length > SURELY_A_FILE) this.guard.heard(answer.at, true);
    });
    if (this.guard.stopReason) return undefined;
    if (!bytes) return this.protocol('The answer is larger than 64 MiB.');
    answer.complete = true;
    return this.decodeWhole(bytes);
  }

  private decodeWhole(bytes: Uint8Array): InferenceError | undefined {
    const { answer } = this;
    let value: unknown;
    try {
      value = JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      return this.protocol('The answer is not valid JSON.');
    }
    let isUnderstood: boolean;
    try {
      isUnderstood = this.decoder.whole(value);
    } catch {
      // Nested beyond what can be written again.
      return this.protocol('The answer could not be read.');
    }
    if (!isUnderstood) return this.protocol('The answer is in a format that is not known.');
    if (answer.error) return this.reported(answer.error);
    if (this.built.raw.body['stream'] === true) {
      this.warn('not-streamed', 'The API sent the whole answer at once although a stream was asked for.');
    }
    return undefined;
  }

  /** Gets the media that the answer names. */
  private async loadMedia(): Promise<InferenceError | undefined> {
    const { answer, guard, logId, sound } = this;
    const { fetch, clock } = this.ports;
    const apiOrigin = new URL(this.built.raw.url).origin;
    for (const source of answer.media) {
      const loaded = await loadMedia(source, { fetch, clock, guard, answer, apiOrigin, logId, sound });
      if (loaded === undefined || guard.stopReason) return undefined;
      answer.at = clock.now();
      this.loaded += 1;
      this.show(loaded.media, loaded.firstAt);
    }
    if (this.images > 0) answer.report({ ...answer.usage, images: this.images });
    if (this.expected !== undefined && this.files === 0) {
      const message = `The answer holds no ${wordOf[this.expected]}.`;
      // What a model of the user's own is for is a guess: what it says is shown.
      if (this.built.wire !== 'cog') return this.protocol(message);
      this.warn('unexpected-output', `${message} It is shown as it came.`);
    }
    return undefined;
  }

  private show(media: MediaBytes, firstAt: number | undefined): void {
    if (media.kind === 'image') this.images += 1;
    this.files += 1;
    this.answer.finishReason ??= 'stop';
    this.answer.file(media, firstAt);
    if (this.cutOff || !isCutOff(media.bytes, media.mediaType)) return;
    this.cutOff = true;
    this.warn('truncated', `The ${wordOf[media.kind]} was cut off: its end did not come. What came of it is shown.`);
  }

  /** Nothing but usage or an end mark was still awaited: the answer has nothing left to lose. */
  private get hasAll(): boolean {
    const { complete, finishReason, media } = this.answer;
    return (complete || finishReason !== undefined) && this.loaded === media.length;
  }

  /** What the task makes. */
  private get expected(): MediaKind | undefined {
    return mediaMadeBy(this.request.model.task);
  }

  /** Samples that the request asks for without a file around them. */
  private get sound(): RawSound | undefined {
    const { url, body } = this.built.raw;
    return this.expected === 'audio'
      ? rawSoundAsked({ ...Object.fromEntries(new URL(url).searchParams), ...inputOf(body) })
      : undefined;
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
    const { firstTokenTimeout, idleTimeout } = patience(this.request.model, this.request.policy);
    const details = { status: this.status || undefined, logId: this.logId };
    switch (this.guard.stopReason) {
      case 'aborted':
        return failure('aborted', { ...details, message: 'The run was stopped.' });
      case 'timeout-first-token':
        return failure('timeout-first-token', { ...details, message: `No output came within ${firstTokenTimeout} s.` });
      case 'timeout-idle':
        if (this.hasAll) return undefined;
        return failure('timeout-idle', { ...details, message: `The answer stopped coming for ${idleTimeout} s.` });
      default:
        return undefined;
    }
  }

  /** A rejected fetch or read. After the finish reason the answer has nothing left to lose. */
  private broken(error: unknown): InferenceError | undefined {
    if (this.guard.stopReason || this.hasAll) return undefined;
    return networkFailure(error, new URL(this.built.raw.url).origin, this.accepted, this.logId);
  }

  private protocol(message: string): InferenceError {
    return failure('protocol', { message, status: this.status, logId: this.logId });
  }

  private reported(error: ServerError): InferenceError {
    return this.built.wire === 'cog' ? modelFailure(error) : reportedFailure(error, this.status, this.logId);
  }

  private warn(code: 'malformed-event' | 'not-streamed' | 'truncated' | 'unexpected-output', message: string): void {
    this.emit({ type: 'warning', at: this.answer.at, code, message });
  }
}

/** Some servers call every body a file. */
function isJson(bytes: Uint8Array): boolean {
  const first = bytes.find((byte) => kindByFirstByte(byte) !== undefined);
  return first !== undefined && kindByFirstByte(first) === 'json';
}
