/** Accessibility as axe-core judges it. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What is looked at. Without `coloursOf`: everything, by all rules. */
interface Look {
  /** The rules of colours alone, which can differ from theme to theme, in these parts of the page; none: in all of it. */
  readonly coloursOf?: readonly string[];
}

/** Every violation, with its places. */
export async function violations(page: Page, { coloursOf }: Look = {}): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  if (coloursOf === undefined) axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
  else axe.withRules(['color-contrast']);
  for (const part of coloursOf ?? []) axe.include(part);
  const { violations: found } = await axe.analyze();
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.target.join(' ')} (${node.any[0]?.message ?? node.html})`).join('; ')}`,
  );
}
