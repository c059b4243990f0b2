/**
 * POST / with `{"messages": [{"role": "user", "content": "…"}]}` answers with server-sent events: `{"text": "…"}` for what
 * the model says, piece by piece, and `[DONE]`.
 */
import { runModel } from './ai';
import { conversation, type Message } from './conversation';
import { firstOf } from './fallback';
import { errorResponse, readJson, requireMethod } from './http';
import { messagesOf } from './messages';
import { MODELS } from './models';
import { eventResponse } from './sse';
import { wordsIn } from './words';

const INSTRUCTIONS: Message = { role: 'system', content: 'You are a helpful assistant. Answer briefly.' };

export default {
  async fetch(request, env): Promise<Response> {
    try {
      requireMethod(request, 'POST');
      const messages = [INSTRUCTIONS, ...messagesOf(await readJson(request))];
      const { model, answer } = await firstOf(MODELS, (each) =>
        runModel(
          env,
          each.id,
          { ...each.input, ...conversation(each, messages), stream: true },
          { signal: request.signal },
        ),
      );
      return eventResponse(pieces(answer), { 'x-model': model.id });
    } catch (error) {
      return errorResponse(error);
    }
  },
} satisfies ExportedHandler<Env>;

async function* pieces(answer: unknown): AsyncGenerator<{ readonly text: string }> {
  for await (const text of wordsIn(answer)) yield { text };
}
