/**
 * What the empty playground starts with.
 */
import { lifecycleOf } from './lifecycle';
import type { RunParameters } from '../inference/request';
import type { Model, Task } from './model';

/** What one of the first columns should show. */
type Wish = (model: Model) => boolean;

const reasons: Wish = (model) => model.capabilities.includes('reasoning');
const isHosted: Wish = (model) => model.hosting === 'hosted';
const isPriced: Wish = (model) => model.pricing.length > 0;
const isLora: Wish = (model) => model.capabilities.includes('lora');
/** Changes a picture in the words of a prompt. */
const changes: Wish = (model) => /edit/.test(model.id);

/** Small and well known, so that a first run is quick and costs next to nothing; taken if the catalog has them. */
const favourites: Readonly<Partial<Record<Task, readonly string[]>>> = {
  'text-generation': ['@cf/meta/llama-3.1-8b-instruct-fp8-fast', '@cf/zai-org/glm-4.7-flash', 'openai/gpt-5.4-mini'],
  'text-to-image': ['@cf/black-forest-labs/flux-1-schnell', 'bytedance/seedream-4.5', 'pruna/p-image'],
  'image-to-image': ['pruna/p-image-edit', 'bria/fibo-edit-1.5', 'cloudflare/image-edit'],
  'text-to-video': ['pruna/p-video', 'vidu/q3-turbo', 'xai/grok-imagine-video'],
  'image-to-video': ['xai/grok-imagine-video-1.5-preview', 'alibaba/wan-2.7-i2v', 'alibaba/hh1.1-i2v'],
  'text-to-speech': ['@cf/myshell-ai/melotts', '@cf/deepgram/aura-2-en', 'openai/tts-1'],
  'speech-recognition': ['@cf/openai/whisper-large-v3-turbo', '@cf/deepgram/nova-3', 'assemblyai/universal-3.5-pro'],
};

/** What else will do, when a favourite is gone: contrasts in speed, thinking and provider. */
const wishes: Readonly<Partial<Record<Task, readonly Wish[]>>> = {
  'text-generation': [
    (model) => isHosted(model) && isPriced(model) && !reasons(model) && !isLora(model),
    (model) => isHosted(model) && isPriced(model) && reasons(model),
    (model) => !isHosted(model) && isPriced(model) && model.requestFormats.length > 0,
  ],
  // What else stands under this task wants no prompt, or several pictures.
  'image-to-image': [changes, changes, changes],
};

/** For tasks without wishes of their own. */
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

/** What a new column is set to, so that it can run: a translation has no language to go into unless one is chosen. */
export function firstParameters({ id }: Pick<Model, 'id'>): RunParameters {
  return id.includes('m2m100') ? { extra: { target_lang: 'fr' } } : {};
}
