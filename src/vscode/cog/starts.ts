/**
 * Whole files to begin with, for a `cog.yaml` that is still empty.
 */
import * as vscode from 'vscode';

const CPU = `build:
  python_version: "3.12"
run: "\${1:run.py}:\${2:Runner}"
`;

const GPU = `build:
  gpu: true
  cuda: "12.8"
  python_version: "3.12"
  python_requirements: requirements.txt
run: "\${1:run.py}:\${2:Runner}"
`;

/** The files as suggestions, before all others. */
export function starts(range: vscode.Range): readonly vscode.CompletionItem[] {
  return [
    start('cog', vscode.l10n.t('Cog project for the CPU'), CPU, range),
    start('cog-gpu', vscode.l10n.t('Cog project for an NVIDIA GPU'), GPU, range),
  ];
}

function start(label: string, detail: string, text: string, range: vscode.Range): vscode.CompletionItem {
  const item = new vscode.CompletionItem({ label, description: detail }, vscode.CompletionItemKind.Snippet);
  item.range = range;
  item.sortText = `!${label}`;
  item.insertText = new vscode.SnippetString(text);
  return item;
}
