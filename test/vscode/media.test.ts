/** Media inside a real VS Code: shown by the webview's own addresses, attached, saved, opened, and still there later. */
import { randomBytes } from 'node:crypto';
import { readFileSync, truncateSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { encodeWav } from '../../src/simulator/media/wav';
import { decodedLength, decodedSize, longestBase64, play, type TestFile } from '../webview/media-drive';
import { picture, speech } from '../webview/sample-files';
import { filesUnder, storedIntent, storedRuns } from './probe';
import { HostError } from './bridge';
import { openWindow, type TestWindow } from './window';

const FLUX = '@cf/black-forest-labs/flux-1-schnell';
const AURA = '@cf/deepgram/aura-2-en';
const VIDEO = 'cloudflare/video';
const WHISPER = '@cf/openai/whisper-large-v3-turbo';
const GLM = '@cf/zai-org/glm-4.7-flash';
const BGE = '@cf/baai/bge-m3';
const MOONDREAM = '@cf/moondream/moondream3.1-9B-A2B';
/** None of its words is misheard for another by the simulator. */
const SPOKEN = 'Good morning, this is Clara from the bakery.';
/** Too large for a picture, bytes. */
const LARGE = 21 * 1024 * 1024;

let window: TestWindow;
/** What the content security policy refused. */
const refused: string[] = [];

beforeAll(async () => {
  const { buffer: boat } = await picture('boat.png', 640, 480);
  window = await openWindow({
    files: {
      'boat.png': boat,
      'sub/DEEP.PNG': boat,
      'hidden/away.png': boat,
      'node_modules/icon/icon.png': boat,
      'wrong.png': 'These are words.',
      'large.png': '',
      'notes.txt': 'Notes.',
      '.vscode/settings.json': JSON.stringify({ 'files.exclude': { hidden: true } }),
    },
    // Else a desktop build shows dialogs of the system.
    userSettings: { 'files.simpleDialog.enable': true },
    // There is a microphone, and nobody who allows it.
    flags: ['--use-fake-device-for-media-stream'],
  });
  truncateSync(path.join(window.workspace, 'large.png'), LARGE);
  window.page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) refused.push(message.text());
  });
});
afterAll(async () => {
  await window?.close();
});

const byId = (id: string): Locator => window.playground.getByTestId(id);
const columnOf = (model: string): Locator =>
  window.playground.locator(`[data-testid="column"][data-model="${model}"]`).first();
const quickInput = (): Locator => window.page.locator('.quick-input-widget input[type="text"]');

const offers = (): Locator => window.page.locator('.quick-input-list .monaco-list-row');

const open = (argument?: object): Promise<unknown> =>
  window.host().command('unifiedInference.openPlayground', argument);

async function done(model: string): Promise<Locator> {
  const column = columnOf(model);
  await column.and(window.playground.locator('[data-state="done"]')).waitFor({ timeout: 40_000 });
  return column;
}

/** Opens the models of a task and waits until they stand there, without running them. */
async function choose(task: string, models: readonly string[]): Promise<void> {
  await open({ task, models });
  for (const model of models) await columnOf(model).waitFor();
}

/** Labels of all tabs, the active one marked by a star. */
const tabs = (): Promise<string[]> =>
  window
    .host()
    .call((vscode) =>
      vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => `${tab.isActive ? '*' : ''}${tab.label}`)),
    );

/** The file a stored address stands for. */
function storedFile(source: string): string {
  const name = path.basename(new URL(source).pathname);
  const found = filesUnder(window.data).find((file) => path.basename(file) === name);
  if (found === undefined) throw new Error(`${name} is not stored.`);
  return found;
}

const sourceOf = (media: Locator): Promise<string> =>
  media.first().evaluate((element) => (element as HTMLImageElement | HTMLMediaElement).currentSrc);

/** Gives files to the composer, as a drop or a paste from a file manager does. */
async function give(how: 'drop' | 'paste', file: TestFile): Promise<void> {
  await window.playground.locator('section:has(> .composer)').evaluate(
    (target, { how, name, mimeType, base64 }) => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type: mimeType }));
      const options = { bubbles: true, cancelable: true };
      if (how === 'paste') target.dispatchEvent(new ClipboardEvent('paste', { ...options, clipboardData: transfer }));
      else
        for (const type of ['dragenter', 'dragover', 'drop'])
          target.dispatchEvent(new DragEvent(type, { ...options, dataTransfer: transfer }));
    },
    { how, name: file.name, mimeType: file.mimeType, base64: file.buffer.toString('base64') },
  );
}

async function removeAttachments(): Promise<void> {
  while ((await byId('attachment-remove').count()) > 0) await byId('attachment-remove').first().click();
  await expect.poll(() => byId('attachment').count()).toBe(0);
  // The host hears of it a moment later.
  await expect.poll(() => storedIntent(window.data)?.attachments ?? []).toEqual([]);
}

/** Answers VS Code's own file dialog. */
async function answerDialog(file: string): Promise<void> {
  await quickInput().waitFor();
  const answered = async () => {
    if (!(await quickInput().isVisible())) return true;
    // It fills in a folder when it has read that, over what was typed until then.
    await offers().filter({ hasText: '..' }).first().waitFor({ timeout: 2_000 });
    await quickInput().fill(file, { timeout: 2_000 });
    if ((await quickInput().inputValue({ timeout: 2_000 })) === file) await window.page.keyboard.press('Enter');
    return false;
  };
  await expect.poll(() => answered().catch(() => false), { interval: 1_000 }).toBe(true);
}

async function attachFrom(item: 'attach-computer' | 'attach-workspace' | 'attach-address' | 'attach-record') {
  await byId('attach-button').click();
  await byId(item).click();
}

describe('what models made', () => {
  it('is run by a command without any question, and a picture is decoded', async () => {
    await open({ task: 'text-to-image', models: [FLUX], prompt: 'A blue boat', run: true });
    const column = await done(FLUX);
    expect(await quickInput().isVisible()).toBe(false);
    const image = column.getByTestId('output-image');
    expect(await decodedSize(image)).toEqual([1024, 1024]);
    expect(new URL(await sourceOf(image)).hostname).toMatch(/\.vscode-resource\.vscode-cdn\.net$/);
    // Its dialog is a chunk that is loaded now.
    await column.getByTestId('picture-zoom').click();
    const dialog = window.playground.getByRole('dialog');
    expect(await decodedSize(dialog.locator('img'))).toEqual([1024, 1024]);
    await window.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('is saved as it came, where the user says', async () => {
    const target = path.join(window.workspace, 'saved.png');
    await columnOf(FLUX).getByTestId('media-save').click();
    await expect.poll(() => quickInput().inputValue()).toMatch(/workspace\/.*flux-1-schnell\.png$/);
    await answerDialog(target);
    await expect.poll(() => filesUnder(window.workspace)).toContain(target);
    const stored = storedFile(await sourceOf(columnOf(FLUX).getByTestId('output-image')));
    await expect.poll(() => readFileSync(target).equals(readFileSync(stored))).toBe(true);
  });

  it('opens outside, in an editor that shows it', async () => {
    const stored = path.basename(storedFile(await sourceOf(columnOf(FLUX).getByTestId('output-image'))));
    await columnOf(FLUX).getByTestId('media-open').click();
    await expect.poll(tabs).toContain(`*${stored}`);
    const viewType = await window.host().call((vscode) => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputCustom ? input.viewType : undefined;
    });
    expect(viewType).toBe('imagePreview.previewEditor');
    await window.host().command('workbench.action.closeActiveEditor');
    await open();
    await byId('run-button').waitFor();
  });

  it('is heard, with its waveform', async () => {
    await open({ task: 'text-to-speech', models: [AURA], prompt: SPOKEN, run: true });
    const sound = (await done(AURA)).getByTestId('output-audio');
    expect(await decodedLength(sound)).toBeGreaterThan(SPOKEN.length / 30);
    await play(sound);
    // Drawn from what the page fetched and decoded: without, there is no such box.
    const canvases = () =>
      columnOf(AURA)
        .getByTestId('waveform')
        .evaluate((box) => box.firstElementChild?.shadowRoot?.querySelectorAll('canvas').length ?? 0);
    await expect.poll(canvases).toBeGreaterThan(0);
  });

  it('is there when the panel is opened again, although it was closed in mid-run', async () => {
    const before = storedRuns(window.data).length;
    await open({ task: 'text-to-video', models: [VIDEO], prompt: 'A ship comes home.', run: true });
    await columnOf(VIDEO).and(window.playground.locator('[data-state="waiting"]')).waitFor();
    await window.host().command('workbench.action.closeActiveEditor');
    await expect.poll(tabs).toEqual([]);
    const states = () =>
      storedRuns(window.data)
        .slice(before)
        .map(({ state }) => state.status);
    expect(states()).not.toContain('done');
    await expect.poll(states, { timeout: 40_000 }).toEqual(['done']);

    await open();
    const video = (await done(VIDEO)).getByTestId('output-video');
    expect(await decodedLength(video)).toBeGreaterThan(1);
    await play(video);
  });

  it('is there after the window was reloaded', async () => {
    await window.reload();
    const video = (await done(VIDEO)).getByTestId('output-video');
    expect(await decodedLength(video)).toBeGreaterThan(1);
    await play(video);
    await choose('text-to-image', [FLUX]);
    expect(await decodedSize((await done(FLUX)).getByTestId('output-image'))).toEqual([1024, 1024]);
  });
});

describe('what is attached', () => {
  afterEach(removeAttachments);

  it('comes by drop in pieces of bytes, unchanged', async () => {
    await choose('speech-recognition', [WHISPER]);
    const samples = new Int16Array(randomBytes(5_000_000).buffer.slice(0, 5_000_000));
    const recording = Buffer.from(encodeWav({ samples, sampleRate: 16_000 }));
    const messages = await hearMessages();
    await give('drop', { name: 'noise.wav', mimeType: 'audio/wav', buffer: recording });
    await expect.poll(() => byId('attachment').count()).toBe(1);
    const kept = filesUnder(window.data).filter((file) => file.endsWith('.wav'));
    expect(kept.some((file) => readFileSync(file).equals(recording))).toBe(true);

    const { texts, pieces } = await messages();
    expect(pieces.length).toBeGreaterThan(20);
    expect(pieces.reduce((sum, length) => sum + length, 0)).toBe(recording.length);
    expect(Math.max(...pieces)).toBeLessThan(256 * 1024);
    expect(longestBase64(texts)).toBe(0);
  });

  it('comes by paste, is heard by a model, and its subtitles are saved', async () => {
    await give('paste', speech('note.wav', SPOKEN));
    await expect.poll(() => byId('attachment').count()).toBe(1);
    await byId('run-button').click();
    const column = await done(WHISPER);
    await expect.poll(() => column.innerText()).toMatch(/Clara\s+from/);
    const target = path.join(window.workspace, 'subtitles.srt');
    await column.getByTestId('save-srt').click();
    await answerDialog(target);
    await expect.poll(() => filesUnder(window.workspace)).toContain(target);
    await expect
      .poll(() => readFileSync(target, 'utf8'))
      .toMatch(/^1\n00:00:0\d,\d{3} --> 00:00:\d\d,\d{3}\nGood morning/);
  });

  it('comes from the disk; what is too large or something else is refused by name', async () => {
    await choose('image-to-text', [MOONDREAM]);
    for (const [name, words] of [
      ['large.png', 'large.png has 21 MiB; pictures can have at most 20 MiB.'],
      ['wrong.png', 'wrong.png is no picture'],
    ] as const) {
      await attachFrom('attach-computer');
      await answerDialog(path.join(window.workspace, name));
      const problem = byId('attachment-problem');
      await expect.poll(() => problem.allInnerTexts()).toEqual([expect.stringContaining(words)]);
      expect(await byId('attachment').count()).toBe(0);
      await problem.getByRole('button').click();
    }

    await attachFrom('attach-computer');
    // Upper case is offered, too.
    await answerDialog(path.join(window.workspace, 'sub/DEEP.PNG'));
    await expect.poll(() => byId('attachment').count()).toBe(1);
    expect(await decodedSize(byId('attachment').locator('img'))).toEqual([640, 480]);
  });

  it('comes from the workspace, which offers what is not excluded', async () => {
    await attachFrom('attach-workspace');
    await expect
      .poll(() => offers().locator('.label-description').allInnerTexts())
      .toEqual(['boat.png', 'large.png', 'saved.png', 'sub/DEEP.PNG', 'wrong.png']);
    await offers().first().click();
    await window.page.keyboard.press('Enter');
    await expect.poll(() => byId('attachment').count()).toBe(1);
    expect(await byId('attachment').innerText()).toContain('boat.png');
  });

  it('comes from an address, and one that may not be fetched says so', async () => {
    await attachFrom('attach-address');
    await byId('address-input').fill('https://127.0.0.1/boat.png');
    await byId('address-attach').click();
    const dialog = window.playground.getByRole('dialog');
    await expect.poll(() => dialog.getByRole('alert').innerText()).toMatch(/127\.0\.0\.1/);
    const { buffer } = await picture('tiny.png', 32, 32);
    await byId('address-input').fill(`data:image/png;base64,${buffer.toString('base64')}`);
    await byId('address-attach').click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => byId('attachment').count()).toBe(1);
  });

  it('stands in the raw request as what it is, in Monaco', async () => {
    await give('paste', await picture('boat.png', 640, 480));
    await expect.poll(() => byId('attachment').count()).toBe(1);
    await byId('run-button').click();
    const column = await done(MOONDREAM);
    await column.getByTestId('copy-as').click();
    await byId('raw-request').click();
    const shown = byId('raw-request-json');
    await shown.locator('.monaco-editor .view-line').first().waitFor();
    // Monaco draws spaces that do not break.
    const words = async () => (await shown.locator('.view-lines').innerText()).replaceAll('\u00a0', ' ');
    await expect.poll(words).toMatch(/"\$media"/);
    expect(await words()).toContain('"name": "boat.png"');
    expect(await words()).toContain('"mediaType": "image/png"');
    await window.page.keyboard.press('Escape');
    await shown.waitFor({ state: 'detached' });
  });

  it('cannot be a recording where VS Code gives no microphone, which is said', async () => {
    await choose('speech-recognition', [WHISPER]);
    await attachFrom('attach-record');
    await byId('recorder-start').click();
    await expect.poll(() => byId('recorder-note').innerText()).toMatch(/^VS Code .*attach the file/);
    expect(await byId('recorder').getAttribute('data-status')).toBe('idle');
    await window.page.keyboard.press('Escape');
  });
});

describe('the window around', () => {
  it('leaves keys and files of the playground to it', async () => {
    await window.host().call(async (vscode) => {
      const [folder] = vscode.workspace.workspaceFolders ?? [];
      if (folder === undefined) throw new Error('No folder is open.');
      await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, 'notes.txt'), { preview: false });
    });
    await choose('text-generation', [GLM, 'openai/gpt-5.4-mini']);
    await expect.poll(tabs).toEqual(['*Playground', 'notes.txt']);

    // What VS Code is told by the frame around the page.
    const messages = await hearMessages();
    await byId('prompt-input').click();
    await window.page.keyboard.press('Alt+2');
    const focused = () =>
      byId('column')
        .nth(1)
        .evaluate((column) => document.activeElement === column);
    await expect.poll(focused).toBe(true);
    await byId('column')
      .first()
      .evaluate((column) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(['x'], 'x.png'));
        for (const type of ['dragenter', 'dragover'])
          column.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      });
    await byId('drop-overlay').waitFor();
    // Another key, which VS Code is told: by then it would have been told of the others.
    await window.page.keyboard.press('Shift');
    await expect.poll(async () => (await messages()).texts.filter((text) => text.includes('"Shift"'))).not.toEqual([]);
    const told = (await messages()).texts;
    expect(told.filter((text) => text.includes('"Digit2"') && text.includes('keydown'))).toEqual([]);
    expect(told.filter((text) => text.includes('drag'))).toEqual([]);
    expect(await tabs()).toEqual(['*Playground', 'notes.txt']);
  });

  it('runs models of several tasks side by side', async () => {
    await open({ models: [FLUX, GLM, BGE], prompt: 'A boat.', run: true });
    expect(await decodedSize((await done(FLUX)).getByTestId('output-image'))).toEqual([1024, 1024]);
    expect(await (await done(GLM)).getByTestId('column-output').innerText()).not.toBe('');
    await (await done(BGE)).getByTestId('output-embedding').first().waitFor();
  });

  it('refuses realtime models with a code', async () => {
    const attempt = open({ models: ['xai/grok-voice'], prompt: 'Hello', run: true });
    const error = await attempt.then(
      () => undefined,
      (thrown: unknown) => thrown as HostError,
    );
    expect(error).toBeInstanceOf(HostError);
    expect(error?.code).toBe('task-not-supported');
    expect(error?.message).toMatch(/WebSocket/);
  });

  it('had nothing to refuse by its policy', () => {
    expect(refused).toEqual([]);
  });
});

describe('a restricted window of two folders', () => {
  it('runs media as well, and tells its folders apart', async () => {
    await window.close();
    const { buffer: boat } = await picture('boat.png', 640, 480);
    window = await openWindow({
      restricted: true,
      files: { 'one/boat.png': boat, 'two/boat.png': boat },
      folders: ['one', 'two'],
    });
    expect(await window.host().call((vscode) => vscode.workspace.isTrusted)).toBe(false);
    await open({ task: 'image-to-text', models: [MOONDREAM], prompt: 'What is it?' });
    await columnOf(MOONDREAM).waitFor();
    await attachFrom('attach-workspace');
    await expect
      .poll(() => offers().locator('.label-description').allInnerTexts())
      .toEqual(['one/boat.png', 'two/boat.png']);
    await offers().last().click();
    await window.page.keyboard.press('Enter');
    await expect.poll(() => byId('attachment').count()).toBe(1);
    await byId('run-button').click();
    await done(MOONDREAM);
    await removeAttachments();
    await open({ task: 'text-to-image', models: [FLUX], prompt: 'A boat', run: true });
    expect(await decodedSize((await done(FLUX)).getByTestId('output-image'))).toEqual([1024, 1024]);
  });
});

/** What the page has told VS Code since the call: messages as text without their bytes, and how many bytes each piece had. */
async function hearMessages(): Promise<() => Promise<{ texts: string[]; pieces: number[] }>> {
  const inner = await byId('run-button').elementHandle();
  const outer = (await inner?.ownerFrame())?.parentFrame();
  if (!outer) throw new Error('The playground is not two frames deep.');
  const frame: Frame = outer;
  await frame.evaluate(() => {
    const heard = { texts: [] as string[], pieces: [] as number[] };
    Object.assign(globalThis, { heard });
    // The frame around the page talks to the workbench through a port.
    const { postMessage } = MessagePort.prototype;
    MessagePort.prototype.postMessage = function (this: MessagePort, data: unknown, ...rest: unknown[]) {
      const text = JSON.stringify(data, (_key, value: unknown) => {
        if (!ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer)) {
          // Bytes of another frame's realm are still bytes.
          if (!/^\[object (?:Uint8Array|ArrayBuffer)\]$/.test(Object.prototype.toString.call(value))) return value;
        }
        heard.pieces.push((value as ArrayBufferView).byteLength);
        return 'bytes';
      });
      heard.texts.push(text ?? '');
      Reflect.apply(postMessage, this, [data, ...rest]);
    };
  });
  return () => frame.evaluate(() => (globalThis as unknown as { heard: { texts: string[]; pieces: number[] } }).heard);
}
