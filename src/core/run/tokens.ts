/**
 * Which token counts of a run may be believed. Metrics and cost both read tokens from here.
 */
import type { Model } from '../catalog/model';
import type { RunState } from './state';

/** What metrics and cost need to know of a model. */
export type Reasoner = Pick<Model, 'capabilities'>;

/** Token counts of a run. An absent field is unknown. */
export interface RunTokens {
  /** All input, cached parts included. */
  readonly input?: number;
  readonly cachedRead?: number;
  readonly cacheWrite?: number;
  /** All output, reasoning included: final, or exact up to the last output. */
  readonly output?: number;
  readonly reasoning?: number;
  /** Input or output was counted by our own tokenizer. */
  readonly approximate: boolean;
}

/** Reads the counts of the answer, and our own where the answer gave none. */
export function tokensOf(state: RunState, model?: Reasoner): RunTokens {
  const { usage, approximateUsage: own } = state;
  const input = usage?.inputTokens ?? own?.inputTokens;
  const reported = usageIsCurrent(state) ? usage?.outputTokens : undefined;
  // Hidden reasoning is output that our tokenizer cannot see.
  const counted = mayHideReasoning(state, model) ? undefined : own?.outputTokens;
  const output = reported ?? counted;
  return {
    ...(input !== undefined && { input }),
    ...(usage?.cachedReadTokens !== undefined && { cachedRead: usage.cachedReadTokens }),
    ...(usage?.cacheWriteTokens !== undefined && { cacheWrite: usage.cacheWriteTokens }),
    ...(output !== undefined && { output }),
    ...(usage?.reasoningTokens !== undefined && { reasoning: usage.reasoningTokens }),
    approximate:
      (input !== undefined && usage?.inputTokens === undefined) || (output !== undefined && reported === undefined),
  };
}

/**
 * Whether a reasoning model answered without showing its reasoning, and without saying how much there was. Anthropic's
 * models think only when asked to, which the playground does not do, and their wire then shows it.
 */
export function mayHideReasoning(state: RunState, model?: Reasoner): boolean {
  const reasons = model?.capabilities.includes('reasoning') ?? false;
  const isSilent = state.reasoning === '' && state.usage?.reasoningTokens === undefined;
  return reasons && isSilent && state.wire !== 'anthropic-messages';
}

/**
 * Whether the usage covers all output so far. Some servers report it with every chunk, and Anthropic's wire opens with a
 * first count, so a run that broke off may hold a usage that output followed. What came in one read has one time, so
 * only a later usage is sure to be the last word. Of a finished run the last usage counts.
 */
function usageIsCurrent({ status, times }: RunState): boolean {
  if (status === 'done') return true;
  return times?.usage !== undefined && times.lastOutput !== undefined && times.usage > times.lastOutput;
}
