/**
 * Files that undoing keeps because they were changed: what was written is shown beside what stands.
 */
import * as vscode from 'vscode';
import type { Disposable } from '../../app/ports';
import type { Journal, Scaffold, WrittenFile } from './journal';

/** Documents of what a scaffold wrote. */
const SCHEME = 'unified-inference-written';

/** Serves what scaffolds wrote as documents that cannot be edited. */
export function registerWrittenFiles(journal: Journal): Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    async provideTextDocumentContent({ path, query }) {
      const scaffold = (await journal.all()).find(({ id }) => id === query);
      return scaffold?.files.find((file) => `/${file.path}` === path)?.after ?? '';
    },
  });
}

/** Says that files were kept and offers to compare them. Nobody waits for the answer. */
export function offerComparison(scaffold: Scaffold, kept: readonly WrittenFile[]): void {
  const names = kept.map(({ path }) => path).join(', ');
  const compare = vscode.l10n.t('Show Changes');
  const message = vscode.l10n.t('Changed since they were written, and kept as they are: {0}', names);
  void vscode.window.showWarningMessage(message, compare).then(async (chosen) => {
    if (chosen === compare) await showComparison(scaffold, kept);
  });
}

async function showComparison({ id, label, root }: Scaffold, kept: readonly WrittenFile[]): Promise<void> {
  const folder = vscode.Uri.parse(root, true);
  const files = kept.map(({ path }) => {
    const uri = vscode.Uri.joinPath(folder, path);
    return [uri, vscode.Uri.from({ scheme: SCHEME, path: `/${path}`, query: id }), uri];
  });
  await vscode.commands.executeCommand('vscode.changes', vscode.l10n.t('{0}: changes since', label), files);
}
