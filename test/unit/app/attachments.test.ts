import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAttachments } from '../../../src/app/attachments';
import { fileNameOf } from '../../../src/core/media/file-name';
import { MAX_INPUT } from '../../../src/core/media/limits';
import type { MediaBytes } from '../../../src/core/media/media';
import { fileName } from '../../../src/protocol/media-guards';
import { htmlPage } from '../../../src/simulator/media/broken';
import * as v from 'valibot';
import { fakeClock, settle } from '../../fakes/clock';
import { bytesOf, png, pngChunk, wav } from '../core/media/files';

type Reply = (url: string, init: RequestInit) => Response | Promise<Response>;

function setup(reply: Reply = () => new Response(null, { status: 404 }), apiOrigin?: string) {
  const clock = fakeClock();
  const saved: MediaBytes[] = [];
  const asked: { readonly url: string; readonly init: RequestInit }[] = [];
  const attachments = createAttachments(
    {
      clock,
      fetch: async (url, init = {}) => {
        asked.push({ url: String(url), init });
        return reply(String(url), init);
      },
      media: {
        save(media) {
          saved.push(media);
          const { bytes, ...rest } = media;
          return Promise.resolve({ ...rest, file: `${saved.length}.bin`, byteLength: bytes.length });
        },
        read: () => Promise.reject(new Error('not here')),
      },
    },
    ...(apiOrigin === undefined ? [] : [() => apiOrigin]),
  );
  return { attachments, clock, saved, asked };
}

const sized = (status: number, location: string) => new Response(null, { status, headers: { location } });

describe('taking a file', () => {
  it('keeps it as input, without what it tells about its owner', async () => {
    const { attachments, saved } = setup();
    const attachment = await attachments.take(png({}, [pngChunk('tEXt', 'Author\0me')]), '/home/me/cat.png');
    expect(attachment).toEqual({
      media: { kind: 'image', mediaType: 'image/png', width: 4, height: 3, file: '1.bin', byteLength: png().length },
      name: 'cat.png',
      role: 'input',
    });
    expect(saved[0]?.bytes).toEqual(png());
  });

  it('refuses what cannot work, keeps nothing, and names the file', async () => {
    const { attachments, saved } = setup();
    await expect(attachments.take(new Uint8Array(), 'C:\\x\\a.wav')).rejects.toMatchObject({
      code: 'bad-media',
      message: 'a.wav is empty. Choose another file.',
    });
    expect(saved).toEqual([]);
  });
});

describe('a file in pieces', () => {
  it('is whole with the last one', async () => {
    const { attachments, saved, clock } = setup();
    const bytes = wav(5000);
    for (let at = 0; at < 8000; at += 1000) {
      expect(await attachments.chunk('a', bytes.subarray(at, at + 1000), false)).toBeNull();
    }
    expect(await attachments.chunk('a', bytes.subarray(8000), true)).toMatchObject({ mediaType: 'audio/wav' });
    expect(saved[0]?.bytes).toEqual(bytes);
    expect(clock.pending).toBe(0);
  });

  it('is not mixed with another one, and its name can be used again', async () => {
    const { attachments, saved } = setup();
    const [one, two] = [png({ width: 9 }), wav(3)];
    await attachments.chunk('a', one.subarray(0, 20), false);
    await attachments.chunk('b', two.subarray(0, 20), false);
    await attachments.chunk('a', one.subarray(20), true);
    await attachments.chunk('b', two.subarray(20), true);
    await attachments.chunk('a', two, true);
    expect(saved.map(({ bytes }) => bytes)).toEqual([one, two, two]);
  });

  it('that is refused says why', async () => {
    const { attachments } = setup();
    await expect(attachments.chunk('a', bytesOf('hello'), true)).rejects.toMatchObject({
      code: 'bad-media',
      message: expect.stringMatching(/^The file is no picture.*it looks like text/),
    });
  });

  it('that grows too large is given up, with all that still comes of it', async () => {
    const { attachments, saved } = setup();
    const piece = new Uint8Array(MAX_INPUT.video / 2);
    piece.set(png());
    await attachments.chunk('a', piece, false);
    await attachments.chunk('a', piece, false);
    const tooLarge = { code: 'bad-media', message: 'The file has more than 100 MiB. Make it smaller first.' };
    await expect(attachments.chunk('a', new Uint8Array(1), false)).rejects.toMatchObject(tooLarge);
    await expect(attachments.chunk('a', png(), false)).rejects.toMatchObject(tooLarge);
    await expect(attachments.chunk('a', png(), true)).rejects.toMatchObject(tooLarge);
    expect(saved).toEqual([]);
    expect(await attachments.chunk('a', png(), true)).toMatchObject({ kind: 'image' });
  });

  it('of which no more comes is forgotten', async () => {
    const { attachments, clock } = setup();
    await attachments.chunk('a', png().subarray(0, 20), false);
    await clock.advance(119);
    await attachments.chunk('a', png().subarray(20, 30), false);
    await clock.advance(119);
    expect(clock.pending).toBe(1);
    await clock.advance(2);
    expect(clock.pending).toBe(0);
    await expect(attachments.chunk('a', png().subarray(30), true)).rejects.toMatchObject({ code: 'bad-media' });
  });

  it('is one of at most 20', async () => {
    const { attachments } = setup();
    for (let index = 0; index < 20; index++) await attachments.chunk(`${index}`, png().subarray(0, 9), false);
    await expect(attachments.chunk('one more', png(), true)).rejects.toMatchObject({ code: 'bad-media' });
    expect(await attachments.chunk('3', png().subarray(9), true)).not.toBeNull();
    expect(await attachments.chunk('one more', png(), true)).not.toBeNull();
  });
});

describe('a file from an address', () => {
  it('is fetched without cookies and named by the address', async () => {
    const { attachments, asked } = setup(() => new Response(png(), { headers: { 'content-type': 'text/plain' } }));
    const attachment = await attachments.fromUrl('https://cdn.example.com/a/my%20cat.png?sig=1#x');
    expect(attachment).toMatchObject({ name: 'my cat.png', media: { mediaType: 'image/png' } });
    expect(asked[0]).toMatchObject({ init: { redirect: 'manual', credentials: 'omit' } });
  });

  it.each([
    ['attachment; filename="a b.png"', 'a b.png'],
    ['attachment; filename=a.png', 'a.png'],
    [`attachment; filename="x.png"; filename*=UTF-8''%e2%82%ac.png`, '€.png'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['inline', 'cdn.example.com'],
  ])('is named by %s', async (disposition, name) => {
    const { attachments } = setup(() => new Response(png(), { headers: { 'content-disposition': disposition } }));
    expect((await attachments.fromUrl('https://cdn.example.com/')).name).toBe(name);
  });

  it.each([
    ['http://cdn.example.com/a.png', 'Only https'],
    ['file:///etc/passwd', 'Only https'],
    ['https://127.0.0.1/a.png', '127.0.0.1 is not a public address'],
    ['https://[::1]:8443/a.png', 'is not a public address'],
    ['https://user:pass@cdn.example.com/', 'is not a public address'],
    ['nonsense', 'This is not an address'],
  ])('%s is not asked for', async (url, message) => {
    const { attachments, asked } = setup(() => new Response(png()));
    await expect(attachments.fromUrl(url)).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining(message),
    });
    expect(asked).toEqual([]);
  });

  it('may be at the API itself, wherever that is', async () => {
    const { attachments } = setup(() => new Response(png()), 'http://127.0.0.1:8080');
    expect((await attachments.fromUrl('http://127.0.0.1:8080/media/a.png')).name).toBe('a.png');
    await expect(attachments.fromUrl('http://127.0.0.1:8081/media/a.png')).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });

  it('is followed through redirects, and named by the last address', async () => {
    const { attachments, asked } = setup((url) =>
      url.endsWith('.png') ? new Response(png()) : sized(302, url.endsWith('/1') ? '/2' : 'https://b.example/c.png'),
    );
    expect((await attachments.fromUrl('https://a.example/1')).name).toBe('c.png');
    expect(asked.map(({ url }) => url)).toEqual([
      'https://a.example/1',
      'https://a.example/2',
      'https://b.example/c.png',
    ]);
  });

  it.each([
    'http://127.0.0.1/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest',
    'http://b.example/',
    'file:///x',
    'https://[',
  ])('is not followed to %s', async (target) => {
    const { attachments, asked } = setup((url) =>
      url.includes('a.example') ? sized(307, target) : new Response(png()),
    );
    await expect(attachments.fromUrl('https://a.example/')).rejects.toMatchObject({ code: 'not-allowed' });
    expect(asked).toHaveLength(1);
  });

  it('is not followed for ever', async () => {
    const { attachments, asked } = setup((url) => sized(301, `${url}x`));
    await expect(attachments.fromUrl('https://a.example/')).rejects.toMatchObject({ code: 'bad-media' });
    expect(asked).toHaveLength(6);
  });

  it.each([
    [404, 'a.example answered 404: there is no file at this address, or not any more.'],
    [410, 'not any more'],
    [403, 'the address has expired'],
    [503, 'Try again later'],
  ])('that is answered with %i says so', async (status, message) => {
    const { attachments } = setup(() => new Response('no', { status }));
    await expect(attachments.fromUrl('https://a.example/x')).rejects.toMatchObject({
      code: 'bad-media',
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ['by its type', () => new Response('hello', { headers: { 'content-type': 'text/html; charset=utf-8' } })],
    ['by its bytes', () => new Response(htmlPage(), { headers: { 'content-type': 'image/png' } })],
  ])('that is a web page %s is refused', async (_, answer) => {
    const { attachments } = setup(answer);
    await expect(attachments.fromUrl('https://a.example/x.png')).rejects.toMatchObject({
      code: 'bad-media',
      message: expect.stringMatching(/^The address answered a web page, not a file\. /),
    });
  });

  it('that is too large is refused by what it says, and else while it comes', async () => {
    const told = setup(() => new Response('x', { headers: { 'content-length': '104857601' } }));
    await expect(told.attachments.fromUrl('https://a.example/x')).rejects.toMatchObject({
      message: 'a.example sends more than 100 MiB. Make the file smaller first.',
    });
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(10 * 1024 * 1024));
      },
    });
    const { attachments } = setup(() => new Response(endless));
    await expect(attachments.fromUrl('https://a.example/x')).rejects.toMatchObject({ code: 'bad-media' });
    expect(pulled).toBeLessThan(15);
  });

  it('that does not come in time is given up, even when the connection does not mind', async () => {
    const { attachments, clock, asked } = setup(() => new Promise<Response>(() => undefined));
    const failing = expect(attachments.fromUrl('https://a.example/x')).rejects.toMatchObject({
      code: 'network',
      retryable: true,
      message: expect.stringContaining('a.example sent no whole file in 30 seconds'),
    });
    await settle();
    await clock.advance(30);
    await failing;
    expect(asked[0]?.init.signal?.aborted).toBe(true);
  });

  it('that cannot be reached says so and leaves no timer', async () => {
    const { attachments, clock } = setup(() => Promise.reject(new TypeError('fetch failed')));
    await expect(attachments.fromUrl('https://a.example/x')).rejects.toMatchObject({
      code: 'network',
      message: expect.stringContaining('a.example cannot be reached'),
    });
    expect(clock.pending).toBe(0);
  });
});

describe('a name for people', () => {
  it.each([
    ['C:\\Users\\me\\a.png', 'a.png'],
    ['/home/me/a.png', 'a.png'],
    ['a:b?.png', 'a b .png'],
    ['.env', 'env'],
    ['..', 'file'],
    ['', 'file'],
    ['x/', 'x'],
    ['a/b\\\\//', 'b'],
    [`${'é'.repeat(200)}.jpeg`, `${'é'.repeat(145)}.jpeg`],
    ['invoice\u202efdp.exe', 'invoice fdp.exe'],
  ])('of %j is %j', (given, name) => {
    expect(fileNameOf(given)).toBe(name);
  });

  it('is found at once in a header that is made to take long', () => {
    const started = performance.now();
    for (const part of ['a'.repeat(16_000), '/'.repeat(16_000), '. '.repeat(8000)]) fileNameOf(`${part}/b`);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('is one that every system accepts', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ maxLength: 20 })), (given) => {
        expect(v.is(fileName, fileNameOf(given))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
