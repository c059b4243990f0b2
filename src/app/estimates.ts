/**
 * The estimate of what Run would start now, kept up to date while people type. The count of a text takes a moment in
 * another thread: what an older text gave is never published, and of the texts typed meanwhile only the newest is counted.
 */
import type { Model } from '../core/catalog/model';
import type { Attachment } from '../core/media/media';
import type { RunEstimate } from '../core/run/estimate';
import { fileTokens } from '../core/run/image-tokens';
import type { ColumnIntent, Personal } from '../protocol/api';
import { createEmitter } from './emitter';
import {
  estimateOf,
  expectedCosts,
  filesOf,
  inputTokensOf,
  type Asked,
  type BudgetVerdict,
  type ExpectedCost,
} from './expected-cost';
import type { Disposable, Event, Log } from './ports';
import type { TextCounts } from './text-counts';

/** What an estimate depends on, as it stands now. */
export interface EstimateInputs {
  readonly prompt: string;
  readonly system: string;
  readonly attachments?: readonly Attachment[];
  readonly texts?: readonly string[];
  /** Those that Run would start. */
  readonly columns: readonly ColumnIntent[];
  model(id: string): Model | undefined;
  readonly measured: Personal['measured'];
  /** What the budget has to say of this cost. */
  verdict(costs: readonly ExpectedCost[]): BudgetVerdict;
}

/** The estimate, live. */
export interface Estimates extends Disposable {
  /** Undefined: not known, because nothing is typed or the count is under way for the first time. */
  readonly now: RunEstimate | undefined;
  readonly onDidChange: Event<RunEstimate | null>;
  /** Something that the estimate depends on changed. */
  update(): void;
}

/** Nothing is asked: no prompt, no text, no file. */
function isNothing({ prompt, attachments = [], texts = [] }: EstimateInputs): boolean {
  return prompt.trim() === '' && attachments.length === 0 && texts.every((text) => text.trim() === '');
}

/** Tokens of all that a model is given, as far as they can be told. */
function inputTokens(asked: Asked, model: Model): number {
  const ofFiles = fileTokens(model, filesOf(asked, model));
  return inputTokensOf(asked, model) + (typeof ofFiles === 'number' ? ofFiles : 0);
}

/** Makes the estimate. `inputs` gives undefined as long as nothing is loaded. */
export function createEstimates(counts: TextCounts, log: Log, inputs: () => EstimateInputs | undefined): Estimates {
  const changed = createEmitter<RunEstimate | null>();
  let now: RunEstimate | undefined;
  let wanted = 0;
  let working = false;
  let disposed = false;

  function publish(next: RunEstimate | undefined): void {
    if (JSON.stringify(next) === JSON.stringify(now)) return;
    now = next;
    changed.fire(next ?? null);
  }

  async function estimate(): Promise<RunEstimate | undefined> {
    const from = inputs();
    if (from === undefined || isNothing(from)) return undefined;
    const { prompt, system, attachments = [], texts = [], columns, model, measured, verdict } = from;
    const [promptTokens, systemTokens, textsTokens] = await Promise.all([
      counts.count(prompt),
      counts.count(system.trim() && system),
      // As one text, of which the count is kept.
      counts.count(texts.join('\n').trim()),
    ]);
    const asked: Asked = { prompt, promptTokens, systemTokens, textsTokens, attachments };
    const toRun = columns.map((column) => ({ column, model: model(column.modelId) }));
    const costs = expectedCosts(toRun, asked, measured);
    const mostTokens = Math.max(promptTokens, ...toRun.map((one) => (one.model ? inputTokens(asked, one.model) : 0)));
    return estimateOf(costs, mostTokens, verdict(costs));
  }

  async function work(): Promise<void> {
    working = true;
    for (let made = -1; made !== wanted && !disposed;) {
      made = wanted;
      const next = await estimate().catch((error: unknown) => {
        log.error('The cost was not estimated.', error);
        return undefined;
      });
      if (made === wanted && !disposed) publish(next);
    }
    working = false;
  }

  return {
    get now() {
      return now;
    },
    onDidChange: changed.event,
    update() {
      wanted += 1;
      if (!working) void work();
    },
    dispose() {
      disposed = true;
    },
  };
}
