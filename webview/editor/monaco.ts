/** Monaco with the few features that a prompt or a JSON field needs: a bundle of its own, loaded on demand. */
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codeEditor/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/languages/definitions/markdown/register';
import { editor } from 'monaco-editor/editor';
import { registerJson } from './json';
import { followPageTheme } from './theme';

/** Languages an editor can be asked for. */
export type EditorLanguage = 'json' | 'markdown' | 'plaintext';

/** What an editor starts with. */
export interface EditorOptions {
  value: string;
  language: EditorLanguage;
  readonly: boolean;
  /** Accessible name. */
  label: string;
  /** Called with the whole text after a change by the user. */
  onChange(value: string): void;
}

/** A running editor. */
export interface EditorHandle {
  /** Replaces the text when it differs; does not call `onChange`. */
  setValue(value: string): void;
  update(options: Pick<EditorOptions, 'language' | 'readonly' | 'label'>): void;
  /** Puts the cursor behind the character at `offset` and takes the keyboard focus. */
  focus(offset: number): void;
  dispose(): void;
}

let workerUrl: Promise<string> | undefined;

/** A worker may not start from another origin (VS Code serves our files from one), so its code goes through a blob. */
async function fetchWorker(): Promise<string> {
  const main = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src ?? document.baseURI;
  const response = await fetch(new URL('editor.worker.js', main));
  if (!response.ok) throw new Error(`The editor's worker could not be loaded (${response.status}).`);
  return URL.createObjectURL(new Blob([await response.text()], { type: 'text/javascript' }));
}

self.MonacoEnvironment = {
  async getWorker(_moduleId, label) {
    workerUrl ??= fetchWorker();
    return new Worker(await workerUrl, { name: label });
  },
};

function changing({ language, readonly, label }: Pick<EditorOptions, 'language' | 'readonly' | 'label'>) {
  return {
    ariaLabel: label,
    readOnly: readonly,
    domReadOnly: readonly,
    lineNumbers: language === 'json' ? 'on' : 'off',
    folding: language === 'json',
  } satisfies editor.IEditorOptions;
}

/** Starts an editor that fills `container` (which needs a height). */
export function createEditor(container: HTMLElement, options: EditorOptions): EditorHandle {
  registerJson();
  followPageTheme();
  const style = getComputedStyle(document.body);
  const model = editor.createModel(options.value, options.language);
  const instance = editor.create(container, {
    ...changing(options),
    model,
    automaticLayout: true,
    // Tab leaves the editor: a keyboard user must never be trapped. Ctrl+M switches.
    tabFocusMode: true,
    wordWrap: 'on',
    minimap: { enabled: false },
    fixedOverflowWidgets: true,
    glyphMargin: false,
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 8,
    overviewRulerLanes: 0,
    padding: { top: 6, bottom: 6 },
    renderLineHighlight: 'none',
    scrollBeyondLastLine: false,
    scrollbar: { alwaysConsumeMouseWheel: false },
    fontFamily: style.getPropertyValue('--vscode-editor-font-family') || 'monospace',
    fontSize: Number.parseFloat(style.getPropertyValue('--vscode-editor-font-size')) || 13,
    tabSize: 2,
  });
  let setting = false;
  const listening = model.onDidChangeContent(() => {
    if (!setting) options.onChange(model.getValue());
  });
  return {
    setValue(value) {
      if (value === model.getValue()) return;
      setting = true;
      // As an edit, so that undo and the cursor survive.
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text: value }], () => null);
      setting = false;
    },
    update(next) {
      instance.updateOptions(changing(next));
      editor.setModelLanguage(model, next.language);
    },
    focus(offset) {
      instance.setPosition(model.getPositionAt(offset));
      instance.focus();
    },
    dispose() {
      listening.dispose();
      instance.dispose();
      model.dispose();
    },
  };
}
