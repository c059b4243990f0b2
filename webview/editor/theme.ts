/** Monaco's theme made of the colours that VS Code (or the standalone theme) gives the page. */
import { editor } from 'monaco-editor/editor';

const NAME = 'page';

/** Monaco colours that the page defines as `--vscode-…` variables of the same name. */
const COLOURS = [
  'editor.background',
  'editor.foreground',
  'editor.selectionBackground',
  'editor.inactiveSelectionBackground',
  'editor.findMatchBackground',
  'editor.findMatchHighlightBackground',
  'editorCursor.foreground',
  'editorLineNumber.foreground',
  'editorLineNumber.activeForeground',
  'editorBracketMatch.background',
  'editorBracketMatch.border',
  'editorWidget.background',
  'editorWidget.foreground',
  'editorWidget.border',
  'editorError.foreground',
  'input.background',
  'input.foreground',
  'input.border',
  'inputOption.activeBackground',
  'inputOption.activeBorder',
  'focusBorder',
  'contrastBorder',
  'contrastActiveBorder',
  'foreground',
  'icon.foreground',
  'scrollbarSlider.background',
  'scrollbarSlider.hoverBackground',
  'scrollbarSlider.activeBackground',
];

/** `#rrggbbaa` for any CSS colour that `probe` can compute; undefined when the variable is not set. */
function hexOf(probe: HTMLElement, variable: string): string | undefined {
  if (!getComputedStyle(document.body).getPropertyValue(variable).trim()) return undefined;
  probe.style.color = `var(${variable})`;
  const parts = getComputedStyle(probe)
    .color.match(/^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/)
    ?.slice(1);
  if (!parts) return undefined;
  const [red, green, blue, alpha] = parts.map((part) => (part === undefined ? 1 : Number(part)));
  const bytes = [red ?? 0, green ?? 0, blue ?? 0, Math.round((alpha ?? 1) * 255)];
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function base(): editor.BuiltinTheme {
  const kinds = document.body.classList;
  if (kinds.contains('vscode-high-contrast-light')) return 'hc-light';
  if (kinds.contains('vscode-high-contrast')) return 'hc-black';
  return kinds.contains('vscode-light') ? 'vs' : 'vs-dark';
}

function apply(): void {
  const probe = document.createElement('span');
  document.body.append(probe);
  const colors: Record<string, string> = {};
  for (const key of COLOURS) {
    const hex = hexOf(probe, `--vscode-${key.replace('.', '-')}`);
    if (hex) colors[key] = hex;
  }
  probe.remove();
  editor.defineTheme(NAME, { base: base(), inherit: true, rules: [], colors });
  editor.setTheme(NAME);
}

let watching = false;

/** Gives all editors the page's colours, now and whenever they change. */
export function followPageTheme(): void {
  apply();
  if (watching) return;
  watching = true;
  // VS Code marks the kind of theme on the body and sets the colours on the root element.
  const observer = new MutationObserver(apply);
  observer.observe(document.body, { attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributeFilter: ['class', 'style'] });
}
