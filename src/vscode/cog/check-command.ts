/**
 * Check Cog Project: the problems of a project for scripts and CI, and in the Problems view for people.
 */
import * as vscode from 'vscode';
import type { Problem } from '../../core/cog-project/problem';
import { byPerson } from '../command';
import { fieldsOf, uriField } from '../arguments';
import { cancelled } from '../scaffold/wizard';
import { chooseProject } from './find-projects';
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
  const root = await chooseProject(given, { title: vscode.l10n.t('Check Cog Project') });
  if (root === undefined) throw cancelled();
  const problems = await problemsOf(root);
  projects.pin(root);
  if (byPerson(args)) tell(root, problems);
  return {
    problems: problems.map(({ file, line, column, severity, message, code }) => {
      return { file, line, column, severity, message, code };
    }),
  };
}

function tell(root: vscode.Uri, problems: readonly Problem[]): void {
  if (problems.length > 0) {
    void vscode.commands.executeCommand('workbench.actions.view.problems');
    return;
  }
  const name = root.path.slice(root.path.lastIndexOf('/') + 1);
  void vscode.window.showInformationMessage(vscode.l10n.t('No problems in the Cog project {0}.', name));
}
