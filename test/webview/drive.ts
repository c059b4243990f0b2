/**
 * Uses the playground as a person does, by the test ids of the contract.
 */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Milliseconds that a state may take to come. */
const PATIENCE = 20_000;

/** The columns on screen. */
export function columns(page: Page): Locator {
  return page.getByTestId('column');
}

/** The one column of a model. */
export function columnOf(page: Page, model: string): Locator {
  return page.locator(`[data-testid="column"][data-model="${model}"]`);
}

/** Adds a column by the picker. */
export async function addModel(page: Page, model: string): Promise<void> {
  const before = await columns(page).count();
  await page.getByTestId('add-model').first().click();
  await page.getByTestId('model-search').fill(model);
  await page.locator(`[data-testid="model-option"][data-model="${model}"]`).first().click();
  await expect.poll(() => columns(page).count()).toBe(before + 1);
}

/** Leaves exactly these columns, in this order. */
export async function setColumns(page: Page, models: readonly string[]): Promise<void> {
  const old = await columns(page).evaluateAll((all) => all.map((column) => column.getAttribute('data-column')));
  for (const id of old.slice(1)) await page.locator(`[data-column="${id}"]`).getByTestId('remove-column').click();
  for (const model of models) await addModel(page, model);
  if (old[0] !== undefined) await page.locator(`[data-column="${old[0]}"]`).getByTestId('remove-column').click();
  await expect.poll(() => modelsOf(page)).toEqual(models);
}

/** Models of the columns, in order. */
export function modelsOf(page: Page): Promise<(string | null)[]> {
  return columns(page).evaluateAll((all) => all.map((column) => column.getAttribute('data-model')));
}

/** Replaces what stands in an editable field, be it a textarea or Monaco. */
export async function write(page: Page, testId: string, text: string): Promise<void> {
  await page.getByTestId(testId).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

/** Types the prompt and presses Run. */
export async function run(page: Page, prompt: string): Promise<void> {
  await write(page, 'prompt-input', prompt);
  await page.getByTestId('run-button').click();
}

/** Waits until a column is in one of these states. */
export async function waitForState(column: Locator, ...states: readonly string[]): Promise<void> {
  await expect
    .poll(() => column.getAttribute('data-state'), { timeout: PATIENCE, interval: 20 })
    .toSatisfy((state: string) => states.includes(state));
}

/** Raw value of a number in a column or on the page; undefined when it is unknown. */
export async function valueOf(scope: Locator | Page, testId: string): Promise<number | undefined> {
  const value = await scope.getByTestId(testId).first().getAttribute('data-value');
  return value === null ? undefined : Number(value);
}

/** Every metric of a column by its name. */
export async function metricsOf(column: Locator): Promise<Record<MetricName, number | undefined>> {
  const values = await Promise.all(
    METRICS.map(async (name) => [name, await valueOf(column, `metric-${name}`)] as const),
  );
  return Object.fromEntries(values) as Record<MetricName, number | undefined>;
}

/** The metrics of the contract. */
export const METRICS = [
  'ttft',
  'ttfa',
  'thinking',
  'decode',
  'effective',
  'e2e',
  'retry-wait',
  'input-tokens',
  'output-tokens',
  'reasoning-tokens',
  'cached-tokens',
  'cost',
] as const;

/** Name of a metric, as in `metric-<name>`. */
export type MetricName = (typeof METRICS)[number];

/** The answer as it is read on screen; empty when there is none. */
export async function answerOf(column: Locator): Promise<string> {
  const output = column.getByTestId('column-output');
  return (await output.count()) === 0 ? '' : output.innerText();
}
