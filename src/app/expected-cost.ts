/**
 * What a Run is expected to cost before it is started.
 */
import type { Model } from '../core/catalog/model';
import { outputLimit } from '../core/inference/limits';
import { charactersOf } from '../core/run/asked';
import { estimateCost } from '../core/run/cost';
import type { ColumnEstimate, RunEstimate } from '../core/run/estimate';
import type { Money } from '../core/run/money';
import type { ColumnIntent, Personal } from '../protocol/api';

/** The expected cost of one column. */
export interface ExpectedCost extends ColumnEstimate {
  /** USD that it costs however short the answer: the input, and what has a flat price. 0 also when unknown. */
  readonly sureUsd: number;
}

/** A column and its catalog entry; undefined: the catalog has none. */
export interface ColumnToRun {
  readonly column: ColumnIntent;
  readonly model: Model | undefined;
}

/** What all columns are asked. */
export interface Asked {
  readonly prompt: string;
  readonly promptTokens: number;
  readonly systemTokens: number;
}

/** USD that are known of an amount: all of it, a part, or none. */
export function knownUsd(money: Money): number {
  return money.provenance === 'unknown' ? (money.atLeast ?? 0) : money.usd;
}

/** Tokens of the input of a model: only text models have a place for the system prompt (`messagesOf`). */
export function inputTokensOf({ promptTokens, systemTokens }: Asked, { task }: Pick<Model, 'task'>): number {
  return task === 'text-generation' ? promptTokens + systemTokens : promptTokens;
}

/** The expected cost of each column. `measured` knows how long the answers of a model were. */
export function expectedCosts(
  columns: readonly ColumnToRun[],
  asked: Asked,
  measured: Personal['measured'],
): readonly ExpectedCost[] {
  const characters = charactersOf(asked.prompt).count;
  return columns.map(({ column: { id: columnId, modelId, parameters }, model }) => {
    if (model === undefined) {
      const why = `The model ${modelId} is not in the catalog of this connection.`;
      return { columnId, sureUsd: 0, atLimit: { provenance: 'unknown', why } };
    }
    const inputTokens = inputTokensOf(asked, model);
    const at = (outputTokens: number): Money =>
      estimateCost(model, { inputTokens, outputTokens, characters, parameters });
    const limit = outputLimit(model, parameters).tokens;
    const usual = measured[modelId]?.outputTokens;
    return {
      columnId,
      sureUsd: knownUsd(at(0)),
      atLimit: at(limit),
      ...(usual !== undefined && { typical: at(Math.min(usual, limit)) }),
    };
  });
}

/** What a budget has to say of a Run. */
export type BudgetVerdict = Pick<RunEstimate, 'overBudget' | 'mayExceed'>;

/** The estimate as views show it. */
export function estimateOf(costs: readonly ExpectedCost[], inputTokens: number, verdict: BudgetVerdict): RunEstimate {
  const known = costs.filter(({ atLimit }) => atLimit.provenance !== 'unknown');
  const sum = (money: (cost: ExpectedCost) => Money): number =>
    known.reduce((total, cost) => total + knownUsd(money(cost)), 0);
  return {
    columns: costs.map(({ columnId, atLimit, typical }) => ({ columnId, atLimit, ...(typical && { typical }) })),
    inputTokens,
    ...(known.length > 0 && { atLimitUsd: sum(({ atLimit }) => atLimit) }),
    ...(known.some(({ typical }) => typical) && { typicalUsd: sum(({ typical, atLimit }) => typical ?? atLimit) }),
    unknownColumns: costs.length - known.length,
    ...verdict,
  };
}
