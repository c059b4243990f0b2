/**
 * The bill of a call, line by line.
 */
import type { Model } from '../catalog/model';
import { pricesOf } from '../catalog/prices';
import { missing, together, type BillLine } from './bill-line';
import { consumptionOf, type Consumption } from './consumption';
import { imageBill } from './image-bill';
import type { RunState } from './state';
import { audioBill, characterBill, videoBill } from './time-bill';
import { tokenBill } from './token-bill';

/** What a call costs, as far as it is known. */
export interface Bill {
  readonly lines: readonly BillLine[];
  /** The sum of the lines, USD. */
  readonly usd: number;
  /** No line is a guess, and nothing is missing. */
  readonly exact: boolean;
  /** Parts that could not be computed, one sentence each. */
  readonly missing: readonly string[];
}

/** The bill of a run at the model's prices as they stood in `model`, or one sentence telling why there is none. */
export function billOf(state: RunState, model: Model): Bill | string {
  if (state.status !== 'done' && state.status !== 'failed' && state.status !== 'stopped') {
    return 'The run has not ended.';
  }
  // The one answer that costs nothing: no inference happened.
  if (state.gateway.cacheStatus === 'HIT') return { lines: [], usd: 0, exact: true, missing: [] };
  const other = otherModel(state, model);
  if (other !== undefined) return `${other} answered, whose price is not that of ${model.id}.`;
  return billFor(model, consumptionOf(state, model));
}

/** The bill of what was used, or is expected to be. */
export function billFor(model: Model, use: Consumption): Bill | string {
  if (model.pricing.length === 0) return 'The catalog has no price for this model.';
  const { prices, notUnderstood } = pricesOf(model);
  const known = together([
    tokenBill(prices, use, model.task),
    imageBill(prices, use, model),
    videoBill(prices, use, model.task),
    audioBill(prices, use, model.task),
    characterBill(prices, use),
    ...notUnderstood.map((label) => missing(`The price "${label}" was not understood.`)),
  ]);
  const isEmpty = known.lines.length === 0 && known.missing.length === 0;
  const whole = isEmpty ? missing('Nothing was counted that the catalog has a price for.') : known;
  return {
    ...whole,
    usd: whole.lines.reduce((sum, { usd }) => sum + usd, 0),
    exact: whole.missing.length === 0 && whole.lines.every(({ exact }) => exact),
  };
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
