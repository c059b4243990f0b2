/**
 * What a run costs (metrics.md section 6, contract "Money"): its bill in one figure. A bill that lacks a part is `unknown`,
 * with the reason and what is known of it.
 */
import type { Model } from '../catalog/model';
import { billFor, billOf, type Bill } from './bill';
import { expectedConsumption, type ExpectedUse } from './consumption';
import type { Money } from './money';
import type { RunState } from './state';

/** The account a run draws on (metrics.md 6.5): Workers AI neurons, or Unified Billing credits. Never add balances of both. */
export type Wallet = 'neurons' | 'credits';

/** Which wallet pays for a model. */
export function wallet(model: Pick<Model, 'hosting'>): Wallet {
  return model.hosting === 'hosted' ? 'neurons' : 'credits';
}

/** The cost of a run at the model's prices as they stood in `model`. */
export function costOf(state: RunState, model: Model): Money {
  const bill = billOf(state, model);
  return moneyOf(bill, typeof bill !== 'string' && bill.exact ? 'reported' : 'estimated');
}

/** The cost of a call not yet made, or not yet ended. */
export function estimateCost(model: Model, use: ExpectedUse): Money {
  return moneyOf(billFor(model, expectedConsumption(model, use)), 'estimated');
}

function moneyOf(bill: Bill | string, provenance: 'reported' | 'estimated'): Money {
  if (typeof bill === 'string') return { provenance: 'unknown', why: bill };
  // Sizes that were typed may multiply to more than a number holds.
  if (!Number.isFinite(bill.usd)) return { provenance: 'unknown', why: 'What was asked for is beyond all measure.' };
  const [why] = bill.missing;
  if (why === undefined) return { provenance, usd: bill.usd };
  return { provenance: 'unknown', why, ...(bill.usd > 0 && { atLeast: bill.usd }) };
}
