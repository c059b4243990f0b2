/**
 * Composition root for a browser-only window, which has no Node.js: says so in one sentence instead of nothing.
 */
import * as vscode from 'vscode';
import { RpcError } from './protocol/rpc';
import { COMMANDS } from './vscode/ids';

function explain(args: unknown): void {
  const sentence = vscode.l10n.t(
    'Unified Inference needs VS Code on the desktop, or a window connected to a remote (SSH, WSL, container, Codespaces): in a browser-only window nothing can call the API.',
  );
  // With an argument a script waits for the outcome; without one a person reads.
  if (args !== undefined) throw new RpcError('browser-only', sentence);
  void vscode.window.showErrorMessage(sentence);
}

/** Called by VS Code at the first command. */
export function activate(context: vscode.ExtensionContext): void {
  for (const command of Object.values(COMMANDS)) {
    context.subscriptions.push(vscode.commands.registerCommand(command, explain));
  }
}
