/**
 * Where a new project goes, and what its folder is called.
 */
import * as vscode from 'vscode';
import { projectFiles } from './project-files';
import { askOne, askText, BACK, cancelled, type Step } from './wizard';

/** What is known of the place of a new project. */
export interface ProjectPlace {
  readonly parent?: vscode.Uri;
  readonly name?: string;
}

/** Asks for the folder around the project, unless it is given or only one is open. */
export function parentStep<T extends ProjectPlace>(start: T): Step<T> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return {
    when: () => start.parent === undefined && folders.length !== 1,
    async ask(answers, place) {
      const chosen = await askFolder(place, {
        placeholder: vscode.l10n.t('Where does the folder of the project go?'),
        openLabel: vscode.l10n.t('Make the Project Here'),
        active: answers.parent,
      });
      return chosen === BACK ? BACK : { ...answers, parent: chosen };
    },
  };
}

/** One open folder is where people mean. */
export function withOnlyFolder<T extends ProjectPlace>(answers: T): T {
  const [folder, ...others] = vscode.workspace.workspaceFolders ?? [];
  if (answers.parent !== undefined || folder === undefined || others.length > 0) return answers;
  return { ...answers, parent: folder.uri };
}

/** Lets the user choose an open folder or any other; without an open one, any. */
export async function askFolder(
  place: Parameters<Step<unknown>['ask']>[1],
  options: { readonly placeholder: string; readonly openLabel: string; readonly active?: vscode.Uri | undefined },
): Promise<vscode.Uri | typeof BACK> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const { placeholder, openLabel, active } = options;
  if (folders.length === 0) return openFolder(openLabel);
  const choices = folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, value: uri }));
  const other = { label: vscode.l10n.t('Another Folder…'), value: undefined };
  const chosen = await askOne<vscode.Uri | undefined>(place, { placeholder, choices: [...choices, other], active });
  return chosen ?? openFolder(openLabel);
}

async function openFolder(openLabel: string): Promise<vscode.Uri> {
  const [folder] =
    (await vscode.window.showOpenDialog({ canSelectFiles: false, canSelectFolders: true, openLabel })) ?? [];
  if (folder === undefined) throw cancelled();
  return folder;
}

/** How a name is asked for. */
export interface NameQuestion<T> {
  readonly prompt: string;
  /** What is offered, with a number behind it where that is taken. */
  readonly wish: (answers: T) => string;
  readonly problem: (name: string) => string | undefined;
}

/** Asks for the name of the folder, unless it is given. */
export function nameStep<T extends ProjectPlace>(start: T, { prompt, wish, problem }: NameQuestion<T>): Step<T> {
  return {
    when: () => start.name === undefined,
    async ask(answers, place) {
      const { parent } = answers;
      const there = parent === undefined ? [] : await projectFiles(parent).list('');
      const isTaken = (name: string) =>
        there.some((one) => one.replace(/\/$/, '').toLowerCase() === name.toLowerCase());
      const wished = wish(answers);
      const free = [wished, ...Array.from({ length: 99 }, (_, at) => `${wished}-${at + 2}`)].find(
        (name) => !isTaken(name),
      );
      const name = await askText(place, {
        prompt,
        value: answers.name ?? free ?? '',
        problem: (text) =>
          problem(text) ??
          (isTaken(text)
            ? vscode.l10n.t('There is a folder or file {0} already. Choose another name.', text)
            : undefined),
      });
      return name === BACK ? BACK : { ...answers, name };
    },
  };
}
