/**
 * Undoes the last scaffold, without harm to what was done since.
 */
import * as vscode from 'vscode';
import { ScaffoldError } from '../../core/scaffold/plan';
import { reasonOf } from './disk';
import { documentOf } from './documents';
import type { Journal, Scaffold, WrittenFile } from './journal';
import { offerComparison } from './kept-files';
import { textOf } from './project-files';
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
 * Undoes the newest scaffold of the open workspace, or else the newest of all: files that it made are removed and those
 * that it edited get their bytes back, if nobody touched them since. What was changed is kept, and a comparison with what
 * was written is offered. Scaffolds of which nothing is left are passed over.
 * Throws a `ScaffoldError` with code `nothing-to-undo`, or `write-failed` when a file cannot be written; then the command
 * can be run again.
 */
export async function undoLastScaffold({ journal }: { readonly journal: Journal }): Promise<UndoResult> {
  for (const scaffold of nearestFirst(await journal.all())) {
    const root = vscode.Uri.parse(scaffold.root, true);
    const states = await Promise.all(scaffold.files.map(async (file) => ({ file, state: await stateOf(file, root) })));
    const withState = (wanted: State) => states.flatMap(({ file, state }) => (state === wanted ? [file] : []));
    const untouched = withState('untouched');
    const kept = withState('changed');
    if (untouched.length + kept.length === 0) continue;
    await restore(untouched, scaffold, root);
    await journal.save({ ...scaffold, undone: true });
    tell(scaffold, untouched.length);
    if (kept.length > 0) offerComparison(scaffold, kept);
    return { restored: untouched.map(({ path }) => path), kept: kept.map(({ path }) => path) };
  }
  throw new ScaffoldError('nothing-to-undo', vscode.l10n.t('There is no scaffold that could be undone.'));
}

/** Those in the open workspace before the others. */
function nearestFirst(scaffolds: readonly Scaffold[]): readonly Scaffold[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const isNear = ({ root }: Scaffold) => folders.some(({ uri }) => isWithin(vscode.Uri.parse(root, true), uri));
  const left = scaffolds.filter(({ undone }) => !undone);
  return [...left.filter(isNear), ...left.filter((scaffold) => !isNear(scaffold))];
}

async function stateOf({ path, before, after }: WrittenFile, root: vscode.Uri): Promise<State> {
  const uri = vscode.Uri.joinPath(root, path);
  try {
    const text = await textOf(uri, path);
    if (text === undefined || text === before) return 'undone';
    return text === after && documentOf(uri)?.isDirty !== true ? 'untouched' : 'changed';
  } catch (error) {
    // No text any more: somebody put something else there.
    if (error instanceof ScaffoldError) return 'changed';
    throw error;
  }
}

async function restore(files: readonly WrittenFile[], { folders }: Scaffold, root: vscode.Uri): Promise<void> {
  try {
    const created = files.filter(({ before }) => before === undefined);
    await deleteFiles(created.map(({ path }) => vscode.Uri.joinPath(root, path)));
    for (const { path, before } of files) {
      if (before !== undefined) await writeExactly(vscode.Uri.joinPath(root, path), before);
    }
    await deleteEmptyFolders(folders);
  } catch (error) {
    const message = vscode.l10n.t('Not everything could be undone. {0}', reasonOf(error));
    throw new ScaffoldError('write-failed', message);
  }
}

function tell({ label }: Scaffold, count: number): void {
  if (count === 0) return;
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Undone: {0}. Files put back or removed: {1}.', label, count),
  );
}
