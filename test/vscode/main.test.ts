import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storedDraft, storedRuns } from './probe';
import { EXTENSION_ID, openWindow, type TestWindow } from './window';

const MODELS = ['@cf/zai-org/glm-4.7-flash', 'openai/gpt-5.4-mini'];

let window: TestWindow;
beforeAll(async () => {
  window = await openWindow();
});
afterAll(async () => {
  await window?.close();
});

const byId = (id: string) => window.playground.getByTestId(id);

describe('a trusted window', () => {
  it('loads the extension beside the workspace and activates nothing', async () => {
    const state = await window.host().call((vscode, id) => {
      const extension = vscode.extensions.getExtension(id);
      // Local extension hosts report the kind UI whatever the manifest says.
      const beside = vscode.env.remoteName === undefined || extension?.extensionKind === vscode.ExtensionKind.Workspace;
      return { active: extension?.isActive, beside };
    }, EXTENSION_ID);
    expect(state).toEqual({ active: false, beside: true });
    expect(await window.statusBarItem.count()).toBe(0);
  });

  it('opens the playground from the command palette', async () => {
    await window.runFromPalette('Unified Inference: Open Playground');
    await byId('run-button').waitFor();
    await window.statusBarItem.waitFor();
    expect(await window.host().call((vscode, id) => vscode.extensions.getExtension(id)?.isActive, EXTENSION_ID)).toBe(
      true,
    );
    expect(await byId('column').count()).toBeGreaterThanOrEqual(1);
    expect(await byId('connection-badge').getAttribute('data-connection')).toBe('simulator');
    expect(await window.statusBarItem.textContent()).toContain('Simulator');
  });

  it('has registered exactly the commands that it contributes', async () => {
    const { registered, contributed } = await window.host().call(async (vscode, id) => {
      const manifest = vscode.extensions.getExtension(id)?.packageJSON as {
        contributes: { commands: { command: string }[] };
      };
      const all = await vscode.commands.getCommands(true);
      return {
        registered: all.filter((command) => command.startsWith('unifiedInference.')).sort(),
        contributed: manifest.contributes.commands.map(({ command }) => command).sort(),
      };
    }, EXTENSION_ID);
    // VS Code itself adds commands for the view (`….focus` and its like).
    const ours = registered.filter((command) => !command.startsWith('unifiedInference.models.'));
    expect(ours).toEqual(contributed);
  });

  it('streams two columns in the real webview', async () => {
    await window.host().command('unifiedInference.openPlayground', { models: MODELS });
    await expect.poll(() => byId('column').count()).toBe(2);
    await byId('prompt-input').click();
    await window.page.keyboard.type('Say in two sentences what a gateway does.');
    await byId('run-button').click();
    for (const index of [0, 1]) {
      const column = byId('column').nth(index);
      await column.and(window.playground.locator('[data-state="done"]')).waitFor();
      expect(Number(await column.getByTestId('metric-ttft').getAttribute('data-value'))).toBeGreaterThan(0);
      expect(Number(await column.getByTestId('metric-output-tokens').getAttribute('data-value'))).toBeGreaterThan(0);
      expect(await column.getAttribute('data-simulated')).toBe('true');
      expect((await column.getByTestId('column-output').innerText()).length).toBeGreaterThan(40);
    }
    await expect.poll(() => window.statusBarItem.textContent()).toMatch(/\$0\.\d{4}/);
  });

  it('draws code in answers on the ground of its block, whatever VS Code gives to code', async () => {
    const grounds = await byId('column-output')
      .first()
      .evaluate((output) => {
        const answer = output.ownerDocument.createElement('div');
        answer.className = 'md';
        answer.innerHTML = '<pre><code>x</code></pre><code>x</code>';
        output.append(answer);
        const found = [...answer.querySelectorAll('code')].map((code) => getComputedStyle(code).backgroundColor);
        answer.remove();
        return found;
      });
    expect(grounds[0]).toBe('rgba(0, 0, 0, 0)');
    expect(grounds[1]).not.toBe('rgba(0, 0, 0, 0)');
  });

  it('is complete when it is shown again after it was hidden in mid-run', async () => {
    const before = storedRuns(window.data).length;
    await byId('prompt-input').fill('Explain in detail, step by step, how a stream of events reaches a page.');
    await byId('run-button').click();
    await byId('column').and(window.playground.locator('[data-state="answering"]')).first().waitFor();
    await window.host().command('workbench.action.files.newUntitledFile');
    await byId('run-button').waitFor({ state: 'detached' });

    const started = () => storedRuns(window.data).slice(before);
    expect(started().every(({ state }) => state.status === 'done')).toBe(false);
    await expect.poll(() => started().map(({ state }) => state.status), { timeout: 40_000 }).toEqual(['done', 'done']);

    await window.host().command('unifiedInference.openPlayground');
    await expect.poll(() => byId('column').count()).toBe(2);
    for (const run of started()) {
      const column = window.playground.locator(`[data-testid="column"][data-column="${run.columnId}"]`);
      await column.and(window.playground.locator('[data-state="done"]')).waitFor();
      const tokens = await column.getByTestId('metric-output-tokens').getAttribute('data-value');
      expect(Number(tokens)).toBe(run.state.usage?.outputTokens);
      const words = run.state.text.match(/\p{L}{4,}/gu) ?? [];
      expect(words.length).toBeGreaterThan(10);
      // Not the text in view: blocks out of view have no layout, and innerText leaves them out.
      const shown = await column.getByTestId('column-output').textContent();
      expect(shown).toContain(words.at(0));
      expect(shown).toContain(words.at(-1));
    }
  });

  it('shows columns, draft and answers again after the window was reloaded', async () => {
    await byId('prompt-input').fill('A draft that nobody has run yet.');
    const read = async () => ({
      answers: await byId('column-output').allInnerTexts(),
      models: await byId('column').evaluateAll((columns) => columns.map((column) => column.getAttribute('data-model'))),
      ttft: await byId('metric-ttft').evaluateAll((metrics) =>
        metrics.map((metric) => metric.getAttribute('data-value')),
      ),
    });
    const before = await read();
    expect(before.answers).toHaveLength(2);
    // The draft reaches the host a moment after the last key.
    await expect.poll(() => storedDraft(window.data)).toBe('A draft that nobody has run yet.');

    await window.reload();
    await byId('run-button').waitFor();
    await expect.poll(read).toEqual(before);
    expect(await byId('prompt-input').inputValue()).toBe('A draft that nobody has run yet.');
    expect(
      await byId('column').evaluateAll((columns) => columns.map((column) => column.getAttribute('data-state'))),
    ).toEqual(['done', 'done']);
  });

  it('refuses arguments that are not what they should be, with a code', async () => {
    const code = await window.host().call(async (vscode) => {
      try {
        await vscode.commands.executeCommand('unifiedInference.openPlayground', { models: 'not a list' });
        return 'accepted';
      } catch (error) {
        return (error as { code?: unknown }).code;
      }
    });
    expect(code).toBe('bad-request');
  });
});
