/**
 * The theme switch of the standalone page. Inside VS Code the body's class is VS Code's own.
 */

/** The themes of `standalone.css`. */
export const themes = ['dark', 'light', 'high-contrast'] as const;

/** One of them. */
export type ThemeName = (typeof themes)[number];

const STORAGE_KEY = 'unified-inference.theme';

const CONTRAST = '(prefers-contrast: more)';
const LIGHT = '(prefers-color-scheme: light)';

/** The theme in use: the choice kept, else what the system prefers, also when that changes. */
export class Theme {
  name = $state.raw<ThemeName>('dark');

  constructor() {
    this.choose(kept() ?? preferred());
    for (const query of [CONTRAST, LIGHT]) {
      matchMedia(query).addEventListener('change', () => {
        if (kept() === undefined) this.choose(preferred());
      });
    }
  }

  choose(name: ThemeName): void {
    this.name = name;
    document.body.classList.remove(...themes.map((theme) => `vscode-${theme}`));
    document.body.classList.add(`vscode-${name}`);
  }

  /** Chooses and remembers. */
  keep(name: ThemeName): void {
    this.choose(name);
    localStorage.setItem(STORAGE_KEY, name);
  }
}

function kept(): ThemeName | undefined {
  const name = localStorage.getItem(STORAGE_KEY);
  return themes.find((theme) => theme === name);
}

function preferred(): ThemeName {
  if (matchMedia(CONTRAST).matches) return 'high-contrast';
  return matchMedia(LIGHT).matches ? 'light' : 'dark';
}
