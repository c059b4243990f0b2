import type * as vscode from 'vscode';

/** The lines of a document, without their ends. */
export function linesOf(document: vscode.TextDocument): readonly string[] {
  return Array.from({ length: document.lineCount }, (_, line) => document.lineAt(line).text);
}
