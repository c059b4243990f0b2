/**
 * Puts files back as they were before a scaffold.
 */
import * as vscode from 'vscode';
import { bytesOf, encode, entriesOf, sameBytes, statOf } from '../disk';
import { asDocument, documentOf, follow } from './documents';

/**
 * Deletes files: their editors close, and they go to the trash where there is one and the user wants it.
 * Throws when one cannot be deleted.
 */
export async function deleteFiles(uris: readonly vscode.Uri[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const uri of uris) edit.deleteFile(uri, { ignoreIfNotExists: true });
  if (uris.length > 0) await vscode.workspace.applyEdit(edit);
  for (const uri of uris) {
    // An edit does not say why it failed; this does.
    if ((await statOf(uri)) !== undefined) await vscode.workspace.fs.delete(uri);
  }
}

/** Writes a text with exactly its bytes, and makes an open document that is not dirty follow. */
export async function writeExactly(uri: vscode.Uri, text: string): Promise<void> {
  const bytes = encode(text);
  const there = await bytesOf(uri);
  if (there !== undefined && sameBytes(there, bytes)) return;
  await vscode.workspace.fs.writeFile(uri, bytes);
  const document = documentOf(uri);
  if (document?.isDirty === false) await follow(document, text);
}

/** Replaces the text of a document, which is not saved. */
export async function typeInto(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const everything = new vscode.Range(new vscode.Position(0, 0), document.positionAt(document.getText().length));
  edit.replace(document.uri, everything, asDocument(document, text));
  await vscode.workspace.applyEdit(edit);
}

/** Deletes folders in which nothing is left, the inner ones first. Those that the window has open stay. */
export async function deleteEmptyFolders(folders: readonly string[]): Promise<void> {
  for (const folder of [...folders].reverse()) {
    const uri = vscode.Uri.parse(folder, true);
    // A file or a link that stands there now is somebody else's.
    if (holdsOpenFolder(uri) || (await statOf(uri))?.type !== vscode.FileType.Directory) continue;
    if ((await entriesOf(uri)).length > 0) continue;
    await vscode.workspace.fs.delete(uri);
  }
}

function holdsOpenFolder(uri: vscode.Uri): boolean {
  return (vscode.workspace.workspaceFolders ?? []).some((folder) => isWithin(folder.uri, uri));
}

/** Whether the first lies in the second or is the same. */
export function isWithin(uri: vscode.Uri, folder: vscode.Uri): boolean {
  const [inner, outer] = [uri.toString(), folder.toString()];
  return inner === outer || inner.startsWith(outer.endsWith('/') ? outer : `${outer}/`);
}
