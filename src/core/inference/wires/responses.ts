/**
 * `/ai/v1/responses`, OpenAI's Responses format (cloudflare-api.md 2.3).
 */
import type { Answer } from '../answer';
import { finishReason } from '../finish';
import { asList, asObject, asText, type Json } from '../json';
import { present } from '../parameters';
import { errorBody } from '../server-error';
import { openAiUsage } from '../usage';
import type { BodyInput, Decoder, WireFormat } from './format';
import { responsesParts, withMedia } from './content-parts';
import { systemText, turns } from './messages';

export const responses: WireFormat = {
  path: () => 'ai/v1/responses',

  body(input: BodyInput) {
    const { request, parameters, limit } = input;
    const effort = parameters.take('reasoningEffort');
    return {
      model: request.model.id,
      ...present({ instructions: systemText(request.messages) }),
      input: withMedia(turns(request.messages), input, responsesParts),
      stream: true,
      [limit.field]: limit.tokens,
      ...present({
        temperature: parameters.take('temperature'),
        top_p: parameters.take('topP'),
        reasoning: effort && { effort },
      }),
    };
  },

  decoder: (answer) => new ResponsesDecoder(answer),
};

class ResponsesDecoder implements Decoder {
  /** Output item of each tool call, in order of appearance: ours are numbered without gaps. */
  private readonly calls: unknown[] = [];

  constructor(private readonly answer: Answer) {}

  event(chunk: Json): boolean {
    const type = chunk['type'];
    if (typeof type !== 'string' || !type.startsWith('response.')) return false;
    const { answer } = this;
    switch (type) {
      case 'response.output_text.delta':
      case 'response.refusal.delta':
        answer.text(chunk['delta']);
        break;
      case 'response.reasoning_text.delta':
      case 'response.reasoning_summary_text.delta':
        answer.reasoning(chunk['delta']);
        break;
      case 'response.output_item.added':
        this.begin(asObject(chunk['item']), chunk['output_index']);
        break;
      case 'response.function_call_arguments.delta':
        answer.toolCall(this.indexOf(chunk['output_index']), undefined, undefined, chunk['delta']);
        break;
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        answer.complete = true;
        this.readResponse(asObject(chunk['response']) ?? {});
        break;
    }
    return true;
  }

  whole(body: Json): boolean {
    if (body['object'] !== 'response' && !Array.isArray(body['output'])) return false;
    this.readResponse(body);
    return true;
  }

  /** Arguments follow in deltas of their own, so those of the item, empty or partial, are not read. */
  private begin(item: Json | undefined, outputIndex: unknown): void {
    if (item?.['type'] !== 'function_call') return;
    this.answer.toolCall(this.indexOf(outputIndex), item['call_id'] ?? item['id'], item['name'], undefined);
  }

  private indexOf(outputIndex: unknown): number {
    const known = this.calls.indexOf(outputIndex);
    return known >= 0 ? known : this.calls.push(outputIndex) - 1;
  }

  /** The whole response, as the last event or the only one carries it. Output that came as deltas is not repeated. */
  private readResponse(response: Json): void {
    const { answer } = this;
    if (!answer.hasOutput)
      asList(response['output']).forEach((item, index) => this.readItem(asObject(item) ?? {}, index));
    answer.report(openAiUsage(response['usage']));
    answer.keySource(asObject(response['gatewayMetadata'])?.['keySource']);
    const status = response['status'];
    if (status === 'failed') answer.fail(errorBody(response['error']));
    else answer.finishReason = this.reasonOf(response, status);
  }

  private reasonOf(response: Json, status: unknown) {
    if (status === 'incomplete') {
      return finishReason(asText(asObject(response['incomplete_details'])?.['reason']) ?? 'incomplete');
    }
    return this.answer.hasToolCalls ? 'tool-calls' : finishReason('stop');
  }

  private readItem(item: Json, index: number): void {
    const { answer } = this;
    switch (item['type']) {
      case 'message':
        for (const part of asList(item['content']))
          answer.text(asObject(part)?.['text'] ?? asObject(part)?.['refusal']);
        break;
      case 'reasoning':
        for (const part of [...asList(item['summary']), ...asList(item['content'])]) {
          answer.reasoning(asObject(part)?.['text']);
        }
        break;
      case 'function_call':
        answer.toolCall(this.indexOf(index), item['call_id'] ?? item['id'], item['name'], item['arguments']);
        break;
    }
  }
}
