/**
 * Whether a plan can still be applied as it was made. Nothing is written here.
 */
import * as vscode from 'vscode';
import { ScaffoldError, type ScaffoldPlan } from '../../core/scaffold/plan';
import { statOf } from '../disk';
import { textOf } from './project-files';

/**
 * Throws a `ScaffoldError` with code `read-only` or `changed-meanwhile` where files are not as the plan takes them to be.
 */
export async function checkTarget(plan: ScaffoldPlan, root: vscode.Uri): Promise<void> {
  if (vscode.workspace.fs.isWritableFileSystem(root.scheme) === false) {
    throw new ScaffoldError(
      'read-only',
      vscode.l10n.t('This workspace is read-only. Open a copy that can be changed.'),
    );
  }
  for (const { path } of plan.creates) {
    if ((await statOf(vscode.Uri.joinPath(root, path))) === undefined) continue;
    const message = vscode.l10n.t('{0} was made in the meantime. Run the command again.', path);
    throw new ScaffoldError('changed-meanwhile', message);
  }
  for (const { path, before } of plan.edits) {
    const uri = vscode.Uri.joinPath(root, path);
    if ((await textOf(uri, path)) !== before) {
      throw changedMeanwhile(path);
    }
    if ((await statOf(uri))?.permissions === vscode.FilePermission.Readonly) {
      throw new ScaffoldError('read-only', vscode.l10n.t('{0} is read-only. Make it writable and try again.', path));
    }
  }
}

/** For a file that is not what it was when the plan was made. */
export function changedMeanwhile(path: string): ScaffoldError {
  const message = vscode.l10n.t('{0} was changed in the meantime. Run the command again.', path);
  return new ScaffoldError('changed-meanwhile', message);
}

/**
 * The folders that the plan's new files need and that do not exist, as URIs, each before those inside it.
 * Throws a `ScaffoldError` with code `write-failed` where a file stands in the way.
 */
export async function missingFolders(plan: ScaffoldPlan, root: vscode.Uri): Promise<readonly string[]> {
  const missing = new Set<string>();
  const visit = async (folder: vscode.Uri): Promise<void> => {
    if (missing.has(folder.toString())) return;
    const stat = await statOf(folder);
    if (stat === undefined) {
      const parent = vscode.Uri.joinPath(folder, '..');
      if (parent.path !== folder.path) await visit(parent);
      missing.add(folder.toString());
    } else if ((stat.type & vscode.FileType.Directory) === 0) {
      const message = vscode.l10n.t('{0} is a file, so nothing can be put into it. Choose another name.', folder.path);
      throw new ScaffoldError('write-failed', message);
    }
  };
  for (const { path } of plan.creates) await visit(vscode.Uri.joinPath(root, path, '..'));
  return [...missing];
}
