/**
 * Words of the Models view.
 */
import * as vscode from 'vscode';
import type { CatalogModel, CatalogStatus, Source } from '../../core/catalog/entry';
import type { Hosting } from '../../core/catalog/model';
import { priceSummary, shortTokens, shortUsd } from '../../core/catalog/price-summary';
import { providerTitle } from '../../core/catalog/providers';
import type { Ability, ModelSort } from '../../core/catalog/search';
import { taskTitles } from '../../core/catalog/tasks';
import { formatSeconds } from '../../core/run/format';
import type { GroupOf, ModelNode, TreeQuery } from './tree-model';

/** All that a filter can ask of a model, with titles. */
export const capabilityTitles = (): Readonly<Record<Ability, string>> => ({
  reasoning: vscode.l10n.t('Reasoning'),
  vision: vscode.l10n.t('Vision'),
  tools: vscode.l10n.t('Tools'),
  'structured-output': vscode.l10n.t('Structured output'),
  'audio-input': vscode.l10n.t('Audio input'),
  'video-input': vscode.l10n.t('Video input'),
  'file-input': vscode.l10n.t('File input'),
  streaming: vscode.l10n.t('Streaming'),
  lora: vscode.l10n.t('LoRA'),
  batch: vscode.l10n.t('Batch'),
  'zero-data-retention': vscode.l10n.t('Zero data retention'),
});

/** Who runs a model, for people. */
export const hostingTitles = (): Readonly<Record<Hosting, string>> => ({
  hosted: vscode.l10n.t('Hosted by Cloudflare'),
  'third-party': vscode.l10n.t('Third party'),
  own: vscode.l10n.t('Your own server'),
});

/** Orders with their titles. */
export const sortTitles = (): Readonly<Record<Exclude<ModelSort, 'relevance'>, string>> => ({
  name: vscode.l10n.t('Name'),
  price: vscode.l10n.t('Price, lowest first'),
  context: vscode.l10n.t('Context window, largest first'),
  ttft: vscode.l10n.t('Measured time to first token, shortest first'),
});

/** Where a fact comes from, for people. */
function sourceTitle(source: Source): string {
  return {
    'models-search': vscode.l10n.t('the live list of hosted models'),
    'third-party-catalog': vscode.l10n.t('the live list of third-party models'),
    'compat-models': vscode.l10n.t("the gateway's list of prices"),
    bundle: vscode.l10n.t('the bundled list'),
    own: vscode.l10n.t('your own server'),
  }[source];
}

/** Title of a group. */
export function groupTitle(of: GroupOf): string {
  if (of.by === 'favourites') return vscode.l10n.t('Favourites');
  if (of.by === 'recent') return vscode.l10n.t('Recently used');
  return of.title;
}

/** What a row says behind the model's name. `live`: a live list was read, so that missing from it means something. */
export function modelDescription(
  { model, lifecycle, measured, tellsProvider }: Pick<ModelNode, 'model' | 'lifecycle' | 'measured' | 'tellsProvider'>,
  { live, sort }: { readonly live: boolean; readonly sort?: ModelSort | undefined },
): string {
  const ttft = sort === 'ttft' && measured?.ttft !== undefined ? formatSeconds(measured.ttft) : undefined;
  return [
    lifecycle === 'current'
      ? undefined
      : lifecycle === 'retired'
        ? vscode.l10n.t('retired')
        : vscode.l10n.t('deprecated'),
    ttft,
    priceSummary(model) ?? vscode.l10n.t('no price known'),
    model.contextWindow === undefined ? undefined : shortTokens(model.contextWindow),
    live && !model.confirmed ? vscode.l10n.t('not confirmed') : undefined,
    tellsProvider ? providerTitle(model.provider) : undefined,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** A row as a screen reader says it. */
export function modelLabel(node: ModelNode, live: boolean): string {
  const { model, favourite } = node;
  return [
    model.name,
    favourite ? vscode.l10n.t('favourite') : undefined,
    providerTitle(model.provider),
    taskTitles[model.task],
    modelDescription({ ...node, tellsProvider: false }, { live }).replaceAll(' · ', ', '),
  ]
    .filter(Boolean)
    .join(', ');
}

/** Which models a query leaves in, in words; empty when it leaves out none. */
function queryText(query: TreeQuery): string {
  const capabilities = capabilityTitles();
  return [
    query.task && taskTitles[query.task],
    query.provider && providerTitle(query.provider),
    ...(query.capabilities ?? []).map((capability) => capabilities[capability]),
    query.maxPriceUsd === undefined ? undefined : vscode.l10n.t('up to {0}', shortUsd(query.maxPriceUsd)),
    query.minContext === undefined ? undefined : vscode.l10n.t('context from {0}', shortTokens(query.minContext)),
    query.hosting && hostingTitles()[query.hosting],
    query.hideRetired ? vscode.l10n.t('none retired') : undefined,
  ]
    .filter(Boolean)
    .join(', ');
}

/** What to know of the catalog before trusting it; empty when a live list was read. */
function statusText({ sources }: CatalogStatus): string {
  if (hasLive(sources)) return '';
  const bundle = sources.find(({ source }) => source === 'bundle');
  if (bundle?.asOf === undefined) return '';
  return vscode.l10n.t('Bundled list of {0}, not confirmed on your account', bundle.asOf);
}

/** Whether a live list was ever read for the connected account. */
export function hasLive(sources: CatalogStatus['sources']): boolean {
  // The gateway's list holds prices alone: that a model is missing there says nothing.
  return sources.some(({ source, asOf }) => source !== 'bundle' && source !== 'compat-models' && asOf !== undefined);
}

/** The line above the tree; empty when there is nothing to say. */
export function viewMessage(
  query: TreeQuery,
  status: CatalogStatus,
  count: { readonly shown: number; readonly all: number },
): string {
  const filter = queryText(query);
  const lines = [
    filter && vscode.l10n.t('Filtered: {0} ({1} of {2} models)', filter, count.shown, count.all),
    statusText(status),
  ].filter(Boolean);
  return lines.length === 0 ? '' : `${lines.join('. ')}.`;
}

/** When and where the prices of a model were read, one sentence; undefined for a model without prices. */
export function priceOriginText(model: CatalogModel, status: CatalogStatus): string | undefined {
  const source = model.origins.pricing;
  if (source === undefined) return undefined;
  const asOf = status.sources.find((known) => known.source === source)?.asOf;
  // Days are enough, and the bundle knows its month only.
  return asOf === undefined ? sourceTitle(source) : vscode.l10n.t('{0}, {1}', sourceTitle(source), asOf.slice(0, 10));
}
