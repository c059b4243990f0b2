/** A run against another server that speaks the same REST surface, and where its token does not go. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerOf, columnOf, metricsOf, run, setColumns, waitForState } from './drive';
import { openView, startApi, startPlayground, temporaryFolder } from './harness';

const GLM = '@cf/zai-org/glm-4.7-flash';
const SONNET = 'anthropic/claude-sonnet-4.5';
const LLAMA = '@cf/meta/llama-3.2-3b-instruct';
const OPUS = 'anthropic/claude-opus-4.5';
const TOKEN = 'v1-token-that-must-not-be-seen-4f2c9a';

async function openOnServer({ speed = 10, data = temporaryFolder() } = {}) {
  const api = await startApi({ speed });
  const env = { CLOUDFLARE_API_BASE_URL: api.url, CLOUDFLARE_API_TOKEN: TOKEN, CLOUDFLARE_ACCOUNT_ID: 'simulator' };
  const playground = await startPlayground({ data, env });
  return { api, playground, data, ...(await openView(playground.url)) };
}

describe('on a server of one’s own', () => {
  it('gives right numbers, unmarked by the simulator', async () => {
    const { page } = await openOnServer({ speed: 1 });
    await expect.poll(() => page.getByTestId('connection-badge').getAttribute('data-connection')).not.toBe('simulator');
    await setColumns(page, [GLM, SONNET]);
    await run(page, 'Why is the sky blue?');
    for (const id of [GLM, SONNET]) await waitForState(columnOf(page, id), 'done');
    const m = await metricsOf(columnOf(page, GLM));
    expect(m.ttft).toBeGreaterThan(0.05);
    expect(m.e2e).toBeGreaterThan(m.ttft!);
    expect(m.cost! / (m['input-tokens']! * 0.06e-6 + m['output-tokens']! * 0.4e-6)).toBeCloseTo(1, 9);
    expect(await columnOf(page, GLM).getAttribute('data-simulated')).not.toBe('true');
    expect(await page.getByTestId('session-cost').getAttribute('data-simulated')).not.toBe('true');
  });

  it('shows its token nowhere: page, messages, storage, logs, files', async () => {
    const { page, playground, frames, console: lines, data } = await openOnServer();
    await setColumns(page, [GLM, '@cf/simulator/auth', '@cf/simulator/html-error']);
    await run(page, 'Hello');
    await waitForState(columnOf(page, GLM), 'done');
    for (const fault of ['auth', 'html-error']) await waitForState(columnOf(page, `@cf/simulator/${fault}`), 'failed');
    const stored = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]),
    );
    const cookies = JSON.stringify(await page.context().cookies());
    const files = readdirSync(data, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'));
    expect(files.length).toBeGreaterThan(0);
    expect(frames.length).toBeGreaterThan(10);
    const places = {
      page: await page.content(),
      frames: frames.join(''),
      stored,
      cookies,
      log: playground.log.join('\n'),
      console: lines.join('\n'),
      files: files.join(''),
    };
    for (const [place, text] of Object.entries(places)) {
      expect.soft(text.includes(TOKEN), place).toBe(false);
      expect.soft(text.toLowerCase().includes(`bearer ${TOKEN.slice(0, 8)}`), place).toBe(false);
    }
  });

  it('keeps the partial answer when that server is killed, says what happened, and leaves the other columns alone', async () => {
    const { page, api } = await openOnServer({ speed: 1 });
    // A small model is done while a large one is still answering.
    await setColumns(page, [LLAMA, OPUS]);
    await run(page, 'Tell me about rivers.');
    await waitForState(columnOf(page, LLAMA), 'done');
    const whole = await answerOf(columnOf(page, LLAMA));
    const column = columnOf(page, OPUS);
    await waitForState(column, 'answering');
    await api.kill();
    await waitForState(column, 'failed');
    expect((await answerOf(column)).length).toBeGreaterThan(3);
    expect(await column.getByTestId('column-error').getAttribute('data-reason')).toBe('network');
    expect((await column.getByTestId('column-error').innerText()).length).toBeGreaterThan(30);
    expect(await columnOf(page, LLAMA).getAttribute('data-state')).toBe('done');
    expect(await answerOf(columnOf(page, LLAMA))).toBe(whole);
    expect(whole.length).toBeGreaterThan(10);
  });
});
