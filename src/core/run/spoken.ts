/**
 * One sentence for people who listen: what a finished run showed.
 */
import type { Model } from '../catalog/model';
import { costOf } from './cost';
import { metricsOf } from './metrics';
import type { Money } from './money';
import type { RunState } from './state';

/** For example `GLM 4.7 Flash: first answer 0.80 seconds, 240 tokens, about one hundredth of a cent.` */
export function spokenSummary(state: RunState, model: Model): string {
  const { ttfa, outputTokens, approximate } = metricsOf(state, model);
  const what = state.media.length > 0 ? picturesIn(state.media.length) : 'first answer';
  const parts = [
    ttfa === undefined ? 'no answer' : `${what} ${secondsInWords(ttfa)}`,
    ...(outputTokens === undefined
      ? []
      : [`${approximate ? 'about ' : ''}${outputTokens} ${outputTokens === 1 ? 'token' : 'tokens'}`]),
    moneyInWords(costOf(state, model)),
  ];
  return `${model.name}: ${parts.join(', ')}.`;
}

function picturesIn(count: number): string {
  return count === 1 ? 'one picture in' : `${count} pictures in`;
}

function secondsInWords(seconds: number): string {
  return `${seconds.toFixed(seconds < 9.995 ? 2 : 1)} seconds`;
}

const fractions: readonly (readonly [number, string])[] = [
  [10, 'tenth'],
  [100, 'hundredth'],
  [1000, 'thousandth'],
];
const numerals = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/**
 * An amount as one says it, rounded to one digit below a cent: `three tenths of a cent`, `2.4 cents`, `1.23 dollars`.
 * `about` tells that the amount is our own estimate; an unknown one is `cost unknown`, never nothing.
 */
export function moneyInWords(money: Money): string {
  if (money.provenance === 'unknown') return 'cost unknown';
  const words = usdInWords(money.usd);
  return money.provenance === 'estimated' ? `about ${words}` : words;
}

function usdInWords(usd: number): string {
  if (usd === 0) return 'no cost';
  const cents = usd * 100;
  if (cents >= 99.95) return `${usd.toFixed(2)} dollars`;
  const tenths = Math.round(cents * 10);
  if (tenths >= 10) return tenths === 10 ? 'one cent' : `${tenths / 10} cents`;
  for (const [parts, name] of fractions) {
    if (cents * parts < 0.95) continue;
    const count = Math.round(cents * parts);
    return `${numerals[count]} ${name}${count === 1 ? '' : 's'} of a cent`;
  }
  return 'less than one thousandth of a cent';
}
