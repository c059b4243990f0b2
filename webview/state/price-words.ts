/**
 * Prices in words: what each is for, when it holds, and for how much of it one pays.
 */
import type { Model } from '../../src/core/catalog/model';
import type { Price, PriceKind, PriceTier } from '../../src/core/catalog/price';
import { shortTokens } from '../../src/core/catalog/price-summary';
import { parsePrice } from '../../src/core/catalog/prices';
import { modelStrings } from '../strings-models';

/** One line of a price table. */
export interface PriceWords {
  /** As the source printed it. */
  readonly label: string;
  /** What it is for and when it holds; undefined when the label was not understood. */
  readonly meaning: string | undefined;
  /** USD for one `unit`; of a label not understood, as printed. */
  readonly usd: number;
  /** For example `per 1M tokens`; undefined when the label was not understood. */
  readonly unit: string | undefined;
}

/** The prices of a model as the table shows them. */
export function priceWords({ pricing }: Pick<Model, 'pricing'>): readonly PriceWords[] {
  return pricing.map((label) => {
    const price = parsePrice(label);
    if (price === undefined) return { label: label.label, meaning: undefined, usd: label.usd, unit: undefined };
    const [, unit] = modelStrings.prices.kinds[price.kind];
    return { label: label.label, meaning: meaningOf(price), usd: rounded(price.usdPer * unitsOf(price.kind)), unit };
  });
}

function meaningOf(price: Price): string {
  const text = modelStrings.prices;
  const { tier, modality, resolution, quality, audio, draft, videoInput, clipSeconds, transport, addOn, isDefault } =
    price;
  const conditions = [
    modality && text.modality[modality],
    resolution,
    quality && text.quality(quality),
    audio === undefined ? undefined : audio ? text.withAudio : text.withoutAudio,
    draft && text.draft,
    videoInput && text.videoInput,
    clipSeconds === undefined ? undefined : text.clip(clipSeconds),
    tier && tierWords(tier),
    transport && text.websocket,
    addOn && text.addOn(addOn),
    isDefault && text.isDefault,
  ].filter((condition) => condition !== undefined);
  const [what] = text.kinds[price.kind];
  return conditions.length === 0 ? what : `${what}: ${conditions.join(', ')}`;
}

function tierWords(tier: PriceTier): string {
  const text = modelStrings.prices;
  if (typeof tier === 'string') return text[tier];
  return 'below' in tier ? text.below(shortTokens(tier.below)) : text.fromTokens(shortTokens(tier.from));
}

function unitsOf(kind: PriceKind): number {
  if (kind.endsWith('-token')) return 1_000_000;
  return kind === 'character' ? 1_000 : 1;
}

/** Without the dust of binary fractions. */
function rounded(usd: number): number {
  return Number(usd.toPrecision(12));
}
