/**
 * Makes the next bundle from the last one and live listings, for maintainers.
 */
import { diffBundles, type BundleDiff } from './bundle-diff';
import type { CatalogModel, Listing, Source } from './entry';
import { mergeListings } from './merge';
import type { Hosting, Model } from './model';
import { samePrices } from './same-prices';

/** The new bundle and how it differs from the last one. */
export interface RebuiltBundle {
  /** Text of `media/catalog.json`. */
  readonly content: string;
  readonly diff: BundleDiff;
}

/** The live list that has every model of a hosting; `compat-models` has not. */
const completeList: Readonly<Record<Exclude<Hosting, 'own'>, Source>> = {
  hosted: 'models-search',
  'third-party': 'third-party-catalog',
};

/**
 * Live facts win; those that no live list states (successor, paid plan, most capabilities) are carried over. A model is
 * dropped when the complete list of its hosting was read and does not have it. One whose end is announced stays all the
 * same, so that people who look for it find that, and what takes its place.
 * @param asOf when the live lists were read, `YYYY-MM-DD`
 */
export function rebuildBundle(previous: Listing, live: readonly Listing[], asOf: string): RebuiltBundle {
  const before = mergeListings([previous]);
  const known = new Map(before.map((model) => [model.id, model]));
  const listed = new Map(live.map(({ source, models }) => [source, new Set(models.map(({ id }) => id))]));
  const isListed = ({ hosting, id }: Model): boolean =>
    hosting !== 'own' && listed.get(completeList[hosting])?.has(id) !== false;
  const after = mergeListings([previous, ...live])
    .filter((model) => isEnding(model) || isListed(model))
    .map((model) => rowOf(model, known.get(model.id)));
  return {
    content: formatBundle(asOf, after),
    diff: diffBundles(
      before.map((model) => rowOf(model, model)),
      after,
    ),
  };
}

function isEnding({ deprecated, deprecationDate, retirementDate, successor }: Model): boolean {
  return deprecated === true || [deprecationDate, retirementDate, successor].some((fact) => fact !== undefined);
}

/** What the bundle keeps, in the order of its columns. Live descriptions and notices are long, and pass: they stay out. */
function rowOf(model: CatalogModel, previous: CatalogModel | undefined): Model {
  const isSamePrice = previous !== undefined && samePrices(model.pricing, previous.pricing);
  const row: { [Fact in keyof Model]: Model[Fact] | undefined } = {
    id: model.id,
    provider: model.provider,
    name: model.name,
    task: model.task,
    hosting: model.hosting,
    contextWindow: model.contextWindow,
    maxOutputTokens: model.maxOutputTokens,
    capabilities: model.capabilities,
    requestFormats: model.requestFormats,
    // The lists word one price in different ways; a new wording is no change.
    pricing: isSamePrice ? previous.pricing : model.pricing,
    deprecated: model.deprecated,
    deprecationDate: model.deprecationDate,
    retirementDate: model.retirementDate,
    successor: model.successor,
    zeroDataRetention: model.zeroDataRetention,
    termsUrl: model.termsUrl,
    requiresPaidPlan: model.requiresPaidPlan,
    note: previous?.note,
  };
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as unknown as Model;
}

/** One model a line, so that a change of one model is a change of one line. */
function formatBundle(asOf: string, models: readonly Model[]): string {
  const lines = models.map((model) => `    ${JSON.stringify(model)}`);
  return `{\n  "asOf": ${JSON.stringify(asOf)},\n  "models": [\n${lines.join(',\n')}\n  ]\n}\n`;
}
