/**
 * Completion of `cog.yaml`: keys and values of the schema, and whole files where there is none yet.
 */
import * as vscode from 'vscode';
import { readPython } from '../../core/cog-project/read-python';
import { referencesIn } from '../../core/cog-project/references';
import { keysAt, valuesAt, yamlOf, type KeyHelp, type ValueHelp } from '../../core/cog-project/schema-help';
import { placeOf, type TypingPlace } from '../../core/cog-project/yaml-place';
import { projectFiles } from '../scaffold/project-files';
import { linesOf } from './lines';
import { cogSchema, speaksForSchema } from './schema';
import { starts } from './starts';

/**
 * VS Code takes words of YAML for strings, in which it does not suggest while one types. These ask for suggestions all
 * the same, in this one file.
 */
export const TRIGGERS = [' ', '"', ...'abcdefghijklmnopqrstuvwxyz'];

const AGAIN = { command: 'editor.action.triggerSuggest', title: '' };

/** Suggests keys and values. */
export const cogCompletion: vscode.CompletionItemProvider = {
  async provideCompletionItems(document, position, token) {
    if (!speaksForSchema()) return undefined;
    const lines = linesOf(document);
    const place = placeOf(lines, position.line, position.character);
    if (place === undefined) return undefined;
    const range = new vscode.Range(position.line, place.start, position.line, place.end);
    const keys = place.canBeKey ? keysAt(cogSchema, place.path) : [];
    const isEmpty = lines.every((line, at) => at === position.line || /^\s*(?:#.*)?$/.test(line));
    const values = place.canBeValue ? await valuesFor(document.uri, place) : [];
    if (token.isCancellationRequested) return undefined;
    return [
      ...(isEmpty && place.canBeKey && !place.hasColon && place.path.length === 0 ? starts(range) : []),
      ...keys.filter(({ key }) => !place.siblings.includes(key)).map((help, at) => keyItem(help, at, range, place)),
      ...values.map((help, at) => valueItem(help, at, range)),
      ...(place.canBeKey && !place.hasColon ? firstItems(place, range) : []),
    ];
  },
};

function keyItem(help: KeyHelp, rank: number, range: vscode.Range, place: TypingPlace): vscode.CompletionItem {
  const item = new vscode.CompletionItem(help.key, vscode.CompletionItemKind.Property);
  item.range = range;
  item.sortText = String(rank).padStart(3, '0');
  if (help.description !== undefined) item.documentation = new vscode.MarkdownString(help.description);
  if (help.isRequired) item.detail = vscode.l10n.t('required');
  if (help.isDeprecated) item.tags = [vscode.CompletionItemTag.Deprecated];
  if (place.hasColon) return item;
  // The lines that follow get the indentation of this one, which is not that of keys behind a dash.
  const takes = place.isInItemLine ? 'value' : help.takes;
  const behind = { mapping: ':\n  $0', list: ':\n  - $0', value: ': $0' }[takes];
  item.insertText = new vscode.SnippetString().appendText(help.key);
  item.insertText.value += behind;
  item.command = AGAIN;
  return item;
}

/** A class of the project is what is meant, where it has one; the schema's examples are other people's. */
async function valuesFor(config: vscode.Uri, { path }: TypingPlace): Promise<readonly ValueHelp[]> {
  const [key, ...more] = path;
  const known = valuesAt(cogSchema, path);
  if (more.length > 0 || (key !== 'run' && key !== 'predict')) return known;
  const files = projectFiles(vscode.Uri.joinPath(config, '..'));
  const references = await referencesIn(files, readPython, key).catch(() => []);
  if (references.length === 0) return known;
  return references.map((reference) => ({ text: yamlOf(reference), isDefault: false }));
}

/** The items of a list that has no dash yet. */
function firstItems({ path }: TypingPlace, range: vscode.Range): readonly vscode.CompletionItem[] {
  const items = valuesAt(cogSchema, [...path, undefined]);
  return items.map(({ text }, at) => valueItem({ text: `- ${text}`, isDefault: false }, at, range));
}

function valueItem({ text, isDefault }: ValueHelp, rank: number, range: vscode.Range): vscode.CompletionItem {
  const item = new vscode.CompletionItem(text, vscode.CompletionItemKind.Value);
  item.range = range;
  item.sortText = String(rank).padStart(3, '0');
  if (isDefault) item.detail = vscode.l10n.t('default');
  return item;
}
