/**
 * One sentence for people who listen: what a finished run showed.
 */
import type { Model } from '../catalog/model';
import { isHeard, mediaMadeBy } from '../catalog/task-media';
import { costOf } from './cost';
import { metricsOf, type Metrics } from './metrics';
import type { Money } from './money';
import type { RankingResult, RunResult } from './result';
import type { RunState } from './state';

/**
 * For example `GLM 4.7 Flash: first answer 0.80 seconds, 240 tokens, about one hundredth of a cent.`, or
 * `Flux: picture of 1024 by 1024 after 1.20 seconds, one tenth of a cent.`
 */
export function spokenSummary(state: RunState, model: Model): string {
  const parts = [...answerInWords(state, model, metricsOf(state, model)), moneyInWords(costOf(state, model))];
  return `${model.name}: ${parts.join(', ')}.`;
}

function answerInWords(state: RunState, { task }: Model, metrics: Metrics): readonly string[] {
  const { result, media } = state;
  const { ttfa, e2e, mediaSeconds, words, audioMinutes } = metrics;
  const made = media.filter(({ kind }) => kind !== 'file');
  const [first] = made;
  if (first?.kind === 'image') return [`${picturesInWords(made)}${after(e2e)}`];
  if (first?.kind === 'video') return [`${lengthOf(mediaSeconds)}video${after(e2e)}`];
  if (first?.kind === 'audio') {
    const what = task === 'music-generation' ? 'music' : task === 'text-to-speech' ? 'speech' : 'audio';
    const length = mediaSeconds === undefined ? what : `${secondsInWords(mediaSeconds, 1)} of ${what}`;
    if (task === 'music-generation') return [`${length}${after(e2e)}`];
    return [length, ...(ttfa === undefined ? [] : [`first sound after ${secondsInWords(ttfa)}`])];
  }
  if (result && result.kind !== 'transcript' && result.kind !== 'json')
    return [`${resultInWords(result)}${after(e2e)}`];
  if (isHeard(task) && words !== undefined) {
    const from = audioMinutes === undefined ? '' : ` from ${secondsInWords(audioMinutes * 60, 0)} of audio`;
    return [`${counted(words, 'word')}${from}${after(e2e)}`];
  }
  if (mediaMadeBy(task) !== undefined && state.text === '' && result === undefined) return ['no answer'];
  return textInWords(task === 'text-generation' ? ttfa : (e2e ?? ttfa), task, metrics);
}

function textInWords(
  seconds: number | undefined,
  task: Model['task'],
  { outputTokens, approximate }: Metrics,
): readonly string[] {
  const what = task === 'text-generation' ? 'first answer' : 'answer after';
  const tokens = outputTokens === undefined ? [] : [`${approximate ? 'about ' : ''}${counted(outputTokens, 'token')}`];
  return [seconds === undefined ? 'no answer' : `${what} ${secondsInWords(seconds)}`, ...tokens];
}

function picturesInWords(pictures: readonly { readonly width?: number; readonly height?: number }[]): string {
  const [first] = pictures;
  const sizes = new Set(pictures.map(({ width, height }) => `${width} by ${height}`));
  const isKnown = first?.width !== undefined && first.height !== undefined && sizes.size === 1;
  const size = isKnown ? ` of ${first.width} by ${first.height}` : '';
  return pictures.length === 1 ? `picture${size}` : `${pictures.length} pictures${size}`;
}

function lengthOf(seconds: number | undefined): string {
  return seconds === undefined ? '' : `${secondsInWords(seconds, 1)} of `;
}

function resultInWords(result: Exclude<RunResult, { kind: 'transcript' | 'json' }>): string {
  switch (result.kind) {
    case 'embeddings':
      return `${counted(result.count, 'vector')} of ${result.dimensions} dimensions`;
    case 'ranking':
      return rankingInWords(result);
    case 'labels': {
      const [best] = result.items;
      return best === undefined ? 'no label' : `${best.label}, ${Math.round(best.score * 100)} percent`;
    }
    case 'boxes':
      return result.items.length === 0 ? 'nothing found' : `${counted(result.items.length, 'thing')} found`;
    case 'turn':
      return result.complete ? 'the speaker has finished' : 'the speaker goes on';
  }
}

function rankingInWords({ items }: RankingResult): string {
  const [best] = items;
  const all = `${counted(items.length, 'document')} ranked`;
  return best === undefined ? all : `${all}, document ${best.index + 1} first`;
}

function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}

function after(seconds: number | undefined): string {
  return seconds === undefined ? '' : ` after ${secondsInWords(seconds)}`;
}

function secondsInWords(seconds: number, digits = seconds < 9.995 ? 2 : 1): string {
  const number = seconds.toFixed(digits);
  return `${number} ${Number(number) === 1 && digits === 0 ? 'second' : 'seconds'}`;
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
