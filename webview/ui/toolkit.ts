/**
 * The toolkit elements in use. They are registered before the first component is mounted: Svelte sets properties
 * rather than attributes on elements that it finds defined.
 */
import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';

/** Defines `<vscode-button>`. */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(vsCodeButton());
}
