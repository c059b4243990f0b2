/**
 * The part of a bill that is priced by picture (cloudflare-api.md section 6).
 */
import type { Task } from '../catalog/model';
import type { Price, PriceKind } from '../catalog/price';
import { askedSteps, type ModelInput, type Quantity } from './asked';
import { line, missing, nothing, together, type BillPart } from './bill-line';
import { choosePrice, conditionsInWords } from './choose-price';
import type { Consumption, PictureSize } from './consumption';
import { sentPictures, type SentPictures } from './sent';

const tileSide = 512;
const megapixel = 1024 * 1024;

/** Steps that a model takes when the request leaves them open (default in its schema of October 2026; others have none). */
const defaultSteps: ReadonlyMap<string, number> = new Map([
  ['@cf/black-forest-labs/flux-1-schnell', 4],
  ['@cf/leonardo/phoenix-1.0', 25],
]);

/** Tasks that look at a picture and make none: there, a price per image is for the one that was sent. */
const lookingTasks: ReadonlySet<Task> = new Set<Task>(['image-classification', 'object-detection', 'image-to-text']);

/** Prices for each picture that was made, by what is counted in it. */
const madeKinds: Readonly<Partial<Record<PriceKind, string>>> = {
  tile: 'tiles of 512 × 512',
  'output-tile': 'tiles of 512 × 512',
  step: 'steps',
  'output-tile-step': 'tiles × steps',
  'first-megapixel': 'first megapixels',
  'subsequent-megapixel': 'further megapixels',
};

/** Prices by the size of the pictures sent. */
const sentKinds: Readonly<Partial<Record<PriceKind, string>>> = {
  'input-tile': 'tiles of 512 × 512 sent',
  'input-tile-step': 'tiles sent × steps',
  'input-megapixel': 'megapixels sent',
};

/** The lines for pictures; nothing when the model has no price by picture. */
export function imageBill(
  prices: readonly Price[],
  use: Consumption,
  { id, task }: { id: string; task: Task },
): BillPart {
  const flat = prices.filter(({ kind }) => kind === 'image');
  if (use.unsure !== undefined && prices.some(({ kind }) => mayApply(kind, use.input))) return missing(use.unsure);
  if (lookingTasks.has(task)) return flat.length === 0 ? nothing : pictures(flat, 1, 'pictures', use.input);
  const parts = prices.filter(({ kind }) => madeKinds[kind] !== undefined);
  const perSent = prices.filter(({ kind }) => kind === 'input-image');
  const bySentSize = prices.filter(({ kind }) => sentKinds[kind] !== undefined);
  const made = use.pictures;
  // Whether the pictures sent are billed when none came back is not known.
  if (flat.length + parts.length > 0 && typeof made === 'string') return missing(made);
  const sent = sentPictures(use.input);
  return together([
    ...(typeof made === 'string'
      ? []
      : [
          flat.length === 0 ? nothing : pictures(flat, made.length, 'pictures', use.input),
          ...parts.map((price) => partBill(price, made, use.input, id)),
        ]),
    perSent.length === 0 || sent.count === 0 ? nothing : pictures(perSent, sent.count, 'pictures sent', use.input),
    ...bySentSize.map((price) => sentBill(price, sent, use.input, id)),
  ]);
}

/** Whether a price is for pictures, and if for those that are sent, whether there are any. */
function mayApply(kind: PriceKind, input: ModelInput): boolean {
  if (kind === 'image' || madeKinds[kind] !== undefined) return true;
  return (kind === 'input-image' || sentKinds[kind] !== undefined) && sentPictures(input).count > 0;
}

/** What one price by the size of the pictures sent comes to. A picture sent by its address has none that we know. */
function sentBill(price: Price, { count, measured }: SentPictures, input: ModelInput, modelId: string): BillPart {
  if (count === 0) return nothing;
  if (measured.length < count) return missing('The size of a picture sent is not known here.');
  return partBill(price, measured, input, modelId);
}

function pictures(prices: readonly Price[], count: number, what: string, input: ModelInput): BillPart {
  const choice = choosePrice(prices, input);
  if (typeof choice === 'string') return missing(choice);
  const { price, exact } = choice;
  return { lines: [line(`${what}${conditionsInWords(price)}`, count, price.usdPer, exact)], missing: [] };
}

/** What one price by tile, step or megapixel comes to over all pictures. */
function partBill(price: Price, made: readonly PictureSize[], input: ModelInput, modelId: string): BillPart {
  const { kind, usdPer } = price;
  let count = 0;
  let exact = true;
  for (const picture of made) {
    const quantity = quantityOf(kind, picture, input, modelId);
    if (typeof quantity === 'string') return missing(quantity);
    count += quantity.count;
    exact &&= quantity.exact;
  }
  const isNone = count === 0 && exact;
  return isNone
    ? nothing
    : { lines: [line(madeKinds[kind] ?? sentKinds[kind] ?? kind, count, usdPer, exact)], missing: [] };
}

function quantityOf(kind: PriceKind, picture: PictureSize, input: ModelInput, modelId: string): Quantity | string {
  switch (kind) {
    case 'first-megapixel':
      return { count: 1, exact: true };
    case 'subsequent-megapixel':
      return furtherMegapixelsOf(picture);
    case 'step':
      return stepsOf(input, modelId);
    case 'input-megapixel':
      return megapixelsOf(picture);
    case 'output-tile-step':
    case 'input-tile-step':
      return product(tilesOf(picture), stepsOf(input, modelId));
    default:
      return tilesOf(picture);
  }
}

const noSize = 'The size of the picture is not known.';

/** Part tiles are taken as whole, which no source confirms. */
function tilesOf({ width, height }: PictureSize): Quantity | string {
  if (width === undefined || height === undefined) return noSize;
  return {
    count: Math.ceil(width / tileSide) * Math.ceil(height / tileSide),
    exact: width % tileSide === 0 && height % tileSide === 0,
  };
}

/** Part megapixels are taken as whole, which no source confirms. */
function megapixelsOf({ width, height }: PictureSize): Quantity | string {
  if (width === undefined || height === undefined) return noSize;
  const megapixels = (width * height) / megapixel;
  return { count: Math.ceil(megapixels), exact: Number.isInteger(megapixels) };
}

/** Those after the first, which has a price of its own however small the picture. */
function furtherMegapixelsOf(picture: PictureSize): Quantity | string {
  const all = megapixelsOf(picture);
  return typeof all === 'string' ? all : { count: Math.max(0, all.count - 1), exact: all.exact || all.count <= 1 };
}

function stepsOf(input: ModelInput, modelId: string): Quantity | string {
  const steps = askedSteps(input);
  if (typeof steps === 'number' && steps > 0) return { count: steps, exact: true };
  const usual = defaultSteps.get(modelId);
  if (steps === undefined && usual !== undefined) return { count: usual, exact: false };
  return 'The price depends on the number of steps, and the request left it to the model.';
}

function product(a: Quantity | string, b: Quantity | string): Quantity | string {
  if (typeof a === 'string') return a;
  if (typeof b === 'string') return b;
  return { count: a.count * b.count, exact: a.exact && b.exact };
}
