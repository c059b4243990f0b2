/**
 * The part of a bill that is priced by token (metrics.md 6.2).
 */
import type { Task } from '../catalog/model';
import { mediaMadeBy } from '../catalog/task-media';
import type { Modality, Price, PriceKind, PriceTier } from '../catalog/price';
import { line, missing, nothing, together, type BillPart } from './bill-line';
import type { BilledTokens, Consumption } from './consumption';
import { sentModalities } from './sent';

/** The lines for tokens; nothing when the model has no price by token. */
export function tokenBill(prices: readonly Price[], { tokens, input }: Consumption, task: Task): BillPart {
  const priced = prices.filter(({ kind }) => kind.endsWith('-token'));
  if (priced.length === 0) return nothing;
  const total = tokens.input;
  if (total === undefined) return missing(tokens.why);
  if (tokens.cachedRead + tokens.cacheWrite > total) {
    return missing('The answer reports more cached tokens than input tokens.');
  }
  const holding = priced.filter(({ tier }) => tier === undefined || mayHold(tier, total));
  const portions = [...inputPortions(tokens, total, sentModalities(input)), ...outputPortions(tokens, task, priced)];
  return together([
    ...portions.map((portion) => portionBill(portion, holding, tokens)),
    tokens.uncounted === undefined ? nothing : missing(tokens.uncounted),
  ]);
}

/** Tokens of one price. `count` undefined: not known. */
interface Portion {
  /** Which prices may hold for them. */
  readonly kinds: readonly PriceKind[];
  readonly what: string;
  readonly count: number | undefined;
  /** What may be among them. */
  readonly modalities: readonly Modality[];
}

function inputPortions(tokens: BilledTokens, total: number, sent: readonly Modality[]): readonly Portion[] {
  const { cachedRead, cacheWrite, inputImage } = tokens;
  const fresh = total - cachedRead - cacheWrite;
  // How many of the cached tokens were pictures is not told.
  const isSplit = inputImage !== undefined && cachedRead + cacheWrite === 0 && inputImage <= fresh;
  const others = sent.filter((modality) => modality !== 'image');
  return [
    {
      kinds: ['input-token'],
      what: 'input tokens',
      count: isSplit ? fresh - inputImage : fresh,
      modalities: isSplit ? others : sent,
    },
    { kinds: ['input-token'], what: 'input image tokens', count: isSplit ? inputImage : 0, modalities: ['image'] },
    // A cached token is neither free nor surely billed as a fresh one: without its own price it has none.
    { kinds: ['cached-input-token'], what: 'input tokens read from the cache', count: cachedRead, modalities: sent },
    { kinds: ['cache-write-token'], what: 'input tokens written to the cache', count: cacheWrite, modalities: sent },
  ];
}

/** Tasks that answer in tokens, so that without an output price a part of the bill is missing. */
const speakingTasks: ReadonlySet<Task> = new Set<Task>([
  'text-generation',
  'translation',
  'summarization',
  'image-to-text',
]);

/** Tasks whose answer is no text: numbers, scores. It costs nothing unless it has a price. */
const scoringTasks: ReadonlySet<Task> = new Set<Task>(['embeddings', 'reranking', 'text-classification']);

function outputPortions(tokens: BilledTokens, task: Task, prices: readonly Price[]): readonly Portion[] {
  const { output, outputImage } = tokens;
  const hasReasoningPrice = prices.some(({ kind }) => kind === 'reasoning-token');
  const isPriced = hasReasoningPrice || prices.some(({ kind }) => kind === 'output-token');
  if (!isPriced && (scoringTasks.has(task) || (output === undefined && !speakingTasks.has(task)))) return [];
  // Reasoning is inside the output and billed as such, unless it has a price of its own.
  const reasoning = hasReasoningPrice ? (tokens.reasoning ?? 0) : 0;
  const rest = output === undefined ? undefined : Math.max(0, output - reasoning);
  const made = mediaMadeBy(task);
  const isSplit = rest !== undefined && outputImage !== undefined && outputImage <= rest;
  return [
    { kinds: ['reasoning-token'], what: 'reasoning tokens', count: reasoning, modalities: ['text'] },
    { kinds: ['output-token'], what: 'output image tokens', count: isSplit ? outputImage : 0, modalities: ['image'] },
    {
      // When it is not told how much of it was reasoning, either price may hold.
      kinds:
        hasReasoningPrice && tokens.reasoning === undefined ? ['output-token', 'reasoning-token'] : ['output-token'],
      what: 'output tokens',
      count: isSplit ? rest - outputImage : rest,
      modalities: isSplit || made === undefined ? ['text'] : ['text', made],
    },
  ];
}

function portionBill(portion: Portion, prices: readonly Price[], { exact, why }: BilledTokens): BillPart {
  const { kinds, what, count, modalities } = portion;
  if (count === undefined) return missing(why);
  if (count === 0) return nothing;
  const possible = kinds.flatMap((kind) => possiblePrices(prices, kind, modalities));
  const amounts = new Set(possible.map(({ usdPer }) => usdPer));
  const [usdPer] = amounts;
  if (usdPer === undefined) return missing(`The catalog has no price for ${what}.`);
  if (amounts.size === 1 && !lacksContext(possible)) return { lines: [line(what, count, usdPer, exact)], missing: [] };
  const open = missing(whyOpen(possible, what));
  if (!possible.every(({ tier }) => tier === 'short' || tier === 'long') || lacksContext(possible)) return open;
  // Whichever context it is, the lower price is sure: budgets must not take such a model for free.
  return { ...open, lines: [line(`${what}, at the lower price`, count, Math.min(...amounts), false)] };
}

/** The prices that such tokens may have. A price without a modality is for those that have none of their own. */
function possiblePrices(prices: readonly Price[], kind: PriceKind, modalities: readonly Modality[]): readonly Price[] {
  const ofKind = prices.filter((price) => price.kind === kind);
  return modalities.flatMap((modality) => {
    const own = ofKind.filter((price) => price.modality === modality);
    return own.length > 0 ? own : ofKind.filter((price) => price.modality === undefined);
  });
}

/** Whether one of the two contexts has a price and the other has none. */
function lacksContext(prices: readonly Price[]): boolean {
  return prices.some(({ tier }) => tier === 'short') !== prices.some(({ tier }) => tier === 'long');
}

function whyOpen(prices: readonly Price[], what: string): string {
  if (prices.some(({ tier }) => tier === 'short' || tier === 'long')) {
    return 'The price depends on the length of the context, and the catalog does not tell where the long one begins.';
  }
  if (prices.some(({ kind }) => kind === 'reasoning-token')) {
    return `The price depends on how many of the ${what} are reasoning, and the answer does not tell.`;
  }
  return prices.some(({ modality }) => modality !== undefined)
    ? `The price depends on how many of the ${what} are text, and the answer does not tell.`
    : 'The catalog has more than one price for the same tokens.';
}

/** Whether a tier's price can apply. The limit between short and long is not known, so both can. */
function mayHold(tier: PriceTier, input: number): boolean {
  if (tier === 'short' || tier === 'long') return true;
  return 'below' in tier ? input < tier.below : input >= tier.from;
}
