/**
 * The offline extra of each template: `wrangler dev` answers without an account.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { WorkerTemplateId } from '../../src/core/scaffold/worker/answers';
import { startOfflineDev, type OfflineDev } from './offline-dev';
import { projectOf } from './projects';

let dev: OfflineDev | undefined;
afterEach(async () => {
  await dev?.stop();
  dev = undefined;
});

/** Runs a template's Worker. */
async function open(template: WorkerTemplateId): Promise<string> {
  const folder = await projectOf(template);
  const manifest = createRequire(`${folder}/`).resolve('wrangler/package.json');
  const wrangler = path.join(path.dirname(manifest), 'bin', 'wrangler.js');
  dev = await startOfflineDev(folder, wrangler, ['dev', '-c', 'offline/wrangler.jsonc']);
  return dev.url;
}

function post(url: string, body: unknown): Promise<Response> {
  return fetch(url, { method: 'POST', body: JSON.stringify(body) });
}

describe('offline', { timeout: 90_000 }, () => {
  it('draws the words of a prompt', async () => {
    const response = await post(await open('image-generation'), { prompt: 'a <fox>' });
    expect(response.headers.get('content-type')).toBe('image/svg+xml');
    expect(await response.text()).toContain('a &#60;fox&#62;');
  });

  it('hears and speaks', async () => {
    const url = await open('speech');
    const heard = await fetch(`${url}/transcribe`, {
      method: 'POST',
      headers: { 'content-type': 'audio/wav' },
      body: new Uint8Array(1234),
    });
    expect(((await heard.json()) as { text: string }).text).toContain('1234 bytes');
    const spoken = await post(`${url}/speak`, { text: 'Good morning.' });
    expect(spoken.headers.get('content-type')).toBe('audio/wav');
    expect((await spoken.arrayBuffer()).byteLength).toBeGreaterThan(1000);
  });

  it('fills in the schema, and shows a correction', async () => {
    const url = await open('structured-output');
    expect(await (await post(url, { text: 'Dinner' })).json()).toMatchObject({
      attempts: 1,
      event: { people: [expect.any(String)] },
    });
    expect(await (await post(url, { text: 'trouble' })).json()).toMatchObject({ attempts: 2 });
  });

  it('keeps, finds and forgets documents', async () => {
    const url = await open('embeddings-search');
    const documents = [
      { id: 'a', text: 'red apples' },
      { id: 'b', text: 'green pears' },
    ];
    expect((await post(`${url}/documents`, { documents })).status).toBe(202);
    const found = async (): Promise<unknown> => (await fetch(`${url}/search?q=pears&k=1`)).json();
    expect(await found()).toMatchObject({ matches: [{ id: 'b', text: 'green pears' }] });
    await fetch(`${url}/documents?id=b`, { method: 'DELETE' });
    expect(await found()).toMatchObject({ matches: [{ id: 'a' }] });
  });

  const chats: readonly (readonly [WorkerTemplateId, body: (text: string) => unknown])[] = [
    ['streaming-chat', (content) => ({ messages: [{ role: 'user', content }] })],
    ['multi-provider', (content) => ({ stream: true, messages: [{ role: 'user', content }] })],
    ['ai-sdk-chat', (text) => ({ messages: [{ role: 'user', parts: [{ type: 'text', text }] }] })],
    ['custom-model', (content) => ({ stream: true, messages: [{ role: 'user', content }] })],
  ];

  it.each(chats)('chats: %s', async (template, body) => {
    const url = await open(template);
    const answer = await (await post(url, body('Where is the bird?'))).text();
    expect(answer).toContain('bird?');
    expect(answer).toContain('[DONE]');
    expect(answer.split('data: ').length).toBeGreaterThan(8);
    if (template === 'custom-model') return;
    // The first model is told to fail, the second one answers.
    expect(await (await post(url, body('Fail [3040] please'))).text()).toContain('gpt-5.4-mini');
  });
});
