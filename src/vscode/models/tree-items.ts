/**
 * Rows as VS Code draws them.
 */
import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import type { Row } from './rows';
import { taskIcons } from './task-icons';
import { groupTitle, modelDescription, modelLabel } from './texts';
import type { GroupNode, GroupOf, ModelNode, TreeQuery } from './tree-model';

/** What drawing depends on besides the row. */
export interface Drawing {
  /** A live list was read, so that missing from it means something. */
  readonly live: boolean;
  readonly query: TreeQuery;
}

/** Scheme of the addresses that carry a model's colour; they name no file. */
const SCHEME = 'unified-inference-model';

function groupIcon(of: GroupOf): vscode.ThemeIcon {
  switch (of.by) {
    case 'favourites':
      return new vscode.ThemeIcon('star-full');
    case 'recent':
      return new vscode.ThemeIcon('history');
    case 'provider':
      return new vscode.ThemeIcon('organization');
    case 'task':
      return new vscode.ThemeIcon(taskIcons[of.task]);
  }
}

function groupItem({ id, of, children }: GroupNode): vscode.TreeItem {
  const title = groupTitle(of);
  const open = of.by === 'favourites' || of.by === 'recent';
  const item = new vscode.TreeItem(
    title,
    open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.id = id;
  item.iconPath = groupIcon(of);
  item.description = String(children.length);
  item.contextValue = 'group';
  item.accessibilityInformation = { label: vscode.l10n.t('{0}, models: {1}', title, children.length) };
  return item;
}

function modelItem(row: Row, node: ModelNode, { live, query }: Drawing): vscode.TreeItem {
  const { id, model, lifecycle, favourite } = node;
  const item = new vscode.TreeItem(model.name);
  item.id = id;
  item.description = modelDescription(node, { live, sort: query.sort });
  item.iconPath =
    lifecycle === 'retired'
      ? new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('disabledForeground'))
      : new vscode.ThemeIcon(taskIcons[model.task]);
  // Menus match these words: `viewItem =~ /\bfavourite\b/`.
  item.contextValue = ['model', favourite ? 'favourite' : 'other', ...(model.termsUrl ? ['terms'] : [])].join(' ');
  item.accessibilityInformation = { label: modelLabel(node, live) };
  item.command = { command: COMMANDS.openModelPage, title: vscode.l10n.t('Open Model Page'), arguments: [row] };
  if (lifecycle !== 'current') {
    item.resourceUri = vscode.Uri.from({ scheme: SCHEME, path: `/${lifecycle}/${model.id}` });
  }
  return item;
}

/** The row without its tooltip, which is made when someone points at it. */
export function treeItem(row: Row, drawing: Drawing): vscode.TreeItem {
  return row.node.kind === 'group' ? groupItem(row.node) : modelItem(row, row.node, drawing);
}

/** Dims the names of models that are retired or will be. */
export function registerDimming(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration: ({ scheme }) =>
      scheme === SCHEME ? { color: new vscode.ThemeColor('disabledForeground') } : undefined,
  });
}
