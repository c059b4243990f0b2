/**
 * What the catalog says of a model, fact by fact, with where each comes from.
 */
import type { CatalogModel, CatalogStatus, FactName, Source } from '../../src/core/catalog/entry';
import type { Model } from '../../src/core/catalog/model';
import { providerTitle } from '../../src/core/catalog/providers';
import { rateLimitOf } from '../../src/core/catalog/rate-limits';
import { taskTitles } from '../../src/core/catalog/tasks';
import { formatCount } from '../../src/core/run/format';
import { modelStrings } from '../strings-models';
import { dateOf } from './ages';

/** Where a fact comes from, in words. */
export interface OriginWords {
  /** A few characters: `live · 2026-11-22`. */
  readonly short: string;
  /** A sentence. */
  readonly long: string;
}

/** One row of the table of facts. */
export interface Fact {
  readonly id: string;
  readonly name: string;
  /** Undefined: no source tells. */
  readonly value: string | undefined;
  readonly origin: OriginWords | undefined;
  /** The value is the id of a model with a page of its own. */
  readonly isModel?: true;
}

/** Where a fact comes from, by its source; a fact without one was made from the id. */
export function originWords(source: Source | undefined, status: CatalogStatus | undefined): OriginWords {
  const text = modelStrings.model;
  if (source === undefined) return { short: text.derived, long: text.derivedTitle };
  const asOf = status?.sources.find((known) => known.source === source)?.asOf;
  const date = asOf === undefined ? text.dateUnknown : dateOf(asOf);
  const [day = date] = date.split(' ', 1);
  return { short: text.short(source, asOf === undefined ? date : day), long: text.from(source, date) };
}

/** All facts that have a place in the table. What no source tells is there too, and says so. */
export function factsOf(
  model: Model,
  origins: CatalogModel['origins'],
  status: CatalogStatus | undefined,
): readonly Fact[] {
  const text = modelStrings.model;
  const fact = (id: keyof typeof text.names, source: FactName, value: string | undefined): Fact => ({
    id,
    name: text.names[id],
    value,
    origin: value === undefined ? undefined : originWords(origins[source], status),
  });
  const known = (value: boolean | undefined): string | undefined =>
    value === undefined ? undefined : value ? text.yes : text.no;
  const tokens = (count: number | undefined): string | undefined =>
    count === undefined ? undefined : text.tokens(formatCount(count));
  const limit = rateLimitOf(model);
  return [
    fact('provider', 'provider', providerTitle(model.provider)),
    fact('task', 'task', taskTitles[model.task]),
    fact('hosting', 'hosting', hostingWords(model)),
    fact('contextWindow', 'contextWindow', tokens(model.contextWindow)),
    fact('maxOutputTokens', 'maxOutputTokens', tokens(model.maxOutputTokens)),
    ...model.capabilities.map((capability) => ({
      id: `capability-${capability}`,
      name: modelStrings.capabilities[capability],
      value: text.yes,
      origin: originWords(origins[`capabilities.${capability}`], status),
    })),
    ...(model.capabilities.length === 0
      ? [{ id: 'capabilities', name: text.names.capabilities, value: undefined, origin: undefined }]
      : []),
    fact(
      'requestFormats',
      'requestFormats',
      model.requestFormats.map((format) => text.requestFormats[format]).join(', ') || undefined,
    ),
    fact('zeroDataRetention', 'zeroDataRetention', known(model.zeroDataRetention)),
    fact('requiresPaidPlan', 'requiresPaidPlan', known(model.requiresPaidPlan)),
    ...(limit === undefined
      ? []
      : [
          {
            id: 'rateLimit',
            name: text.names.rateLimit,
            value: [text.perMinute(formatCount(limit.requestsPerMinute)), limit.note].filter(Boolean).join('. '),
            origin: { short: text.documented, long: text.documentedTitle },
          },
        ]),
    fact('terms', 'termsUrl', model.termsUrl),
    ...(model.deprecationDate ? [fact('deprecationDate', 'deprecationDate', model.deprecationDate)] : []),
    ...(model.retirementDate ? [fact('retirementDate', 'retirementDate', model.retirementDate)] : []),
    ...(model.successor ? [{ ...fact('successor', 'successor', model.successor), isModel: true as const }] : []),
  ];
}

function hostingWords({ hosting }: Model): string {
  const { hosted, thirdParty, own } = modelStrings.model;
  return { hosted, 'third-party': thirdParty, own }[hosting];
}
