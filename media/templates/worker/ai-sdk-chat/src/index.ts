/**
 * POST / is the `api` of the AI SDK's `useChat`: takes its messages, and answers with its stream.
 */
import { createUIMessageStreamResponse, streamText, toUIMessageStream } from 'ai';
import { asModelError } from './errors';
import { errorBody, errorResponse, readJson, requireMethod } from './http';
import { chatModel } from './model';
import { uiMessagesOf } from './ui-messages';

const INSTRUCTIONS = 'You are a helpful assistant. Answer briefly.';

export default {
  async fetch(request, env): Promise<Response> {
    try {
      requireMethod(request, 'POST');
      const { stream } = streamText({
        model: chatModel(env),
        instructions: INSTRUCTIONS,
        messages: [...uiMessagesOf(await readJson(request))],
        abortSignal: request.signal,
        // The models are tried one after the other already.
        maxRetries: 0,
        // They are told below.
        onError: () => undefined,
      });
      return createUIMessageStreamResponse({ stream: toUIMessageStream({ stream, onError: told }) });
    } catch (error) {
      return errorResponse(error);
    }
  },
} satisfies ExportedHandler<Env>;

/** The text of the stream's `error` part: `{"code": …, "message": "…"}`. */
function told(error: unknown): string {
  // The provider wraps what the call threw.
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const { code, message } = errorBody(asModelError(cause));
  return JSON.stringify({ code, message });
}
