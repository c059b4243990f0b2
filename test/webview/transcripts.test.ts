/** Speech recognition: files, the microphone and addresses become transcripts that can be heard, saved and compared. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { columnOf, setColumns, valueOf, waitForState } from './drive';
import { openPlayground, type ViewOptions } from './harness';
import { attach, chooseTask, decodedLength } from './media-drive';
import { inputOf, startRecordingApi } from './recording-api';
import { speech } from './sample-files';

const WHISPER = '@cf/openai/whisper';
const TURBO = '@cf/openai/whisper-large-v3-turbo';
const NOVA = '@cf/deepgram/nova-3';
const ASSEMBLY = 'assemblyai/universal-3-pro';
const OPENAI = 'openai/gpt-4o-transcribe';

/** Thirty words in three sentences, none of which the simulator mishears others for. */
const SAID =
  'Good morning, this is Clara from the bakery. ' +
  'Your cake with cherries is ready, and you can fetch it before seven. ' +
  'Please bring our blue box back when you come.';
const WORDS = SAID.split(' ');

async function openTranscripts(models: readonly string[], view: ViewOptions = {}) {
  const api = await startRecordingApi({ speed: 10 });
  const opened = await openPlayground({ env: api.env, view });
  await chooseTask(opened.page, 'speech-recognition');
  await setColumns(opened.page, models);
  return { api, ...opened };
}

async function transcribe(page: Page, ...models: readonly string[]): Promise<void> {
  await page.getByTestId('run-button').click();
  for (const model of models) await waitForState(columnOf(page, model), 'done');
}

async function setParameters(page: Page, model: string, values: Readonly<Record<string, string>>): Promise<void> {
  const button = columnOf(page, model).getByTestId('parameters-button');
  await button.click();
  for (const [name, value] of Object.entries(values)) await page.getByTestId(`parameter-${name}`).selectOption(value);
  await page.keyboard.press('Escape');
}

/** The words that have times, and when each begins, seconds. */
async function timedWords(column: Locator): Promise<readonly { readonly word: string; readonly start: number }[]> {
  const words = column.getByTestId('transcript-word');
  await words.first().waitFor();
  return words.evaluateAll((all) =>
    all.map((word) => ({ word: word.textContent ?? '', start: Number(word.getAttribute('data-start')) })),
  );
}

async function save(column: Locator, testId: string): Promise<{ readonly name: string; readonly text: string }> {
  const download = column.page().waitForEvent('download');
  await column.getByTestId(testId).click();
  const file = await download;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

describe('a file', () => {
  it('reaches each family in its shape, and comes back as words with times', async () => {
    const all = [WHISPER, TURBO, NOVA, ASSEMBLY, OPENAI];
    const { api, page } = await openTranscripts(all);
    const said = speech('call.wav', SAID);
    await attach(page, said);
    await setParameters(page, NOVA, { diarize: 'true', punctuate: 'true' });
    await transcribe(page, ...all);

    const requests = api.inferences();
    expect(requests).toHaveLength(all.length);
    const sent = (model: string) => requests.find(({ path, body }) => path.includes(model) || body.includes(model))!;
    const bytes = (base64: unknown) => Buffer.from(String(base64).replace(/^data:audio\/wav;base64,/, ''), 'base64');
    const { contentType, path, body } = sent(NOVA);
    expect(contentType).toBe('audio/wav');
    expect(Object.fromEntries(new URL(path, 'http://api').searchParams)).toMatchObject({
      diarize: 'true',
      punctuate: 'true',
    });
    expect(body).toEqual(said.buffer);
    const whisper = sent(WHISPER);
    expect(
      whisper.contentType === 'audio/wav' ? whisper.body : Buffer.from(inputOf(whisper)['audio'] as number[]),
    ).toEqual(said.buffer);
    expect(inputOf(sent(TURBO))['audio']).toBe(said.buffer.toString('base64'));
    expect(inputOf(sent(ASSEMBLY))['audio_url']).toMatch(/^data:audio\/wav;base64,/);
    expect(bytes(inputOf(sent(ASSEMBLY))['audio_url'])).toEqual(said.buffer);
    expect(inputOf(sent(OPENAI))['file']).toMatch(/^data:audio\/wav;base64,/);
    expect(bytes(inputOf(sent(OPENAI))['file'])).toEqual(said.buffer);

    const length = await decodedLength(columnOf(page, TURBO).getByTestId('transcript-audio'));
    for (const model of [TURBO, NOVA, ASSEMBLY]) {
      const words = await timedWords(columnOf(page, model));
      expect(
        words.map(({ word }) => word),
        model,
      ).toEqual(WORDS);
      const starts = words.map(({ start }) => start);
      expect(starts, model).toEqual(starts.toSorted((a, b) => a - b));
      expect(starts.at(-1), model).toBeGreaterThan(length * 0.8);
      expect(starts.at(-1), model).toBeLessThan(length);
    }
    // Without times there is the text, and nothing to make subtitles of.
    const plain = columnOf(page, OPENAI).getByTestId('output-transcript');
    expect(await plain.innerText()).toContain(SAID);
    expect(await plain.getByTestId('transcript-word').count()).toBe(0);
    expect(await plain.getByTestId('save-srt').getAttribute('aria-disabled')).toBe('true');

    const speakers = (model: string) => columnOf(page, model).getByTestId('transcript-speaker').allInnerTexts();
    expect((await speakers(NOVA)).map((words) => words.replace(/\s+[\d:.]+$/, ''))).toEqual([
      'Speaker 0',
      'Speaker 1',
      'Speaker 0',
    ]);
    expect(await speakers(TURBO)).toEqual([]);

    for (const model of all) {
      const column = columnOf(page, model);
      expect(await column.getByTestId('column-output').count(), model).toBe(1);
      expect(await column.getByTestId('column-output').getByTestId('output-transcript').count(), model).toBe(1);
      const [factor, seconds] = [await valueOf(column, 'metric-real-time-factor'), await valueOf(column, 'metric-e2e')];
      expect(factor! / (seconds! / length), model).toBeGreaterThan(0.9);
      expect(factor! / (seconds! / length), model).toBeLessThan(1.1);
      expect(await valueOf(column, 'metric-words'), model).toBe(WORDS.length);
    }
    expect((await valueOf(columnOf(page, TURBO), 'metric-audio-minutes'))! * 60).toBeCloseTo(length, 1);
  });

  it('is heard from the word one clicks, and saved as subtitles', async () => {
    const { page } = await openTranscripts([TURBO]);
    await attach(page, speech('call.wav', SAID));
    await transcribe(page, TURBO);
    const column = columnOf(page, TURBO);
    const words = await timedWords(column);
    const audio = column.getByTestId('transcript-audio');
    await decodedLength(audio);
    const at = () => audio.evaluate((element) => (element as HTMLAudioElement).currentTime);
    await column.getByTestId('transcript-word').nth(12).click();
    await expect.poll(at).toBeCloseTo(words[12]!.start, 2);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(at).toBeCloseTo(words[13]!.start, 2);
    // What is spoken is marked while it plays.
    await audio.evaluate((element) => (element as HTMLAudioElement).play());
    await expect
      .poll(async () => Number(await column.locator('[data-now]').getAttribute('data-index')))
      .toBeGreaterThan(13);
    await audio.evaluate((element) => (element as HTMLAudioElement).pause());

    const srt = await save(column, 'save-srt');
    expect(srt.name).toBe('call.srt');
    const cues = [...srt.text.matchAll(/^\d+\n(\S+) --> (\S+)\n([^]*?)\n(?:\n|$)/gm)];
    expect(cues[0]![1]).toMatch(/^00:00:00,\d{3}$/);
    expect(cues.map((cue) => cue[3]!.replaceAll('\n', ' ')).join(' ')).toBe(SAID);
    const vtt = await save(column, 'save-vtt');
    expect(vtt.name).toBe('call.vtt');
    // The browser's own reader of subtitles takes them.
    const read = await page.evaluate(async (text) => {
      const video = document.createElement('video');
      const track = document.createElement('track');
      track.src = URL.createObjectURL(new Blob([text], { type: 'text/vtt' }));
      track.default = true;
      const loaded = new Promise((resolve, reject) => {
        track.onload = resolve;
        track.onerror = reject;
      });
      video.append(track);
      document.body.append(video);
      track.track.mode = 'hidden';
      await loaded;
      const cues = [...(track.track.cues ?? [])].map((cue) => ({
        start: cue.startTime,
        end: cue.endTime,
        text: (cue as VTTCue).text,
      }));
      video.remove();
      return cues;
    }, vtt.text);
    expect(read.map(({ text }) => text.replaceAll('\n', ' ')).join(' ')).toBe(SAID);
    expect(read).toHaveLength(cues.length);
    expect(read.every(({ start, end }) => start < end)).toBe(true);
  });

  it('is transcribed differently: words that differ are marked, and errors counted against what was said', async () => {
    const { page } = await openTranscripts([WHISPER, TURBO]);
    await attach(page, speech('call.wav', SAID));
    await transcribe(page, WHISPER, TURBO);
    const [weak, good] = [columnOf(page, WHISPER), columnOf(page, TURBO)];
    await weak.getByTestId('compare-transcript').click();
    await page.getByTestId('compare-with-B').click();
    const diff = weak.getByTestId('word-diff');
    await diff.waitFor();
    // Whisper gets one word in ten wrong here.
    expect(await diff.innerText()).toContain('3 words only here, 3 words only in column B');
    expect(await diff.locator('p.words ins').count()).toBe(3);
    expect(await diff.locator('p.words del').count()).toBe(3);
    await diff.getByTestId('close-word-diff').click();

    expect(await weak.getByTestId('word-error-rate').count()).toBe(0);
    await good.getByTestId('use-as-reference').click();
    await expect.poll(() => page.getByTestId('reference-input').inputValue()).toBe(SAID);
    await expect.poll(() => valueOf(weak, 'word-error-rate')).toBeCloseTo(3 / WORDS.length, 9);
    expect(await valueOf(good, 'word-error-rate')).toBe(0);
    // A word more was said, and another in place of the last: each counts as one.
    await page.getByTestId('reference-input').fill(`${WORDS.slice(0, -1).join(' ')} leave tomorrow`);
    await expect.poll(() => valueOf(good, 'word-error-rate')).toBeCloseTo(2 / (WORDS.length + 1), 9);
    expect(await good.getByTestId('output-transcript').innerText()).toContain('1 wrong, 1 missing, 0 extra');
  });
});

describe('other ways in', () => {
  it('the microphone: what was recorded is sent', async () => {
    const { api, page } = await openTranscripts([NOVA], { permissions: ['microphone'] });
    await page.getByTestId('record-button').click();
    await page.getByTestId('recorder-start').click();
    await expect.poll(() => page.getByTestId('recorder-elapsed').innerText()).toContain('0:01');
    await page.getByTestId('recorder-stop').click();
    await page.getByTestId('recorder-use').click();
    await page.getByTestId('attachment').waitFor();
    await transcribe(page, NOVA);
    const { body, contentType } = api.inferences()[0]!;
    expect(contentType).toBe('audio/wav');
    expect(body.readUInt32LE(24)).toBe(16_000);
    const samples = new Int16Array(body.buffer.slice(body.byteOffset + 44, body.byteOffset + body.byteLength));
    expect(samples.length).toBeGreaterThan(16_000 * 0.4);
    expect(samples.some((sample) => Math.abs(sample) > 1000)).toBe(true);
    expect((await timedWords(columnOf(page, NOVA))).length).toBeGreaterThan(0);
  });

  it('an address: the host fetches what is there', async () => {
    const { api, page } = await openTranscripts([TURBO]);
    const text = 'This comes from an address.';
    const address = `${api.origin}/client/v4/simulator/media/talk.wav?${new URLSearchParams({ text, rate: '16000' })}`;
    await page.getByTestId('attach-button').click();
    await page.getByTestId('attach-address').click();
    await page.getByTestId('address-input').fill(address);
    await page.getByTestId('address-attach').click();
    await page.getByTestId('attachment').waitFor();
    expect(await page.getByTestId('attachment').innerText()).toContain('talk.wav');
    await transcribe(page, TURBO);
    expect((await timedWords(columnOf(page, TURBO))).map(({ word }) => word).join(' ')).toBe(text);
  });
});
