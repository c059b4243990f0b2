/**
 * What Find Model lists: pure, so that what stands first can be tested.
 */
import * as vscode from 'vscode';
import type { CatalogModel } from '../../core/catalog/entry';
import { lifecycleOf } from '../../core/catalog/lifecycle';
import { searchModels, type ModelIndex } from '../../core/catalog/search';
import type { Personal } from '../../protocol/api';
import { taskIcons } from './task-icons';
import { modelDescription } from './texts';

/** One entry; separators have no model. */
export interface FindItem extends vscode.QuickPickItem {
  readonly modelId?: string;
}

/** What can be done with an entry without choosing it. */
export type FindAction = 'compare' | 'page' | 'favourite' | 'copy';

/** A button that knows what it does. */
export interface FindButton extends vscode.QuickInputButton {
  readonly action: FindAction;
}

/** What the list is made of. */
export interface FindInput {
  readonly index: ModelIndex<CatalogModel>;
  readonly personal: Personal;
  readonly text: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly live: boolean;
  /** Whether entries have buttons. */
  readonly buttons: boolean;
}

function buttonsFor(favourite: boolean): FindButton[] {
  return [
    { action: 'compare', iconPath: new vscode.ThemeIcon('split-horizontal'), tooltip: vscode.l10n.t('Compare') },
    { action: 'page', iconPath: new vscode.ThemeIcon('info'), tooltip: vscode.l10n.t('Open Model Page') },
    favourite
      ? {
          action: 'favourite',
          iconPath: new vscode.ThemeIcon('star-full'),
          tooltip: vscode.l10n.t('Remove from Favourites'),
        }
      : {
          action: 'favourite',
          iconPath: new vscode.ThemeIcon('star-empty'),
          tooltip: vscode.l10n.t('Add to Favourites'),
        },
    { action: 'copy', iconPath: new vscode.ThemeIcon('copy'), tooltip: vscode.l10n.t('Copy Model Id') },
  ];
}

/** Names come from servers; VS Code draws an icon where a dollar sign and a bracket stand. */
function plain(text: string): string {
  return text.replaceAll('$(', '\\$(');
}

/**
 * The models that match, in the order of our search. Without a text: favourites, recently used, and then all, each model
 * once.
 */
export function findItems({ index, personal, text, today, live, buttons }: FindInput): FindItem[] {
  const favourites = new Set(personal.favourites);
  const itemOf = (model: CatalogModel): FindItem => {
    const lifecycle = lifecycleOf(model, today);
    return {
      modelId: model.id,
      label: `$(${lifecycle === 'retired' ? 'circle-slash' : taskIcons[model.task]}) ${plain(model.name)}`,
      description: plain(`${model.id} · ${modelDescription({ model, lifecycle, tellsProvider: false }, { live })}`),
      // VS Code's own matching knows no typos: what our search has found is shown in any case.
      alwaysShow: true,
      ...(buttons && { buttons: buttonsFor(favourites.has(model.id)) }),
    };
  };
  const found = searchModels(index, { text }, { today });
  if (text.trim() !== '') return found.map(itemOf);

  const byId = new Map(found.map((model) => [model.id, model]));
  const take = (ids: readonly string[]): FindItem[] =>
    ids.flatMap((id) => {
      const model = byId.get(id);
      byId.delete(id);
      return model === undefined ? [] : itemOf(model);
    });
  const section = (label: string, items: readonly FindItem[]): readonly FindItem[] =>
    items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
  return [
    ...section(vscode.l10n.t('Favourites'), take(personal.favourites)),
    ...section(vscode.l10n.t('Recently used'), take(personal.recent)),
    ...section(vscode.l10n.t('All models'), take([...byId.keys()])),
  ];
}
