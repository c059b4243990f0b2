/**
 * VS Code's file system, documents and workspace edits in memory, as far as scaffolds need them, with the ways in which
 * they fail. Use: `vi.mock('vscode', async () => (await import('./fake-workspace')).fakeVscode)`.
 */
import { vi } from 'vitest';

export class FakeUri {
  constructor(
    readonly scheme: string,
    readonly path: string,
    readonly query = '',
  ) {}
  toString(): string {
    return `${this.scheme}://${this.path}${this.query && `?${this.query}`}`;
  }
  static file = (path: string): FakeUri => new FakeUri('file', path);
  static from = ({ scheme, path, query = '' }: { scheme: string; path: string; query?: string }): FakeUri =>
    new FakeUri(scheme, path, query);
  /** Strict, as it is used. */
  static parse(text: string): FakeUri {
    const [, scheme = '', path = ''] = /^(\w+):\/\/(.*)$/.exec(text) ?? [];
    if (scheme === '') throw new Error(`[UriError]: Scheme is missing: ${text}`);
    return new FakeUri(scheme, path);
  }
  static joinPath({ scheme, path }: FakeUri, ...parts: string[]): FakeUri {
    const segments: string[] = [];
    for (const segment of [path, ...parts].join('/').split('/')) {
      if (segment === '..') segments.pop();
      else if (segment !== '' && segment !== '.') segments.push(segment);
    }
    return new FakeUri(scheme, `/${segments.join('/')}`);
  }
}

export class FakeFileError extends Error {
  constructor(
    readonly code: string,
    message = code,
  ) {
    super(message);
  }
}

/** What the fake holds, and how it misbehaves. */
export interface FakeWorkspace {
  /** Bytes of files, and `undefined` for folders, by path. */
  readonly disk: Map<string, Uint8Array | undefined>;
  readonly documents: Map<string, FakeDocument>;
  folders: { uri: FakeUri }[];
  /** What writing a file throws; a partly written file stays. */
  readonly failures: Map<string, Error>;
  readonly readonlyFiles: Set<string>;
  writable: boolean;
  /** Bytes that fit onto the disk yet. */
  space: number;
  /** What the user leaves ticked of the previewed entries; undefined discards. */
  preview: (entries: readonly Entry[]) => readonly Entry[] | undefined;
  /** Every list of entries that was previewed. */
  readonly previewed: (readonly Entry[])[];
  /** Called when an edit is about to be applied. */
  beforeEdit: () => void;
  /** What is done to a text when it is saved. */
  format: (text: string) => string;
  readonly trashed: string[];
  /** Whether open documents follow what is written past them. */
  watching: boolean;
}

const start = (): FakeWorkspace => ({
  disk: new Map([['/', undefined]]),
  documents: new Map(),
  folders: [],
  failures: new Map(),
  readonlyFiles: new Set(),
  writable: true,
  space: Number.POSITIVE_INFINITY,
  preview: (entries) => entries.filter(({ metadata }) => metadata?.needsConfirmation !== true),
  previewed: [],
  beforeEdit: () => {},
  format: (text) => text,
  trashed: [],
  watching: true,
});

export const fake: FakeWorkspace = start();

/** Forgets everything. */
export function resetWorkspace(): void {
  Object.assign(fake, start());
  vi.clearAllMocks();
}

/** Puts a file with its folders onto the disk. */
export function putFile(path: string, text: string | Uint8Array): void {
  makeFolders(parentOf(path));
  fake.disk.set(path, typeof text === 'string' ? new TextEncoder().encode(text) : text);
}

/** The text of a file on the disk. */
export function diskText(path: string): string | undefined {
  const bytes = fake.disk.get(path);
  return bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Everything under a folder that is not a folder, with its text. */
export function tree(folder: string): Record<string, string> {
  const paths = [...fake.disk.keys()].filter((path) => path.startsWith(`${folder}/`) && fake.disk.get(path)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), diskText(path) ?? '']));
}

/** Types into a document without saving it. */
export function type(path: string, text: string): void {
  const document = open(path);
  document.text = normal(text, document.eol);
  document.isDirty = true;
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

function makeFolders(path: string): void {
  if (fake.disk.get(path) !== undefined) throw new FakeFileError('FileNotADirectory');
  if (path !== '/') makeFolders(parentOf(path));
  fake.disk.set(path, undefined);
}

function write(path: string, bytes: Uint8Array): void {
  const failure = fake.failures.get(path);
  if (failure !== undefined) throw failure;
  makeFolders(parentOf(path));
  if (bytes.length > fake.space) {
    fake.disk.set(path, bytes.subarray(0, fake.space));
    fake.space = 0;
    throw new FakeFileError('Unknown', 'Error: ENOSPC: no space left on device, write');
  }
  fake.space -= bytes.length;
  fake.disk.set(path, bytes);
}

function remove(path: string): void {
  if (!fake.disk.has(path)) throw new FakeFileError('FileNotFound');
  if ([...fake.disk.keys()].some((other) => other.startsWith(`${path}/`))) throw new FakeFileError('NotEmpty');
  fake.disk.delete(path);
}

const sizeOf = (path: string): number => fake.disk.get(path)?.length ?? 0;

const normal = (text: string, eol: number): string =>
  text.replace(/^\uFEFF/, '').replaceAll(/\r\n|\r|\n/g, eol === 2 ? '\r\n' : '\n');

class FakeDocument {
  text: string;
  isDirty = false;
  isClosed = false;
  readonly eol: number;
  /** Bytes of the file when the document was last like it. */
  size: number;

  constructor(readonly uri: FakeUri) {
    const text = diskText(uri.path);
    if (text === undefined) throw new FakeFileError('FileNotFound');
    const [crlf, all] = [/\r\n/g, /\r\n|\r|\n/g].map((ends) => text.match(ends)?.length ?? 0) as [number, number];
    this.eol = crlf > all / 2 ? 2 : 1;
    this.text = normal(text, this.eol);
    this.size = sizeOf(uri.path);
  }

  getText = (): string => this.text;

  positionAt = (offset: number): number => offset;

  save = (): Promise<boolean> => {
    // VS Code refuses to save over what it has not seen.
    if (sizeOf(this.uri.path) !== this.size) return Promise.resolve(false);
    const bom = diskText(this.uri.path)?.startsWith('\uFEFF') === true ? '\uFEFF' : '';
    this.text = fake.format(this.text);
    try {
      write(this.uri.path, new TextEncoder().encode(bom + this.text));
    } catch {
      return Promise.resolve(false);
    }
    this.size = sizeOf(this.uri.path);
    this.isDirty = false;
    return Promise.resolve(true);
  };

  reload(): void {
    this.text = normal(diskText(this.uri.path) ?? '', this.eol);
    this.size = sizeOf(this.uri.path);
    this.isDirty = false;
    changed.fire({ document: this });
  }
}

function open(path: string): FakeDocument {
  const document = fake.documents.get(path) ?? new FakeDocument(FakeUri.file(path));
  fake.documents.set(path, document);
  return document;
}

interface Metadata {
  readonly label: string;
  readonly needsConfirmation: boolean;
}

/** One change of a workspace edit. */
export type Entry =
  | { readonly kind: 'create'; readonly uri: FakeUri; readonly contents: Uint8Array; readonly metadata?: Metadata }
  | { readonly kind: 'delete'; readonly uri: FakeUri; readonly metadata?: Metadata }
  | {
      readonly kind: 'text';
      readonly uri: FakeUri;
      readonly range: { readonly start: number; readonly end: number };
      readonly text: string;
      readonly metadata?: Metadata;
    };

class FakeEdit {
  readonly entries: Entry[] = [];
  createFile(uri: FakeUri, { contents }: { contents: Uint8Array }, metadata: Metadata): void {
    this.entries.push({ kind: 'create', uri, contents, metadata });
  }
  deleteFile(uri: FakeUri, _options: unknown, metadata?: Metadata): void {
    this.entries.push({ kind: 'delete', uri, ...(metadata && { metadata }) });
  }
  replace(uri: FakeUri, range: { start: number; end: number }, text: string, metadata?: Metadata): void {
    this.entries.push({ kind: 'text', uri, range, text, ...(metadata && { metadata }) });
  }
}

function emitter<T>() {
  const listeners = new Set<(value: T) => void>();
  return {
    event: (listener: (value: T) => void) => {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    fire: (value: T) => {
      for (const listener of [...listeners]) listener(value);
    },
  };
}

const willCreate = emitter<{ files: FakeUri[] }>();
const changed = emitter<{ document: FakeDocument }>();

/** As VS Code does: the entries in their order, and nothing after the first that fails. */
function perform(entries: readonly Entry[]): void {
  const creates = entries.filter(({ kind }) => kind === 'create');
  if (creates.length > 0) willCreate.fire({ files: creates.map(({ uri }) => uri) });
  for (const entry of entries) {
    const { path } = entry.uri;
    if (entry.kind === 'create') {
      if (fake.disk.has(path)) throw new FakeFileError('FileExists');
      write(path, entry.contents);
    } else if (entry.kind === 'delete') {
      if (!fake.disk.has(path)) continue;
      remove(path);
      fake.trashed.push(path);
    } else {
      const document = open(path);
      document.text = document.text.slice(0, entry.range.start) + entry.text + document.text.slice(entry.range.end);
      document.isDirty = true;
    }
  }
}

let shown: FakeDocument | undefined;

/** The module. */
export const fakeVscode = {
  l10n: {
    t: (text: string, ...args: unknown[]) => text.replaceAll(/\{(\d+)\}/g, (_, index) => String(args[Number(index)])),
  },
  Uri: FakeUri,
  FileType: { File: 1, Directory: 2, SymbolicLink: 64 },
  FilePermission: { Readonly: 1 },
  EndOfLine: { LF: 1, CRLF: 2 },
  Position: class {},
  /** Between offsets; from a `Position`, from the first. */
  Range: class {
    readonly start: number;
    constructor(
      first: unknown,
      readonly end: number,
    ) {
      this.start = typeof first === 'number' ? first : 0;
    }
  },
  WorkspaceEdit: FakeEdit,
  workspace: {
    get textDocuments() {
      return [...fake.documents.values()];
    },
    get workspaceFolders() {
      return fake.folders.length === 0 ? undefined : fake.folders;
    },
    openTextDocument: async ({ path }: FakeUri) => open(path),
    onWillCreateFiles: willCreate.event,
    onDidChangeTextDocument: changed.event,
    registerTextDocumentContentProvider: vi.fn((..._args: unknown[]) => ({ dispose() {} })),
    async applyEdit({ entries }: FakeEdit): Promise<boolean> {
      let ticked: readonly Entry[] | undefined = entries;
      if (entries.some(({ metadata }) => metadata?.needsConfirmation)) {
        fake.previewed.push(entries);
        ticked = fake.preview(entries);
      }
      if (ticked === undefined || ticked.length === 0) return false;
      try {
        fake.beforeEdit();
        perform(ticked);
        return true;
      } catch {
        return false;
      }
    },
    fs: {
      isWritableFileSystem: () => fake.writable,
      stat: async ({ path }: FakeUri) => {
        if (!fake.disk.has(path)) throw new FakeFileError('FileNotFound');
        const bytes = fake.disk.get(path);
        const permissions = fake.readonlyFiles.has(path) ? 1 : undefined;
        return { type: bytes === undefined ? 2 : 1, size: bytes?.length ?? 0, permissions };
      },
      readFile: async ({ path }: FakeUri) => {
        const bytes = fake.disk.get(path);
        if (bytes === undefined) throw new FakeFileError(fake.disk.has(path) ? 'FileIsADirectory' : 'FileNotFound');
        return bytes;
      },
      readDirectory: async ({ path }: FakeUri) => {
        if (!fake.disk.has(path)) throw new FakeFileError('FileNotFound');
        if (fake.disk.get(path) !== undefined) throw new FakeFileError('FileNotADirectory');
        const inside = [...fake.disk.keys()].filter((other) => other !== '/' && parentOf(other) === path);
        return inside.map((other) => [other.slice(other.lastIndexOf('/') + 1), fake.disk.get(other) ? 1 : 2]);
      },
      writeFile: async ({ path }: FakeUri, bytes: Uint8Array) => {
        write(path, bytes);
        const document = fake.documents.get(path);
        // VS Code notices a moment later.
        if (fake.watching && document?.isDirty === false) setTimeout(() => document.reload(), 5);
      },
      createDirectory: async ({ path }: FakeUri) => makeFolders(path),
      delete: async ({ path }: FakeUri) => remove(path),
      rename: async ({ path }: FakeUri, to: FakeUri) => {
        const bytes = fake.disk.get(path);
        if (bytes === undefined) throw new FakeFileError('FileNotFound');
        remove(path);
        fake.disk.set(to.path, bytes);
      },
    },
  },
  window: {
    showInformationMessage: vi.fn((..._args: string[]): Promise<string | undefined> => Promise.resolve(undefined)),
    showWarningMessage: vi.fn((..._args: string[]): Promise<string | undefined> => Promise.resolve(undefined)),
    showTextDocument: (document: FakeDocument) => Promise.resolve(void (shown = document)),
  },
  commands: {
    executeCommand: vi.fn((id: string, ..._args: unknown[]) => {
      if (id === 'workbench.action.files.revert') shown?.reload();
      return Promise.resolve();
    }),
  },
};
