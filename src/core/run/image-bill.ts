/**
 * The bill of a call priced by picture (cloudflare-api.md section 6).
 */
import type { Price, PriceKind } from '../catalog/prices';
import type { MediaRef } from './events';
import type { Money } from './money';

const tileSide = 512;
const megapixel = 1024 * 1024;

/** Steps that a model takes when the request leaves them open (default in its schema of October 2026; others have none). */
const defaultSteps: ReadonlyMap<string, number> = new Map([
  ['@cf/black-forest-labs/flux-1-schnell', 4],
  ['@cf/leonardo/phoenix-1.0', 25],
]);

/**
 * A number, and whether it is exact. Part tiles and part megapixels are taken as whole, which no source confirms, and
 * a default may have changed since.
 */
interface Quantity {
  readonly count: number;
  readonly exact: boolean;
}

/** What of the request the bill depends on. */
interface Asked {
  readonly input: Readonly<Record<string, unknown>>;
  readonly modelId: string;
}

/** The sum over the pictures of an answer, or one sentence telling why it is unknown. `body` is that of the request. */
export function imageBill(
  prices: readonly Price[],
  pictures: readonly MediaRef[],
  body: Readonly<Record<string, unknown>>,
  modelId: string,
): Money | string {
  const input = isRecord(body['input']) ? body['input'] : body;
  if (sendsPictures(input) && prices.some(({ kind }) => kind.startsWith('input-'))) {
    return 'The size and number of the pictures sent are not known here.';
  }
  let usd = 0;
  let exact = true;
  for (const picture of pictures) {
    const bill = pictureBill(prices, picture, { input, modelId });
    if (typeof bill === 'string') return bill;
    usd += bill.count;
    exact &&= bill.exact;
  }
  return { provenance: exact ? 'reported' : 'estimated', usd };
}

/** USD for one picture. */
function pictureBill(prices: readonly Price[], picture: MediaRef, asked: Asked): Quantity | string {
  const perImage = imagePrice(prices, asked);
  if (perImage !== undefined) return typeof perImage === 'string' ? perImage : { count: perImage, exact: true };
  let usd = 0;
  let exact = true;
  for (const { kind, usdPer } of prices) {
    const quantity = quantityOf(kind, picture, asked);
    if (typeof quantity === 'string') return quantity;
    usd += quantity.count * usdPer;
    exact &&= quantity.exact;
  }
  return { count: usd, exact };
}

/** The flat price of a picture, a sentence when it depends on something unknown, `undefined` when there is none. */
function imagePrice(prices: readonly Price[], { input }: Asked): number | string | undefined {
  const flat = prices.filter(({ kind }) => kind === 'image');
  const plain = flat.filter(({ qualifier }) => qualifier === undefined || qualifier === 'default');
  if (flat.length === 0) return undefined;
  const asksForSize = ['width', 'height', 'size', 'resolution', 'quality'].some((key) => input[key] !== undefined);
  if (plain[0] === undefined || (flat.length > plain.length && asksForSize))
    return 'The price depends on the resolution.';
  return plain[0].usdPer;
}

function quantityOf(kind: PriceKind, picture: MediaRef, asked: Asked): Quantity | string {
  switch (kind) {
    case 'tile':
    case 'output-tile':
      return tilesOf(picture);
    case 'step':
      return stepsOf(asked);
    case 'output-tile-step':
      return product(tilesOf(picture), stepsOf(asked));
    case 'first-megapixel':
      return { count: 1, exact: true };
    case 'subsequent-megapixel': {
      const { width, height } = picture;
      if (width === undefined || height === undefined) return noSize;
      const megapixels = (width * height) / megapixel;
      return { count: Math.max(0, Math.ceil(megapixels) - 1), exact: megapixels <= 1 || Number.isInteger(megapixels) };
    }
    // No picture was sent.
    case 'input-tile':
    case 'input-tile-step':
    case 'input-megapixel':
    case 'input-image':
      return { count: 0, exact: true };
    default:
      return `A price by ${kind} does not fit a picture.`;
  }
}

const noSize = 'The size of the picture is not known.';

function tilesOf({ width, height }: MediaRef): Quantity | string {
  if (width === undefined || height === undefined) return noSize;
  return {
    count: Math.ceil(width / tileSide) * Math.ceil(height / tileSide),
    exact: width % tileSide === 0 && height % tileSide === 0,
  };
}

function stepsOf({ input, modelId }: Asked): Quantity | string {
  const steps = input['steps'] ?? input['num_steps'];
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

/** Whether the request carries pictures. Their field has many names: `image`, `images`, `input_image_0`, `person_image` … */
function sendsPictures(input: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(input).some((key) => /image|mask/i.test(key));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
