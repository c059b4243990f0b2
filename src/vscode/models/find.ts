/**
 * Asks for a model, with the same search as the playground's picker.
 */
import * as vscode from 'vscode';
import type { Playground } from '../../app/playground';
import { createIndex } from '../../core/catalog/search';
import { findItems, type FindAction, type FindButton, type FindItem } from './find-items';
import { hasLive } from './texts';

/** What asking borrows. */
export interface FindPorts {
  readonly playground: Pick<Playground, 'catalog' | 'personal' | 'onDidChangePersonal'>;
  /** `YYYY-MM-DD`. */
  readonly today: () => string;
}

/** How to ask. */
export interface FindOptions {
  readonly title: string;
  /** What the search begins with. */
  readonly query?: string;
  /** Called for the button of an entry; answers whether the question stays open. Without it entries have no buttons. */
  readonly act?: (action: FindAction, modelId: string) => 'stay' | 'close';
}

/** A quick pick whose order can be left alone; absent from the typings of this VS Code, and harmless where unknown. */
type OrderedQuickPick = vscode.QuickPick<FindItem> & { sortByLabel?: boolean };

/** The chosen model's id; undefined when the user backed out or a button closed the question. */
export async function pickModel({ playground, today }: FindPorts, options: FindOptions): Promise<string | undefined> {
  const { catalog } = playground;
  const picker: OrderedQuickPick = vscode.window.createQuickPick<FindItem>();
  picker.title = options.title;
  picker.placeholder = vscode.l10n.t('Name, id, provider or task');
  picker.value = options.query ?? '';
  picker.sortByLabel = false;
  picker.busy = true;

  let index = createIndex(catalog.models);
  const draw = () => {
    picker.items = findItems({
      index,
      personal: playground.personal,
      text: picker.value,
      today: today(),
      live: hasLive(catalog.status.sources),
      buttons: options.act !== undefined,
    });
  };
  const subscriptions = [
    picker.onDidChangeValue(draw),
    playground.onDidChangePersonal(draw),
    catalog.onDidChange(() => {
      index = createIndex(catalog.models);
      draw();
    }),
  ];
  const { promise: chosen, resolve } = Promise.withResolvers<string | undefined>();
  subscriptions.push(
    picker.onDidAccept(() => resolve(picker.selectedItems[0]?.modelId)),
    picker.onDidHide(() => resolve(undefined)),
    picker.onDidTriggerItemButton(({ item, button }) => {
      if (item.modelId === undefined) return;
      if (options.act?.((button as FindButton).action, item.modelId) === 'close') resolve(undefined);
    }),
  );
  try {
    picker.show();
    draw();
    await catalog.load();
    index = createIndex(catalog.models);
    draw();
    picker.busy = false;
    return await chosen;
  } finally {
    for (const subscription of subscriptions) subscription.dispose();
    picker.dispose();
  }
}
