/**
 * Finding models: what the picker lists, and what the empty playground starts with.
 */
import type { Model, Task } from './model';
import { taskTitles } from './tasks';

/** Narrows a search. */
export interface ModelFilter {
  /** Only models for this task. */
  readonly task?: Task;
}

/**
 * Models in which every word of the query occurs (in id, name, provider or task), best match first.
 * Deprecated models come last; otherwise the order of the catalog stands. An empty query lists everything.
 */
export function searchModels(models: readonly Model[], query: string, filter: ModelFilter = {}): Model[] {
  const terms = words(query);
  const found: { readonly model: Model; readonly score: number; readonly index: number }[] = [];
  models.forEach((model, index) => {
    if (filter.task !== undefined && model.task !== filter.task) return;
    const score = scoreOf(model, terms);
    if (score !== undefined) found.push({ model, score: model.deprecated ? score - 1000 : score, index });
  });
  return found.sort((a, b) => b.score - a.score || a.index - b.index).map(({ model }) => model);
}

function words(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/** The sum over the terms of how well each matches; `undefined` when one does not match at all. */
function scoreOf(model: Model, terms: readonly string[]): number | undefined {
  const id = model.id.toLowerCase();
  const name = model.name.toLowerCase();
  const provider = model.provider.toLowerCase();
  const task = `${model.task} ${taskTitles[model.task].toLowerCase()}`;
  const shortId = id.slice(id.lastIndexOf('/') + 1);
  let score = 0;
  for (const term of terms) {
    if (id === term || name === term || shortId === term) score += 100;
    else if (startsWord(name, term) || startsWord(shortId, term)) score += 40;
    else if (name.includes(term) || shortId.includes(term)) score += 20;
    else if (startsWord(provider, term)) score += 15;
    else if (id.includes(term) || provider.includes(term)) score += 10;
    else if (task.includes(term)) score += 5;
    else return undefined;
  }
  return score;
}

/** Whether a word of `text` begins with `term`; words are what stands between characters that are no letter or digit. */
function startsWord(text: string, term: string): boolean {
  for (let at = text.indexOf(term); at !== -1; at = text.indexOf(term, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return true;
  }
  return false;
}

/** What one of the first columns should show. */
type Wish = (model: Model) => boolean;

const reasons: Wish = (model) => model.capabilities.includes('reasoning');
const isHosted: Wish = (model) => model.hosting === 'hosted';
const isPriced: Wish = (model) => model.pricing.length > 0;
const isLora: Wish = (model) => model.capabilities.includes('lora');

/** Small and well known, so that a first run is quick and costs next to nothing; taken if the catalog has them. */
const favourites: Readonly<Partial<Record<Task, readonly string[]>>> = {
  'text-generation': ['@cf/meta/llama-3.1-8b-instruct-fp8-fast', '@cf/zai-org/glm-4.7-flash', 'openai/gpt-5.4-mini'],
  'text-to-image': ['@cf/black-forest-labs/flux-1-schnell', 'bytedance/seedream-4.5', 'pruna/p-image'],
};

/** What else will do, when a favourite is gone: contrasts in speed, thinking and provider. */
const wishes: Readonly<Partial<Record<Task, readonly Wish[]>>> = {
  'text-generation': [
    (model) => isHosted(model) && isPriced(model) && !reasons(model) && !isLora(model),
    (model) => isHosted(model) && isPriced(model) && reasons(model),
    (model) => !isHosted(model) && isPriced(model) && model.requestFormats.length > 0,
  ],
};
const otherWishes: readonly Wish[] = [
  (model) => isHosted(model) && isPriced(model),
  (model) => !isHosted(model) && isPriced(model),
  (model) => !isHosted(model),
];

/** Up to three models that show what a comparison is for; none deprecated, none twice. Fewer when the catalog is small. */
export function defaultColumns(models: readonly Model[], task: Task = 'text-generation'): Model[] {
  const fit = models.filter((model) => model.task === task && model.deprecated !== true);
  const chosen: Model[] = [];
  (wishes[task] ?? otherWishes).forEach((wish, index) => {
    const left = fit.filter((model) => !chosen.includes(model));
    const model = left.find(({ id }) => id === favourites[task]?.[index]) ?? left.find(wish) ?? left[0];
    if (model) chosen.push(model);
  });
  return chosen;
}
