/**
 * Reads the price list of a model. It is taken in full or not at all: with one price missing from it, a bill would look
 * complete and be too low. Without a list the price is unknown, and the model stays.
 */
import { USD_PER_NEURON } from '../../run/neurons';
import type { PriceLabel } from '../model';
import { amount, plainText } from './values';

/** A price as a source prints it; nothing about its parts is taken for granted. */
export interface PrintedPrice {
  readonly label: unknown;
  readonly amount: unknown;
  /** Absent: USD. */
  readonly currency?: unknown;
}

/** USD per million of anything, and per unit of anything else. The dearest known are 180 and 3.5. */
const MAX_USD_PER_MILLION = 10_000;
const MAX_USD_PER_UNIT = 1_000;

const MAX_PRICES = 100;

/** The list, or why it can not be used. */
export function readPrices(printed: readonly PrintedPrice[]): readonly PriceLabel[] | string {
  if (printed.length > MAX_PRICES) return `There are ${printed.length} prices.`;
  // A price in USD stands before the same one in neurons.
  const ordered = printed.some(inNeurons)
    ? [...printed.filter((price) => !inNeurons(price)), ...printed.filter(inNeurons)]
    : printed;
  const prices: PriceLabel[] = [];
  for (const price of ordered) {
    const read = readPrice(price);
    if (typeof read === 'string') return read;
    const same = prices.find(({ label }) => label === read.label);
    if (same === undefined) prices.push(read);
    else if (same.usd !== read.usd && !inNeurons(price)) return `There are two prices ${read.label}.`;
  }
  return prices;
}

function readPrice(price: PrintedPrice): PriceLabel | string {
  const label = plainText(price.label, 120);
  if (label === undefined) return 'A price has no label.';
  const number = amount(price.amount);
  if (number === undefined || number < 0) return `The price ${label} is not an amount.`;
  const neurons = inNeurons(price);
  if (!neurons && (price.currency ?? 'USD') !== 'USD') return `The price ${label} is not in USD.`;
  const usd = neurons ? Number((number * USD_PER_NEURON).toPrecision(12)) : number;
  const most = /\bper 1?m\b/i.test(label) ? MAX_USD_PER_MILLION : MAX_USD_PER_UNIT;
  // JSON has a -0 as well.
  return usd > most ? `The price ${label} is absurd.` : { label, usd: Math.abs(usd) };
}

function inNeurons({ currency }: PrintedPrice): boolean {
  return typeof currency === 'string' && /^neurons?$/i.test(currency);
}
