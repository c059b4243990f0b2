/**
 * The conversation in the form in which `useChat` sends it.
 */
import type { Message } from './conversation';
import { InputError } from './http';
import { messagesOf } from './messages';

/** Texts of the messages. Throws an `InputError` for anything else: what a client links to is not fetched. */
export function uiMessagesOf({ messages }: Record<string, unknown>): readonly Message[] {
  if (!Array.isArray(messages)) throw new InputError('"messages" must be a list.');
  return messagesOf({
    messages: messages.map((message: unknown) => {
      const { role, parts } = asObject(message);
      const texts = (Array.isArray(parts) ? parts : []).map(asObject).flatMap(({ type, text }) => {
        if (type === 'text') return [text];
        // An answer also has parts about how it came to be.
        if (role === 'assistant') return [];
        throw new InputError('Messages may have parts of type "text" only.');
      });
      return { role, content: texts.join('') };
    }),
  });
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
