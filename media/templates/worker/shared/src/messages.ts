/**
 * The conversation that a client sends.
 */
import type { Message } from './conversation';
import { InputError } from './http';

const MOST_MESSAGES = 100;
/** Characters of all messages together: what a long prompt costs is bounded too. */
const LONGEST_CONVERSATION = 100_000;

/** The messages of a body. Throws an `InputError` that says what is wrong. Instructions are the Worker's, not the client's. */
export function messagesOf({ messages }: Record<string, unknown>): readonly Message[] {
  if (!Array.isArray(messages) || messages.length === 0 || messages.length > MOST_MESSAGES) {
    throw new InputError(`"messages" must be a list of 1 to ${MOST_MESSAGES}.`);
  }
  const checked = messages.map((message: unknown, index): Message => {
    const { role, content } = (message ?? {}) as Record<string, unknown>;
    if (role !== 'user' && role !== 'assistant') {
      throw new InputError(`"messages[${index}].role" must be "user" or "assistant".`);
    }
    if (typeof content !== 'string' || content.trim() === '') {
      throw new InputError(`"messages[${index}].content" must be a text.`);
    }
    return { role, content };
  });
  if (checked.at(-1)?.role !== 'user') throw new InputError('The last message must be of the user.');
  const length = checked.reduce((sum, { content }) => sum + content.length, 0);
  if (length > LONGEST_CONVERSATION) {
    throw new InputError(`All messages together may have ${LONGEST_CONVERSATION} characters.`, 413);
  }
  return checked;
}
