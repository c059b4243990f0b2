/**
 * Check Cog Project: the problems of a project for scripts and CI, and in the Problems view for people.
 */
import * as vscode from 'vscode';
import type { Problem } from '../../core/cog-project/problem';
import { RpcError } from '../../protocol/rpc';
import { byPerson } from '../command';
import { fieldsOf, uriField } from '../arguments';
import { statOf } from '../disk';
import { cancelled } from '../scaffold/wizard';
import { allProjects, CONFIG, hasConfig } from './find-projects';
import type { LiveProjects } from './live-projects';

/** What the command answers with. Files are relative to the project's folder; lines and columns count from 1. */
export interface CheckResult {
  readonly problems: readonly Pick<Problem, 'file' | 'line' | 'column' | 'severity' | 'message' | 'code'>[];
}

/**
 * Checks the project of the argument's `folder`, else the only one that is open, else the one that the user picks. From
 * then on its problems are shown and followed. Throws an `RpcError` with code `no-cog-project`, `bad-argument` or
 * `cancelled`, and what `problemsOf` throws.
 */
export async function checkCogProject(
  args: unknown,
  projects: LiveProjects,
  problemsOf: (root: vscode.Uri) => Promise<readonly Problem[]>,
): Promise<CheckResult> {
  const given = uriField(fieldsOf(args, 'folder'), 'folder');
  const root = given === undefined ? await pickProject() : await folderOf(given);
  const problems = await problemsOf(root);
  projects.pin(root);
  if (byPerson(args)) tell(root, problems);
  return {
    problems: problems.map(({ file, line, column, severity, message, code }) => {
      return { file, line, column, severity, message, code };
    }),
  };
}

/** A menu gives the file that was clicked. */
async function folderOf(given: vscode.Uri): Promise<vscode.Uri> {
  const isFile = ((await statOf(given))?.type ?? 0) === vscode.FileType.File;
  const root = isFile ? vscode.Uri.joinPath(given, '..') : given;
  if (await hasConfig(root)) return root;
  throw none(vscode.l10n.t('{0} has no {1}, so it is not a Cog project.', root.path, CONFIG));
}

async function pickProject(): Promise<vscode.Uri> {
  const roots = await allProjects();
  const [first, second] = roots;
  if (first === undefined) throw none(vscode.l10n.t('No {0} in the open folders. Open a Cog project first.', CONFIG));
  if (second === undefined) return first;
  const items = roots.map((root) => ({ label: vscode.workspace.asRelativePath(root), root }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Check Cog Project'),
    placeHolder: vscode.l10n.t('Which project?'),
  });
  if (picked === undefined) throw cancelled();
  return picked.root;
}

function tell(root: vscode.Uri, problems: readonly Problem[]): void {
  if (problems.length > 0) {
    void vscode.commands.executeCommand('workbench.actions.view.problems');
    return;
  }
  const name = root.path.slice(root.path.lastIndexOf('/') + 1);
  void vscode.window.showInformationMessage(vscode.l10n.t('No problems in the Cog project {0}.', name));
}

const none = (message: string): RpcError => new RpcError('no-cog-project', message);
