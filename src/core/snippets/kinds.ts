/**
 * In which words a request can be copied.
 */
import type { Model } from '../catalog/model';
import { chooseWire } from '../inference/wire';
import type { Wire } from '../run/events';

/** Code for the exact request of a column: a language, and the library that sends it. */
export type SnippetKind =
  'curl' | 'worker' | 'ts-openai' | 'ts-fetch' | 'ts-ai-sdk' | 'py-openai' | 'py-anthropic' | 'py-requests';

const everywhere: readonly SnippetKind[] = ['worker', 'curl', 'ts-fetch', 'py-requests'];

/** Libraries that speak a wire, the best known first. */
const byWire: Readonly<Record<Wire, readonly SnippetKind[]>> = {
  'chat-completions': ['worker', 'curl', 'ts-openai', 'ts-fetch', 'ts-ai-sdk', 'py-openai', 'py-requests'],
  responses: ['worker', 'curl', 'ts-openai', 'ts-fetch', 'py-openai', 'py-requests'],
  'anthropic-messages': ['worker', 'curl', 'ts-fetch', 'py-anthropic', 'py-requests'],
  run: everywhere,
  'run-model': everywhere,
  // No AI binding reaches a server of the user's own.
  cog: ['curl', 'ts-fetch', 'py-requests'],
};

/** The kinds in which a request to this model can be written, in the order in which they are offered. */
export function snippetKindsFor(model: Model): readonly SnippetKind[] {
  return byWire[chooseWire(model)];
}
