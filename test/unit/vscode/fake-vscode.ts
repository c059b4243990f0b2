/**
 * As much of the `vscode` module as the tested files touch. Use: `vi.mock('vscode', () => fakeVscode)`.
 */
import { vi } from 'vitest';

const listeners: ((event: { affectsConfiguration(section: string): boolean }) => void)[] = [];
const values = new Map<string, unknown>();

/** Sets a value and tells everybody, as the settings editor does. */
export function setSetting(key: string, value: unknown): void {
  if (value === undefined) values.delete(key);
  else values.set(key, value);
  for (const listener of [...listeners]) {
    listener({ affectsConfiguration: (section) => key === section || key.startsWith(`${section}.`) });
  }
}

/** Every write of a setting, in order: key, value, target. */
export const settingWrites: [string, unknown, unknown][] = [];

/** Registered commands by id. */
export const commands = new Map<string, (...args: unknown[]) => unknown>();

/** Trees and quick picks that were made, the newest last. */
export const made: { trees: FakeTree[]; pickers: FakePicker[] } = { trees: [], pickers: [] };

/** Context keys as they stand. */
export const contextKeys = new Map<string, unknown>();

/** What the clipboard holds. */
export const clipboard = { text: '' };

/** Files of the fake file systems by path, and folders that are open. */
export const disk = { files: new Map<string, Uint8Array>(), folders: [] as { uri: FakeUri }[], reads: [] as string[] };

/** A URI as far as files need one. */
export interface FakeUri {
  readonly scheme: string;
  readonly path: string;
}

const atPath = (path: string): FakeUri => ({ scheme: 'file', path });

/** Path segments put together, `..` resolved. */
function joined(path: string, parts: readonly string[]): string {
  const segments: string[] = [];
  for (const segment of [path, ...parts].join('/').split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '') segments.push(segment);
  }
  return `/${segments.join('/')}`;
}

function fileAt({ path }: FakeUri): Uint8Array {
  const bytes = disk.files.get(path);
  if (bytes === undefined) throw new Error(`cannot find ${path}`);
  return bytes;
}

/** A tree view and the provider behind it. */
export interface FakeTree {
  readonly options: { readonly treeDataProvider: any };
  message: string;
  visible: boolean;
  readonly revealed: unknown[];
  /** Shows or hides the view, as a click on its icon does. */
  setVisible(visible: boolean): void;
  reveal(element: unknown): Promise<void>;
  onDidChangeVisibility(listener: (event: { readonly visible: boolean }) => void): { dispose(): void };
  dispose(): void;
}

/** A quick pick as its maker sees it, and as a test works it. */
export interface FakePicker {
  value: string;
  items: readonly any[];
  selectedItems: readonly any[];
  readonly events: Record<'onDidChangeValue' | 'onDidAccept' | 'onDidHide' | 'onDidTriggerItemButton', any>;
  readonly disposed: boolean;
  type(text: string): void;
  accept(index: number): void;
}

class FakeEmitter<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void) => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };
  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
  get listeners(): number {
    return this.#listeners.size;
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

function fakeTree(_id: string, options: FakeTree['options']): FakeTree {
  const visibility = new FakeEmitter<{ readonly visible: boolean }>();
  const tree: FakeTree = {
    options,
    message: '',
    visible: false,
    revealed: [],
    setVisible(visible) {
      tree.visible = visible;
      visibility.fire({ visible });
    },
    reveal: (element) => Promise.resolve(void tree.revealed.push(element)),
    onDidChangeVisibility: visibility.event,
    dispose: () => void made.trees.splice(made.trees.indexOf(tree), 1),
  };
  made.trees.push(tree);
  return tree;
}

function fakePicker(): FakePicker {
  const events = {
    onDidChangeValue: new FakeEmitter<string>(),
    onDidAccept: new FakeEmitter<void>(),
    onDidHide: new FakeEmitter<void>(),
    onDidTriggerItemButton: new FakeEmitter<{ item: unknown; button: unknown }>(),
  };
  const picker = {
    value: '',
    items: [] as readonly unknown[],
    selectedItems: [] as readonly unknown[],
    events,
    disposed: false,
    onDidChangeValue: events.onDidChangeValue.event,
    onDidAccept: events.onDidAccept.event,
    onDidHide: events.onDidHide.event,
    onDidTriggerItemButton: events.onDidTriggerItemButton.event,
    type(text: string) {
      picker.value = text;
      events.onDidChangeValue.fire(text);
    },
    accept(index: number) {
      picker.selectedItems = [picker.items[index]];
      events.onDidAccept.fire();
    },
    show() {},
    dispose: () => void (picker.disposed = true),
  };
  made.pickers.push(picker);
  return picker;
}

/** Forgets everything. */
export function resetFake(): void {
  listeners.length = 0;
  values.clear();
  settingWrites.length = 0;
  commands.clear();
  made.trees.length = 0;
  made.pickers.length = 0;
  contextKeys.clear();
  clipboard.text = '';
  disk.files.clear();
  disk.folders.length = 0;
  disk.reads.length = 0;
  trust.isGiven = true;
  trust.granted.dispose();
  vi.clearAllMocks();
}

/** Fires when a test cancels what shows progress. */
export const cancellation = new FakeEmitter<void>();

/** Whether the window is trusted, and tells when it becomes so. */
export const trust = { isGiven: true, granted: new FakeEmitter<void>() };

/** The module. */
export const fakeVscode = {
  l10n: {
    t: (text: string, ...args: unknown[]) => text.replaceAll(/\{(\d+)\}/g, (_, index) => String(args[Number(index)])),
  },
  ConfigurationTarget: { Global: 1, Workspace: 2 },
  workspace: {
    getConfiguration: (section: string) => ({
      get: (key: string) => values.get(`${section}.${key}`),
      update: (key: string, value: unknown, target: unknown) => {
        settingWrites.push([`${section}.${key}`, value, target]);
        setSetting(`${section}.${key}`, value);
        return Promise.resolve();
      },
    }),
    onDidChangeConfiguration(listener: (typeof listeners)[number]) {
      listeners.push(listener);
      return { dispose: () => void listeners.splice(listeners.indexOf(listener), 1) };
    },
    get isTrusted() {
      return trust.isGiven;
    },
    onDidGrantWorkspaceTrust: trust.granted.event,
    get workspaceFolders() {
      return disk.folders.length === 0 ? undefined : disk.folders;
    },
    findFiles: vi.fn((..._args: unknown[]): Promise<FakeUri[]> => Promise.resolve([])),
    asRelativePath: ({ path }: FakeUri) => {
      const folder = disk.folders.find(({ uri }) => path.startsWith(`${uri.path}/`));
      return folder === undefined ? path : path.slice(folder.uri.path.length + 1);
    },
    fs: {
      stat: async (uri: FakeUri) => ({ size: fileAt(uri).length }),
      readFile: async (uri: FakeUri) => {
        disk.reads.push(uri.path);
        return fileAt(uri);
      },
      writeFile: async ({ path }: FakeUri, bytes: Uint8Array) => {
        if (path.startsWith('/locked/')) throw new Error('no permission');
        disk.files.set(path, bytes);
      },
    },
  },
  commands: {
    registerCommand(id: string, handler: (...args: unknown[]) => unknown) {
      commands.set(id, handler);
      return { dispose: () => void commands.delete(id) };
    },
    executeCommand: vi.fn((id: string, ...args: unknown[]) => {
      if (id === 'setContext') contextKeys.set(String(args[0]), args[1]);
      return Promise.resolve();
    }),
  },
  window: {
    showErrorMessage: vi.fn((..._args: string[]): Promise<string | undefined> => Promise.resolve(undefined)),
    showWarningMessage: vi.fn((..._args: string[]): Promise<string | undefined> => Promise.resolve(undefined)),
    showInformationMessage: vi.fn((..._args: string[]): Promise<string | undefined> => Promise.resolve(undefined)),
    showQuickPick: vi.fn((..._args: any[]): Promise<any> => Promise.resolve(undefined)),
    showOpenDialog: vi.fn((..._args: any[]): Promise<FakeUri[] | undefined> => Promise.resolve(undefined)),
    showSaveDialog: vi.fn((..._args: any[]): Promise<FakeUri | undefined> => Promise.resolve(undefined)),
    setStatusBarMessage: vi.fn(),
    createTreeView: fakeTree,
    createQuickPick: fakePicker,
    registerFileDecorationProvider: vi.fn(() => ({ dispose() {} })),
    withProgress: vi.fn((_options: unknown, task: (...args: any[]) => unknown) =>
      // VS Code itself calls the task a moment later.
      Promise.resolve().then(() => task({ report() {} }, { onCancellationRequested: cancellation.event })),
    ),
  },
  env: {
    clipboard: { writeText: (text: string) => Promise.resolve(void (clipboard.text = text)) },
    openExternal: vi.fn((_uri: unknown) => Promise.resolve(true)),
  },
  EventEmitter: FakeEmitter,
  ThemeIcon: class {
    constructor(
      readonly id: string,
      readonly color?: unknown,
    ) {}
  },
  ThemeColor: class {
    constructor(readonly id: string) {}
  },
  MarkdownString: class {
    constructor(readonly value: string) {}
  },
  TreeItem: class {
    constructor(
      readonly label: string,
      readonly collapsibleState?: number,
    ) {}
  },
  TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
  QuickPickItemKind: { Separator: -1, Default: 0 },
  ProgressLocation: { Window: 10, Notification: 15 },
  // To be asked for instances, it has to be a class.
  Uri: Object.assign(class {}, {
    from: ({ scheme, path }: { scheme: string; path: string }) => ({ scheme, path }),
    file: atPath,
    joinPath: (uri: FakeUri, ...parts: string[]) => ({ ...uri, path: joined(uri.path, parts) }),
    parse: (text: string) => ({ scheme: /^[a-z][a-z0-9+.-]*(?=:)/.exec(text)?.[0] ?? 'file', toString: () => text }),
  }),
};
