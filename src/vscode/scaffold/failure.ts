/**
 * Why writing failed, for people: VS Code's edits and saves do not say it.
 */
import * as vscode from 'vscode';
import { ScaffoldError, type ScaffoldPlan } from '../../core/scaffold/plan';
import { changedMeanwhile } from './check-target';
import { bytesOf, encode, isForbidden, isStart, reasonOf } from '../disk';

/** Why an edit was not applied: the first file that is not whole is written once more to learn it. */
export async function whyNotApplied(plan: ScaffoldPlan, root: vscode.Uri): Promise<ScaffoldError> {
  for (const { path, text } of plan.creates) {
    const uri = vscode.Uri.joinPath(root, path);
    const bytes = encode(text);
    const there = await bytesOf(uri);
    if (there !== undefined && !isStart(there, bytes)) return changedMeanwhile(path);
    if (there?.length === bytes.length) continue;
    const reason = await reasonOfWriting(path, () => vscode.workspace.fs.writeFile(uri, bytes));
    if (reason !== undefined) return reason;
  }
  return failed(vscode.l10n.t('VS Code did not apply the changes. Run the command again.'));
}

/** Why a document was not saved: its file's own bytes are written once more to learn it. */
export async function whyNotSaved(uri: vscode.Uri, path: string): Promise<ScaffoldError> {
  const bytes = (await bytesOf(uri)) ?? new Uint8Array();
  const reason = await reasonOfWriting(path, () => vscode.workspace.fs.writeFile(uri, bytes));
  return (
    reason ??
    failed(vscode.l10n.t('{0} could not be saved. Save or revert it in its editor and run the command again.', path))
  );
}

async function reasonOfWriting(path: string, attempt: () => Thenable<void>): Promise<ScaffoldError | undefined> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    const message = vscode.l10n.t('{0} could not be written. {1}', path, reasonOf(error));
    return new ScaffoldError(isForbidden(error) ? 'read-only' : 'write-failed', message);
  }
}

const failed = (message: string): ScaffoldError => new ScaffoldError('write-failed', message);

/** Any failure as one with a code. */
export function asFailure(error: unknown): ScaffoldError {
  return error instanceof ScaffoldError ? error : failed(reasonOf(error));
}

/** Says with a failure that everything was taken back, or what of it could not be. */
export function afterRollBack(error: unknown, left: readonly string[]): ScaffoldError {
  const { code, message } = asFailure(error);
  const outcome =
    left.length === 0
      ? vscode.l10n.t('Nothing was written.')
      : vscode.l10n.t('These could not be taken back: {0}. Undo Last Scaffold tries it again.', left.join(', '));
  return new ScaffoldError(code, `${message} ${outcome}`);
}
