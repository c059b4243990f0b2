/**
 * The words that tell how a column's figures are to be read.
 */
import type { Metrics } from '../../src/core/run/metrics';
import type { RunState } from '../../src/core/run/state';
import { strings } from '../strings';
import type { RunFacts } from './column.svelte';

/** One of them. */
export interface BadgeText {
  readonly text: string;
  /** One sentence. */
  readonly title: string;
  readonly tone: 'plain' | 'warning' | 'simulated';
}

type BadgeName = keyof typeof strings.badges;

const tones: Partial<Record<BadgeName, BadgeText['tone']>> = {
  simulated: 'simulated',
  truncated: 'warning',
  limit: 'warning',
  filtered: 'warning',
};

/** The badges of a run, most important first. */
export function badgesOf(run: RunFacts, state: RunState, metrics: Metrics): BadgeText[] {
  const { gateway, finishReason, warnings } = state;
  const over = state.times?.ended !== undefined;
  // Other tasks answer in one piece by their nature.
  const streams = run.model.task === 'text-generation';
  const names: Record<BadgeName, boolean> = {
    truncated: warnings.some(({ code }) => code === 'truncated'),
    limit: finishReason === 'length',
    filtered: finishReason === 'content-filter',
    notStreamed: streams && metrics.notStreamed,
    tooShort: streams && over && metrics.tooShortToRate,
    approx: metrics.approximate,
    hidden: metrics.disclosure === 'hidden',
    cached: gateway.cacheStatus === 'HIT',
    warm: gateway.cacheStatus !== 'HIT' && (metrics.cachedTokens ?? 0) > 0,
    retried: state.retries.length > 0,
    fallback: (gateway.step ?? 0) > 0,
    byok: gateway.keySource?.toUpperCase() === 'BYOK',
    restored: run.restored,
    simulated: run.simulated,
  };
  return (Object.keys(names) as BadgeName[])
    .filter((name) => names[name])
    .map((name) => {
      const [text, title] = strings.badges[name];
      return { text, title, tone: tones[name] ?? 'plain' };
    });
}
