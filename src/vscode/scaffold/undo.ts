/**
 * Undoes the last scaffold, without harm to what was done since.
 */
import * as vscode from 'vscode';
import { ScaffoldError } from '../../core/scaffold/plan';
import { bytesOf, encode, isStart, reasonOf, sameBytes, statOf } from '../disk';
import { asDocument, documentOf, revert } from './documents';
import type { Journal, Scaffold, WrittenFile } from './journal';
import { offerComparison } from './kept-files';
import { deleteEmptyFolders, deleteFiles, isWithin, writeExactly } from './take-back';

/** What was undone; paths relative to the scaffold's folder. */
export interface UndoResult {
  /** Removed, or as they were before. */
  readonly restored: readonly string[];
  /** Changed since, and so left as they are. */
  readonly kept: readonly string[];
}

/** What became of a file since it was written. */
type State = 'untouched' | 'changed' | 'undone';

/**
 * Undoes the newest scaffold that lies in the open workspace or was made from it, or else the newest of all: files that
 * it made are removed and those that it edited get their bytes back, if nobody touched them since. What was changed is
 * kept, and a comparison with what was written is offered. Scaffolds of which nothing is left are passed over.
 * Throws a `ScaffoldError` with code `nothing-to-undo`, or `unreadable` or `write-failed` when a file cannot be read or
 * written; then the command can be run again.
 */
export function undoLastScaffold({ journal }: { readonly journal: Journal }): Promise<UndoResult> {
  return journal.inTurn(() => undoNewest(journal));
}

async function undoNewest(journal: Journal): Promise<UndoResult> {
  const { near, far } = byPlace(await scaffoldsOf(journal));
  for (const scaffold of [...near, ...far]) {
    const root = vscode.Uri.parse(scaffold.root, true);
    let states;
    try {
      states = await Promise.all(scaffold.files.map(async (file) => ({ file, state: await stateOf(file, scaffold) })));
    } catch (error) {
      // A share or a file system that another window has.
      if (far.includes(scaffold)) continue;
      throw unreadable(scaffold, error);
    }
    const withState = (wanted: State) => states.flatMap(({ file, state }) => (state === wanted ? [file] : []));
    const untouched = withState('untouched');
    const kept = withState('changed');
    if (untouched.length + kept.length === 0) continue;
    await restore(untouched, scaffold, root, journal);
    // What is undone already is passed over without it as well.
    await journal.save({ ...scaffold, undone: true, unfinished: false }).catch(() => undefined);
    tell(scaffold, untouched.length);
    if (kept.length > 0) offerComparison(scaffold, kept);
    return { restored: untouched.map(({ path }) => path), kept: kept.map(({ path }) => path) };
  }
  const message = vscode.l10n.t(
    'There is no scaffold that could be undone. If its folder was moved, delete what you do not want by hand.',
  );
  throw new ScaffoldError('nothing-to-undo', message);
}

async function scaffoldsOf(journal: Journal): Promise<readonly Scaffold[]> {
  try {
    return (await journal.all()).filter(({ undone }) => !undone);
  } catch (error) {
    const message = vscode.l10n.t(
      'What was scaffolded cannot be read. {0} Once that is solved, run Undo Last Scaffold again.',
      reasonOf(error),
    );
    throw new ScaffoldError('unreadable', message);
  }
}

function unreadable({ label }: Scaffold, error: unknown): ScaffoldError {
  const message = vscode.l10n.t(
    'What {0} wrote cannot be read. {1} Once that is solved, run Undo Last Scaffold again.',
    label,
    reasonOf(error),
  );
  return new ScaffoldError('unreadable', message);
}

/** Those that lie in the open workspace or were made from it, and the others. */
function byPlace(scaffolds: readonly Scaffold[]): {
  readonly near: readonly Scaffold[];
  readonly far: readonly Scaffold[];
} {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const isNear = ({ root, openFolders = [] }: Scaffold) =>
    folders.some(({ uri }) => openFolders.includes(uri.toString()) || isWithin(vscode.Uri.parse(root, true), uri));
  return { near: scaffolds.filter(isNear), far: scaffolds.filter((scaffold) => !isNear(scaffold)) };
}

/** Throws when the file cannot be read, which tells nothing of what is in it. */
async function stateOf({ path, before, after }: WrittenFile, { root, unfinished }: Scaffold): Promise<State> {
  const uri = vscode.Uri.joinPath(vscode.Uri.parse(root, true), path);
  const document = documentOf(uri);
  const texts = [after, ...(before === undefined ? [] : [before])].map(encode);
  if (document?.isDirty === true) {
    // What was undone in the editor alone is still in the file.
    if (before === undefined || document.getText() !== asDocument(document, before)) return 'changed';
  }
  const stat = await statOf(uri);
  if (stat === undefined) return 'undone';
  const isOther = (stat.type & vscode.FileType.Directory) !== 0 || texts.every(({ length }) => stat.size > length);
  if (isOther) return 'changed';
  const there = await bytesOf(uri);
  if (there === undefined || (before !== undefined && sameBytes(there, encode(before)))) return 'undone';
  if (unfinished === true && texts.some((text) => isStart(there, text))) return 'untouched';
  return sameBytes(there, encode(after)) ? 'untouched' : 'changed';
}

/** Removes and restores. What is going on is kept first, so that a file that is cut off is known as ours. */
async function restore(
  files: readonly WrittenFile[],
  scaffold: Scaffold,
  root: vscode.Uri,
  journal: Journal,
): Promise<void> {
  try {
    const created = files.filter(({ before }) => before === undefined);
    await deleteFiles(created.map(({ path }) => vscode.Uri.joinPath(root, path)));
    if (created.length < files.length) await journal.save({ ...scaffold, unfinished: true });
    for (const { path, before } of files) {
      if (before === undefined) continue;
      const uri = vscode.Uri.joinPath(root, path);
      const document = documentOf(uri);
      if (document?.isDirty === true) await revert(document);
      await writeExactly(uri, before);
    }
    await deleteEmptyFolders(scaffold.folders);
  } catch (error) {
    const message = vscode.l10n.t(
      'Not everything could be undone. {0} Once that is solved, run Undo Last Scaffold again.',
      reasonOf(error),
    );
    throw new ScaffoldError('write-failed', message);
  }
}

function tell({ label }: Scaffold, count: number): void {
  if (count === 0) return;
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Undone: {0}. Files put back or removed: {1}.', label, count),
  );
}
