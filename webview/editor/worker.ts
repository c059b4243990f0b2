/** Entry of Monaco's worker (`dist/webview/editor.worker.js`): a classic script, because it starts from a blob URL. */
import 'monaco-editor/editor/editor.worker';
