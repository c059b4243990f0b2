/** What a Run would cost, and the budgets that keep it from costing more. */
import { describe, expect, it } from 'vitest';
import { answerOf, columnOf, run, setColumns, valueOf, waitForState, write } from './drive';
import { openPlayground } from './harness';

const LLAMA = '@cf/meta/llama-3.2-3b-instruct';
const SONNET = 'anthropic/claude-sonnet-4.5';

describe('the estimate', () => {
  it('follows what is typed, counts the columns, and is right', async () => {
    const { page } = await openPlayground();
    await setColumns(page, [SONNET]);
    await write(page, 'prompt-input', 'Hello');
    // At most 1,024 tokens (4,096 for a model that reasons) at $15 a million, and next to no input.
    await expect.poll(() => valueOf(page, 'estimate')).toBeGreaterThan(0.01);
    const short = (await valueOf(page, 'estimate'))!;
    expect(short).toBeLessThan(0.07);
    await write(page, 'prompt-input', 'Hello there. '.repeat(500));
    // 1,500 tokens more at $3 a million.
    await expect.poll(() => valueOf(page, 'estimate')).toBeGreaterThan(short + 0.003);
    const long = (await valueOf(page, 'estimate'))!;
    expect(long).toBeLessThan(short + 0.008);
    expect(await page.getByTestId('estimate').innerText()).toMatch(/at most \$0\.0\d+/);
    expect(await page.getByTestId('estimate').getAttribute('data-simulated')).toBe('true');
    await page.getByTestId('estimate').hover();
    await expect.poll(() => page.getByRole('tooltip').innerText()).toMatch(/A Claude Sonnet 4\.5/);
  });

  it('says “about” once this machine knows how long answers are', async () => {
    const { page } = await openPlayground();
    await setColumns(page, [LLAMA]);
    await run(page, 'Say hello.');
    await waitForState(columnOf(page, LLAMA), 'done');
    await expect.poll(() => page.getByTestId('estimate').getAttribute('data-typical')).not.toBeNull();
    const typical = Number(await page.getByTestId('estimate').getAttribute('data-typical'));
    expect(typical).toBeLessThanOrEqual((await valueOf(page, 'estimate'))!);
    expect(await page.getByTestId('estimate').innerText()).toMatch(/about \$0\.0\d+/);
  });

  it('counts what is unknown apart, and never as nothing', async () => {
    const { page } = await openPlayground();
    await setColumns(page, [SONNET, 'alibaba/qwen3-max']);
    await write(page, 'prompt-input', 'Hello');
    await expect.poll(() => page.getByTestId('estimate').innerText()).toMatch(/\+ 1 unknown/);
    await setColumns(page, ['alibaba/qwen3-max']);
    await expect.poll(() => page.getByTestId('estimate').innerText()).toMatch(/cost unknown/);
    expect(await valueOf(page, 'estimate')).toBeUndefined();
  });
});

describe('a budget', () => {
  it('refuses a Run that would exceed it, and names the setting and both figures', async () => {
    const { page } = await openPlayground({ env: { UNIFIED_INFERENCE_BUDGET_PER_RUN_USD: '0.001' } });
    await setColumns(page, [SONNET]);
    await write(page, 'prompt-input', 'word '.repeat(2000));
    await expect.poll(() => page.getByTestId('estimate').getAttribute('data-over')).toBe('true');
    await page.getByTestId('run-button').click();
    const problem = page.getByTestId('problem');
    await expect.poll(() => problem.getAttribute('data-code')).toBe('over-budget');
    expect(await problem.innerText()).toMatch(/\$0\.0\d+.*budget\.perRunUsd.*\$0\.0010/s);
    expect(await columnOf(page, SONNET).getAttribute('data-state')).toBe('idle');
    // Here the limit is an environment variable: words take the place of a settings page.
    await page.getByTestId('change-budget').click();
    await expect.poll(() => problem.innerText()).toMatch(/UNIFIED_INFERENCE_BUDGET_PER_RUN_USD/);
  });

  it('stops what runs when it is used up, and keeps what had arrived', async () => {
    const { page } = await openPlayground({ speed: 1, env: { UNIFIED_INFERENCE_BUDGET_PER_RUN_USD: '0.004' } });
    await setColumns(page, [SONNET]);
    await run(page, '[[simulate tokens=4000 rate=200 first=0.1]] Go on.');
    const column = columnOf(page, SONNET);
    await waitForState(column, 'stopped');
    expect((await answerOf(column)).length).toBeGreaterThan(200);
    const note = column.getByTestId('column-stopped');
    expect(await note.innerText()).toMatch(/budget.*\$0\.004/is);
    // What it cost in full is not known; what it cost at least is told.
    expect(await valueOf(column, 'metric-cost')).toBeUndefined();
  });
});

describe('money', () => {
  it('lists the bill of a run with the origin of its prices', async () => {
    const { page } = await openPlayground();
    await setColumns(page, [SONNET]);
    await run(page, 'Say hello.');
    const column = columnOf(page, SONNET);
    await waitForState(column, 'done');
    const cost = (await valueOf(column, 'metric-cost'))!;
    await column.getByTestId('metric-cost').hover();
    const lines = page.getByTestId('cost-lines');
    expect(await lines.getByRole('row').count()).toBeGreaterThanOrEqual(2);
    const sums = (await lines.getByRole('row').allInnerTexts()).map((row) => Number(/\$([\d.]+)\s*$/.exec(row)?.[1]));
    expect(sums.reduce((sum, usd) => sum + usd, 0) / cost).toBeCloseTo(1, 1);
    expect(await page.getByRole('tooltip').innerText()).toMatch(/Prices: .*\d{4}-\d\d/);
  });

  it('tells today’s spending by wallet and what is left of the free neurons', async () => {
    const { page } = await openPlayground();
    await setColumns(page, [LLAMA]);
    await run(page, 'Say hello.');
    await waitForState(columnOf(page, LLAMA), 'done');
    await expect.poll(() => valueOf(page, 'session-cost')).toBeGreaterThan(0);
    await page.getByTestId('session-cost').hover();
    expect(await valueOf(page, 'day-spend')).toBeCloseTo((await valueOf(page, 'session-cost'))!, 9);
    const left = (await valueOf(page, 'free-neurons'))!;
    expect(left).toBeLessThan(10_000);
    expect(10_000 - left).toBeCloseTo((await valueOf(page, 'session-cost'))! / 0.000011, 3);
    expect(await page.getByTestId('day-spend').innerText()).toMatch(/as far as this machine has seen/);
  });
});
