/**
 * Where decoders write what they read: one answer, as it arrives.
 */
import type { MediaBytes } from '../media/media';
import type { FinishReason, RunEvent, Usage } from '../run/events';
import type { RunResult } from '../run/result';
import type { MediaSource } from './answers/media-sources';
import { asText } from './json';
import type { ServerError } from './server-error';

/** Tool calls of one answer, at most: a list is kept up to the highest number that comes. */
const MAX_TOOL_CALLS = 1000;

/** Turns signals of the wire into events stamped with the time of the read they came in. Says nothing of empty ones. */
export class Answer {
  /** When the bytes now being decoded were received, seconds. Set by the reader, once per read. */
  at = 0;
  /** How much was read that a user would notice or wait for; empty chunks and pings are not counted. */
  signals = 0;
  /** The event emitted last. */
  last: RunEvent | undefined;
  /** Output was emitted: text, reasoning, a tool call or media. */
  hasOutput = false;
  /** Answer text was emitted. */
  hasText = false;
  /** Reasoning text was emitted. */
  hasReasoning = false;
  /** Parts of tool calls were emitted. */
  hasToolCalls = false;
  /** Why the model stopped, once it said so. */
  finishReason: FinishReason | undefined;
  /** The terminal event of the wire was seen: nothing more will come. */
  complete = false;
  /** A failure the server reported inside an answer it had begun. */
  error: ServerError | undefined;
  /** Media as the answer names them. They still have to be fetched or decoded. */
  readonly media: MediaSource[] = [];
  /** The last usage, images not counted. */
  usage: Usage | undefined;

  constructor(private readonly listener: (event: RunEvent) => void) {}

  /** Answer text; empty or not text: ignored. */
  text(text: unknown): void {
    if (typeof text !== 'string' || text === '') return;
    this.hasOutput = this.hasText = true;
    this.emit({ type: 'text', at: this.at, text });
  }

  /** Reasoning text; empty or not text: ignored. */
  reasoning(text: unknown): void {
    if (typeof text !== 'string' || text === '') return;
    this.hasOutput = this.hasReasoning = true;
    this.emit({ type: 'reasoning', at: this.at, text });
  }

  /**
   * Part of a tool call. `callArguments` may be a fragment of JSON text or, on Workers AI's native wire, an object.
   * Null finalisation chunks (no id, name or arguments; cloudflare-api.md 2.2) are ignored, and so are numbers that no
   * list has.
   */
  toolCall(index: number, id: unknown, name: unknown, callArguments: unknown): void {
    const fragment =
      typeof callArguments === 'object' && callArguments !== null ? JSON.stringify(callArguments) : callArguments;
    const idText = asText(id);
    const nameText = asText(name);
    const argumentText = asText(fragment) ?? '';
    if (idText === undefined && nameText === undefined && argumentText === '') return;
    if (!Number.isInteger(index) || index < 0 || index >= MAX_TOOL_CALLS) return;
    this.hasOutput = this.hasToolCalls = true;
    this.emit({
      type: 'toolCall',
      at: this.at,
      index,
      ...(idText !== undefined && { id: idText }),
      ...(nameText !== undefined && { name: nameText }),
      arguments: argumentText,
    });
  }

  /** What is neither prose nor media; the last one counts. */
  result(result: RunResult): void {
    this.hasOutput = true;
    this.emit({ type: 'result', at: this.at, result });
  }

  /** Media that are complete. `firstAt`: when their first byte came. */
  file(media: MediaBytes, firstAt?: number): void {
    this.hasOutput = true;
    this.emit({ type: 'media', at: this.at, ...(firstAt !== undefined && { firstAt }), media });
  }

  /** Bytes of a file that have come so far. */
  progress(received: number, total: number | undefined): void {
    this.hasOutput = true;
    this.emit({ type: 'progress', at: this.at, received, ...(total !== undefined && { total }) });
  }

  /** Usage; the last one counts. */
  report(usage: Usage | undefined): void {
    if (!usage) return;
    this.usage = usage;
    this.emit({ type: 'usage', at: this.at, usage });
  }

  /** What the model wrote to its log; empty or not text: ignored. It is no output, and shows that the model works. */
  log(text: unknown): void {
    if (typeof text === 'string' && text !== '') this.emit({ type: 'log', at: this.at, text });
  }

  /** Seconds that the server itself says it took. */
  serverTime(predict: number): void {
    this.emit({ type: 'serverTime', at: this.at, predict });
  }

  /** Whose credential paid (`gatewayMetadata.keySource`, cloudflare-api.md 1.5). */
  keySource(source: unknown): void {
    const keySource = asText(source);
    if (keySource !== undefined) this.emit({ type: 'gateway', at: this.at, gateway: { keySource } });
  }

  /** The first failure counts. */
  fail(error: ServerError): void {
    this.error ??= error;
  }

  private emit(event: RunEvent): void {
    this.signals += 1;
    this.last = event;
    this.listener(event);
  }
}
