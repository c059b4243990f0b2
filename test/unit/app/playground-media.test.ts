import { describe, expect, it } from 'vitest';
import { createPlayground } from '../../../src/app/playground';
import type { Attachment } from '../../../src/core/media/media';
import type { ColumnIntent, RunPlan } from '../../../src/protocol/api';
import { UPLOAD_CHUNK } from '../../../src/protocol/api';
import { fakeInfer } from '../../fakes/infer';
import { fakePorts, type FakePorts } from '../../fakes/ports';
import { attachView, runOf } from '../../fakes/view';
import { drawPicture } from '../../../src/simulator/images/draw';

const column = (id: string, modelId: string): ColumnIntent => ({ id, modelId, parameters: {} });
const alpha = column('a', '@cf/test/alpha');
const beta = column('b', '@cf/test/beta');
const plan = (columns: ColumnIntent[], more: Partial<RunPlan> = {}): RunPlan => ({
  prompt: 'What is this?',
  system: '',
  columns,
  ...more,
});

function start(ports: FakePorts = fakePorts()) {
  const server = fakeInfer(() => ports.clock.now());
  const playground = createPlayground(ports, server.infer);
  return { ports, server, playground, view: attachView(playground), other: attachView(playground) };
}

const picture = () => drawPicture({ prompt: 'cat', modelId: 'm', seed: 1, width: 64, height: 48 });

async function upload({ view }: ReturnType<typeof start>, bytes: Uint8Array): Promise<Attachment> {
  const half = Math.floor(bytes.length / 2);
  expect(await view.host.uploadChunk('u', bytes.subarray(0, half), false)).toBeNull();
  const media = await view.host.uploadChunk('u', bytes.subarray(half), true);
  if (media === null) throw new Error('it was not kept');
  return { media, name: 'cat.png', role: 'input' };
}

describe('a file', () => {
  it('is kept when its last piece came, and its bytes go into the call of every column', async () => {
    const started = start();
    await started.view.ready();
    const bytes = await picture();
    const attachment = await upload(started, bytes);
    expect(attachment.media).toMatchObject({ kind: 'image', mediaType: 'image/png' });
    const runs = await started.view.host.run(plan([alpha, beta], { attachments: [attachment] }));
    expect(started.server.calls.map(({ request }) => request.media)).toEqual(
      Array(2).fill([expect.objectContaining({ bytes, name: 'cat.png', role: 'input', mediaType: 'image/png' })]),
    );
    // Views, and what is stored, know of it and never hold it.
    expect(runs[0]?.attachments).toEqual([attachment]);
    expect(started.ports.store.loadIntent()?.attachments).toEqual([attachment]);
    expect(started.ports.store.dump().length).toBeLessThan(20_000);
  });

  it('that is gone stops the run before it costs anything, and is named', async () => {
    const started = start();
    await started.view.ready();
    const attachment = await upload(started, await picture());
    started.ports.media.read = () => Promise.reject(new Error('gone'));
    await expect(started.view.host.run(plan([alpha], { attachments: [attachment] }))).rejects.toMatchObject({
      code: 'missing-input',
      message: 'cat.png is not among the stored files any more. Attach it again.',
    });
    expect(started.server.calls).toEqual([]);
  });

  it('that is no picture, sound, video or document is refused with its reason', async () => {
    const { view } = start();
    await view.ready();
    const text = new TextEncoder().encode('<!doctype html><title>x</title>');
    await expect(view.host.uploadChunk('u', text, true)).rejects.toMatchObject({ code: 'bad-media' });
    await expect(view.host.uploadChunk('u', new Uint8Array(UPLOAD_CHUNK + 1), true)).rejects.toMatchObject({
      code: 'bad-request',
    });
  });
});

describe('files that are chosen', () => {
  it('are kept, although one of them is refused', async () => {
    const { playground } = start();
    const bytes = await picture();
    const view = attachView(playground, {
      pickFiles: () =>
        Promise.resolve([
          { name: 'a.png', bytes },
          { name: 'empty.png', bytes: new Uint8Array() },
          { name: 'b.png', bytes },
        ]),
    });
    await view.ready();
    expect(await view.host.pickFiles('disk', ['image'])).toEqual([
      expect.objectContaining({ name: 'a.png', role: 'input' }),
      { name: 'empty.png', problem: 'empty.png is empty. Choose another file.' },
      expect.objectContaining({ name: 'b.png' }),
    ]);
  });
});

describe('a command that runs', () => {
  it('sends what is attached and typed, and keeps it', async () => {
    const started = start();
    const { intent } = await started.view.ready();
    const attachment = await upload(started, await picture());
    const columns = [column('r', '@cf/test/reader')];
    const task = 'image-to-text' as const;
    await started.view.host.saveIntent({
      ...intent,
      task,
      columns,
      attachments: [attachment],
      texts: ['one'],
      blind: true,
    });
    await started.playground.open({ prompt: 'What is it?', run: true });
    expect(started.server.calls.map(({ request }) => request.media?.map(({ name }) => name))).toEqual([['cat.png']]);
    expect(started.ports.store.loadIntent()).toMatchObject({ attachments: [attachment], texts: ['one'], blind: true });
    await started.ports.clock.advance(1);
    // Who names what to run is not guessing.
    expect(runOf(started.view, 'r')).not.toHaveProperty('blind');
  });
});

describe('files that are too large', () => {
  const made = (byteLength: number, name: string): Attachment => ({
    media: { kind: 'image', mediaType: 'image/png', file: `${'a'.repeat(64)}.png`, byteLength },
    name,
    role: 'input',
  });

  it.each([
    [
      'one, as an answer may be',
      [made(21 * 1024 * 1024, 'big.png')],
      /^big\.png has 21 MiB; pictures can have at most/,
    ],
    ['all of them together', Array.from({ length: 14 }, () => made(20e6, 'a.png')), /more than 256 MiB together/],
  ])('are refused before they are read: %s', async (_, attachments, message) => {
    const { view, ports, server } = start();
    await view.ready();
    ports.media.read = () => Promise.reject(new Error('nobody asked'));
    await expect(view.host.run(plan([alpha], { attachments }))).rejects.toMatchObject({
      code: 'too-much-input',
      message: expect.stringMatching(message),
    });
    expect(server.calls).toEqual([]);
  });
});

describe('a blind comparison', () => {
  it('ends with a vote that all views hear of and that is kept', async () => {
    const started = start();
    const { view, other, server, ports } = started;
    await view.ready();
    await other.ready();
    const runs = await view.host.run(plan([alpha, beta], { blind: true }));
    expect(runs.map(({ blind }) => blind)).toEqual([true, true]);
    for (const call of server.calls) {
      call.accept();
      call.finish();
    }
    await ports.clock.advance(1);
    const votes = runs.map(({ runId }, index) => ({
      runId,
      verdict: index === 0 ? ('won' as const) : ('lost' as const),
      comment: 'clearer',
    }));
    await view.host.vote(votes);
    expect([view.received.at(-1), other.received.at(-1)]).toEqual(['voted', 'voted']);
    const again = attachView(createPlayground(ports, fakeInfer(() => ports.clock.now()).infer));
    await again.ready();
    expect([runOf(again, 'a').vote, runOf(again, 'b').vote]).toEqual([
      { verdict: 'won', comment: 'clearer' },
      { verdict: 'lost', comment: 'clearer' },
    ]);
  });

  it('is still blind after a restart when nobody voted', async () => {
    const { view, ports } = start();
    await view.ready();
    await view.host.run(plan([alpha], { blind: true }));
    const again = attachView(createPlayground(ports, fakeInfer(() => ports.clock.now()).infer));
    await again.ready();
    expect(runOf(again, 'a')).toMatchObject({ blind: true });
    expect(runOf(again, 'a')).not.toHaveProperty('vote');
  });
});

describe('text that was asked', () => {
  it('goes along where a task takes it, and nowhere else', async () => {
    const ports = fakePorts({
      bundledCatalog: () =>
        Promise.resolve({
          asOf: '2026-11-01',
          models: [{ ...model('@cf/test/vectors', 'embeddings') }, { ...model('@cf/test/alpha', 'text-generation') }],
        }),
    });
    const { view, server } = start(ports);
    await view.ready();
    const runs = await view.host.run(plan([column('v', '@cf/test/vectors'), alpha], { texts: ['one', ' ', 'two'] }));
    // Answers number the texts that were sent.
    expect(runs[0]?.texts).toEqual(['one', 'two']);
    expect(server.to('@cf/test/vectors').request.texts).toEqual(['one', 'two']);
    expect(server.to('@cf/test/alpha').request.texts).toBeUndefined();
  });
});

function model(id: string, task: string) {
  return { id, provider: 'test', name: id, task, hosting: 'hosted', capabilities: [], requestFormats: [], pricing: [] };
}
