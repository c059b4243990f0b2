/**
 * What the empty playground starts with.
 */
import { lifecycleOf } from './lifecycle';
import type { Model, Task } from './model';

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

/**
 * Up to three models that show what a comparison is for; none deprecated, none twice. Fewer when the catalog is small.
 * `today` is `YYYY-MM-DD`.
 */
export function defaultColumns(models: readonly Model[], today: string, task: Task = 'text-generation'): Model[] {
  const fit = models.filter((model) => model.task === task && lifecycleOf(model, today) === 'current');
  const chosen: Model[] = [];
  (wishes[task] ?? otherWishes).forEach((wish, index) => {
    const left = fit.filter((model) => !chosen.includes(model));
    const model = left.find(({ id }) => id === favourites[task]?.[index]) ?? left.find(wish) ?? left[0];
    if (model) chosen.push(model);
  });
  return chosen;
}
