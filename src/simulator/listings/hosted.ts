/**
 * `GET /ai/models/search`: hosted models, the callable id in `name`, scalar values as strings (cloudflare-api.md 4.1).
 */
import { faultPrefix } from '../faults';
import type { SimModel } from '../models';
import { createRandom, hash, hex } from '../random';
import { hostedUnit } from './labels';
import { taskNames } from './task-names';
import { termsOf } from './terms';

/** Every hosted model has the one source number that Cloudflare gives its own. */
const source = '1';

/**
 * Items that `query` asks for: `search`, `task` (its name), `author`, `source`, `hide_experimental`,
 * `include_deprecated`. All deprecated models count as within the grace window, whose length needs a calendar.
 */
export function searchHosted(sims: readonly SimModel[], query: URLSearchParams): unknown[] {
  const given = (name: string): string | undefined => query.get(name)?.toLowerCase();
  const [text, task, author] = [given('search'), given('task'), given('author')];
  if (query.has('source') && query.get('source') !== source) return [];
  return sims
    .filter(({ model }) => model.hosting === 'hosted')
    .filter(({ model }) => model.deprecated !== true || query.get('include_deprecated') === 'true')
    .filter((sim) => !isExperimental(sim) || query.get('hide_experimental') !== 'true')
    .filter(({ model }) => task === undefined || taskNames[model.task].toLowerCase() === task)
    .filter(({ model }) => author === undefined || model.provider.toLowerCase() === author)
    .filter(({ model, description }) => !text || `${model.id} ${description}`.toLowerCase().includes(text))
    .map(hostedItem);
}

function hostedItem(sim: SimModel): Record<string, unknown> {
  const { model, description } = sim;
  const task = taskNames[model.task];
  return {
    id: stableUuid(model.id),
    source: Number(source),
    name: model.id,
    description,
    task: { id: stableUuid(task), name: task, description: `${task} models.` },
    created_at: '2026-01-01 00:00:00.000',
    tags: [],
    properties: [...properties(sim)].map(([property_id, value]) => ({ property_id, value })),
  };
}

function* properties(sim: SimModel): Generator<readonly [string, unknown]> {
  const { model } = sim;
  const has = (capability: SimModel['model']['capabilities'][number]): string | undefined =>
    model.capabilities.includes(capability) ? 'true' : undefined;
  const values: Readonly<Record<string, unknown>> = {
    async_queue: has('batch'),
    beta: isExperimental(sim) ? 'true' : undefined,
    context_window: model.contextWindow?.toString(),
    function_calling: has('tools'),
    lora: has('lora'),
    max_output_tokens: model.maxOutputTokens?.toString(),
    planned_deprecation_date: model.deprecationDate,
    price:
      model.pricing.length === 0
        ? undefined
        : model.pricing.map(({ label, usd }) => ({ unit: hostedUnit(label), price: usd, currency: 'USD' })),
    reasoning: has('reasoning'),
    terms: termsOf(model),
    vision: has('vision'),
  };
  for (const entry of Object.entries(values)) if (entry[1] !== undefined) yield entry;
}

function isExperimental({ model }: SimModel): boolean {
  return model.id.startsWith(faultPrefix);
}

function stableUuid(name: string): string {
  const digits = hex(createRandom(hash(name)), 32);
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    '-',
  );
}
