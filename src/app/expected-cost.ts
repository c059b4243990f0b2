/**
 * What a Run is expected to cost before it is started.
 */
import type { Model } from '../core/catalog/model';
import type { ModelSchema } from '../core/catalog/schema';
import { taskInputs } from '../core/catalog/task-inputs';
import { outputLimit } from '../core/inference/limits';
import type { Attachment } from '../core/media/media';
import { charactersOf } from '../core/run/asked';
import { estimateCost } from '../core/run/cost';
import type { ColumnEstimate, RunEstimate } from '../core/run/estimate';
import { fileTokens, type FileToSend } from '../core/run/image-tokens';
import type { Money } from '../core/run/money';
import type { ColumnIntent, Personal } from '../protocol/api';
import { usedAttachments } from './input-check';

/** The expected cost of one column. */
export interface ExpectedCost extends ColumnEstimate {
  /** USD that it costs however short the answer: the input, and what has a flat price. 0 also when unknown. */
  readonly sureUsd: number;
}

/** A column and its catalog entry; undefined: the catalog has none. */
export interface ColumnToRun {
  readonly column: ColumnIntent;
  readonly model: Model | undefined;
  /** Absent: there is none, or it is not known. */
  readonly schema?: ModelSchema;
}

/** What all columns are asked. */
export interface Asked {
  readonly prompt: string;
  readonly promptTokens: number;
  readonly systemTokens: number;
  /** Of the texts beside the prompt. */
  readonly textsTokens?: number;
  readonly attachments?: readonly Attachment[];
}

/** USD that are known of an amount: all of it, a part, or none. */
export function knownUsd(money: Money): number {
  return money.provenance === 'unknown' ? (money.atLeast ?? 0) : money.usd;
}

/** Tokens of the texts that a model is given: not all have a place for the system prompt (`messagesOf`), or for more texts. */
export function inputTokensOf(
  { promptTokens, systemTokens, textsTokens = 0 }: Asked,
  { task }: Pick<Model, 'task'>,
): number {
  const { prompt, system, texts } = taskInputs(task);
  return (prompt === 'none' ? 0 : promptTokens) + (system ? systemTokens : 0) + (texts ? textsTokens : 0);
}

/** What a column is given of the attachments. */
export function filesOf({ attachments = [] }: Asked, model: Model, schema?: ModelSchema): readonly FileToSend[] {
  if (attachments.length === 0) return [];
  return usedAttachments({ model, schema }, attachments).flatMap((index) => attachments[index]?.media ?? []);
}

/** What estimates say of files: their tokens, where there are any. */
export function filesToSend(
  model: Model,
  files: readonly FileToSend[],
): { files?: readonly FileToSend[]; fileTokens?: number | string } {
  return files.length === 0 ? {} : { files, fileTokens: fileTokens(model, files) };
}

/** The expected cost of each column. `measured` knows how long the answers of a model were. */
export function expectedCosts(
  columns: readonly ColumnToRun[],
  asked: Asked,
  measured: Personal['measured'],
): readonly ExpectedCost[] {
  const characters = charactersOf(asked.prompt).count;
  return columns.map(({ column: { id: columnId, modelId, parameters }, model, schema }) => {
    if (model === undefined) {
      const why = `The model ${modelId} is not in the catalog of this connection.`;
      return { columnId, sureUsd: 0, atLimit: { provenance: 'unknown', why } };
    }
    const inputTokens = inputTokensOf(asked, model);
    const sent = filesToSend(model, filesOf(asked, model, schema));
    const at = (outputTokens: number): Money =>
      estimateCost(model, { inputTokens, outputTokens, characters, parameters, ...sent });
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
