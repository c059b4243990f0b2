/**
 * Problems and fixes as VS Code has them.
 */
import * as vscode from 'vscode';
import type { Fix, Problem, Severity, Span } from '../../core/cog-project/problem';

/** Stands before the code of each problem. */
export const SOURCE = 'Cog';

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

/** A stretch of text in VS Code's counting, from 0. */
export function rangeOf({ line, column, endLine, endColumn }: Span): vscode.Range {
  return new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
}

/** A problem as it is underlined. */
export function diagnosticOf(problem: Problem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeOf(problem), problem.message, severities[problem.severity]);
  diagnostic.source = SOURCE;
  diagnostic.code = problem.code;
  return diagnostic;
}

/** Everything that a fix changes, as one edit. Paths are relative to the project's folder. */
export function editOf({ edits }: Fix, root: vscode.Uri): vscode.WorkspaceEdit {
  const result = new vscode.WorkspaceEdit();
  for (const edit of edits) {
    const uri = vscode.Uri.joinPath(root, edit.file);
    if (edit.kind === 'replace') result.replace(uri, rangeOf(edit.span), edit.text);
    else result.createFile(uri, { contents: new TextEncoder().encode(edit.text) });
  }
  return result;
}
