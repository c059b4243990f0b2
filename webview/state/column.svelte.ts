/**
 * One column as the view holds it: what the user set up, and the last run of it.
 */
import type { Model } from '../../src/core/catalog/model';
import type { RunParameters } from '../../src/core/inference/request';
import { costOf } from '../../src/core/run/cost';
import type { MediaRef } from '../../src/core/media/media';
import type { RunEvent } from '../../src/core/run/events';
import { metricsOf } from '../../src/core/run/metrics';
import { reduceAll } from '../../src/core/run/reducer';
import type { RunState, RunStatus } from '../../src/core/run/state';
import type { ColumnIntent, RunView, RunVote } from '../../src/protocol/api';
import { hidesName } from './blind';

/** What a column shows: a run's status, or that it has none. */
export type ColumnStatus = RunStatus | 'idle';

/** The facts about a run that do not change while it goes on. */
export type RunFacts = Omit<RunView, 'state'>;

/** What stands in a field of the parameters but is not allowed there, so that it is not sent. */
export interface FieldDraft {
  readonly text: string;
  /** What is wrong, a sentence that begins with the field's name. */
  readonly message: string;
}

const active: ReadonlySet<ColumnStatus> = new Set<ColumnStatus>(['waiting', 'reasoning', 'answering']);

/** One column. Its fields are written at most once a frame. */
export class Column {
  readonly id: string;
  modelId = $state.raw('');
  parameters = $state.raw<RunParameters>({});
  run = $state.raw<RunFacts | undefined>();
  state = $state.raw<RunState | undefined>();
  /** By name of the field. */
  drafts = $state.raw<ReadonlyMap<string, FieldDraft>>(new Map());
  /** The form of the parameters is open, at this field or at its first. */
  form = $state.raw<{ readonly field: string | undefined } | undefined>();
  /** Run was pressed and the host has not answered yet. */
  starting = $state.raw(false);
  /** What starts is blind. */
  startsBlind = $state.raw(false);

  /** Nothing may tell which model it is. */
  readonly hidden = $derived(hidesName({ run: this.run, startsBlind: this.starting && this.startsBlind }));
  readonly status: ColumnStatus = $derived(this.starting ? 'waiting' : (this.state?.status ?? 'idle'));
  readonly active = $derived(active.has(this.status));
  /** The state to draw: nothing of the old answer once a new one was asked for. */
  readonly shown = $derived(this.starting ? undefined : this.state);
  readonly metrics = $derived(this.shown && metricsOf(this.shown, this.run?.model));
  readonly cost = $derived(this.shown && this.run && costOf(this.shown, this.run.model));

  constructor(intent: ColumnIntent) {
    this.id = intent.id;
    this.modelId = intent.modelId;
    this.parameters = intent.parameters;
  }

  get intent(): ColumnIntent {
    return { id: this.id, modelId: this.modelId, parameters: this.parameters };
  }

  /** Keeps what is wrong in a field, or nothing once it is right. */
  setDraft(field: string, draft: FieldDraft | undefined): void {
    const drafts = new Map(this.drafts);
    if (draft) drafts.set(field, draft);
    else drafts.delete(field);
    this.drafts = drafts;
  }

  /** Takes over what the host knows of the run. The same run twice changes nothing: frames may have come since. */
  show(view: RunView): void {
    this.starting = false;
    if (this.run?.runId === view.runId) return;
    this.replace(view);
  }

  /** Takes over a snapshot, whatever was shown before. */
  replace(view: RunView | undefined): void {
    this.starting = false;
    if (view === undefined) {
      this.run = undefined;
      this.state = undefined;
      return;
    }
    const { state, ...facts } = view;
    this.run = facts;
    this.state = state;
  }

  /** Its run was voted on. */
  voted({ verdict, comment }: RunVote): void {
    if (this.run) this.run = { ...this.run, vote: { verdict, comment } };
  }

  /** Folds the events of one frame. */
  apply(events: readonly RunEvent<MediaRef>[]): void {
    if (this.state !== undefined) this.state = reduceAll(this.state, events);
  }
}

/** What stands in for a model that the catalog does not know (any more): its id, and nothing made up. */
export function unknownModel(id: string): Model {
  return {
    id,
    provider: id.split('/').at(-2) ?? '',
    name: id.split('/').at(-1) ?? id,
    task: 'other',
    hosting: id.startsWith('@cf/') ? 'hosted' : 'third-party',
    capabilities: [],
    requestFormats: [],
    pricing: [],
  };
}
