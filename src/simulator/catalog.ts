/**
 * What the simulator knows of models, listed as Cloudflare lists them (cloudflare-api.md 4.1 to 4.3).
 */
import type { Model, PriceLabel, Task } from '../core/catalog/model';
import { faultModels, simulate, type SimModel } from './models';
import { createRandom, hash, hex } from './random';

const taskNames: Readonly<Record<Task, string>> = {
  'text-generation': 'Text Generation',
  'text-to-image': 'Text-to-Image',
  'image-to-image': 'Image-to-Image',
  'text-to-video': 'Text-to-Video',
  'image-to-video': 'Image-to-Video',
  'video-to-video': 'video-to-video',
  'text-to-speech': 'Text-to-Speech',
  'speech-recognition': 'Automatic Speech Recognition',
  'music-generation': 'Music Generation',
  embeddings: 'Text Embeddings',
  reranking: 'Text Classification',
  translation: 'Translation',
  summarization: 'Summarization',
  'text-classification': 'Text Classification',
  'image-classification': 'Image Classification',
  'object-detection': 'Object Detection',
  'image-to-text': 'Image-to-Text',
  'turn-detection': 'Dumb Pipe',
  realtime: 'websocket',
  other: 'Other',
};

/** All models by id. */
export class SimCatalog {
  private readonly byId: ReadonlyMap<string, SimModel>;

  constructor(models: readonly Model[]) {
    const all = [...models.map(simulate), ...faultModels()];
    this.byId = new Map(all.map((sim) => [sim.model.id, sim]));
  }

  find(id: string): SimModel | undefined {
    return this.byId.get(id);
  }

  /** Items of `/ai/models/search`: hosted models only. */
  searchHosted(query: URLSearchParams): unknown[] {
    const text = query.get('search')?.toLowerCase();
    const task = query.get('task')?.toLowerCase();
    const author = query.get('author')?.toLowerCase();
    const withDeprecated = query.get('include_deprecated') === 'true';
    return [...this.byId.values()]
      .filter(({ model }) => model.hosting === 'hosted' && (withDeprecated || model.deprecated !== true))
      .filter(({ model }) => task === undefined || taskNames[model.task].toLowerCase() === task)
      .filter(({ model }) => author === undefined || model.provider.toLowerCase() === author)
      .filter(
        ({ model, description }) => text === undefined || `${model.id} ${description}`.toLowerCase().includes(text),
      )
      .map(hostedItem);
  }

  /** Items of `/ai/catalog/models`: third-party models. */
  listThirdParty(): unknown[] {
    return [...this.byId.values()].filter(({ model }) => model.hosting === 'third-party').map(thirdPartyItem);
  }
}

function hostedItem({ model, description }: SimModel): Record<string, unknown> {
  const task = taskNames[model.task];
  const flags = new Map<string, boolean>([
    ['function_calling', model.capabilities.includes('tools')],
    ['reasoning', model.capabilities.includes('reasoning')],
    ['vision', model.capabilities.includes('vision')],
    ['lora', model.capabilities.includes('lora')],
    ['async_queue', model.capabilities.includes('batch')],
  ]);
  return {
    id: stableUuid(model.id),
    source: 1,
    name: model.id,
    description,
    task: { id: stableUuid(task), name: task, description: `${task} models.` },
    created_at: '2026-01-01 00:00:00.000',
    tags: [],
    properties: [
      ...(model.contextWindow === undefined
        ? []
        : [{ property_id: 'context_window', value: String(model.contextWindow) }]),
      ...[...flags].filter(([, set]) => set).map(([property_id]) => ({ property_id, value: 'true' })),
      ...(model.pricing.length === 0 ? [] : [{ property_id: 'price', value: model.pricing.map(price) }]),
      ...(model.deprecationDate === undefined
        ? []
        : [{ property_id: 'planned_deprecation_date', value: model.deprecationDate }]),
    ],
  };
}

function price({ label, usd }: PriceLabel): Record<string, unknown> {
  return { unit: label.replace('per 1M ', 'per M '), price: usd, currency: 'USD' };
}

const formatNames = {
  responses: 'Responses',
  'chat-completions': 'Chat Completions',
  'anthropic-messages': 'Anthropic Messages',
} as const;

function thirdPartyItem({ model, description }: SimModel): Record<string, unknown> {
  return {
    model_id: model.id,
    provider_id: model.provider,
    name: model.name,
    description,
    task: taskNames[model.task],
    tags: model.capabilities.map((capability) => capability.replace('-', ' ')),
    context_length: model.contextWindow ?? null,
    max_output_tokens: model.maxOutputTokens ?? null,
    pricing: Object.fromEntries(model.pricing.map(({ label, usd }) => [catalogLabel(label), usd])),
    zdr: model.zeroDataRetention ?? false,
    request_formats:
      model.requestFormats.length === 0 ? null : model.requestFormats.map((format) => formatNames[format]),
    created_at: '2026-01-01 00:00:00.000',
  };
}

/** `per 1M input tokens` → `Input tokens (per 1M)`; other labels start with a capital. */
function catalogLabel(label: string): string {
  const perMillion = /^per 1M (.+)$/.exec(label)?.[1];
  const text = perMillion === undefined ? label : `${perMillion} (per 1M)`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function stableUuid(name: string): string {
  const digits = hex(createRandom(hash(name)), 32);
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    '-',
  );
}
