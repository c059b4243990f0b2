import { describe, expect, it } from 'vitest';
import { MAX_ATTACHMENTS } from '../../../../src/core/media/limits';
import type { Attachment, MediaRef } from '../../../../src/core/media/media';
import type { HostApi } from '../../../../src/protocol/api';
import { RpcError } from '../../../../src/protocol/rpc';
import { createSender } from '../../../../webview/state/attachment-sender';

const stored = (file: string): MediaRef => ({ kind: 'image', mediaType: 'image/png', file, byteLength: 3 });

function setUp(host: Partial<HostApi> | undefined) {
  const list: Attachment[] = [];
  const busy = new Map<string, () => void>();
  const problems: string[] = [];
  const log: string[] = [];
  const sender = createSender({
    host: () => host as HostApi | undefined,
    surroundings: () => ({ dialogs: false, workspace: false, workers: false }),
    room: () => MAX_ATTACHMENTS - list.length,
    attach: (attachment) => list.length < MAX_ATTACHMENTS && list.push(attachment) > 0,
    began: ({ id, name, cancel }) => {
      busy.set(id, cancel);
      log.push(`began ${name}`);
    },
    progressed: () => undefined,
    ended: (id) => void busy.delete(id),
    failed: ({ message }) => void problems.push(message),
  });
  return { sender, list, busy, problems, log, names: () => list.map(({ name }) => name) };
}

const file = (name: string, content = 'bytes'): File => new File([content], name, { type: 'image/png' });

describe('files', () => {
  it('are attached in the order in which they were given, however often and whatever fails between them', async () => {
    const { sender, names, problems, busy } = setUp({
      uploadChunk: (_, chunk) => {
        const text = new TextDecoder().decode(chunk);
        return text === 'bad'
          ? Promise.reject(new RpcError('bad-media', 'It is no picture.'))
          : Promise.resolve(stored(text));
      },
    });
    await Promise.all([
      sender.sendFiles([file('a.png'), file('b.png', 'bad'), file('c.png')]),
      sender.sendFiles([file('empty.png', ''), file('d.png')]),
    ]);
    expect(names()).toEqual(['a.png', 'c.png', 'd.png']);
    expect(problems).toEqual(['b.png: It is no picture.', expect.stringContaining('empty.png is empty')]);
    expect(busy.size).toBe(0);
  });

  it('are not sent when they would be refused', async () => {
    const { sender, log, problems } = setUp({ uploadChunk: () => Promise.resolve(stored('x')) });
    await sender.sendFiles([file('cat.png')], { title: 'Speech recognition', kinds: ['audio'] });
    expect(problems).toEqual(['cat.png is a picture; Speech recognition takes recordings.']);
    expect(log).toEqual([]);
  });

  it('stop at the most that can be attached', async () => {
    const { sender, list, problems } = setUp({ uploadChunk: () => Promise.resolve(stored('x')) });
    await sender.sendFiles(Array.from({ length: MAX_ATTACHMENTS + 2 }, (_, n) => file(`${n}.png`)));
    expect(list).toHaveLength(MAX_ATTACHMENTS);
    expect(problems).toHaveLength(2);
  });

  it('say when the host is away', async () => {
    const { sender, problems } = setUp(undefined);
    await sender.sendFiles([file('a.png')]);
    expect(problems).toEqual([expect.stringContaining('a.png was not attached')]);
  });

  it('are silent when they are cancelled', async () => {
    let answer: ((media: MediaRef | null) => void) | undefined;
    const asked = new Promise<void>((resolve) => {
      setUpHost.uploadChunk = () =>
        new Promise((settle) => {
          answer = settle;
          resolve();
        });
    });
    const { sender, list, problems, busy } = setUp(setUpHost);
    const sending = sender.sendFiles([file('a.png')]);
    await asked;
    for (const cancel of busy.values()) cancel();
    answer?.(stored('a'));
    await sending;
    expect([list, problems, busy.size]).toEqual([[], [], 0]);
  });
});

const setUpHost: Partial<HostApi> = {};

describe('addresses', () => {
  it('are fetched by the host; what is wrong is told and answered', async () => {
    const fetched: Attachment = { media: stored('x'), name: 'x.png', role: 'input' };
    const { sender, list, problems } = setUp({
      attachUrl: (url) =>
        url.includes('html')
          ? Promise.reject(new RpcError('bad-media', 'That is a web page.'))
          : Promise.resolve(fetched),
    });
    expect(await sender.sendUrl('https://example.com/x.png')).toBeUndefined();
    expect((await sender.sendUrl('https://example.com/html'))?.message).toBe(
      'https://example.com/html: That is a web page.',
    );
    expect(list).toEqual([fetched]);
    expect(problems).toHaveLength(1);
  });

  it('with data in them are sent as files', async () => {
    const { sender, names, problems } = setUp({
      uploadChunk: (_, chunk) => Promise.resolve(stored(String(chunk.length))),
    });
    expect(await sender.sendUrl('data:image/png;base64,AAEC')).toBeUndefined();
    expect(names()).toEqual(['data.png']);
    expect((await sender.sendUrl('data:image/png;base64,%%%'))?.message).toContain('cannot be decoded');
    expect(problems).toHaveLength(1);
  });

  it('say so when there was room as they began, and none when they had come', async () => {
    const { sender, list, problems } = setUp({
      uploadChunk: () => {
        while (list.length < MAX_ATTACHMENTS) list.push({ media: stored('x'), name: 'x', role: 'input' });
        return Promise.resolve(stored('y'));
      },
    });
    expect(await sender.sendUrl('data:image/png;base64,AAEC')).toMatchObject({ message: problems[0] });
    expect(problems).toEqual([expect.stringContaining('data:image/png')]);
  });
});

describe('dialogs of the host', () => {
  it('attach what was chosen and tell what is wrong with it', async () => {
    const picked: Attachment = { media: stored('x'), name: 'x.png', role: 'input' };
    const good = setUp({ pickFiles: () => Promise.resolve([picked, picked]) });
    await good.sender.pick('workspace', ['image']);
    expect(good.list).toHaveLength(2);
    const mixed = setUp({
      pickFiles: () => Promise.resolve([{ name: 'x.txt', problem: 'x.txt is no picture.' }, picked]),
    });
    await mixed.sender.pick('disk', ['image']);
    expect([mixed.names(), mixed.problems]).toEqual([['x.png'], ['x.txt is no picture.']]);
    const bad = setUp({ pickFiles: () => Promise.reject(new RpcError('bad-media', 'x.txt is no picture.')) });
    await bad.sender.pick('disk', ['image']);
    expect(bad.problems).toEqual(['x.txt is no picture.']);
  });
});
