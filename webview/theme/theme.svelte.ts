/**
 * The theme switch of the standalone page. Inside VS Code the body's class is VS Code's own.
 */

/** The themes of `standalone.css`. */
export const themes = ['dark', 'light', 'high-contrast'] as const;

/** One of them. */
export type ThemeName = (typeof themes)[number];

const STORAGE_KEY = 'unified-inference.theme';

/** The theme in use; starts with the choice kept, else with what the system prefers. */
export class Theme {
  name = $state.raw<ThemeName>('dark');

  constructor() {
    this.choose(kept() ?? preferred());
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
  if (matchMedia('(prefers-contrast: more)').matches) return 'high-contrast';
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}
