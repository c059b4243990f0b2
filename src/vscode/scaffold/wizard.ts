/**
 * Questions one after the other, with a way back. Nothing is done before the last one is answered.
 */
import * as vscode from 'vscode';
import type { Disposable } from '../../app/ports';
import { RpcError } from '../../protocol/rpc';

/** Where a question stands among the others. */
export interface Place {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly steps: number;
}

/** The user wants the question before. */
export const BACK = Symbol('back');

/** Asks one thing and answers with the answers so far, or with `BACK`. */
export type Question<T> = (answers: T, place: Place) => Promise<T | typeof BACK>;

/** A question and when it is asked. */
export interface Step<T> {
  /** Whether it is asked, given the answers so far. */
  readonly when: (answers: T) => boolean;
  /** Whether it is counted while it lies ahead, where answers to come decide; default: `when`. */
  readonly isExpected?: (answers: T) => boolean;
  readonly ask: Question<T>;
}

/** Asks what is to be asked. Throws an `RpcError` with code `cancelled` when the user presses Escape. */
export async function runWizard<T>(title: string, steps: readonly Step<T>[], start: T): Promise<T> {
  const asked: number[] = [];
  let answers = start;
  for (let at = 0; at < steps.length;) {
    const step = steps[at];
    if (step === undefined) break;
    if (!step.when(answers)) {
      at++;
      continue;
    }
    const later = steps.slice(at + 1).filter(({ when, isExpected = when }) => isExpected(answers)).length;
    const answer = await step.ask(answers, { title, step: asked.length + 1, steps: asked.length + 1 + later });
    if (answer === BACK) {
      // Answers are kept: a question that is asked again begins with its own.
      at = asked.pop() ?? at;
      continue;
    }
    asked.push(at);
    answers = answer;
    at++;
  }
  return answers;
}

/** For a command that the user gave up. */
export function cancelled(): RpcError {
  return new RpcError('cancelled', vscode.l10n.t('Cancelled. Nothing was changed.'));
}

/** An entry of a list. */
export interface Choice<V> extends vscode.QuickPickItem {
  readonly value: V;
}

/** How a list is shown. */
interface ListOptions<V> {
  readonly placeholder: string;
  readonly choices: readonly Choice<V>[];
}

/** Lets the user choose one. */
export async function askOne<V>(
  place: Place,
  { placeholder, choices, active }: ListOptions<V> & { readonly active?: V | undefined },
): Promise<V | typeof BACK> {
  const picker = vscode.window.createQuickPick<Choice<V>>();
  picker.placeholder = placeholder;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = choices;
  const start = choices.find(({ value }) => value === active);
  if (start !== undefined) picker.activeItems = [start];
  return shown(picker, place, () => {
    const [chosen] = picker.selectedItems;
    return chosen === undefined ? undefined : { value: chosen.value };
  });
}

/** Lets the user tick any number. */
export async function askMany<V>(
  place: Place,
  { placeholder, choices, ticked }: ListOptions<V> & { readonly ticked: readonly V[] },
): Promise<readonly V[] | typeof BACK> {
  const picker = vscode.window.createQuickPick<Choice<V>>();
  picker.placeholder = placeholder;
  picker.canSelectMany = true;
  picker.items = choices;
  picker.selectedItems = choices.filter(({ value }) => ticked.includes(value));
  return shown(picker, place, () => ({ value: picker.selectedItems.map(({ value }) => value) }));
}

/** Lets the user type a line, checked while it is typed. */
export async function askText(
  place: Place,
  options: {
    readonly prompt: string;
    readonly value: string;
    readonly problem: (text: string) => string | undefined;
  },
): Promise<string | typeof BACK> {
  const input = vscode.window.createInputBox();
  input.prompt = options.prompt;
  input.value = options.value;
  const check = () => (input.validationMessage = options.problem(input.value.trim()));
  const checking = input.onDidChangeValue(check);
  check();
  try {
    return await shown(input, place, () => {
      const value = input.value.trim();
      return check() === undefined ? { value } : undefined;
    });
  } finally {
    checking.dispose();
  }
}

type Shown = (vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox) & Disposable;

/** Shows a question until it is answered; `answer` gives nothing while there is none. */
async function shown<V>(
  input: Shown,
  { title, step, steps }: Place,
  answer: () => { readonly value: V } | undefined,
): Promise<V | typeof BACK> {
  input.title = title;
  input.step = step;
  input.totalSteps = steps;
  input.ignoreFocusOut = true;
  if (step > 1) input.buttons = [vscode.QuickInputButtons.Back];
  const { promise, resolve, reject } = Promise.withResolvers<V | typeof BACK>();
  const subscriptions = [
    input.onDidAccept(() => {
      const given = answer();
      if (given !== undefined) resolve(given.value);
    }),
    input.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) resolve(BACK);
    }),
    input.onDidHide(() => reject(cancelled())),
  ];
  try {
    input.show();
    return await promise;
  } finally {
    for (const subscription of subscriptions) subscription.dispose();
    input.dispose();
  }
}
