/**
 * What a person is told of a plan that cannot be applied, and of one that should be read first.
 */
import * as vscode from 'vscode';
import type { Conflict, ScaffoldPlan } from '../../core/scaffold/plan';

/** Tells the conflicts, with what to paste and the way to the place. Nobody waits for the answer. */
export function tellConflicts({ conflicts }: ScaffoldPlan, root: vscode.Uri): void {
  for (const conflict of conflicts) void tellConflict(conflict, root);
}

/** Tells what should be known before applying. */
export function tellNotes({ notes }: Pick<ScaffoldPlan, 'notes'>): void {
  if (notes.length > 0) void vscode.window.showWarningMessage(notes.join(' '));
}

async function tellConflict({ path, reason, place, snippet }: Conflict, root: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t('Open File');
  const copy = vscode.l10n.t('Copy What to Paste');
  const where = place === undefined ? path : `${path}:${place.line}:${place.column}`;
  const actions = [open, ...(snippet === undefined ? [] : [copy])];
  const chosen = await vscode.window.showErrorMessage(vscode.l10n.t('{0}: {1}', where, reason), ...actions);
  if (chosen === copy && snippet !== undefined) await vscode.env.clipboard.writeText(snippet);
  if (chosen === undefined) return;
  const at = place && new vscode.Position(place.line - 1, place.column - 1);
  await vscode.window.showTextDocument(vscode.Uri.joinPath(root, path), {
    ...(at && { selection: new vscode.Range(at, at) }),
  });
}
