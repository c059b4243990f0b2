import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './launch';
import { storedRuns } from './probe';
import { EXTENSION_ID, openWindow, type TestWindow } from './window';

let window: TestWindow;
beforeAll(async () => {
  window = await openWindow();
});
afterAll(async () => {
  await window?.close();
});

const bundle = path.join(root, 'dist', 'extension.js');

/** Node resources that our bundle has made and that still live, by kind. */
const living = () =>
  window.host().call(() => {
    const { ours } = globalThis as unknown as { ours: Map<number, string> };
    return [...ours.values()].sort();
  });

describe('deactivation', () => {
  it('leaves no socket, thread or timer of ours, in mid-run', async () => {
    await window.host().call((_vscode, file, require) => {
      const { createHook } = require('node:async_hooks') as typeof import('node:async_hooks');
      const ours = new Map<number, string>();
      Object.assign(globalThis, { ours });
      Error.stackTraceLimit = 60;
      createHook({
        init(id, type) {
          // What holds something of the system; promises and Node's own bookkeeping do not.
          const holds = /^Timeout$|^WORKER$|^MESSAGEPORT$|WRAP$|^FSREQ|^FSEVENT|^HTTP/.test(type);
          if (holds && new Error().stack?.includes(file)) ours.set(id, type);
        },
        destroy: (id) => void ours.delete(id),
      }).enable();
    }, bundle);
    await window.host().command('unifiedInference.models.focus');
    await window.page.locator('.pane .monaco-list-row').first().waitFor();
    await window.host().command('unifiedInference.openPlayground', {
      models: ['@cf/zai-org/glm-4.7-flash', 'openai/gpt-5.4-mini'],
      prompt: 'Write a long answer about clocks.',
      run: true,
    });
    const answering = window.playground.locator('[data-testid="column"][data-state="answering"]');
    await answering.first().waitFor();
    // The search does find what lives: the simulator's thread and the timers of the runs.
    expect(await living()).toEqual(expect.arrayContaining(['Timeout', 'WORKER']));

    await window
      .host()
      .call((_vscode, file, require) => (require(file) as { deactivate(): void }).deactivate(), bundle);
    await expect.poll(living, { timeout: 3_000 }).toEqual([]);
  });

  it('has closed the simulator', async () => {
    const { origin } = new URL(storedRuns(window.data)[0]?.state.request?.url ?? '');
    await expect(fetch(origin)).rejects.toThrow();
  });

  it('has kept what had arrived', () => {
    const runs = storedRuns(window.data);
    expect(runs).toHaveLength(2);
    for (const { state } of runs) expect(['done', 'stopped', 'failed']).toContain(state.status);
    expect(runs.some(({ state }) => state.text.length > 0)).toBe(true);
  });

  it('has taken its commands, status bar item and tree along', async () => {
    const commands = await window.host().call((vscode, id) => {
      const manifest = vscode.extensions.getExtension(id)?.packageJSON as {
        contributes: { commands: { command: string }[] };
      };
      return manifest.contributes.commands.map(({ command }) => command);
    }, EXTENSION_ID);
    expect(commands.length).toBeGreaterThan(3);
    for (const command of commands) {
      // VS Code keeps names from the manifest; nothing of ours answers behind them.
      await expect(window.host().command(command, {})).rejects.toThrow(/not found/);
    }
    expect(await window.statusBarItem.count()).toBe(0);
    expect(await window.page.locator('.pane .monaco-list-row').count()).toBe(0);
  });
});
