/** One test per row of the contract's table of outcomes, on the simulator's fault models, beside a healthy column. */
import { describe, expect, it } from 'vitest';
import { answerOf, columnOf, metricsOf, run, setColumns, valueOf, waitForState } from './drive';
import { openPlayground } from './harness';

const SIBLING = '@cf/meta/llama-3.2-3b-instruct';

/** Seconds of patience in these tests; the defaults are two minutes and one. */
const env = { UNIFIED_INFERENCE_FIRST_TOKEN_TIMEOUT_SECONDS: '3', UNIFIED_INFERENCE_IDLE_TIMEOUT_SECONDS: '2' };

interface Row {
  readonly fault: string;
  readonly reason: string;
  /** Attempts that are made in all. */
  readonly attempts: 1 | 3;
  readonly keepsText?: true;
}

const FAILURES: readonly Row[] = [
  { fault: 'auth', reason: 'auth', attempts: 1 },
  { fault: 'permission', reason: 'permission', attempts: 1 },
  { fault: 'billing', reason: 'billing', attempts: 1 },
  { fault: 'free-quota', reason: 'billing', attempts: 1 },
  { fault: 'paid-plan', reason: 'billing', attempts: 1 },
  { fault: 'blocked', reason: 'blocked', attempts: 1 },
  { fault: 'rate-limit', reason: 'rate-limit', attempts: 3 },
  { fault: 'capacity', reason: 'capacity', attempts: 3 },
  { fault: 'bad-request', reason: 'bad-request', attempts: 1 },
  { fault: 'not-found', reason: 'not-found', attempts: 1 },
  { fault: 'too-large', reason: 'too-large', attempts: 1 },
  { fault: 'server-error', reason: 'server', attempts: 3 },
  { fault: 'html-error', reason: 'server', attempts: 3 },
  { fault: 'reset', reason: 'network', attempts: 3 },
  { fault: 'disconnect', reason: 'network', attempts: 1, keepsText: true },
  { fault: 'stall-first', reason: 'timeout-first-token', attempts: 1 },
  { fault: 'stall-mid', reason: 'timeout-idle', attempts: 1, keepsText: true },
  { fault: 'error-event', reason: 'server', attempts: 1, keepsText: true },
];

async function runBesideSibling(fault: string) {
  const model = `@cf/simulator/${fault}`;
  const opened = await openPlayground({ env });
  await setColumns(opened.page, [model, SIBLING]);
  await run(opened.page, 'Tell me about rivers, 🌊 and mountains.');
  const column = columnOf(opened.page, model);
  await waitForState(column, 'done', 'failed', 'stopped');
  const sibling = columnOf(opened.page, SIBLING);
  await waitForState(sibling, 'done');
  expect((await answerOf(sibling)).length).toBeGreaterThan(100);
  /** Attempts that the host told the page of. */
  const attempts = () => {
    const started = opened.frames.flatMap((frame) =>
      [...frame.matchAll(/"attempt":(\d+)/g)].map((match) => Number(match[1])),
    );
    return Math.max(...started);
  };
  return { ...opened, column, sibling, attempts };
}

describe('a fault ends its column, and only that', () => {
  it.each(FAILURES)('$fault → $reason', async ({ fault, reason, attempts, keepsText }) => {
    const { column, ...opened } = await runBesideSibling(fault);
    expect(await column.getAttribute('data-state')).toBe('failed');
    const error = column.getByTestId('column-error');
    expect(await error.getAttribute('data-reason')).toBe(reason);
    // A cause and a next step, in words.
    expect((await error.innerText()).length).toBeGreaterThan(30);
    const answer = await answerOf(column);
    if (keepsText) expect(answer.length).toBeGreaterThan(5);
    else expect((await metricsOf(column)).ttfa).toBeUndefined();
    expect(opened.attempts()).toBe(attempts);
    expect(await valueOf(column, 'metric-cost')).toBeUndefined();
    expect(await column.getByTestId('metric-cost').getAttribute('data-provenance')).toBe('unknown');
    await opened.page.getByText('+ 1 unknown').waitFor();
  });
});

describe('an odd answer is still an answer', () => {
  it('flaky: two refusals, then done, the wait shown apart', async () => {
    const start = performance.now();
    const { column, attempts } = await runBesideSibling('flaky');
    const wall = (performance.now() - start) / 1000;
    expect(await column.getAttribute('data-state')).toBe('done');
    expect(attempts()).toBe(3);
    const m = await metricsOf(column);
    expect(m['retry-wait']).toBeGreaterThan(0);
    // Neither holds the other, however slow the machine.
    expect(m['retry-wait']! + m.ttft!).toBeLessThan(wall);
    expect((await answerOf(column)).length).toBeGreaterThan(50);
  });

  it('malformed: the event is left out, with a warning', async () => {
    const { column } = await runBesideSibling('malformed');
    expect(await column.getAttribute('data-state')).toBe('done');
    expect(await column.getByTestId('column-warning').count()).toBeGreaterThan(0);
    expect((await answerOf(column)).length).toBeGreaterThan(50);
  });

  it('truncated: done, with a warning', async () => {
    const { column } = await runBesideSibling('truncated');
    expect(await column.getAttribute('data-state')).toBe('done');
    expect(await column.getByTestId('column-warning').first().innerText()).not.toBe('');
    expect((await answerOf(column)).length).toBeGreaterThan(20);
  });

  it.each(['plain-json', 'one-chunk'])('%s: done, and no speed is made up', async (fault) => {
    const { column } = await runBesideSibling(fault);
    expect(await column.getAttribute('data-state')).toBe('done');
    const m = await metricsOf(column);
    expect(m.decode).toBeUndefined();
    expect(m['output-tokens']).toBeGreaterThan(20);
    expect(await column.getByText('not streamed').count()).toBeGreaterThan(0);
    expect((await answerOf(column)).length).toBeGreaterThan(50);
  });

  it('no-usage: tokens and cost are estimated, and say so', async () => {
    const { column } = await runBesideSibling('no-usage');
    expect(await column.getAttribute('data-state')).toBe('done');
    expect(await column.getByTestId('metric-cost').getAttribute('data-provenance')).toBe('estimated');
    const m = await metricsOf(column);
    expect(m['output-tokens']).toBeGreaterThan(20);
    expect(m.cost! / (m['input-tokens']! * 0.1e-6 + m['output-tokens']! * 0.4e-6)).toBeCloseTo(1, 9);
  });

  it('byte-split: every character arrives whole', async () => {
    const { column } = await runBesideSibling('byte-split');
    expect(await column.getAttribute('data-state')).toBe('done');
    const answer = await answerOf(column);
    expect(answer.length).toBeGreaterThan(20);
    expect(answer).not.toContain('\uFFFD');
  });

  it('huge-event: ten megabytes in one event are taken', async () => {
    const { column } = await runBesideSibling('huge-event');
    expect(await column.getAttribute('data-state')).toBe('done');
    expect(await column.getByTestId('column-error').count()).toBe(0);
  });

  it('user stops: stopped, text kept', async () => {
    const { page } = await openPlayground({ env, speed: 1 });
    await setColumns(page, [SIBLING]);
    await run(page, '[[simulate tokens=3000 rate=100 first=0.1]] Go on.');
    const column = columnOf(page, SIBLING);
    await waitForState(column, 'answering');
    await page.getByTestId('stop-button').click();
    await waitForState(column, 'stopped');
    expect((await answerOf(column)).length).toBeGreaterThan(3);
  });
});
