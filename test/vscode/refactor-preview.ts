/** VS Code's Refactor Preview and the questions that lead to it, as a person uses them. */
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import type { TestWindow } from './window';

/** The preview and the questions of a window. */
export interface RefactorPreview {
  rows(): Locator;
  /** The first row that names a file. */
  row(file: string): Locator;
  button(name: 'Apply' | 'Discard'): Locator;
  /** `true` or `false` for each box that can be ticked. */
  ticks(): Promise<(string | null)[]>;
  /** The question that is open. */
  quickInput(): Locator;
  /** Takes what each step offers, until the preview comes. A step that is not ready yet does not hear the first Enter. */
  acceptEveryStep(): Promise<void>;
}

/** Of the window that is open when it is used. */
export function refactorPreview(window: () => TestWindow): RefactorPreview {
  const panel = () => window().page.locator('.bulk-edit-panel');
  const rows = () => panel().locator('.monaco-list-row');
  const quickInput = () => window().page.locator('.quick-input-widget:visible');
  return {
    rows,
    row: (file) => rows().filter({ hasText: file }).first(),
    button: (name) => panel().getByRole('button', { name, exact: true }),
    ticks: () =>
      rows()
        .locator('.edit-checkbox')
        .evaluateAll((boxes) => boxes.map((box) => box.getAttribute('aria-checked'))),
    quickInput,
    async acceptEveryStep() {
      const isPreviewed = async () => {
        if ((await rows().count()) > 0) return true;
        if ((await quickInput().count()) > 0) await window().page.keyboard.press('Enter');
        return false;
      };
      await expect.poll(isPreviewed, { interval: 300, timeout: 30_000 }).toBe(true);
    },
  };
}
