/**
 * Neurons, the unit in which Workers AI bills hosted models. Token prices and neurons are one charge in two units
 * (cloudflare-api.md section 6).
 */

/** USD for one neuron: $0.011 for 1,000. */
export const USD_PER_NEURON = 0.011 / 1000;

/** Neurons that an account gets free every day, from 00:00 UTC on. */
export const FREE_NEURONS_A_DAY = 10_000;

/** The neurons that an amount in USD stands for. Of hosted models only: third-party ones draw on credits. */
export function neuronsOf(usd: number): number {
  return usd / USD_PER_NEURON;
}
