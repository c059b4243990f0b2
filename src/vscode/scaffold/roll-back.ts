/**
 * Takes back a plan of which a part could not be written.
 */
import * as vscode from 'vscode';
import type { FileCreate, FileEdit, ScaffoldPlan } from '../../core/scaffold/plan';
import { bytesOf, encode, isStart } from './disk';
import { asDocument, documentOf } from './documents';
import { textOf } from './project-files';
import { deleteEmptyFolders, takeBackText } from './take-back';

/** Takes back everything that was written. Answers with what could not be. */
export async function rollBack(
  plan: ScaffoldPlan,
  root: vscode.Uri,
  dirty: ReadonlySet<string>,
  folders: readonly string[],
): Promise<readonly string[]> {
  const left: string[] = [];
  const attempt = async (path: string, undo: () => Promise<void>): Promise<void> => {
    try {
      await undo();
    } catch {
      left.push(path);
    }
  };
  for (const edit of plan.edits) await attempt(edit.path, () => takeBackEdit(edit, root, dirty.has(edit.path)));
  for (const create of plan.creates) await attempt(create.path, () => takeBackCreate(create, root));
  await attempt(root.path, () => deleteEmptyFolders(folders));
  return left;
}

async function takeBackEdit({ path, before, after }: FileEdit, root: vscode.Uri, wasDirty: boolean): Promise<void> {
  const uri = vscode.Uri.joinPath(root, path);
  const document = documentOf(uri);
  const isOurs =
    document?.isDirty === true
      ? document.getText() === asDocument(document, after)
      : (await textOf(uri, path)) === after;
  // Where it is something else, others are at work.
  if (isOurs) await takeBackText(uri, before, wasDirty);
}

/** Deletes a file that holds what we wrote or, where the disk was full, the beginning of it; not what others made. */
async function takeBackCreate({ path, text }: FileCreate, root: vscode.Uri): Promise<void> {
  const uri = vscode.Uri.joinPath(root, path);
  const there = await bytesOf(uri);
  if (there !== undefined && isStart(there, encode(text))) await vscode.workspace.fs.delete(uri);
}
