import * as vscode from 'vscode';
import { createEmitter } from '../../app/emitter';
import type { Event } from '../../app/ports';
import { CONTEXT_KEYS } from '../ids';
import type { TreeFilter, TreeSort } from './query';
import { sortTitles } from './texts';
import type { Grouping } from './tree-model';

/** Key of what is remembered. */
const KEY = 'unifiedInference.modelsView';

/** How the Models view is set. Grouping and order are remembered; a filter ends with the window. */
export interface ViewOptions {
  readonly grouping: Grouping;
  readonly filter: TreeFilter;
  readonly sort: TreeSort;
  readonly onDidChange: Event<void>;
  setGrouping(grouping: Grouping): void;
  /** An empty filter leaves nothing out. */
  setFilter(filter: TreeFilter): void;
  setSort(sort: TreeSort): void;
}

/** Reads what is remembered, and keeps the context keys of the menus. */
export function createViewOptions(memento: vscode.Memento): ViewOptions {
  const changed = createEmitter<void>();
  const stored = memento.get<{ readonly grouping?: unknown; readonly sort?: unknown } | undefined>(KEY, undefined);
  let grouping: Grouping = stored?.grouping === 'task' ? 'task' : 'provider';
  let sort: TreeSort = Object.hasOwn(sortTitles(), String(stored?.sort)) ? (stored?.sort as TreeSort) : 'name';
  let filter: TreeFilter = {};

  function tellMenus(): void {
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.grouping, grouping);
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.filtered, Object.keys(filter).length > 0);
  }
  function change(): void {
    tellMenus();
    changed.fire();
  }
  function remember(): void {
    void memento.update(KEY, { grouping, sort });
    change();
  }
  tellMenus();

  return {
    get grouping() {
      return grouping;
    },
    get filter() {
      return filter;
    },
    get sort() {
      return sort;
    },
    onDidChange: changed.event,
    setGrouping(next) {
      grouping = next;
      remember();
    },
    setFilter(next) {
      filter = next;
      change();
    },
    setSort(next) {
      sort = next;
      remember();
    },
  };
}
