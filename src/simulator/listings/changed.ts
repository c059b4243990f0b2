/**
 * The catalog a week later, as the account `catalog-changed` sees it.
 */
import type { Model } from '../../core/catalog/model';

/** The model whose input price has changed, and the new price in USD for 1M tokens. */
export const repriced = { id: 'anthropic/claude-haiku-4.5', usd: 1.25 } as const;

/** The model that is gone. */
export const goneId = 'openai/gpt-4.1-nano';

/** The model that is new. */
export const newModel: Model = {
  id: 'simulator/new-arrival',
  provider: 'simulator',
  name: 'New Arrival',
  task: 'text-generation',
  hosting: 'third-party',
  contextWindow: 64_000,
  maxOutputTokens: 8_000,
  capabilities: ['tools'],
  requestFormats: ['chat-completions'],
  pricing: [
    { label: 'per 1M input tokens', usd: 0.5 },
    { label: 'per 1M output tokens', usd: 1.5 },
  ],
};

/** `models` with one price changed, one model added and one removed. */
export function changedModels(models: readonly Model[]): readonly Model[] {
  const kept = models.filter(({ id }) => id !== goneId);
  return [...kept.map((model) => (model.id === repriced.id ? withNewPrice(model) : model)), newModel];
}

function withNewPrice(model: Model): Model {
  const pricing = model.pricing.map((price) =>
    price.label === 'per 1M input tokens' ? { ...price, usd: repriced.usd } : price,
  );
  return { ...model, pricing };
}
