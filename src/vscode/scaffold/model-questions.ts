/**
 * Which models a new project calls: one question for each place that its template has for one.
 */
import * as vscode from 'vscode';
import { taskTitles } from '../../core/catalog/tasks';
import { WORKER_TEMPLATES, type ModelSlot } from '../../core/scaffold/worker/templates';
import { modelChoice, modelsFor, type ModelPorts } from './model-choices';
import type { ProjectAnswers } from './project-answers';
import { askOne, BACK, type Place, type Step } from './wizard';

/** A place for a model. */
interface Seat {
  /** Which of the template's slots, and which rank in it; both from 0. */
  readonly at: number;
  readonly rank: number;
}

/** The questions of all templates; only those of the chosen one are asked. Before, those of `usual` are counted. */
export function modelQuestions(ports: ModelPorts, usual = WORKER_TEMPLATES[0]?.id): readonly Step<ProjectAnswers>[] {
  const slots = Math.max(...WORKER_TEMPLATES.map((template) => template.slots.length));
  const most = Math.max(...WORKER_TEMPLATES.flatMap((template) => template.slots.map((slot) => slot.most)));
  const seats = Array.from({ length: slots }, (_, at) => Array.from({ length: most }, (__, rank) => ({ at, rank })));
  return seats.flat().map((seat) => ({
    when: (answers) => isOpen(answers, seat),
    isExpected: (answers) => isExpected(usual === undefined ? answers : { template: usual, ...answers }, seat),
    ask: (answers, place) => askModel(answers, place, seat, ports),
  }));
}

/** The chosen ids, slot by slot, the one that is tried first before its fallbacks. */
export function pickedModels({ picked }: ProjectAnswers): readonly string[] {
  return Object.keys(picked)
    .sort()
    .flatMap((key) => picked[key] || []);
}

const keyOf = ({ at, rank }: Seat): string => `${at}.${rank}`;

function slotsOf({ template }: ProjectAnswers): readonly ModelSlot[] {
  return WORKER_TEMPLATES.find(({ id }) => id === template)?.slots ?? [];
}

/** There is a place, and the one before it is taken. */
function isOpen(answers: ProjectAnswers, { at, rank }: Seat): boolean {
  const before = rank === 0 ? 'none' : (answers.picked[keyOf({ at, rank: rank - 1 })] ?? '');
  return rank < (slotsOf(answers)[at]?.most ?? 0) && before !== '';
}

/** Whoever chooses a model is asked for one to fall back on; a second such is not counted before there is a first. */
function isExpected(answers: ProjectAnswers, seat: Seat): boolean {
  const { at, rank } = seat;
  const isFirstFallback = rank === 1 && answers.picked[keyOf({ at, rank: 0 })] === undefined;
  return isFirstFallback ? (slotsOf(answers)[at]?.most ?? 0) > 1 : isOpen(answers, seat);
}

async function askModel(
  answers: ProjectAnswers,
  place: Place,
  seat: Seat,
  ports: ModelPorts,
): Promise<ProjectAnswers | typeof BACK> {
  const slot = slotsOf(answers)[seat.at];
  if (slot === undefined) return answers;
  const key = keyOf(seat);
  // What was chosen behind this is chosen anew.
  const earlier = Object.entries(answers.picked).filter(([other]) => other < key);
  const taken = new Set(earlier.map(([, id]) => id));
  const models = (await modelsFor(slot.task, ports)).filter(({ id }) => !taken.has(id));
  const none = { value: '', label: vscode.l10n.t('No Fallback'), iconPath: new vscode.ThemeIcon('circle-slash') };
  const usual = { value: '', label: vscode.l10n.t('What the Template Uses'), description: slot.otherwise.join(' · ') };
  const nothing = seat.rank > 0 ? [none] : models.length === 0 ? [usual] : [];
  const id = await askOne(place, {
    placeholder:
      seat.rank === 0
        ? vscode.l10n.t('Model for: {0}', taskTitles[slot.task])
        : vscode.l10n.t('Model to fall back on when those before it have no capacity'),
    choices: [...nothing, ...models.map(modelChoice)],
    active: answers.picked[key],
  });
  return id === BACK ? BACK : { ...answers, picked: { ...Object.fromEntries(earlier), [key]: id } };
}
