/**
 * Files that an answer points to: what is fetched, what is refused and how it is told.
 */
import { describe, expect, it } from 'vitest';
import type { Model, Task } from '../../../../src/core/catalog/model';
import { patience } from '../../../../src/core/inference/patience';
import { taskTitles } from '../../../../src/core/catalog/tasks';
import { box, bytesOf, ftyp, moov, PNG_MARK, u32 } from '../media/files';
import { FakeBody, FakeHost, requestTo, settle, start, TOKEN, type Sent } from './support';

const MP4 = Uint8Array.from([...ftyp('isom', 'mp42'), ...moov('vide'), ...box('mdat', Array<number>(64).fill(7))]);
const URL_OF_VIDEO = 'https://cdn.example.com/v.mp4';
const model = (task: Task): Partial<Model> => ({ id: 'acme/maker', task, hosting: 'third-party', requestFormats: [] });
const answer = (result: unknown) => () =>
  new Response(JSON.stringify({ success: true, result: { state: 'Completed', result } }));
const file =
  (bytes: Uint8Array, headers: HeadersInit = {}, status = 200) =>
  () =>
    new Response(Uint8Array.from(bytes), { status, headers });

/** Runs a video model whose answer names an address; the files are served in turn. */
async function fetched(...files: readonly ((sent: Sent) => Response | Promise<Response>)[]) {
  return fetchedOf('text-to-video', { video: URL_OF_VIDEO }, ...files);
}

async function fetchedOf(
  task: Task,
  result: object,
  ...files: readonly ((sent: Sent) => Response | Promise<Response>)[]
) {
  const host = new FakeHost([answer(result), ...files]);
  const watched = start(host, requestTo(model(task)));
  await watched.done;
  return { watched, host, error: watched.error };
}

const redirect = (location: string) => () => new Response(null, { status: 302, headers: { location } });

/** The beginning of a picture. */
const huge = bytesOf(PNG_MARK, u32(13), 'IHDR', u32(60_000), u32(60_000), [8, 2, 0, 0, 0]);
const small = bytesOf(PNG_MARK, u32(13), 'IHDR', u32(64), u32(32), [8]);

describe('a file at an address', () => {
  it('is kept, and bears the time of its first byte', async () => {
    const { watched, host } = await fetched(file(MP4, { 'content-type': 'video/mp4' }));
    expect(watched.events.find(({ type }) => type === 'media')).toMatchObject({
      firstAt: 1000,
      media: { kind: 'video', mediaType: 'video/mp4' },
    });
    expect(JSON.stringify(host.sent[1])).not.toContain(TOKEN);
  });

  it('is accepted as what it is, whatever its content type', async () => {
    const { watched } = await fetched(file(small, { 'content-type': 'application/octet-stream' }));
    expect(watched.events.find(({ type }) => type === 'media')).toMatchObject({ media: { kind: 'image' } });
    expect(watched.last?.type).toBe('finished');
  });

  it.each([
    [
      'a page',
      file(Buffer.from('<html>login'), { 'content-type': 'text/html; charset=utf-8' }),
      'protocol',
      /answered a web page instead of the video/,
    ],
    [
      'XML',
      file(Buffer.from('<Error/>'), { 'content-type': 'application/xml' }),
      'protocol',
      /answered a web page instead of the video/,
    ],
    [
      'a page that is called a video',
      file(Buffer.from('<!DOCTYPE html>'), { 'content-type': 'video/mp4' }),
      'protocol',
      /web page came instead of the video/,
    ],
    [
      '403',
      file(Buffer.from('x'), {}, 403),
      'server',
      /answered 403: the address of the video has expired or was withdrawn/,
    ],
    ['404', file(Buffer.from('x'), {}, 404), 'server', /expired or was withdrawn/],
    ['410', file(Buffer.from('x'), {}, 410), 'server', /expired or was withdrawn/],
    ['500', file(Buffer.from('x'), {}, 500), 'server', /cdn\.example\.com answered 500 instead of the video/],
    ['nothing', file(new Uint8Array()), 'protocol', /^The video is an empty file\.$/],
    ['no body', () => new Response(null), 'protocol', /empty file/],
    [
      'words',
      file(Buffer.from('  quota\n exceeded ')),
      'protocol',
      /^Words came instead of the video: quota exceeded$/,
    ],
    ['noise', file(Uint8Array.from([1, 2, 3, 4, 5])), 'protocol', /in a format that is not known/],
    [
      'too much, and says so',
      file(MP4, { 'content-length': String(257 * 1024 * 1024) }),
      'protocol',
      /more than 256 MiB/,
    ],
  ] as const)('that turns out to be %s is told as that', async (_what, served, reason, words) => {
    const { error, host, watched } = await fetched(served);
    expect(error).toMatchObject({ reason });
    expect(error?.message).toMatch(words);
    expect(host.sent).toHaveLength(2);
    expect(watched.types).not.toContain('media');
  });

  it('that breaks off is a failure of the network, and is not asked for again', async () => {
    const body = new FakeBody();
    const host = new FakeHost([answer({ video: URL_OF_VIDEO }), () => new Response(body.stream)]);
    const watched = start(host, requestTo(model('text-to-video')));
    await settle();
    await body.write(MP4.slice(0, 20));
    await body.fail(new TypeError('terminated'));
    await watched.done;
    expect(watched.error?.reason).toBe('network');
    expect(host.sent).toHaveLength(2);
  });

  it('that claims more pixels than anyone can show is refused, a cut one is not', async () => {
    const bomb = await fetchedOf('text-to-image', { image: 'https://cdn.example.com/a.png' }, file(huge));
    expect(bomb.error?.message).toBe('The picture claims 60000 x 60000 pixels; more than 100 megapixels are not kept.');
    const cut = await fetchedOf('text-to-image', { image: 'https://cdn.example.com/a.png' }, file(small));
    expect(cut.watched.events.find(({ type }) => type === 'media')).toMatchObject({ media: { width: 64, height: 32 } });
  });
});

describe('redirects', () => {
  it('are followed, each to an address that is safe', async () => {
    const { watched, host } = await fetched(redirect('/b.mp4'), redirect('https://storage.example.org/c'), file(MP4));
    expect(watched.last?.type).toBe('finished');
    expect(host.sent.map(({ url }) => url).slice(1)).toEqual([
      URL_OF_VIDEO,
      'https://cdn.example.com/b.mp4',
      'https://storage.example.org/c',
    ]);
    for (const { init } of host.sent) expect(init.redirect).toBe('manual');
    expect(JSON.stringify(host.sent.slice(1))).not.toContain(TOKEN);
  });

  it.each(['http://cdn.example.com/x', 'https://127.0.0.1/', 'https://169.254.169.254/latest', 'file:///etc/passwd'])(
    'to %s are not',
    async (location) => {
      const { error, host } = await fetched(redirect(location), file(MP4));
      expect(error?.message).toMatch(/not safe to fetch/);
      expect(host.sent).toHaveLength(2);
    },
  );

  it('have an end', async () => {
    const { error, host } = await fetched(redirect(URL_OF_VIDEO));
    expect(error?.message).toMatch(/from one redirect to the next/);
    expect(host.sent).toHaveLength(5);
  });
});

describe('a long download', () => {
  async function begun() {
    const body = new FakeBody();
    const total = String(MP4.length);
    const host = new FakeHost([
      answer({ video: URL_OF_VIDEO }),
      () => new Response(body.stream, { headers: { 'content-length': total } }),
    ]);
    const watched = start(host, requestTo(model('text-to-video')));
    await settle();
    return { body, host, watched };
  }

  it('tells its progress, at most ten times a second', async () => {
    const { body, host, watched } = await begun();
    for (let at = 0; at < 40; at += 1) {
      await body.write(MP4.slice(at, at + 1));
      await host.clock.advance(0.03);
    }
    await body.write(MP4.slice(40));
    await body.close();
    await watched.done;
    const progress = watched.events.filter(({ type }) => type === 'progress');
    expect(progress.length).toBeGreaterThan(5);
    expect(progress.length).toBeLessThanOrEqual(12);
    expect(progress[0]).toMatchObject({ total: MP4.length });
    expect(watched.types.slice(-3)).toEqual(['progress', 'media', 'finished']);
  });

  it('may take much longer than any timer while it comes', async () => {
    const { body, host, watched } = await begun();
    for (let at = 0; at < 30; at += 1) {
      await body.write(MP4.slice(at, at + 1));
      await host.clock.advance(50);
    }
    expect(watched.error).toBeUndefined();
    await body.write(MP4.slice(30));
    await body.close();
    await watched.done;
    expect(watched.last?.type).toBe('finished');
  });

  it('that never ends is given up after half an hour', async () => {
    const { body, host, watched } = await begun();
    for (let at = 0; at < 40 && watched.error === undefined; at += 1) {
      await body.write(MP4.slice(at, at + 1));
      await host.clock.advance(50);
    }
    expect(watched.error?.message).toBe('The video was still not complete after half an hour.');
    expect(body.cancelled).toBe(true);
  });

  it('that stops coming is given up', async () => {
    const { body, host, watched } = await begun();
    await body.write(MP4.slice(0, 9));
    await host.clock.advance(61);
    await watched.done;
    expect(watched.error?.message).toBe('The answer stopped coming for 60 s.');
    expect(body.cancelled).toBe(true);
  });
});

describe('patience', () => {
  const policy = { firstTokenTimeout: 120, idleTimeout: 60, maxAttempts: 3 };

  it('is at least ten minutes for video and music, and what is set for all else', () => {
    for (const task of Object.keys(taskTitles) as Task[]) {
      const isLong = /video$|music/.test(task);
      const model = { task, hosting: 'hosted' } as const;
      expect(patience(model, policy).firstTokenTimeout).toBe(isLong ? 600 : 120);
      expect(patience(model, { ...policy, firstTokenTimeout: 900 }).firstTokenTimeout).toBe(900);
      expect(patience({ task, hosting: 'own' }, policy).firstTokenTimeout).toBe(600);
      expect(patience(model, policy).idleTimeout).toBe(60);
    }
  });

  it('lasts for a video, and no longer', async () => {
    const host = new FakeHost([() => new Promise<Response>(() => {})]);
    const watched = start(host, requestTo(model('text-to-video')));
    await host.clock.advance(599);
    expect(watched.error).toBeUndefined();
    await host.clock.advance(2);
    await watched.done;
    expect(watched.error).toMatchObject({ reason: 'timeout-first-token', message: 'No output came within 600 s.' });
    expect(host.sent).toHaveLength(1);
  });

  it('of the HTTP client is told as what it is, and the request is not sent twice', async () => {
    const gaveUp = Object.assign(new Error('Headers Timeout Error'), { code: 'UND_ERR_HEADERS_TIMEOUT' });
    const host = new FakeHost([() => Promise.reject(new TypeError('fetch failed', { cause: gaveUp }))]);
    const watched = start(host, requestTo(model('text-to-video')));
    await host.clock.advance(100);
    await watched.done;
    expect(watched.error).toMatchObject({ reason: 'timeout-first-token' });
    expect(watched.error?.message).toMatch(/HTTP client of this host gave up.*UND_ERR_HEADERS_TIMEOUT/);
    expect(host.sent).toHaveLength(1);
  });
});
