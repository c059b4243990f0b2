/**
 * What a run cost (metrics.md section 6, contract "Money"). Every path that lacks a part ends in `unknown` with the reason.
 */
import type { Model } from '../catalog/model';
import { parsePrice, type Price } from '../catalog/prices';
import { imageBill } from './image-bill';
import type { Money } from './money';
import type { RunState } from './state';
import { tokenBill } from './token-bill';
import { mayHideReasoning, tokensOf } from './tokens';

/** The account a run draws on (metrics.md 6.5): Workers AI neurons, or Unified Billing credits. Never add balances of both. */
export type Wallet = 'neurons' | 'credits';

/** Which wallet pays for a model. */
export function wallet(model: Pick<Model, 'hosting'>): Wallet {
  return model.hosting === 'hosted' ? 'neurons' : 'credits';
}

/** The cost of a run at the model's prices as they stood in `model`. */
export function costOf(state: RunState, model: Model): Money {
  if (state.status !== 'done' && state.status !== 'failed' && state.status !== 'stopped') {
    return unknown('The run has not ended.');
  }
  // The one answer that costs nothing: no inference happened.
  if (state.gateway.cacheStatus === 'HIT') return { provenance: 'reported', usd: 0 };
  const other = otherModel(state, model);
  if (other !== undefined) return unknown(`${other} answered, whose price is not that of ${model.id}.`);
  const prices = pricesOf(model);
  if (typeof prices === 'string') return unknown(prices);
  return isPricedByToken(prices) ? costOfTokens(state, model, prices) : costOfImages(state, model, prices);
}

/** The cost of a call not yet made, from the tokens it is expected to use; one picture where pictures are priced. */
export function estimateCost(model: Model, inputTokens: number, outputTokens: number): Money {
  const prices = pricesOf(model);
  if (typeof prices === 'string') return unknown(prices);
  const perImage = prices.find(({ kind }) => kind === 'image');
  const bill = isPricedByToken(prices)
    ? tokenBill(prices, { input: inputTokens, output: outputTokens, cachedRead: 0, cacheWrite: 0 })
    : (perImage?.usdPer ?? 'The price depends on the size of the picture.');
  return typeof bill === 'string' ? unknown(bill) : { provenance: 'estimated', usd: bill };
}

function unknown(why: string): Money {
  return { provenance: 'unknown', why };
}

function isPricedByToken(prices: readonly Price[]): boolean {
  return prices.some(({ kind }) => kind.endsWith('-token'));
}

/** All prices of a model, or why they cannot be computed with: one label not understood may hide a part of the bill. */
function pricesOf(model: Model): readonly Price[] | string {
  if (model.pricing.length === 0) return 'The catalog has no price for this model.';
  const prices: Price[] = [];
  for (const label of model.pricing) {
    const price = parsePrice(label);
    if (price === undefined) return `The price "${label.label}" was not understood.`;
    prices.push(price);
  }
  return prices;
}

/** The model that answered instead, in words; `undefined` when the requested one did. */
function otherModel({ gateway }: RunState, { id }: Model): string | undefined {
  const { model, provider, step } = gateway;
  if (model !== undefined) {
    const isSame = id === model || id.endsWith(`/${model}`) || id === `${provider}/${model}`;
    return isSame ? undefined : model;
  }
  return step !== undefined && step > 0 ? 'A fallback' : undefined;
}

function costOfTokens(state: RunState, model: Model, prices: readonly Price[]): Money {
  const { input, output, cachedRead = 0, cacheWrite = 0, approximate } = tokensOf(state, model);
  // Our own count of an answer that broke off says nothing of what the server billed.
  if (input === undefined || output === undefined || (approximate && state.status !== 'done')) {
    return unknown(whyNoUsage(state, model));
  }
  const usd = tokenBill(prices, { input, output, cachedRead, cacheWrite });
  if (typeof usd === 'string') return unknown(usd);
  return { provenance: approximate ? 'estimated' : 'reported', usd };
}

function whyNoUsage(state: RunState, model: Model): string {
  if (state.status === 'stopped') return 'The run was stopped before its usage arrived.';
  if (state.status === 'failed') return 'The run failed before its usage arrived.';
  if (mayHideReasoning(state, model)) return 'The answer carried no usage, and its reasoning cannot be counted.';
  return 'The answer carried no usage.';
}

function costOfImages(state: RunState, model: Model, prices: readonly Price[]): Money {
  if (state.status !== 'done')
    return unknown(`The run ${state.status === 'failed' ? 'failed' : 'was stopped'} before its picture arrived.`);
  if (state.media.length === 0) return unknown('The answer held no picture.');
  const bill = imageBill(prices, state.media, state.request?.body ?? {}, model.id);
  return typeof bill === 'string' ? unknown(bill) : bill;
}
