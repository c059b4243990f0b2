/**
 * The files that planners read. What is typed into an editor and not saved yet counts as the text.
 */
import * as vscode from 'vscode';
import { ScaffoldError, type ProjectFiles } from '../../core/scaffold/plan';
import { bytesOf, decode, entriesOf, reasonOf, statOf } from '../disk';
import { documentOf } from './documents';

/** Bytes of a file that is read, at most. */
const MAX_SIZE = 4 * 1024 * 1024;

const BOM = '\uFEFF';

/** Files under a folder. Paths are relative to it. */
export function projectFiles(root: vscode.Uri): ProjectFiles {
  return {
    read: (path) => textOf(vscode.Uri.joinPath(root, path), path),
    async list(folder) {
      try {
        const entries = await entriesOf(vscode.Uri.joinPath(root, folder));
        return entries.map(([name, type]) => (isFolder(type) ? `${name}/` : name)).sort();
      } catch (error) {
        throw unreadable(vscode.l10n.t('{0} cannot be listed. {1}', folder, reasonOf(error)));
      }
    },
  };
}

/** The text of a file as `ProjectFiles.read` gives it; `path` is what messages call it. */
export async function textOf(uri: vscode.Uri, path: string): Promise<string | undefined> {
  const text = await savedText(uri, path);
  const document = documentOf(uri);
  if (document?.isDirty !== true) return text;
  // Documents are without the mark, which saving writes again.
  return text?.startsWith(BOM) === true ? BOM + document.getText() : document.getText();
}

async function savedText(uri: vscode.Uri, path: string): Promise<string | undefined> {
  const bytes = await savedBytes(uri, path);
  try {
    return bytes && decode(bytes);
  } catch {
    throw unreadable(vscode.l10n.t('{0} is not UTF-8. Save it with that encoding first.', path));
  }
}

async function savedBytes(uri: vscode.Uri, path: string): Promise<Uint8Array | undefined> {
  try {
    const stat = await statOf(uri);
    if (stat === undefined) return undefined;
    if (isFolder(stat.type)) throw unreadable(vscode.l10n.t('{0} is a folder. Rename it, or choose a file.', path));
    if (stat.size > MAX_SIZE)
      throw unreadable(vscode.l10n.t('{0} has more than 4 MiB, which is too large. Edit it by hand.', path));
    return await bytesOf(uri);
  } catch (error) {
    if (error instanceof ScaffoldError) throw error;
    throw unreadable(vscode.l10n.t('{0} cannot be read. {1}', path, reasonOf(error)));
  }
}

/** Links have a bit of their own beside that of what they lead to. */
function isFolder(type: vscode.FileType): boolean {
  return (type & vscode.FileType.Directory) !== 0;
}

const unreadable = (message: string): ScaffoldError => new ScaffoldError('unreadable', message);
