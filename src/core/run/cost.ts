/**
 * What a run costs (metrics.md section 6, contract "Money"): its bill in one figure. A bill that lacks a part is `unknown`,
 * with the reason and what is known of it.
 */
import { PER_HOUR } from '../cog/model';
import type { Model } from '../catalog/model';
import { billFor, billOf, type Bill } from './bill';
import { expectedConsumption, type ExpectedUse } from './consumption';
import type { Money } from './money';
import type { RunState } from './state';

/** The account a run draws on (metrics.md 6.5): Workers AI neurons, or Unified Billing credits. Never add balances of both. */
export type Wallet = 'neurons' | 'credits';

/** Which wallet pays for a model; undefined: none, because it runs on a machine of the user's own. */
export function wallet(model: Pick<Model, 'hosting'>): Wallet | undefined {
  if (model.hosting === 'own') return undefined;
  return model.hosting === 'hosted' ? 'neurons' : 'credits';
}

/** The cost of a run at the model's prices as they stood in `model`. */
export function costOf(state: RunState, model: Model): Money {
  if (model.hosting === 'own') return machineTime(state, model);
  const bill = billOf(state, model);
  return moneyOf(bill, typeof bill !== 'string' && bill.exact ? 'reported' : 'estimated');
}

/** The cost of a call not yet made, or not yet ended. */
export function estimateCost(model: Model, use: ExpectedUse): Money {
  if (model.hosting === 'own')
    return { provenance: 'unknown', why: 'How long it will take on its machine is not known.' };
  return moneyOf(billFor(model, expectedConsumption(model, use)), 'estimated');
}

/**
 * The price of the user's own machine for the time of the prediction: by the server's clock, else from sending to the end.
 * An estimate either way: the machine costs while it waits, too.
 */
function machineTime({ predictSeconds, times, status }: RunState, { pricing }: Model): Money {
  const price = pricing.find(({ label }) => label === PER_HOUR);
  if (price === undefined) return { provenance: 'unknown', why: 'No price per hour is set for this server.' };
  const taken = times?.ended !== undefined && status === 'done' ? times.ended - times.started : undefined;
  const seconds = predictSeconds ?? taken;
  if (seconds === undefined) return { provenance: 'unknown', why: 'How long the prediction took is not known.' };
  return { provenance: 'estimated', usd: (price.usd * seconds) / 3600 };
}

function moneyOf(bill: Bill | string, provenance: 'reported' | 'estimated'): Money {
  if (typeof bill === 'string') return { provenance: 'unknown', why: bill };
  // Sizes that were typed may multiply to more than a number holds.
  if (!Number.isFinite(bill.usd)) return { provenance: 'unknown', why: 'What was asked for is beyond all measure.' };
  const [why] = bill.missing;
  if (why === undefined) return { provenance, usd: bill.usd };
  return { provenance: 'unknown', why, ...(bill.usd > 0 && { atLeast: bill.usd }) };
}
