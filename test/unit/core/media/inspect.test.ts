import fc from 'fast-check';
import jpegJs from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { inspectInput } from '../../../../src/core/media/inspect';
import { MAX_INPUT } from '../../../../src/core/media/limits';
import { cutPicture, htmlPage, pictureBomb } from '../../../../src/simulator/media/broken';
import { music } from '../../../../src/simulator/media/music';
import { encodeMp3 } from '../../../../src/simulator/media/mp3';
import { encodeWav } from '../../../../src/simulator/media/wav';
import { drawVideo } from '../../../../src/simulator/media/video';
import { bytesOf, ftyp, png, pngChunk, PNG_MARK, riff, segment, u32, wav } from './files';

const pixels = { width: 16, height: 8, data: Uint8Array.from({ length: 16 * 8 * 4 }, (_, index) => (index * 7) % 256) };
const jpeg = new Uint8Array(jpegJs.encode(pixels, 80).data);
const pdf = (trailer: string) =>
  bytesOf(`%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< ${trailer} >>\nstartxref\n9\n%%EOF\n`);

const problem = (bytes: Uint8Array, name = 'it') => inspectInput(bytes, name).problem;

describe('a file to attach', () => {
  it.each([
    ['image', 'image/png', png()],
    ['image', 'image/jpeg', jpeg],
    ['image', 'image/svg+xml', bytesOf('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['audio', 'audio/wav', wav(100)],
    ['audio', 'audio/wav', encodeWav(music('x', 0.1, 1), 'said')],
    ['audio', 'audio/mpeg', encodeMp3(music('x', 0.2, 1), 'said')],
    ['file', 'application/pdf', pdf('/Root 1 0 R')],
    ['file', 'application/pdf', bytesOf('%PDF-1.4 stream (see /Encrypt 3 0 R in the manual) endstream %%EOF')],
  ])('that is %s of type %s is taken with what its bytes say', (kind, mediaType, bytes) => {
    expect(inspectInput(bytes, 'wrong.exe').media).toMatchObject({ kind, mediaType, bytes });
  });

  it('may be a video', async () => {
    const video = await drawVideo({ prompt: 'x', modelId: 'm', seed: 1, width: 64, height: 64 }, 0.5);
    expect(inspectInput(video, 'x').media?.mediaType).toBe('video/mp4');
    for (const cut of [200, video.length - 1]) {
      expect(problem(video.subarray(0, cut))).toMatch(/damaged or was cut off/);
    }
  });

  it('that is empty is refused', () => {
    expect(problem(new Uint8Array(), 'a.png')).toBe('a.png is empty. Choose another file.');
  });

  it.each([
    ['a web page', htmlPage()],
    ['a web page', bytesOf('\n<!-- x --><HTML lang="en">')],
    ['text', bytesOf('Once upon a time')],
    ['JSON', bytesOf('{"a": 1}')],
    ['an archive or an Office document', bytesOf('PK\x03\x04', [20, 0])],
    ['a program', bytesOf('\x7fELF', [2, 1])],
    ['an AIFF recording', bytesOf('FORM', u32(4), 'AIFF')],
  ])('that looks like %s is named so', (what, bytes) => {
    expect(problem(bytes, 'x.png')).toMatch(
      new RegExp(`^x.png is no picture, sound, video or PDF that is known here; it looks like ${what}\\. .+\\.$`),
    );
  });

  it('that is nothing known says what would be', () => {
    expect(problem(bytesOf([0, 1, 2, 3]), 'x')).toBe(
      'x is no picture, sound, video or PDF that is known here. Convert it to PNG, MP3, MP4 or PDF first.',
    );
    expect(problem(bytesOf('caf\xe9 in Latin-1'), 'x')).not.toContain('looks like');
  });

  it('that is too large is told with both sizes', () => {
    const large = new Uint8Array(MAX_INPUT.image + 1);
    large.set(png());
    expect(problem(large, 'x')).toBe('x has 20.1 MiB; pictures can have at most 20 MiB. Make it smaller first.');
  });

  it('that would take gigabytes to show is refused by its header', () => {
    expect(problem(pictureBomb(), 'x')).toBe(
      'x has 60000 × 60000 pixels; pictures can have at most 100 million. Scale it down first.',
    );
    expect(problem(bytesOf('<svg width="2000000" height="1"/>'))).toMatch(/^it has 2000000 × 1 pixels/);
  });

  it.each([
    ['in the trailer', pdf('/Root 1 0 R /Encrypt 5 0 R')],
    ['written out', pdf('/Encrypt<< /Filter /Standard >>')],
    ['in a stream of references', bytesOf('%PDF-1.5\n7 0 obj<< /Type /XRef /Encrypt 5 0 R /Size 8 >>stream %%EOF')],
  ])('that is a PDF with a password %s is refused', (_, bytes) => {
    expect(problem(bytes)).toMatch(/protected with a password/);
  });

  it.each([
    ['a PNG', png().subarray(0, -12)],
    ['a PNG', bytesOf(PNG_MARK, pngChunk('IHDR', [...u32(4), ...u32(4), 8, 0, 0, 0, 0]), pngChunk('IEND'))],
    ['a PNG', bytesOf(PNG_MARK, pngChunk('IEND'))],
    ['a JPEG', jpeg.subarray(0, -2)],
    ['a JPEG', jpeg.subarray(0, 100)],
    ['a JPEG of a preview only', bytesOf([0xff, 0xd8], segment(0xe1, jpeg.subarray(0, 600)))],
    ['a WebP', riff('WEBP', ['VP8L', [0x2f, 0xff, 0xc1, 0x3f, 0, 0, 0, 0, 0, 0]]).subarray(0, -1)],
    ['an MP4', ftyp('mp42')],
    ['an HEIC', ftyp('heic')],
    ['a GIF', bytesOf('GIF89a')],
    ['a PDF', bytesOf('%PDF-1.4\n1 0 obj')],
  ])('that is cut, %s, is refused', (_, bytes) => {
    expect(problem(bytes)).toBe('it is damaged or was cut off. Save or download it again.');
  });

  it('that is a cut picture of a provider is refused', async () => {
    expect(problem(await cutPicture())).toMatch(/damaged/);
  });

  it.each([
    ['a WAV', wav(0)],
    ['an MP3', bytesOf('ID3', [4, 0, 0, 0, 0, 0, 10], new Uint8Array(10))],
  ])('that is %s without sound is refused', (_, bytes) => {
    expect(problem(bytes)).toBe('it holds no sound. Record it again, or choose another file.');
  });

  it.each([
    ['PNG', bytesOf(PNG_MARK, u32(13), 'IHDR', u32(8), u32(8), [8, 2, 0, 0, 0], u32(0)), 12, 0],
    ['MP4', ftyp('mp42'), 8, 8],
    ['WebP', bytesOf(riff('WEBP', ['VP8X', [0, 0, 0, 0, 7, 0, 0, 7, 0, 0]])), 8, 0],
  ])('that is a %s of nothing but empty parts is refused and not taken apart', (_, head, step, length) => {
    const parts = 100_001;
    const bytes = new Uint8Array(head.length + parts * step);
    bytes.set(head);
    const view = new DataView(bytes.buffer);
    for (let index = 0; index < parts; index++) view.setUint32(head.length + index * step, length);
    expect(problem(bytes)).toMatch(/damaged/);
  });

  it('that is a PDF of nothing but doubtful marks is done with at once', () => {
    const file = new TextEncoder().encode(`%PDF-1.4 ${'/Encrypt 1 0 R '.repeat(300_000)} %%EOF`);
    const started = performance.now();
    expect(problem(file)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('gives media or a sentence for whatever comes', () => {
    const heads = [
      png(),
      jpeg,
      wav(4),
      pdf('/Root 1 0 R'),
      ftyp('mp42'),
      bytesOf('RIFF....WEBPVP8X'),
      bytesOf('PK\x03\x04'),
    ];
    const input = fc.tuple(fc.constantFrom(...heads), fc.nat(400), fc.uint8Array({ maxLength: 80 }));
    fc.assert(
      fc.property(input, ([head, cut, tail]) => {
        const result = inspectInput(bytesOf(head.subarray(0, cut), tail), 'x');
        if (result.media === undefined) expect(result.problem).toMatch(/^x .+\.$/);
      }),
      { numRuns: 2000 },
    );
  });
});
