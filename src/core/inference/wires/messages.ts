/**
 * Views of a conversation that several wires share.
 */
import type { Message } from '../request';

/** All system messages as one text, for wires that carry it apart; undefined when there is none. */
export function systemText(messages: readonly Message[]): string | undefined {
  const texts = messages.filter((message) => message.role === 'system').map((message) => message.content);
  return texts.length > 0 ? texts.join('\n\n') : undefined;
}

/** The turns without the system's. */
export function turns(messages: readonly Message[]): readonly Message[] {
  return messages.filter((message) => message.role !== 'system');
}

/** The prompt of a task that has no conversation: the last user message. */
export function promptText(messages: readonly Message[]): string {
  return messages.findLast((message) => message.role === 'user')?.content ?? '';
}
