/**
 * A Cog model that is run by VS Code itself: started without Docker, with an environment made on the way, as a column.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CogServerResult } from '../../src/vscode/cog/run-locally';
import { root } from './launch';
import { storedRuns } from './probe';
import { openWindow, type TestWindow } from './window';

const FOLDER = 'my mödel';
const fixture = (name: string) => readFileSync(path.join(root, 'test/fixtures/cog/stream', name), 'utf8');

let window: TestWindow;
let isOpen = true;
beforeAll(async () => {
  window = await openWindow({
    files: { [`${FOLDER}/cog.yaml`]: fixture('cog.yaml'), [`${FOLDER}/run.py`]: fixture('run.py') },
    // What a server of ours must not see.
    env: { CLOUDFLARE_API_TOKEN: 'a-token-of-the-host' },
  });
});
afterAll(async () => {
  if (isOpen) await window?.close();
});

const byId = (id: string) => window.playground.getByTestId(id);

describe('Run Cog Model Locally', () => {
  let url: string;

  it('tells a folder that is no project', async () => {
    await expect(
      window
        .host()
        .call(
          (vscode, folder) =>
            vscode.commands.executeCommand('unifiedInference.runCogModel', { folder: vscode.Uri.file(folder) }),
          window.workspace,
        ),
    ).rejects.toMatchObject({ code: 'no-cog-project' });
  });

  it('opens the dialog for a person', async () => {
    await window.runFromPalette('Unified Inference: Run Cog Model Locally');
    await window.playground.getByRole('dialog').waitFor();
    await window.playground.getByRole('dialog').press('Escape');
  });

  it('starts it, and a column of it answers', { timeout: 180_000 }, async () => {
    const { model } = await window.host().call<string, CogServerResult>(
      async (vscode, folder) =>
        vscode.commands.executeCommand('unifiedInference.runCogModel', {
          folder: vscode.Uri.file(folder),
          how: 'python',
        }),
      path.join(window.workspace, FOLDER),
    );
    const column = window.playground.locator(`[data-testid="column"][data-model="${model}"]`);
    // An environment is made first.
    await column.waitFor({ timeout: 150_000 });
    await window.host().command('unifiedInference.openPlayground', { models: [model], prompt: 'hello', run: true });
    await column.and(window.playground.locator('[data-state="done"]')).waitFor();
    expect(await column.getByTestId('column-output').textContent()).toContain('hello 1 hello 2');
    expect(await column.getAttribute('data-simulated')).not.toBe('true');
    const { request } = storedRuns(window.data).at(-1)?.state ?? {};
    expect(JSON.stringify(request)).not.toContain('a-token-of-the-host');
    url = new URL(request?.url ?? '').origin;
    expect((await fetch(`${url}/health-check`)).status).toBe(200);
    await expect.poll(() => byId('column').count()).toBe(1);
  });

  it('shows its log in an output channel, which goes on', async () => {
    await window.host().command('unifiedInference.addCogModel');
    await byId('cog-show-log').click();
    const output = window.page.locator('.output-view .view-lines');
    /** Ids of the predictions of which lines are in view. */
    const predictions = async () => [...new Set((await output.textContent())?.match(/(?<=prediction_id=)\w+/g))];
    await expect.poll(predictions).toHaveLength(1);
    const [first] = await predictions();
    await byId('cog-dialog').press('Escape');
    await byId('run-button').click();
    await expect.poll(async () => (await predictions()).at(-1)).not.toBe(first);
  });

  it('ends it with the window', async () => {
    await window.close();
    isOpen = false;
    await expect
      .poll(() =>
        fetch(url).then(
          () => 'there',
          () => 'gone',
        ),
      )
      .toBe('gone');
  });
});
