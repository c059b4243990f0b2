/**
 * What cannot work is told where it happened, with a next step; nothing is sent, and what is well stays.
 */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { columnOf, run, setColumns, waitForState, write } from './drive';
import { openPlayground, type ViewOptions } from './harness';
import { attach, attachWithoutWaiting, chooseTask, drop, fileOf } from './media-drive';
import { startRecordingApi, type OwnAnswer } from './recording-api';
import { pdf, picture, speech } from './sample-files';

const CHAT = 'openai/gpt-4.1';
const WHISPER = '@cf/openai/whisper';
const MESSAGES = 'anthropic/claude-haiku-4.5';
const RESNET = '@cf/microsoft/resnet-50';

/** The host's refusal of a file is an answer of status 4xx, which the browser logs. */
const REFUSED = /4(?:13|22)/;

async function openRecorded(view: ViewOptions = {}, answer?: (path: string) => OwnAnswer | undefined) {
  const api = await startRecordingApi({ speed: 0, ...(answer && { answer: ({ path }) => answer(path) }) });
  return { api, ...(await openPlayground({ env: api.env, speed: 0, view: { expected: REFUSED, ...view } })) };
}

const problems = (page: Page) => page.getByTestId('attachment-problem');

/** A PNG file whose header says this size, and which holds nothing else but a few pixels. */
function bomb(name: string, width: number, height: number, png: Buffer) {
  const bytes = Buffer.from(png);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return fileOf(name, 'image/png', bytes);
}

describe('files that cannot be used', () => {
  it('are refused by name with a next step; the others stay and are sent', async () => {
    const { api, page } = await openRecorded();
    await setColumns(page, [CHAT]);
    const good = await picture('good.png', 320, 200);
    await attach(page, good);
    const rows: readonly (readonly [ReturnType<typeof fileOf>, RegExp])[] = [
      [
        fileOf('notes.png', 'image/png', Buffer.from('Only words, no pixels at all.')),
        /notes\.png is no picture.*(?:text|Convert)/,
      ],
      [
        fileOf('cut.png', 'image/png', good.buffer.subarray(0, 60)),
        /cut\.png is damaged or was cut off\. Save or download it again\./,
      ],
      [
        bomb('bomb.png', 30_000, 30_000, good.buffer),
        /bomb\.png has 30000 × 30000 pixels; pictures can have at most 100 million\. Scale it down first\./,
      ],
      [
        pdf('secret.pdf', 2, { locked: true }),
        /secret\.pdf is protected with a password.*Save a copy without protection/,
      ],
      [fileOf('silence.wav', 'audio/wav', Buffer.alloc(0)), /silence\.wav is empty\. Choose another file\./],
      [
        fileOf('large.png', 'image/png', Buffer.concat([good.buffer, Buffer.alloc(20 * 2 ** 20)])),
        /large\.png has 2[01](?:\.\d)? M.*20 M.*smaller/,
      ],
    ];
    for (const [at, [file, words]] of rows.entries()) {
      if (at % 2 === 0) await attachWithoutWaiting(page, file);
      else await drop(page, file);
      await expect.poll(() => problems(page).count()).toBe(at + 1);
      expect(await problems(page).last().innerText()).toMatch(words);
      expect(await problems(page).last().getAttribute('role')).toBe('alert');
    }
    expect(await page.getByTestId('attachment').allInnerTexts()).toEqual([expect.stringContaining('good.png')]);
    expect(api.inferences()).toEqual([]);
    await problems(page)
      .first()
      .getByRole('button', { name: /notes\.png/ })
      .click();
    await expect.poll(() => problems(page).count()).toBe(rows.length - 1);

    await run(page, 'What is this?');
    await waitForState(columnOf(page, CHAT), 'done');
    expect(api.inferences()).toHaveLength(1);
    const sent = api.inferences()[0]!.body.toString();
    expect(sent).toContain(good.buffer.toString('base64').slice(0, 40));
    expect(sent.match(/"image_url":/g)).toHaveLength(1);
  });

  it('are told from what they are, not from what they are called', async () => {
    const { api, page } = await openRecorded();
    await chooseTask(page, 'speech-recognition');
    await setColumns(page, [WHISPER]);
    await attachWithoutWaiting(page, await picture('cat.png', 32, 20));
    await expect
      .poll(() => problems(page).innerText())
      .toBe('cat.png is a picture; Speech recognition takes recordings.');
    // A picture that pretends to be a recording.
    const png = (await picture('cat.png', 32, 20)).buffer;
    await attach(page, fileOf('voice.wav', 'audio/wav', png));
    await expect.poll(() => page.getByTestId('attachment').innerText()).toMatch(/voice\.wav[^]*not used/);
    await page.getByTestId('run-button').click();
    await expect
      .poll(() => page.getByTestId('problem').innerText())
      .toMatch(/whisper needs a recording\. Attach it first\./);
    expect(api.inferences()).toEqual([]);
  });
});

describe('addresses', () => {
  const answers: Readonly<Record<string, OwnAnswer>> = {
    '/page.png': { headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Sign in</title>' },
    '/liar.png': { headers: { 'content-type': 'image/png' }, body: '<!doctype html><title>Sign in</title>' },
    '/expired.png': { status: 403, headers: { 'content-type': 'application/xml' }, body: '<Error/>' },
    '/gone.png': { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found' },
    '/inside.png': { status: 302, headers: { location: 'https://192.168.0.1/x.png' }, body: '' },
    '/huge.png': { headers: { 'content-type': 'image/png', 'content-length': String(2 ** 31) }, body: '' },
  };

  it('that lead to no file say why in their dialog, which stays open for another try', async () => {
    const { api, page } = await openRecorded({}, (path) => answers[path]);
    await setColumns(page, [CHAT]);
    await page.getByTestId('attach-button').click();
    await page.getByTestId('attach-address').click();
    const dialog = page.getByRole('dialog');
    const rows: readonly (readonly [string, RegExp])[] = [
      [`${api.origin}/page.png`, /answered a web page, not a file/],
      [`${api.origin}/liar.png`, /answered a web page, not a file/],
      [
        `${api.origin}/expired.png`,
        /answered 403: the file needs a login, or the address has expired\. Get a new one\./,
      ],
      [`${api.origin}/gone.png`, /answered 404: there is no file at this address/],
      [`${api.origin}/inside.png`, /192\.168\.0\.1 is not a public address/],
      [`${api.origin}/huge.png`, /sends more than 100 MiB/],
      ['http://example.com/x.png', /Only https addresses are fetched/],
      ['https://127.0.0.1/x.png', /127\.0\.0\.1 is not a public address/],
      ['ftp://example.com/x.png', /must begin with https/],
      ['data:image/png;base64,####', /cannot be decoded/],
      ['', /Type the address of a file/],
    ];
    for (const [address, words] of rows) {
      await page.getByTestId('address-input').fill(address);
      await page.getByTestId('address-attach').click();
      await expect.poll(() => dialog.getByRole('alert').innerText(), { message: address }).toMatch(words);
    }
    // Base64 as it is copied out of a mail: broken into lines.
    const { buffer } = await picture('mail.png', 40, 30);
    const lines = buffer.toString('base64').replace(/.{60}/g, '$& ');
    await page.getByTestId('address-input').fill(`data:image/png;base64,${lines}`);
    await page.getByTestId('address-attach').click();
    await expect.poll(() => page.getByTestId('attachment').innerText()).toContain('40 × 30');
    expect(await dialog.count()).toBe(0);
    expect(await problems(page).count()).toBe(0);
    expect(api.inferences()).toEqual([]);
  });
});

describe('the microphone', () => {
  it('that one may not use says so, and what else one can do', async () => {
    // Nobody gave leave: headless Chromium refuses by itself.
    const { api, page } = await openRecorded();
    await chooseTask(page, 'speech-recognition');
    await attach(page, speech('kept.wav', 'This one stays.'));
    await page.getByTestId('record-button').click();
    await page.getByTestId('recorder-start').click();
    await expect
      .poll(() => page.getByTestId('recorder-note').innerText())
      .toMatch(
        /refuses the microphone\. Allow it for this page in the address bar and record again, or attach a file\./,
      );
    expect(await page.getByTestId('recorder').getAttribute('data-status')).toBe('idle');
    await page.keyboard.press('Escape');
    expect(await page.getByTestId('attachment').count()).toBe(1);
    expect(api.inferences()).toEqual([]);
  });
});

describe('inputs that do not fit the columns', () => {
  it('are named with their column: what is missing, and what is too much', async () => {
    const { api, page } = await openRecorded();
    await chooseTask(page, 'image-classification');
    await setColumns(page, [RESNET]);
    await expect.poll(() => page.getByTestId('needs').innerText()).toBe('A: resnet-50 needs a picture.');
    await page.getByTestId('run-button').click();
    await expect
      .poll(() => page.getByTestId('problem').innerText())
      .toBe('resnet-50 needs a picture. Attach it first.');
    expect(await page.getByTestId('problem').getAttribute('data-code')).toBe('missing-input');

    await attach(page, await picture('one.png', 40, 30), await picture('two.png', 40, 30));
    await page.getByTestId('run-button').click();
    await expect.poll(() => page.getByTestId('attachment').nth(1).innerText()).toMatch(/two\.png[^]*not used/);
    await waitForState(columnOf(page, RESNET), 'done');
    expect(api.inferences()).toHaveLength(1);

    // One column takes the recording, the other has no place for it: nobody runs.
    await chooseTask(page, 'text-generation');
    await setColumns(page, [CHAT, MESSAGES]);
    await attach(page, speech('call.wav', 'Hello there.'));
    await write(page, 'prompt-input', 'What is said?');
    await expect
      .poll(() => page.getByTestId('needs').innerText())
      .toMatch(/B: Claude Haiku 4\.5 has no place for call\.wav\./i);
    await page.getByTestId('run-button').click();
    await expect
      .poll(() => page.getByTestId('problem').innerText())
      .toMatch(/Claude Haiku 4\.5 has no place for recordings: remove call\.wav or the column\./i);
    expect(await page.getByTestId('problem').getAttribute('data-code')).toBe('unsupported-input');
    expect(api.inferences()).toHaveLength(1);
  });
});

describe('drafts', () => {
  it('survive a reload: attachments, texts and the reference', async () => {
    const { page } = await openRecorded();
    await chooseTask(page, 'speech-recognition');
    await attach(page, speech('call.wav', 'Hello there.'));
    await page.getByTestId('reference-input').fill('Hello there');
    await chooseTask(page, 'reranking');
    await write(page, 'prompt-input', 'A query');
    await page.getByTestId('text-item').first().fill('first document');
    await page.getByTestId('add-text').click();
    await page.getByTestId('text-item').nth(1).fill('second document');
    await page.reload();
    await page.getByTestId('run-button').waitFor();
    const texts = () =>
      page.getByTestId('text-item').evaluateAll((all) => all.map((area) => (area as HTMLTextAreaElement).value));
    await expect.poll(texts).toEqual(['first document', 'second document']);
    expect(await page.getByTestId('prompt-input').inputValue()).toBe('A query');
    await chooseTask(page, 'speech-recognition');
    expect(await page.getByTestId('reference-input').inputValue()).toBe('Hello there');
    await expect.poll(() => page.getByTestId('attachment').innerText()).toContain('call.wav');
  });
});
