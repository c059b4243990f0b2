/**
 * Which of several prices for one thing holds for a request.
 */
import type { Price } from '../catalog/price';
import { askedAudio, askedDraft, askedQuality, askedResolution, namesOfSize, type ModelInput } from './asked';
import { sendsVideo } from './sent';

/** The price that holds, and whether the request left open something that might have changed it. */
export interface Choice {
  readonly price: Price;
  readonly exact: boolean;
}

/** What narrows a choice. */
export interface Choosing {
  /** Those that may still hold, of all prices for the thing. */
  readonly possible?: readonly Price[];
  /** What came of the request. It tells what was left open, though not whether it was billed by that. */
  readonly made?: { readonly width?: number; readonly height?: number } | undefined;
}

/** Chooses by resolution, quality, sound, draft and video input. A sentence when the prices leave it open or none holds. */
export function choosePrice(
  prices: readonly Price[],
  input: ModelInput,
  { possible = prices, made }: Choosing = {},
): Choice | string {
  let left = byFlag(possible, 'draft', askedDraft(input));
  left = byFlag(left, 'videoInput', sendsVideo(input));
  const audio = askedAudio(input);
  const beforeAudio = left;
  left = byFlag(left, 'audio', audio ?? false);
  let isSeen = false;
  for (const [dimension, asked] of dimensionsOf(input)) {
    if (!prices.some((price) => price[dimension] !== undefined)) continue;
    const outcome = byValue(left, dimension, asked);
    const seen = typeof outcome === 'string' && asked === undefined ? bySize(left, dimension, made) : [];
    if (typeof outcome === 'string' && seen.length === 0) return outcome;
    isSeen ||= seen.length > 0;
    left = typeof outcome === 'string' ? seen : outcome;
  }
  const amounts = new Set(left.map(({ usdPer }) => usdPer));
  const [price] = left;
  if (price === undefined) return 'The catalog has no price for what was asked.';
  if (amounts.size > 1) return 'The catalog has more than one price for the same thing.';
  // What a model does about sound when it is not told to is not known.
  const exact = audio !== undefined || beforeAudio.every((other) => other.audio !== true);
  return { price, exact: exact && !isSeen };
}

type Flag = 'draft' | 'videoInput' | 'audio';
type Dimension = 'resolution' | 'quality';

/** Prices of a variant that was asked for, or those of the plain thing; a variant that was not asked for never holds. */
function byFlag(prices: readonly Price[], flag: Flag, asked: boolean): readonly Price[] {
  if (!asked) return prices.filter((price) => price[flag] !== true);
  const marked = prices.filter((price) => price[flag] === true);
  return marked.length > 0 ? marked : prices.filter((price) => price[flag] !== false);
}

function dimensionsOf(input: ModelInput): readonly (readonly [Dimension, readonly string[] | undefined])[] {
  const quality = askedQuality(input);
  return [
    ['resolution', askedResolution(input)],
    ['quality', quality === undefined ? undefined : quality === 'auto' ? [] : [quality]],
  ];
}

/** `asked` holds the names of the value; undefined: left to the model, for which the default price is there. */
function byValue(
  prices: readonly Price[],
  dimension: Dimension,
  asked: readonly string[] | undefined,
): readonly Price[] | string {
  const general = prices.filter((price) => price[dimension] === undefined);
  if (asked === undefined && general.length > 0) return general;
  const matching = prices.filter((price) => asked?.includes(price[dimension] ?? ''));
  if (matching.length > 0) return matching;
  if (asked !== undefined && asked.length > 0) return `The catalog has no price for the ${dimension} ${asked[0]}.`;
  const isOne = new Set(prices.map(({ usdPer }) => usdPer)).size === 1;
  return isOne ? prices : `The price depends on the ${dimension}, and the request leaves it open.`;
}

/** The prices of the resolution that was made. */
function bySize(prices: readonly Price[], dimension: Dimension, made: Choosing['made']): readonly Price[] {
  if (dimension !== 'resolution' || !made?.width || !made.height) return [];
  const names = namesOfSize(made.width, made.height);
  return prices.filter(({ resolution }) => resolution !== undefined && names.includes(resolution));
}

/** What a price holds for, as labels write it: ` @720p with audio`. Empty without conditions. */
export function conditionsInWords({ resolution, quality, audio, draft, videoInput }: Price): string {
  return [
    resolution && ` @${resolution}`,
    quality && `, ${quality} quality`,
    audio === true && ' with audio',
    draft && ', draft',
    videoInput && ', from a video',
  ]
    .filter((words) => typeof words === 'string')
    .join('');
}
