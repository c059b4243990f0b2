/**
 * A plan as VS Code's own edit, with or without its Refactor Preview: a tick box and a diff for every file.
 */
import * as vscode from 'vscode';
import { smallestChange } from '../../core/scaffold/smallest-change';
import type { ScaffoldPlan } from '../../core/scaffold/plan';
import { changedMeanwhile } from './check-target';
import { encode } from '../disk';
import { asDocument, follow } from './documents';

/** Where a plan goes. */
export interface ApplyTarget {
  /** The folder that the plan's paths are relative to. It need not exist yet. */
  readonly root: vscode.Uri;
  /** What is done, for people: over the preview and when it is undone. For example "Add AI binding". */
  readonly label: string;
  /** Shows the preview first. */
  readonly confirm: boolean;
}

/**
 * The edit. New files come first and with their bytes, which the preview shows as text. Texts are replaced in their
 * documents, so that undoing works in the editor too.
 * Throws a `ScaffoldError` with code `changed-meanwhile` for a document that is not what its file is.
 */
export async function workspaceEdit(plan: ScaffoldPlan, target: ApplyTarget): Promise<vscode.WorkspaceEdit> {
  const { root, label, confirm } = target;
  const edit = new vscode.WorkspaceEdit();
  const metadata = { label, needsConfirmation: false };
  if (confirm) askFirst(edit, target);
  for (const { path, text } of plan.creates) {
    edit.createFile(vscode.Uri.joinPath(root, path), { contents: encode(text) }, metadata);
  }
  for (const { path, before, after } of plan.edits) {
    const uri = vscode.Uri.joinPath(root, path);
    const document = await vscode.workspace.openTextDocument(uri);
    if (!(await follow(document, before))) throw changedMeanwhile(path);
    const { from, to, text } = smallestChange(document.getText(), asDocument(document, after));
    const range = new vscode.Range(document.positionAt(from), document.positionAt(to));
    edit.replace(uri, range, text, { ...metadata, description: path });
  }
  return edit;
}

/**
 * One entry that needs confirmation brings up the preview for all, and is itself the only one that is not ticked. So it
 * is one that does nothing and that the preview leaves out: deleting, if it exists, what does not.
 */
function askFirst(edit: vscode.WorkspaceEdit, { root, label }: ApplyTarget): void {
  const nothing = vscode.Uri.joinPath(root, '.unified-inference-preview');
  edit.deleteFile(nothing, { ignoreIfNotExists: true }, { label, needsConfirmation: true });
}
