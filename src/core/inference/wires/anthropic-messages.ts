/**
 * `/ai/v1/messages`, Anthropic's Messages format (cloudflare-api.md 2.4). Anthropic models keep it on `/ai/run` (2.5).
 */
import type { Answer } from '../answer';
import { finishReason } from '../finish';
import { asList, asObject, asText, type Json } from '../json';
import { present } from '../parameters';
import { anthropicUsage } from '../usage';
import type { BodyInput, Decoder, WireFormat } from './format';
import { anthropicBlocks, withMedia } from './content-parts';
import { systemText, turns } from './messages';

export const anthropicMessages: WireFormat = {
  path: () => 'ai/v1/messages',

  body(input: BodyInput) {
    const { request, parameters, limit } = input;
    return {
      model: request.model.id,
      ...present({ system: systemText(request.messages) }),
      messages: withMedia(turns(request.messages), input, anthropicBlocks),
      stream: true,
      [limit.field]: limit.tokens,
      ...present({
        temperature: parameters.take('temperature'),
        top_p: parameters.take('topP'),
        stop_sequences: parameters.take('stop'),
      }),
    };
  },

  decoder: (answer) => new MessagesDecoder(answer),
};

class MessagesDecoder implements Decoder {
  /** Usage comes in two parts, input first and output last; each is told with all that is known. */
  private usage: Record<string, unknown> = {};
  /** Content block of each tool call, in order of appearance. */
  private readonly calls: unknown[] = [];

  constructor(private readonly answer: Answer) {}

  event(chunk: Json): boolean {
    const { answer } = this;
    switch (chunk['type']) {
      case 'content_block_delta':
        this.readDelta(asObject(chunk['delta']) ?? {}, chunk['index']);
        return true;
      case 'content_block_start':
        this.readBlock(asObject(chunk['content_block']) ?? {}, chunk['index']);
        return true;
      case 'message_start':
        this.report(asObject(chunk['message'])?.['usage']);
        return true;
      case 'message_delta': {
        const reason = asText(asObject(chunk['delta'])?.['stop_reason']);
        if (reason !== undefined) answer.finishReason = finishReason(reason);
        this.report(chunk['usage']);
        return true;
      }
      case 'message_stop':
        answer.complete = true;
        return true;
      case 'message':
        return this.whole(chunk);
      case 'content_block_stop':
      case 'ping':
        return true;
      default:
        return false;
    }
  }

  whole(body: Json): boolean {
    if (body['type'] !== 'message') return false;
    const { answer } = this;
    asList(body['content']).forEach((block, index) => this.readBlock(asObject(block) ?? {}, index));
    this.report(body['usage']);
    answer.keySource(asObject(body['gatewayMetadata'])?.['keySource']);
    const reason = asText(body['stop_reason']);
    if (reason !== undefined) answer.finishReason = finishReason(reason);
    return true;
  }

  /** A block that begins, mostly empty, or that stands whole in an answer. */
  private readBlock(block: Json, index: unknown): void {
    const { answer } = this;
    switch (block['type']) {
      case 'text':
        answer.text(block['text']);
        break;
      case 'thinking':
        answer.reasoning(block['thinking']);
        break;
      case 'tool_use': {
        // `input` of a block that begins is an empty object: the arguments follow as deltas.
        const input = asObject(block['input']);
        const filled = input !== undefined && Object.keys(input).length > 0 ? input : undefined;
        answer.toolCall(this.indexOf(index), block['id'], block['name'], filled);
        break;
      }
    }
  }

  private readDelta(delta: Json, index: unknown): void {
    const { answer } = this;
    switch (delta['type']) {
      case 'text_delta':
        answer.text(delta['text']);
        break;
      case 'thinking_delta':
        answer.reasoning(delta['thinking']);
        break;
      case 'input_json_delta':
        answer.toolCall(this.indexOf(index), undefined, undefined, delta['partial_json']);
        break;
    }
  }

  private indexOf(block: unknown): number {
    const known = this.calls.indexOf(block);
    return known >= 0 ? known : this.calls.push(block) - 1;
  }

  private report(usage: unknown): void {
    const part = asObject(usage);
    if (!part) return;
    // The last part may leave counts out or null that the first one gave.
    const given = Object.entries(part).filter(([, count]) => count !== null && count !== undefined);
    this.usage = { ...this.usage, ...Object.fromEntries(given) };
    this.answer.report(anthropicUsage(this.usage));
  }
}
