/**
 * The fake workspace with what following projects needs beside it: documents that open and close, watched files,
 * diagnostics. Use: `vi.mock('vscode', async () => (await import('./fake-editor')).fakeEditor)`.
 */
import { vi } from 'vitest';
import { fakeVscode, FakeUri } from '../scaffold/fake-workspace';

export { FakeUri };

function emitter<T>() {
  const listeners = new Set<(value: T) => void>();
  return {
    event: (listener: (value: T) => void) => {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    fire: (value: T) => [...listeners].forEach((listener) => listener(value)),
    get count() {
      return listeners.size;
    },
  };
}

/** What happens in the window, for tests to let happen. */
export const happens = {
  created: emitter<FakeUri>(),
  changed: emitter<FakeUri>(),
  deleted: emitter<FakeUri>(),
  opened: emitter<any>(),
  closed: emitter<any>(),
  typed: emitter<{ document: any; contentChanges: readonly unknown[] }>(),
  folders: emitter<{ removed: readonly { uri: FakeUri }[] }>(),
  trusted: emitter<void>(),
  extensions: emitter<void>(),
};

/** Registered commands by id. */
export const commands = new Map<string, (...args: unknown[]) => unknown>();

/** What the window shows and has. */
export const window = {
  documents: [] as any[],
  collections: new Set<Map<string, readonly any[]>>(),
  extensions: new Set<string>(),
  isTrusted: true,
  found: [] as FakeUri[],
};

/** Forgets everything that happened. */
export function resetWindow(): void {
  Object.assign(window, { documents: [], isTrusted: true, found: [] });
  window.collections.clear();
  window.extensions.clear();
}

/** Opens a document. */
export function openDocument(path: string, scheme = 'file'): { readonly uri: FakeUri; isClosed: boolean } {
  const document = { uri: new FakeUri(scheme, path), isClosed: false, isDirty: false };
  window.documents.push(document);
  happens.opened.fire(document);
  return document;
}

/** Closes it. */
export function closeDocument(document: { isClosed: boolean }): void {
  document.isClosed = true;
  window.documents.splice(window.documents.indexOf(document), 1);
  happens.closed.fire(document);
}

/** Codes of what is underlined, by path. */
export function underlined(): Record<string, string[]> {
  const all = [...window.collections].flatMap((collection) => [...collection]);
  return Object.fromEntries(all.map(([path, diagnostics]) => [path, diagnostics.map(({ code }) => String(code))]));
}

class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
  compareTo({ line, character }: Position): number {
    return this.line - line || this.character - character;
  }
}

class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(startLine: number, startCharacter: number, endLine: number, endCharacter: number) {
    this.start = new Position(startLine, startCharacter);
    this.end = new Position(endLine, endCharacter);
  }
  intersection(other: Range): Range | undefined {
    const start = this.start.compareTo(other.start) > 0 ? this.start : other.start;
    const end = this.end.compareTo(other.end) < 0 ? this.end : other.end;
    return start.compareTo(end) > 0 ? undefined : new Range(start.line, start.character, end.line, end.character);
  }
}

class Kind {
  constructor(readonly value: string) {}
  append = (part: string) => new Kind(`${this.value}.${part}`);
  contains = ({ value }: Kind) => value === this.value || value.startsWith(`${this.value}.`);
}

/** The module. */
export const fakeEditor = {
  ...fakeVscode,
  Position,
  Range,
  DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
  Diagnostic: class {
    source?: string;
    code?: string;
    constructor(
      readonly range: Range,
      readonly message: string,
      readonly severity: number,
    ) {}
  },
  CodeActionKind: {
    QuickFix: new Kind('quickfix'),
    Source: new Kind('source'),
    SourceFixAll: new Kind('source.fixAll'),
  },
  CodeAction: class {
    constructor(
      readonly title: string,
      readonly kind: Kind,
    ) {}
  },
  WorkspaceEdit: class {
    readonly changes: unknown[] = [];
    replace = ({ path }: FakeUri, { start, end }: Range, text: string) =>
      void this.changes.push([path, start.line, start.character, end.line, end.character, text]);
    createFile = ({ path }: FakeUri, { contents }: { contents: Uint8Array }) =>
      void this.changes.push([path, new TextDecoder().decode(contents)]);
  },
  CompletionItemKind: { Property: 9, Value: 11, Snippet: 26 },
  CompletionItemTag: { Deprecated: 1 },
  CompletionItem: class {
    constructor(
      readonly label: unknown,
      readonly kind: number,
    ) {}
  },
  SnippetString: class {
    constructor(public value = '') {}
    appendText(text: string) {
      this.value += text.replaceAll(/[$}\\]/g, '\\$&');
      return this;
    }
  },
  MarkdownString: class {
    constructor(readonly value: string) {}
  },
  Hover: class {
    constructor(
      readonly contents: unknown,
      readonly range: Range,
    ) {}
  },
  extensions: {
    getExtension: (id: string) => (window.extensions.has(id) ? { id } : undefined),
    onDidChange: happens.extensions.event,
  },
  languages: {
    createDiagnosticCollection() {
      const shown = new Map<string, readonly any[]>();
      window.collections.add(shown);
      return {
        clear: () => shown.clear(),
        set: (entries: readonly [FakeUri, readonly any[]][]) =>
          entries.forEach(([{ path }, all]) => shown.set(path, all)),
        dispose: () => void window.collections.delete(shown),
      };
    },
  },
  workspace: {
    ...fakeVscode.workspace,
    get textDocuments() {
      return window.documents;
    },
    get isTrusted() {
      return window.isTrusted;
    },
    get workspaceFolders() {
      return fakeVscode.workspace.workspaceFolders;
    },
    getWorkspaceFolder: (uri: FakeUri) =>
      (fakeVscode.workspace.workspaceFolders ?? []).find(
        (folder) => folder.uri.scheme === uri.scheme && `${uri.path}/`.startsWith(`${folder.uri.path}/`),
      ),
    asRelativePath: ({ path }: FakeUri) => path.slice(1),
    findFiles: vi.fn((..._args: unknown[]) => Promise.resolve(window.found)),
    createFileSystemWatcher: () => ({
      onDidCreate: happens.created.event,
      onDidChange: happens.changed.event,
      onDidDelete: happens.deleted.event,
      dispose() {},
    }),
    onDidOpenTextDocument: happens.opened.event,
    onDidCloseTextDocument: happens.closed.event,
    onDidChangeTextDocument: happens.typed.event,
    onDidChangeWorkspaceFolders: happens.folders.event,
    onDidGrantWorkspaceTrust: happens.trusted.event,
  },
  commands: {
    ...fakeVscode.commands,
    registerCommand(id: string, handler: (...args: unknown[]) => unknown) {
      commands.set(id, handler);
      return { dispose: () => void commands.delete(id) };
    },
  },
  window: {
    ...fakeVscode.window,
    showErrorMessage: vi.fn((..._args: string[]): Promise<string | undefined> => Promise.resolve(undefined)),
    showQuickPick: vi.fn((..._args: any[]): Promise<any> => Promise.resolve(undefined)),
  },
};
