/**
 * Which folder becomes the Cog project when one of its files was chosen.
 */
import * as vscode from 'vscode';
import { ScaffoldError } from '../../core/scaffold/plan';
import { statOf } from '../disk';

/** What says of a folder that it is a project's own. */
const MARKS = ['cog.yaml', 'requirements.txt', 'pyproject.toml', 'setup.py', '.git'];

/** The folder, and the file in it when a file was given. Throws `ScaffoldError` with code `no-file`. */
export async function folderOfFile(
  given: vscode.Uri,
): Promise<{ readonly folder: vscode.Uri; readonly file?: string }> {
  const stat = await statOf(given);
  if (stat === undefined) throw new ScaffoldError('no-file', vscode.l10n.t('There is no {0}.', given.path));
  if ((stat.type & vscode.FileType.Directory) !== 0) return { folder: given };
  const folder = await projectAround(given);
  return { folder, file: given.path.slice(folder.path.replace(/\/$/, '').length + 1) };
}

/** The nearest folder with a mark, within the open folder; without one, the open folder or that of the file. */
async function projectAround(file: vscode.Uri): Promise<vscode.Uri> {
  const own = vscode.Uri.joinPath(file, '..');
  const top = vscode.workspace.getWorkspaceFolder(file)?.uri;
  if (top === undefined) return own;
  for (let folder = own; ; folder = vscode.Uri.joinPath(folder, '..')) {
    if (folder.path.length <= top.path.length) return top;
    for (const mark of MARKS) {
      if ((await statOf(vscode.Uri.joinPath(folder, mark))) !== undefined) return folder;
    }
  }
}
