/**
 * Webview panels as the extension makes and gets them: what `vscode.window` has of them.
 */
import type { FakeUri } from './fake-vscode';

/** A panel as its maker sees it, and as a test works it. */
export interface FakePanel {
  readonly type: string;
  readonly title: string;
  readonly column: number;
  iconPath?: FakeUri;
  readonly webview: FakeWebview;
  /** Columns it was brought to the front in; undefined: where it is. */
  readonly revealed: (number | undefined)[];
  disposed: boolean;
  reveal(column?: number): void;
  dispose(): void;
  onDidDispose(listener: () => void): { dispose(): void };
}

/** The page in a panel. */
export interface FakeWebview {
  options: { readonly enableScripts?: boolean; readonly localResourceRoots?: readonly FakeUri[] };
  html: string;
  /** Every page that was set. */
  readonly pages: string[];
  readonly cspSource: string;
  /** What the extension posted. */
  readonly posted: unknown[];
  asWebviewUri(uri: FakeUri): { toString(): string };
  postMessage(message: unknown): Promise<boolean>;
  onDidReceiveMessage(listener: (message: unknown) => void): { dispose(): void };
  /** Acts as the page. */
  receive(message: unknown): void;
}

type Serializer = { deserializeWebviewPanel(panel: FakePanel, state: unknown): Promise<void> };

/** Panels that were made, oldest first, and serializers by type. */
export const panels = { made: [] as FakePanel[], serializers: new Map<string, Serializer>() };

function fakeWebview(): FakeWebview {
  const listeners = new Set<(message: unknown) => void>();
  const pages: string[] = [];
  return {
    options: {},
    pages,
    get html() {
      return pages.at(-1) ?? '';
    },
    set html(page) {
      pages.push(page);
    },
    cspSource: "'self' https://*.vscode-cdn.net",
    posted: [],
    asWebviewUri: ({ path }) => ({ toString: () => `https://resource.test${path}` }),
    postMessage(message) {
      this.posted.push(message);
      return Promise.resolve(true);
    },
    onDidReceiveMessage(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    receive(message) {
      for (const listener of [...listeners]) listener(message);
    },
  };
}

/** A panel that nobody has adopted; VS Code makes such ones at reload. */
export function fakePanel(type: string, title = 'Restored', column = 1): FakePanel {
  const listeners = new Set<() => void>();
  return {
    type,
    title,
    column,
    webview: fakeWebview(),
    revealed: [],
    disposed: false,
    reveal(to) {
      this.revealed.push(to);
    },
    dispose() {
      if (this.disposed) return;
      this.disposed = true;
      for (const listener of [...listeners]) listener();
    },
    onDidDispose(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}

/** What `vscode.window` has of panels. */
export const fakePanels = {
  createWebviewPanel(type: string, title: string, column: number, options: FakeWebview['options']): FakePanel {
    const panel = fakePanel(type, title, column);
    panel.webview.options = options;
    panels.made.push(panel);
    return panel;
  },
  registerWebviewPanelSerializer(type: string, serializer: Serializer) {
    panels.serializers.set(type, serializer);
    return { dispose: () => void panels.serializers.delete(type) };
  },
};
