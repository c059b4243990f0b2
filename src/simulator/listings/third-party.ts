/**
 * `GET /ai/catalog/models`: third-party models with every field of the catalog's JSON (cloudflare-api.md 4.3).
 */
import type { SimModel } from '../models';
import { catalogLabel } from './labels';
import { taskNames } from './task-names';
import { termsOf } from './terms';

const formatNames = {
  responses: 'Responses',
  'chat-completions': 'Chat Completions',
  'anthropic-messages': 'Anthropic Messages',
} as const;

/** All items. What is not known of a model is null, as in Cloudflare's files. */
export function listThirdParty(sims: readonly SimModel[]): unknown[] {
  return sims.filter(({ model }) => model.hosting === 'third-party').map(thirdPartyItem);
}

function thirdPartyItem({ model, description }: SimModel): Record<string, unknown> {
  const { requestFormats } = model;
  return {
    model_id: model.id,
    provider_id: model.provider,
    name: model.name,
    description,
    task: taskNames[model.task],
    tags: model.capabilities.map((capability) => capability.replace('-', ' ')),
    context_length: model.contextWindow ?? null,
    max_output_tokens: model.maxOutputTokens ?? null,
    schema_version: 1,
    pricing: Object.fromEntries(model.pricing.map(({ label, usd }) => [catalogLabel(label), usd])),
    examples: [],
    default_example: null,
    supports_async: /video|music/.test(model.task),
    zdr: model.zeroDataRetention ?? null,
    zdr_comment: null,
    external_info: null,
    terms: termsOf(model) ?? null,
    cover_image_url: null,
    metadata: {},
    request_formats: requestFormats.length === 0 ? null : requestFormats.map((format) => formatNames[format]),
    providers: null,
    banner: null,
    created_at: '2026-01-01 00:00:00.000',
  };
}
