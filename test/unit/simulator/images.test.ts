import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { decode as decodeJpeg } from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { drawBitmap, drawPicture, sourceNote } from '../../../src/simulator/images/draw';
import { createAsker, jsonOf, writes } from './support';

const { post, send } = createAsker();
const flux = '/ai/run/@cf/black-forest-labs/flux-1-schnell';

interface Decoded {
  readonly width: number;
  readonly height: number;
  /** Palette indexes, row by row. */
  readonly pixels: Uint8Array;
  readonly colours: number;
}

/** Reads a palette PNG with an independent inflater. Throws for what is none. */
function decode(bytes: Uint8Array): Decoded {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = new Map<string, Uint8Array>();
  for (let offset = 8; offset < bytes.length;) {
    const length = view.getUint32(offset);
    const type = Buffer.from(bytes.subarray(offset + 4, offset + 8)).toString('latin1');
    chunks.set(type, bytes.subarray(offset + 8, offset + 8 + length));
    offset += 12 + length;
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND']);
  const header = Buffer.from(chunks.get('IHDR') ?? []);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const lines = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  expect(lines.length).toBe((width + 1) * height);
  const pixels = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    expect(lines[row * (width + 1)]).toBe(0);
    pixels.set(lines.subarray(row * (width + 1) + 1, (row + 1) * (width + 1)), row * width);
  }
  return { width, height, pixels, colours: (chunks.get('PLTE')?.length ?? 0) / 3 };
}

const hosted = async (path: string, body: object): Promise<Decoded> => {
  const reply = await post(path, body);
  expect(reply.status).toBe(200);
  return decode(Buffer.from(jsonOf(reply).result.image, 'base64'));
};

describe('pictures', () => {
  it('are PNGs of the size asked, 1024 by 1024 unless asked', async () => {
    expect(await hosted(flux, { prompt: 'A fox', steps: 4 })).toMatchObject({ width: 1024, height: 1024 });
    expect(await hosted(flux, { prompt: 'A fox', width: 640, height: 360 })).toMatchObject({ width: 640, height: 360 });
    expect(await hosted(flux, { prompt: 'A fox', width: 9000, height: 8 })).toMatchObject({ width: 2048, height: 64 });
  });

  it('end every chunk with the checksum of the specification', async () => {
    const bytes = Buffer.from(await drawPicture({ prompt: '', modelId: 'm', seed: 1, width: 64, height: 64 }));
    // CRC-32 of the empty IEND chunk, as every PNG has it.
    expect(bytes.subarray(-4).toString('hex')).toBe('ae426082');
  });

  it('show the prompt and the seed: either changes the lettering, neither leaves it alone', async () => {
    const letters = async (prompt: string, seed: number): Promise<string> => {
      const { pixels, colours } = decode(await drawPicture({ prompt, modelId: 'm', seed, width: 512, height: 512 }));
      // The two last palette entries are ink and panel.
      const lettering = pixels.map((colour) => (colour === colours - 2 ? 1 : 0));
      expect(lettering.reduce((sum, pixel) => sum + pixel, 0)).toBeGreaterThan(500);
      return createHash('sha256').update(lettering).digest('hex');
    };
    const usual = await letters('A red fox', 1);
    expect(await letters('A red fox', 1)).toBe(usual);
    expect(await letters('A red dog', 1)).not.toBe(usual);
    expect(await letters('A red fox', 2)).not.toBe(usual);
  });

  it('tell what they were drawn from', async () => {
    expect(sourceNote({ width: 512, height: 512, mediaType: 'image/png' })).toBe('from 512x512 image/png');
    expect(sourceNote({ mediaType: 'image/webp', masked: 0.404 })).toBe('from image/webp, mask 40 %');
    const lettering = (change: object): Uint8Array => {
      const { pixels, palette } = drawBitmap({
        prompt: 'A',
        modelId: 'm',
        seed: 1,
        width: 512,
        height: 512,
        ...change,
      });
      return pixels.map((colour) => (colour === palette.length - 2 ? 1 : 0));
    };
    const source = { width: 512, height: 512, mediaType: 'image/png' };
    expect(lettering({ source })).not.toEqual(lettering({}));
    expect(lettering({ source: { ...source, masked: 0.4 } })).not.toEqual(lettering({ source }));
  });

  it('are the same as JPEG, but for its losses', async () => {
    const picture = { prompt: 'A red fox', modelId: 'm', seed: 1, width: 250, height: 130 };
    const { pixels, palette } = drawBitmap(picture);
    const { width, height, data } = decodeJpeg(await drawPicture({ ...picture, format: 'jpeg' }), { useTArray: true });
    expect([width, height]).toEqual([250, 130]);
    let error = 0;
    for (const [index, pixel] of pixels.entries()) {
      const colour = palette[pixel] ?? 0;
      for (const [at, shift] of [16, 8, 0].entries())
        error += Math.abs((data[4 * index + at] ?? NaN) - ((colour >> shift) & 255));
    }
    expect(error / pixels.length / 3).toBeLessThan(12);
  });

  it('have a ground that follows the seed', async () => {
    const ground = async (seed: number) =>
      decode(await drawPicture({ prompt: 'A fox', modelId: 'm', seed, width: 256, height: 256 })).pixels.subarray(
        0,
        256 * 40,
      );
    expect(await ground(1)).toEqual(await ground(1));
    expect(await ground(1)).not.toEqual(await ground(2));
  });

  it('come as bare bytes from Stable Diffusion', async () => {
    const reply = await post('/ai/run/@cf/stabilityai/stable-diffusion-xl-base-1.0', {
      prompt: 'A fox',
      width: 512,
      height: 512,
    });
    expect(reply.headers['content-type']).toBe('image/png');
    expect(decode(writes(reply)[0]?.data as Uint8Array)).toMatchObject({ width: 512, height: 512 });
  });

  it('come as a URL on the own origin from third-party models, readable without a token', async () => {
    const reply = await post('/ai/run', {
      model: 'google/imagen-4',
      input: { prompt: 'A fox & a dog', aspect_ratio: '16:9' },
    });
    const { result, success } = jsonOf(reply);
    expect(success).toBe(true);
    expect(result).toMatchObject({ state: 'Completed', gatewayMetadata: { keySource: 'Unified' } });
    const url = new URL(result.result.image);
    expect(url.origin).toBe('http://127.0.0.1:1234');
    const picture = await send(url.pathname + url.search, { headers: { authorization: '' } });
    const { width, height } = decode(writes(picture)[0]?.data as Uint8Array);
    expect([width, height]).toEqual([1376, 768]);
    const sized = await post('/ai/run', { model: 'openai/gpt-image-2', input: { prompt: 'A fox', size: '1536x1024' } });
    expect(jsonOf(sized).result.result.image).toMatch(/width=1536&height=1024/);
  });

  it('are drawn from a form for Flux 2', async () => {
    const form = new FormData();
    form.set('prompt', '42');
    form.set('width', '256');
    form.set('height', '128');
    const encoded = new Response(form);
    const reply = await send('/client/v4/accounts/simulator/ai/run/@cf/black-forest-labs/flux-2-dev', {
      body: await encoded.text(),
      headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    });
    expect(decode(Buffer.from(jsonOf(reply).result.image, 'base64'))).toMatchObject({ width: 256, height: 128 });
  });

  it('take longer the larger they are', async () => {
    const small = await post(flux, { prompt: 'A fox', width: 256, height: 256 });
    const large = await post(flux, { prompt: 'A fox', width: 2048, height: 2048 });
    expect(large.headersAt).toBeGreaterThan(small.headersAt + 0.5);
  });
});
