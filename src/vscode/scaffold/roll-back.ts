/**
 * Takes back a plan of which a part could not be written.
 */
import * as vscode from 'vscode';
import type { FileCreate, FileEdit, ScaffoldPlan } from '../../core/scaffold/plan';
import { bytesOf, encode, isStart, sameBytes } from '../disk';
import { asDocument, documentOf, revert } from './documents';
import { deleteEmptyFolders, typeInto, writeExactly } from './take-back';

/** How far a plan has come. */
export interface Progress {
  /** What the files hold whose documents had unsaved changes, by path. */
  readonly unsaved: ReadonlyMap<string, string>;
  /** Whether the documents were changed. */
  edited: boolean;
  /** Documents that were being saved, and formatted perhaps. */
  readonly saving: Set<string>;
  /** Files that VS Code saved, and perhaps not with the bytes of the plan. */
  readonly saved: Set<string>;
}

/** Takes back everything that was written. Answers with what could not be. */
export async function rollBack(
  plan: ScaffoldPlan,
  root: vscode.Uri,
  progress: Progress,
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
  for (const edit of plan.edits) await attempt(edit.path, () => takeBackEdit(edit, root, progress));
  for (const create of plan.creates) await attempt(create.path, () => takeBackCreate(create, root));
  await attempt(root.path, () => deleteEmptyFolders(folders));
  return left;
}

/** Puts the file back to its bytes and the document to its text, saved or not. Throws where others may be at work. */
async function takeBackEdit({ path, before, after }: FileEdit, root: vscode.Uri, progress: Progress): Promise<void> {
  const uri = vscode.Uri.joinPath(root, path);
  const document = documentOf(uri);
  const unsaved = progress.unsaved.get(path);
  if (document?.isDirty === true && document.getText() !== asDocument(document, before)) {
    const isOurs = document.getText() === asDocument(document, after) || progress.saving.has(path);
    if (!isOurs) throw new Error(path);
    await typeInto(document, before);
    // Its text is that of the file again, which VS Code learns by reverting alone.
    if (unsaved === undefined) await revert(document);
  }
  const there = await bytesOf(uri);
  const held = unsaved ?? before;
  if (there === undefined || sameBytes(there, encode(held))) return;
  // Where the disk was full, it may be the beginning only.
  if (!isStart(there, encode(after)) && !progress.saved.has(path)) {
    if (progress.edited) throw new Error(path);
    return;
  }
  await writeExactly(uri, held);
  if (unsaved !== undefined && document?.isDirty === false) await typeInto(document, before);
}

/** Deletes a file that holds what we wrote or, where the disk was full, the beginning of it; not what others made. */
async function takeBackCreate({ path, text }: FileCreate, root: vscode.Uri): Promise<void> {
  const uri = vscode.Uri.joinPath(root, path);
  const there = await bytesOf(uri);
  if (there !== undefined && isStart(there, encode(text))) await vscode.workspace.fs.delete(uri);
}
