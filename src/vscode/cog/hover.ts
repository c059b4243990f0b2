/**
 * What a key of `cog.yaml` means, where the mouse points.
 */
import * as vscode from 'vscode';
import { meaningOf, type Meaning } from '../../core/cog-project/schema-help';
import { keyAt } from '../../core/cog-project/yaml-place';
import { linesOf } from './lines';
import { cogSchema, speaksForSchema } from './schema';

/** Explains keys. */
export const cogHover: vscode.HoverProvider = {
  provideHover(document, position) {
    if (!speaksForSchema()) return undefined;
    const pointed = keyAt(linesOf(document), position.line, position.character);
    if (pointed === undefined) return undefined;
    const meaning = meaningOf(cogSchema, pointed.path);
    if (meaning === undefined) return undefined;
    const range = new vscode.Range(position.line, pointed.start, position.line, pointed.end);
    return new vscode.Hover(new vscode.MarkdownString(textOf(meaning)), range);
  },
};

function textOf({ description, deprecation, values, ...rest }: Meaning): string {
  const code = (text: string) => `\`${text}\``;
  const parts = [
    description,
    deprecation === undefined ? undefined : `**${vscode.l10n.t('Deprecated.')}** ${deprecation}`.trim(),
    rest.default === undefined ? undefined : vscode.l10n.t('Default: {0}', code(rest.default)),
    values.length < 2 ? undefined : vscode.l10n.t('For example: {0}', values.map(code).join(', ')),
  ];
  return parts.filter((part) => part !== undefined).join('\n\n');
}
