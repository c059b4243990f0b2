/**
 * Where the makers of models keep their terms: public addresses, as the live listings carry them.
 */
import type { Model } from '../../core/catalog/model';

const termsByPrefix: readonly (readonly [prefix: string, url: string])[] = [
  ['@cf/meta/llama-3.1', 'https://github.com/meta-llama/llama-models/blob/main/models/llama3_1/LICENSE'],
  ['@cf/meta/llama-3.2', 'https://github.com/meta-llama/llama-models/blob/main/models/llama3_2/LICENSE'],
  ['@cf/meta/llama-3.3', 'https://github.com/meta-llama/llama-models/blob/main/models/llama3_3/LICENSE'],
  ['@cf/meta/llama-4', 'https://github.com/meta-llama/llama-models/blob/main/models/llama4/LICENSE'],
  ['@cf/google/gemma', 'https://ai.google.dev/gemma/terms'],
  ['@cf/black-forest-labs/', 'https://bfl.ai/legal/terms-of-service'],
  ['anthropic/', 'https://www.anthropic.com/legal/commercial-terms'],
  ['google/', 'https://ai.google.dev/gemini-api/terms'],
  ['openai/', 'https://openai.com/policies/services-agreement/'],
  ['xai/', 'https://x.ai/legal/terms-of-service-enterprise'],
];

/** The address of the terms of `model`; undefined where none is known. */
export function termsOf({ id, termsUrl }: Model): string | undefined {
  return termsUrl ?? termsByPrefix.find(([prefix]) => id.startsWith(prefix))?.[1];
}
