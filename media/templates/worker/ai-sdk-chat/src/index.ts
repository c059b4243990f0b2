/**
 * POST / is the `api` of the AI SDK's `useChat`: takes its messages, and answers with its stream.
 */
import { createUIMessageStreamResponse, streamText, toUIMessageStream, type UIMessageChunk } from 'ai';
import { asModelError } from './errors';
import { errorBody, errorResponse, readJson, requireMethod } from './http';
import { chatModel } from './model';
import { streamOf } from './sse';
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
      const parts = toUIMessageStream({ stream, onError: told });
      return createUIMessageStreamResponse({ stream: streamOf(toTheEnd(parts)) });
    } catch (error) {
      return errorResponse(error);
    }
  },
} satisfies ExportedHandler<Env>;

/** An error in mid-answer would break the connection: it becomes a part, like one before the answer. */
async function* toTheEnd(parts: ReadableStream<UIMessageChunk>): AsyncGenerator<UIMessageChunk, undefined> {
  try {
    yield* parts;
  } catch (error) {
    yield { type: 'error', errorText: told(error) };
  }
  return undefined;
}

/** The text of the stream's `error` part: `{"code": …, "message": "…"}`. */
function told(error: unknown): string {
  // The provider wraps what the call threw.
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const { code, message } = errorBody(asModelError(cause));
  return JSON.stringify({ code, message });
}
