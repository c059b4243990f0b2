/**
 * Quick fixes: what the check knows to mend, offered where the problem is.
 */
import * as vscode from 'vscode';
import type { Fix, FixEdit, Problem } from '../../core/cog-project/problem';
import { pathWithin } from './find-projects';
import type { LiveProjects } from './live-projects';
import { editOf, rangeOf, SOURCE } from './problems';

/** All fixes of a file that leave no choice; `source.fixAll` in a setting runs it when the file is saved. */
export const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append('unifiedInference');

/** Offers the fixes of followed projects. */
export function createCodeActions(projects: LiveProjects): vscode.CodeActionProvider {
  return {
    async provideCodeActions({ uri }, range, { only, diagnostics }, token) {
      const project = projects.around(uri);
      const file = project && pathWithin(project.root, uri);
      if (project === undefined || file === undefined) return undefined;
      const problems = (await project.fresh()).filter((problem) => problem.file === file);
      if (token.isCancellationRequested) return undefined;
      const { root } = project;
      if (only?.contains(FIX_ALL) === true) return fixAll(problems, root);
      return problems
        .filter((problem) => rangeOf(problem).intersection(range) !== undefined)
        .flatMap((problem) => quickFixes(problem, root, diagnostics));
    },
  };
}

function quickFixes(
  problem: Problem,
  root: vscode.Uri,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  const mended = diagnostics.filter(({ source, code }) => source === SOURCE && code === problem.code);
  return problem.fixes.map((fix) => {
    const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
    action.edit = editOf(fix, root);
    action.diagnostics = mended;
    action.isPreferred = problem.fixes.length === 1;
    return action;
  });
}

/** One action for all problems of a file with exactly one fix, as far as the fixes do not touch each other. */
function fixAll(problems: readonly Problem[], root: vscode.Uri): vscode.CodeAction[] {
  const taken: FixEdit[] = [];
  for (const { file, fixes } of problems) {
    const [fix, another] = fixes;
    if (fix === undefined || another !== undefined || !staysWithin(file, fix)) continue;
    if (!fix.edits.some((edit) => taken.some((other) => touches(edit, other)))) taken.push(...fix.edits);
  }
  if (taken.length === 0) return [];
  const action = new vscode.CodeAction(vscode.l10n.t('Fix all Cog problems that have one fix'), FIX_ALL);
  action.edit = editOf({ title: action.title, edits: taken }, root);
  return [action];
}

const staysWithin = (file: string, { edits }: Fix): boolean =>
  edits.every((edit) => edit.kind === 'replace' && edit.file === file);

/** Also two insertions at one place: which comes first would be chance. */
function touches(one: FixEdit, other: FixEdit): boolean {
  if (one.kind === 'create' || other.kind === 'create') return false;
  return rangeOf(one.span).intersection(rangeOf(other.span)) !== undefined;
}
