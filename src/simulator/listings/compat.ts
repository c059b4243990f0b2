/**
 * `GET /v1/{account}/{gateway}/compat/models` of the gateway host: text models in OpenAI's list form, token prices alone
 * (cloudflare-api.md 4.3).
 */
import type { SimModel } from '../models';

/** Providers that the gateway host calls otherwise than the REST API does (cloudflare-api.md 1). */
const slugs: Readonly<Record<string, string>> = { xai: 'grok', google: 'google-ai-studio' };

/** All entries. One whose token prices are not known has no cost fields. */
export function listCompat(sims: readonly SimModel[]): unknown[] {
  return sims
    .filter(({ model }) => model.task === 'text-generation' && model.deprecated !== true)
    .map(({ model }) => {
      const id = compatId(model.id);
      return {
        id,
        object: 'model',
        created: 1_767_225_600,
        ...costs(model),
        owned_by: id.slice(0, id.indexOf('/')),
      };
    });
}

function compatId(id: string): string {
  if (id.startsWith('@')) return `workers-ai/${id}`;
  const [provider = '', ...rest] = id.split('/');
  return [slugs[provider] ?? provider, ...rest].join('/');
}

/** USD per token. Of a price with context tiers the lowest tier stands, as the list has room for one. */
function costs({ pricing }: SimModel['model']): { cost_in: number; cost_out: number } | undefined {
  const find = (what: string): number | undefined =>
    pricing.find(({ label }) => new RegExp(`^per 1M ${what} tokens(?: \\((?:<\\w+|short context)\\))?$`).test(label))
      ?.usd;
  const [input, output] = [find('input'), find('output')];
  // Exact in decimal: 0.29 for a million is 2.9e-7 for one.
  const each = (usd: number): number => Number(`${usd}e-6`);
  return input === undefined || output === undefined ? undefined : { cost_in: each(input), cost_out: each(output) };
}
