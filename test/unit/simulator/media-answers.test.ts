import { describe, expect, it } from 'vitest';
import { readMp3Text } from '../../../src/simulator/media/mp3';
import { readWav } from '../../../src/simulator/media/wav';
import { sniff } from '../../../src/simulator/inputs/sniff';
import type { Reply } from '../../../src/simulator/exchange';
import { base64, dataUri, files } from './samples';
import { account, createAsker, jsonOf, writes } from './support';

const { post, send } = createAsker();
const sdxl = '/ai/run/@cf/stabilityai/stable-diffusion-xl-base-1.0';
const png = dataUri('image/png', files.png);
const bytesOf = (reply: Reply): Buffer => Buffer.concat(writes(reply).map((step) => Buffer.from(step.data)));
const run = async (model: string, input: object): Promise<any> =>
  jsonOf(await post('/ai/run', { model, input })).result.result;
const served = async (value: string): Promise<Reply> => {
  const url = new URL(value);
  return send(url.pathname + url.search, { headers: { authorization: '' } });
};
const file = async (value: string) => sniff(bytesOf(await served(value)));

describe('pictures from pictures', () => {
  it.each<[string, object]>([
    ['google/nano-banana', { prompt: 'Make it blue', image_input: [png] }],
    ['openai/gpt-image-2', { prompt: 'Make it blue', images: [png, png] }],
    ['xai/grok-imagine-image', { prompt: 'Make it blue', image: { url: png } }],
    ['bytedance/seedream-4.5', { prompt: 'Make it blue', image: png }],
    ['bria/fibo-edit-1.5', { instruction: 'Make it blue', images: [png] }],
    ['bria/remove-background', { image: png }],
    ['pruna/p-image-try-on', { person_image: png, garment_images: [png] }],
  ])('%s keeps the size of the picture given, and says what it was made from', async (model, input) => {
    const { image } = await run(model, input);
    expect(new URL(image).searchParams.get('source')).toBe('image/png');
    expect(await file(image)).toMatchObject({ width: 320, height: 200 });
  });

  it('have the mask and the strength on hosted models, as bytes or base64', async () => {
    const plain = bytesOf(await post(sdxl, { prompt: 'A fox', width: 512, height: 512 }));
    const fromBytes = bytesOf(await post(sdxl, { prompt: 'A fox', width: 512, height: 512, image: [...files.png] }));
    const input = { prompt: 'A fox', width: 512, height: 512, image_b64: base64(files.png) };
    const fromBase64 = bytesOf(await post(sdxl, input));
    const masked = bytesOf(await post(sdxl, { ...input, mask: [...files.png], strength: 0.4 }));
    expect(fromBytes.equals(fromBase64)).toBe(true);
    expect(new Set([plain, fromBytes, masked].map((bytes) => bytes.toString('base64'))).size).toBe(3);
  });

  it('come from the files of a form', async () => {
    const form = new FormData();
    form.set('prompt', 'A fox');
    form.set('input_image_0', new Blob([new Uint8Array(files.png)], { type: 'image/png' }), 'a.png');
    const encoded = new Response(form);
    const reply = await send(`${account}/ai/run/@cf/black-forest-labs/flux-2-dev`, {
      bytes: new Uint8Array(await encoded.arrayBuffer()),
      headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    });
    const image = Buffer.from(jsonOf(reply).result.image, 'base64');
    expect(sniff(image)).toMatchObject({ width: 320, height: 200 });
  });

  it('are upscaled', async () => {
    const { image } = await run('pruna/p-image-upscale', { image: png, factor: 3 });
    expect(await file(image)).toMatchObject({ width: 960, height: 600 });
  });

  it.each<[string, string, unknown, number]>([
    ['no base64', sdxl, { prompt: 'A fox', image_b64: '***' }, 5004],
    ['sound for a picture', sdxl, { prompt: 'A fox', image: [...files.wav] }, 3003],
    ['an empty picture', sdxl, { prompt: 'A fox', image: [] }, 3003],
    [
      'a page',
      '/ai/run',
      { model: 'bytedance/seedream-4.5', input: { prompt: 'A', image: 'data:text/html,<p>' } },
      7003,
    ],
    ['no picture', '/ai/run', { model: 'bria/remove-background', input: {} }, 7003],
  ])('are refused for %s', async (_what, path, body, code) => {
    const reply = await post(path, body);
    expect([reply.status, jsonOf(reply).errors[0].code]).toEqual([400, code]);
  });
});

describe('ways to hand out pictures', () => {
  it('follow the family and the format asked', async () => {
    const type = async (model: string, input: object) => (await file((await run(model, input)).image)).type;
    expect(await type('openai/gpt-image-2', { prompt: 'A', output_format: 'jpeg' })).toBe('image/jpeg');
    expect(await type('google/nano-banana', { prompt: 'A', output_format: 'jpg' })).toBe('image/jpeg');
    expect(await type('google/nano-banana', { prompt: 'A' })).toBe('image/png');
    expect(await type('bytedance/seedream-4.5', { prompt: 'A' })).toBe('image/jpeg');
    expect((await run('krea/krea-2-large', { prompt: 'A' })).image).toMatch(/^data:image\/png;base64,/);
    const bare = (await run('xai/grok-imagine-image', { prompt: 'A', response_format: 'b64_json' })).image;
    expect(sniff(Buffer.from(bare, 'base64')).type).toBe('image/jpeg');
    const lucid = jsonOf(await post('/ai/run/@cf/leonardo/lucid-origin', { prompt: 'A' })).result.image;
    expect(sniff(Buffer.from(lucid, 'base64')).type).toBe('image/jpeg');
  });

  it('give several pictures, all different, when asked', async () => {
    const { images } = await run('alibaba/qwen-image-3.0-pro', { prompt: 'A fox', n: 4 });
    expect(new Set(images).size).toBe(4);
  });

  it('report what OpenAI reports, pictures apart', async () => {
    const { usage } = await run('openai/gpt-image-2', {
      prompt: 'A fox',
      images: [png],
      quality: 'high',
      size: '1024x1024',
    });
    expect(usage.input_tokens_details.image_tokens).toBe(Math.round((320 * 200) / 750));
    expect(usage.output_tokens_details.image_tokens).toBe(4160);
    expect(usage.input_tokens).toBe(usage.input_tokens_details.image_tokens + usage.input_tokens_details.text_tokens);
  });
});

describe('videos', () => {
  it.each<[string, object, Record<string, string>]>([
    [
      'alibaba/hh1-t2v',
      { prompt: 'A', duration: 3, resolution: '720P', ratio: '9:16' },
      { seconds: '3', width: '720', height: '1280' },
    ],
    [
      'google/veo-3.1',
      { prompt: 'A', duration: '4s', generate_audio: true },
      { seconds: '4', sound: 'true', width: '1280' },
    ],
    [
      'runwayml/gen-4.5',
      { prompt: 'A', duration: 2, ratio: '1104:832' },
      { seconds: '2', width: '1104', height: '832' },
    ],
    [
      'lightricks/ltx-2-5-fast',
      { prompt: 'A', duration: 6, resolution: '1920x1080', fps: 25 },
      { width: '1920', fps: '25' },
    ],
    ['vidu/q3-pro', { prompt: 'A', duration: 16, resolution: '540p' }, { seconds: '16', width: '960', height: '540' }],
    [
      'pixverse/v6',
      { prompt: 'A', duration: 5, aspect_ratio: '1:1', quality: '360p' },
      { width: '360', height: '360' },
    ],
    ['minimax/h3-max', { content: [{ type: 'text', text: 'A fox' }], duration: 5 }, { text: 'A fox', seconds: '5' }],
    ['alibaba/wan-2.7-i2v', { image: png, resolution: '720P' }, { source: 'image/png', width: '1152', height: '720' }],
  ])('%s follow what was asked', async (model, input, expected) => {
    const { video } = await run(model, input);
    expect(Object.fromEntries(new URL(video).searchParams)).toMatchObject(expected);
    expect((await file(video)).type).toBe('video/mp4');
  });

  it.each<[string, object]>([
    ['minimax/hailuo-2.3', { prompt: 'A' }],
    ['vidu/q3-pro', { prompt: 'A' }],
    ['alibaba/wan-2.7-i2v', { prompt: 'A' }],
    ['bria/v-rmbg-3.0', {}],
    ['pruna/p-video-animate', { image: png }],
    ['google/veo-3.1', { prompt: 'A', fps: 24 }],
  ])('%s refuse what lacks a field or has one too many', async (model, input) => {
    const reply = await post('/ai/run', { model, input });
    expect([reply.status, jsonOf(reply).errors[0]]).toMatchObject([
      400,
      { code: 7003, message: expect.stringContaining('User Input Error') },
    ]);
  });

  it('take some seconds', async () => {
    const reply = await post('/ai/run', { model: 'google/veo-3.1', input: { prompt: 'A' } });
    expect(reply.headersAt).toBeGreaterThan(3);
    expect(reply.headersAt).toBeLessThan(9);
  });
});

describe('speech', () => {
  it('streams from Aura: the first bytes long before the last', async () => {
    const reply = await post('/ai/run/@cf/deepgram/aura-1', { text: 'The quick brown fox jumps over the lazy dog.' });
    expect(reply.headers['content-type']).toBe('audio/mpeg');
    const times = writes(reply).map(({ at }) => at);
    expect(times.length).toBeGreaterThan(3);
    expect(times[0]).toBeLessThan(0.6);
    expect(times.at(-1)).toBeGreaterThan((times[0] ?? 0) + 0.2);
    expect(readMp3Text(bytesOf(reply))).toContain('quick brown fox');
  });

  it('honours encoding, container and rate where they can be made', async () => {
    const ask = (rest: object) =>
      post('/ai/run/@cf/deepgram/aura-1', { text: 'Good morning.', encoding: 'linear16', ...rest });
    const wav = await ask({ container: 'wav', sample_rate: 16_000 });
    expect([wav.headers['content-type'], readWav(bytesOf(wav))?.sampleRate]).toEqual(['audio/wav', 16_000]);
    const bare = await ask({ container: 'none' });
    expect(bare.headers['content-type']).toMatch(/^audio\/l16;rate=24000/);
    expect(bytesOf(bare).subarray(0, 4).toString('latin1')).not.toBe('RIFF');
    const opus = await ask({ encoding: 'opus', container: 'ogg' });
    expect(opus.headers['content-type']).toBe('audio/mpeg');
  });

  it('is base64 from MeloTTS, a URL in the format asked from others; voice and speed change it', async () => {
    const melo = jsonOf(await post('/ai/run/@cf/myshell-ai/melotts', { prompt: 'Good morning.' })).result.audio;
    expect(sniff(Buffer.from(melo, 'base64')).type).toBe('audio/mpeg');
    const say = async (rest: object) => {
      const input = { text: 'Good morning.', voice: 'alloy', speed: 1, response_format: 'wav', ...rest };
      return bytesOf(await served((await run('openai/tts-1', input)).audio));
    };
    const [usual, other, slow] = [await say({}), await say({ voice: 'nova' }), await say({ speed: 0.5 })];
    expect(sniff(usual).type).toBe('audio/wav');
    expect(usual.equals(other)).toBe(false);
    expect(sniff(slow).seconds).toBeGreaterThan(1.5 * (sniff(usual).seconds ?? 0));
    expect((await run('google/gemini-3.8-flash-tts', { text: 'Hi' })).audio).toMatch(/^data:audio\/wav;base64,/);
  });

  it('says long texts by an address of moderate length', async () => {
    const text = 'The quick brown fox jumps over the lazy dog. '.repeat(40).trim();
    const input = { text, voice_id: 'Dennis', output_format: 'mp3', temperature: 1, timestamp_type: 'word' };
    const { audio, timestamps } = await run('inworld/tts-2', input);
    expect(audio.length).toBeLessThan(600);
    expect(readMp3Text(bytesOf(await served(audio)))).toBe(text);
    expect(timestamps[0]).toMatchObject({ word: 'The' });
  });

  it('is music of the length asked', async () => {
    const { audio } = await run('elevenlabs/music-v2', { prompt: 'Piano', music_length_ms: 4000 });
    expect((await file(audio)).seconds).toBeCloseTo(4, 0);
    const wav = await run('minimax/music-2.6', {
      prompt: 'Piano',
      is_instrumental: true,
      lyrics_optimizer: false,
      format: 'wav',
    });
    expect(await file(wav.audio)).toMatchObject({ type: 'audio/wav', seconds: 10 });
  });
});

describe('orders', () => {
  const painted = async (order: string) =>
    served((await run('google/imagen-4', { prompt: `A fox [[simulate ${order}]]` })).image);

  it.each<[string, number, string | undefined]>([
    ['media=html', 200, 'text/html; charset=UTF-8'],
    ['media=expired', 403, 'application/xml'],
    ['media=redirect', 302, undefined],
    ['media=wrong-type', 200, 'text/plain'],
    ['media=empty', 200, 'image/png'],
  ])('%s spoils the address', async (order, status, type) => {
    const reply = await painted(order);
    expect(reply.status).toBe(status);
    expect(reply.headers['content-type']).toBe(type);
    if (order.endsWith('empty')) expect(reply.steps).toEqual([]);
    if (order.endsWith('redirect')) expect(reply.headers['location']).toBe('http://127.0.0.1:9/');
    if (order.endsWith('wrong-type')) expect(sniff(bytesOf(reply)).type).toBe('image/png');
  });

  it('announce too much, and never end', async () => {
    const oversized = await painted('media=oversized');
    expect(oversized.headers['content-length']).toBe('600000000');
    expect(oversized.steps.at(-1)).toEqual({ type: 'hang' });
    expect((await painted('media=endless')).steps.at(-1)?.type).toBe('drip');
  });

  it('put bombs, cut files, odd codecs and white space into answers', async () => {
    expect(sniff(bytesOf(await painted('media=bomb')))).toMatchObject({ width: 60_000, height: 60_000 });
    expect(bytesOf(await painted('media=cut')).includes('IEND')).toBe(false);
    const { video } = await run('google/veo-3.1', { prompt: 'A fox [[simulate media=undecodable]]' });
    expect(bytesOf(await served(video)).includes('zzz9')).toBe(true);
    const flux = '/ai/run/@cf/black-forest-labs/flux-1-schnell';
    const spaced = jsonOf(await post(flux, { prompt: 'A fox [[simulate media=whitespace]]' })).result.image;
    const plain = jsonOf(await post(flux, { prompt: 'A fox' })).result.image;
    expect(spaced.split('\r\n').length).toBeGreaterThan(20);
    expect(spaced).toMatch(/^\n {2}\S{76}\r\n/);
    const seedless = (text: string) => sniff(Buffer.from(text.replace(/\s/g, ''), 'base64'));
    expect(seedless(spaced)).toEqual(seedless(plain));
    expect(jsonOf(await post(flux, { prompt: 'A [[simulate media=empty]]' })).result.image).toBe('');
  });

  it('set the state of the answer and the time until it', async () => {
    const reply = await post('/ai/run', {
      model: 'google/veo-3.1',
      input: { prompt: 'A [[simulate state=Queued first=0.5]]' },
    });
    expect(jsonOf(reply).result).toMatchObject({ state: 'Queued', result: null });
    expect(reply.headersAt).toBe(0.5);
  });

  it('are not drawn', async () => {
    const { image } = await run('google/imagen-4', { prompt: 'A fox [[simulate media=html]]' });
    expect(new URL(image).searchParams.get('text')).toBe('A fox');
  });

  it('lead nowhere for an address that was not given', async () => {
    for (const path of ['x.png', 'x.exe?text=A', 'x.png?packed=%%']) {
      expect((await send(`/client/v4/simulator/media/${path}`)).status).toBe(404);
    }
  });
});

it('large files leave in several writes', async () => {
  const { video } = await run('vidu/q3-pro', { prompt: 'A', duration: 16, resolution: '1080p' });
  expect(writes(await served(video)).length).toBeGreaterThan(1);
});
