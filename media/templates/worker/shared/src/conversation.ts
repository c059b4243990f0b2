/**
 * The same conversation in the words of each provider.
 */
import type { Model } from './models';

/** A turn. Instructions are the `system` turn at the beginning. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** Fields of the input of `env.AI.run`. Some formats keep instructions apart; most take OpenAI's older one. */
export function conversation({ id, format }: Model, messages: readonly Message[]): Record<string, unknown> {
  const turns = messages.filter(({ role }) => role !== 'system');
  const system = messages
    .filter(({ role }) => role === 'system')
    .map(({ content }) => content)
    .join('\n');
  const isTold = system !== '';
  if (format === 'responses') return { ...(isTold && { instructions: system }), input: turns };
  if (id.startsWith('anthropic/')) return { ...(isTold && { system }), messages: turns };
  if (id.startsWith('google/')) {
    return {
      ...(isTold && { systemInstruction: { parts: [{ text: system }] } }),
      contents: turns.map(({ role, content }) => ({
        role: role === 'assistant' ? 'model' : 'user',
        parts: [{ text: content }],
      })),
    };
  }
  return { messages };
}
