/**
 * What the runs of this session have cost so far, by our own count: an answer tells its usage only at its end, if at all.
 * For budgets; never shown as a cost. Hidden reasoning cannot be counted before the usage tells of it.
 */
import type { Message, RunParameters } from '../core/inference/request';
import { charactersOf } from '../core/run/asked';
import { costOf, estimateCost } from '../core/run/cost';
import type { FileToSend } from '../core/run/image-tokens';
import type { RunState } from '../core/run/state';
import { tokensOf } from '../core/run/tokens';
import type { RunView } from '../protocol/api';
import { roughTokens } from './approximate';
import { filesToSend, knownUsd } from './expected-cost';
import type { Log, TokenCounter } from './ports';
import type { TextCounts } from './text-counts';

/** A run as it was started. */
export interface AccruingRun {
  readonly runId: string;
  readonly messages: readonly Message[];
  readonly texts?: readonly string[];
  readonly media?: readonly FileToSend[];
  readonly parameters: RunParameters;
}

/** Runs under way, and what they have cost together with those that ended before them. */
export interface Accrued {
  readonly runIds: readonly string[];
  readonly usd: number;
}

/** What a run had accrued when it ended. */
export interface FinalAccrual {
  readonly owner: string;
  readonly usd: number;
}

/** The meters of all runs of this session. */
export interface Accruals {
  /** Starts the meters of the runs that one press of Run started. */
  begin(owner: string, runs: readonly AccruingRun[]): void;
  /** Takes the meter of a run that has ended. Undefined: it had none. */
  end(run: RunView): FinalAccrual | undefined;
  /** One for each press of Run of which something is still under way: all its columns, those that ended too. */
  byRun(): readonly Accrued[];
  /** What is under way of one owner. */
  ofOwner(owner: string): Accrued;
  /** Owners of what is under way. */
  owners(): ReadonlySet<string>;
  /** Counts the text that has come since the last call, in another thread. What is not counted is told roughly. */
  count(): Promise<void>;
}

interface Group {
  /** Of the runs that ended, USD. */
  endedUsd: number;
}

interface Meter {
  readonly owner: string;
  readonly group: Group;
  readonly inputTokens: number;
  readonly characters: number;
  readonly files: readonly FileToSend[];
  readonly parameters: RunParameters;
  /** Of the texts counted so far: their tokens, and how long they were. */
  tokens: number;
  lengths: readonly number[];
  /** The highest figure so far, USD: what has accrued does not go away when a count turns out lower. */
  usd: number;
}

/** The texts of an answer, each of which only grows. */
function textsOf({ reasoning, text, toolCalls }: RunState): readonly string[] {
  return [reasoning, text, ...toolCalls.map((call) => call.arguments)];
}

/** Refused before any model ran: nothing is billed for it. */
function wasRefused({ status, times, error }: RunState): boolean {
  return status === 'failed' && times?.headers === undefined && (times === undefined || error?.status !== undefined);
}

/** Makes the meters. `running` gives the runs that have not ended, as they stand. */
export function createAccruals(
  counts: TextCounts,
  countTokens: TokenCounter,
  log: Log,
  running: () => readonly RunView[],
): Accruals {
  const meters = new Map<string, Meter>();
  let complained = false;

  function uncounted(meter: Meter, state: RunState): string {
    return textsOf(state)
      .map((text, index) => text.slice(meter.lengths[index] ?? 0))
      .join('');
  }

  function read(meter: Meter, { state, model }: RunView): number {
    // Answered from the gateway's cache: nothing more is billed.
    if (state.gateway.cacheStatus === 'HIT') return meter.usd;
    const { output: reported } = tokensOf(state);
    const outputTokens = reported ?? meter.tokens + roughTokens(uncounted(meter, state));
    const told = state.usage?.inputTokens;
    const { characters, parameters, files } = meter;
    // What the server told holds the tokens of the files, too.
    const sent = told === undefined ? filesToSend(model, files) : { files };
    const use = { inputTokens: told ?? meter.inputTokens, outputTokens, characters, parameters, ...sent };
    meter.usd = Math.max(meter.usd, knownUsd(estimateCost(model, use)));
    return meter.usd;
  }

  /** Never called again before it has settled: the same text would count twice. */
  async function countNew(meter: Meter, state: RunState): Promise<void> {
    const text = uncounted(meter, state);
    if (text === '' || tokensOf(state).output !== undefined) return;
    const lengths = textsOf(state).map(({ length }) => length);
    try {
      meter.tokens += await countTokens(text);
      meter.lengths = lengths;
    } catch (error) {
      if (!complained) log.warn(`Answers under way are counted roughly: ${String(error)}`);
      complained = true;
    }
  }

  function metered(): readonly (readonly [Meter, RunView])[] {
    return running().flatMap((run) => {
      const meter = meters.get(run.runId);
      return meter === undefined ? [] : [[meter, run] as const];
    });
  }

  function sum(entries: readonly (readonly [Meter, RunView])[], endedUsd: number): Accrued {
    const runIds = entries.map(([, { runId }]) => runId);
    return { runIds, usd: entries.reduce((usd, [meter, run]) => usd + read(meter, run), endedUsd) };
  }

  return {
    begin(owner, runs) {
      const group: Group = { endedUsd: 0 };
      for (const { runId, messages, texts = [], media = [], parameters } of runs) {
        const asked = [...messages.map(({ content }) => content), ...texts];
        meters.set(runId, {
          owner,
          group,
          inputTokens: asked.reduce((tokens, text) => tokens + counts.known(text), 0),
          characters: charactersOf(messages.at(-1)?.content ?? '').count,
          // Without the bytes, which would stay in memory for as long as the meter runs.
          files: media.map(({ kind, width, height, seconds }) => ({
            kind,
            ...(width !== undefined && { width }),
            ...(height !== undefined && { height }),
            ...(seconds !== undefined && { seconds }),
          })),
          parameters,
          tokens: 0,
          lengths: [],
          usd: 0,
        });
      }
    },
    end(run) {
      const meter = meters.get(run.runId);
      if (meter === undefined) return undefined;
      meters.delete(run.runId);
      const cost = costOf(run.state, run.model);
      const usd = wasRefused(run.state) ? 0 : Math.max(read(meter, run), knownUsd(cost));
      meter.group.endedUsd += cost.provenance === 'unknown' ? usd : cost.usd;
      return { owner: meter.owner, usd };
    },
    byRun() {
      const groups = Map.groupBy(metered(), ([{ group }]) => group);
      return [...groups].map(([group, entries]) => sum(entries, group.endedUsd));
    },
    ofOwner: (owner) =>
      sum(
        metered().filter(([meter]) => meter.owner === owner),
        0,
      ),
    owners: () => new Set(metered().map(([{ owner }]) => owner)),
    async count() {
      await Promise.all(metered().map(([meter, { state }]) => countNew(meter, state)));
    },
  };
}
