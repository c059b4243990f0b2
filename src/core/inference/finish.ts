/**
 * One vocabulary for why a model stopped.
 */
import type { FinishReason } from '../run/events';

/** Words of OpenAI (both forms), Anthropic and Gemini-like servers. */
const REASONS: ReadonlyMap<string, FinishReason> = new Map(
  Object.entries({
    stop: 'stop',
    end_turn: 'stop',
    stop_sequence: 'stop',
    completed: 'stop',
    eos: 'stop',
    length: 'length',
    max_tokens: 'length',
    max_output_tokens: 'length',
    model_context_window_exceeded: 'length',
    tool_calls: 'tool-calls',
    tool_use: 'tool-calls',
    function_call: 'tool-calls',
    content_filter: 'content-filter',
    refusal: 'content-filter',
    safety: 'content-filter',
  } satisfies Record<string, FinishReason>),
);

/** The server's word in our vocabulary; a word not known is `other`. */
export function finishReason(word: string): FinishReason {
  return REASONS.get(word.toLowerCase()) ?? 'other';
}
