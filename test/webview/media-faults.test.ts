/** Bad media: what is wrong is said in the column where it happened; the sibling answers; nothing is sent twice. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { answerOf, columnOf, run, setColumns, valueOf, waitForState } from './drive';
import { openPlayground } from './harness';
import { chooseTask, decodedLength, decodedSize, mixModel } from './media-drive';
import { startRecordingApi, type RecordingApi } from './recording-api';

/** Answers in words, whatever is ordered of media. */
const SIBLING = '@cf/meta/llama-3.2-3b-instruct';
const BY_ADDRESS = 'google/nano-banana';
const BY_BASE64 = '@cf/black-forest-labs/flux-1-schnell';
const BY_BYTES = '@cf/leonardo/phoenix-1.0';
const VIDEO = 'pruna/p-video';
const SPEECH = 'openai/tts-1';
const STREAMED_SPEECH = '@cf/deepgram/aura-2-en';

/** An order in the prompt, and what the column of each model then says. */
type Faults = Readonly<Record<string, Readonly<Record<string, RegExp>>>>;

const pictures: Faults = {
  'media=html': { [BY_ADDRESS]: /web page/, [BY_BASE64]: /web page/, [BY_BYTES]: /HTML page/ },
  'media=bomb': { [BY_ADDRESS]: /60000 x 60000/, [BY_BASE64]: /60000 x 60000/, [BY_BYTES]: /60000 x 60000/ },
  'media=empty': { [BY_ADDRESS]: /empty file/, [BY_BASE64]: /no picture/, [BY_BYTES]: /empty/ },
};

/** Of an API that itself answers so it would be another failure, which is tried again (`faults.test.ts`). */
const addresses: Faults = {
  'media=expired': { [BY_ADDRESS]: /403: the address of the picture has expired/ },
  'media=redirect': { [BY_ADDRESS]: /address that is not safe to fetch/ },
  'state=Queued': { [BY_ADDRESS]: /Queued/ },
};

const others: Readonly<Record<string, Faults>> = {
  'text-to-video': {
    'media=html': { [VIDEO]: /web page instead of the video/ },
    'media=oversized': { [VIDEO]: /video of more than 256 MiB/ },
    'state=Failed': { [VIDEO]: /Failed/ },
  },
  'text-to-speech': {
    'media=empty': { [SPEECH]: /empty file/, [STREAMED_SPEECH]: /empty/ },
    'media=oversized': { [SPEECH]: /sound of more than/, [STREAMED_SPEECH]: /sound of more than/ },
  },
};

async function open(
  task: string,
  models: readonly string[],
): Promise<{ readonly page: Page; readonly api: RecordingApi; readonly order: (what: string) => Promise<void> }> {
  const api = await startRecordingApi();
  const { page } = await openPlayground({ env: api.env });
  await chooseTask(page, task);
  await setColumns(page, models);
  await mixModel(page, SIBLING);
  let sent = 0;
  return {
    page,
    api,
    /** Runs with an order; the sibling answers, and each column sends one request. */
    async order(what) {
      await run(page, `[[simulate ${what}]] A lighthouse at dusk`);
      for (const model of models) await waitForState(columnOf(page, model), 'done', 'failed');
      await waitForState(columnOf(page, SIBLING), 'done');
      expect.soft(await answerOf(columnOf(page, SIBLING)), what).not.toBe('');
      expect.soft(await columnOf(page, SIBLING).getByTestId('column-error').count(), what).toBe(0);
      sent += models.length + 1;
      expect(api.inferences().length, what).toBe(sent);
    },
  };
}

async function expectFaults(task: string, faults: Faults): Promise<void> {
  const models = [...new Set(Object.values(faults).flatMap((says) => Object.keys(says)))];
  const { page, order } = await open(task, models);
  for (const [what, says] of Object.entries(faults)) {
    await order(what);
    for (const [model, words] of Object.entries(says)) {
      const column = columnOf(page, model);
      const error = column.getByTestId('column-error');
      await error.waitFor();
      expect.soft(await error.innerText(), `${what} of ${model}`).toMatch(words);
      // What was made of it is not shown, and nobody knows what it costs.
      expect.soft(await column.locator('img, video, audio').count(), `${what} of ${model}`).toBe(0);
      expect.soft(await valueOf(column, 'metric-cost'), `${what} of ${model}`).toBeUndefined();
    }
  }
}

describe('what cannot be kept is told in its column', () => {
  it('of pictures: pages, bombs, nothing', async () => {
    await expectFaults('text-to-image', pictures);
  });

  it('of addresses: expired, unsafe, not there yet', async () => {
    await expectFaults('text-to-image', addresses);
  });

  it.each(Object.entries(others))('of %s', async (task, faults) => {
    await expectFaults(task, faults);
  });
});

describe('what can be shown is shown', () => {
  it('base64 with white space, another type than stated, a picture that was cut off', async () => {
    const models = [BY_ADDRESS, BY_BASE64, BY_BYTES];
    const { page, order } = await open('text-to-image', models);
    for (const what of ['media=whitespace', 'media=wrong-type']) {
      await order(what);
      for (const model of models) {
        const column = columnOf(page, model);
        expect.soft((await decodedSize(column.getByTestId('output-image')))[0], `${what} of ${model}`).toBe(1024);
        expect.soft(await column.getByTestId('column-warning').count(), `${what} of ${model}`).toBe(0);
      }
    }
    // Browsers show the half that came, and say nothing.
    await order('media=cut');
    for (const model of models) {
      const column = columnOf(page, model);
      await decodedSize(column.getByTestId('output-image'));
      expect
        .soft(await column.getByTestId('column-warning').allInnerTexts(), model)
        .toEqual([expect.stringContaining('cut off')]);
    }
    // Something else than was asked for: shown as what it is.
    await order('media=undecodable');
    for (const model of models) {
      await columnOf(page, model).getByTestId('unplayable').waitFor();
      expect.soft(await columnOf(page, model).getByTestId('unplayable').innerText(), model).toContain('video/mp4');
    }
  });

  it('a video that was cut off says so and plays as far as it goes', async () => {
    const { page, order } = await open('text-to-video', [VIDEO]);
    await order('media=cut');
    const column = columnOf(page, VIDEO);
    expect(await column.getByTestId('column-warning').allInnerTexts()).toEqual([expect.stringContaining('cut off')]);
    expect(await decodedLength(column.getByTestId('output-video'))).toBeGreaterThan(1);
  });
});

it('what never ends shows how much came, and can be stopped', async () => {
  const api = await startRecordingApi({ speed: 1 });
  const { page } = await openPlayground({ env: api.env });
  await chooseTask(page, 'text-to-image');
  await setColumns(page, [BY_ADDRESS]);
  await mixModel(page, SIBLING);
  await run(page, '[[simulate media=endless first=0.1 tokens=20 rate=200]] A lighthouse at dusk');
  const column = columnOf(page, BY_ADDRESS);
  await waitForState(columnOf(page, SIBLING), 'done');
  const kibibytes = async (): Promise<number> => {
    const words = await column.locator('footer').innerText();
    return Number(/([\d,.]+)\s*(?:KiB|KB|MB|MiB)/.exec(words)?.[1]?.replace(',', '') ?? 0);
  };
  await expect.poll(kibibytes).toBeGreaterThan(0);
  const before = await kibibytes();
  await expect.poll(kibibytes).not.toBe(before);
  await column.getByTestId('stop-column').click();
  await waitForState(column, 'stopped');
  expect(api.inferences()).toHaveLength(2);
});
