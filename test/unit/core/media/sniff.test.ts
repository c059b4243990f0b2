import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orientationBlock } from '../../../../src/core/media/exif';
import { sniffMedia } from '../../../../src/core/media/sniff';
import { music } from '../../../../src/simulator/media/music';
import { encodeMp3 } from '../../../../src/simulator/media/mp3';
import { encodeWav } from '../../../../src/simulator/media/wav';
import { drawVideo } from '../../../../src/simulator/media/video';
import { box, bytesOf, ftyp, le32, moov, png, segment, u32, wav } from './files';

const PNG = bytesOf('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 2, 0], [0, 0, 1, 0], [8, 2, 0, 0, 0]);
const JPEG = bytesOf(
  [0xff, 0xd8],
  [0xff, 0xe0, 0, 4, 1, 2],
  [0xff, 0xff, 0xc4, 0, 5, 0, 0, 0],
  [0xff, 0xc2, 0, 11, 8, 1, 0, 2, 0, 3, 0, 0, 0],
);
const GIF = bytesOf('GIF89a', [0, 2, 0, 1, 0, 0, 0]);
const WEBP_LOSSY = bytesOf('RIFF', [0, 0, 0, 0], 'WEBPVP8 ', [0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 0, 0x42, 0, 1]);
const WEBP_LOSSLESS = bytesOf('RIFF', [0, 0, 0, 0], 'WEBPVP8L', [0, 0, 0, 0, 0x2f, 0xff, 0xc1, 0x3f, 0, 0, 0, 0, 0, 0]);
const WEBP_EXTENDED = bytesOf('RIFF', [0, 0, 0, 0], 'WEBPVP8X', [10, 0, 0, 0, 0, 0, 0, 0, 0xff, 1, 0, 0xff, 0, 0]);
const BMP = bytesOf('BM', new Uint8Array(12), le32(40), le32(512), le32(-256));
const BMP_OLD = bytesOf('BM', new Uint8Array(12), le32(12), [0, 2, 0, 1, 1, 0, 24, 0]);
const TIFF = bytesOf('II*\0', le32(8), [2, 0], [0, 1, 3, 0], le32(1), [0, 2, 0, 0], [1, 1, 4, 0], le32(1), le32(256));
const ispe = (width: number, height: number) => box('ispe', u32(0), u32(width), u32(height));
const meta = box('meta', u32(0), box('iprp', box('ipco', ispe(64, 64), ispe(512, 256), ispe(32, 16))));
const AVIF = bytesOf(ftyp('mif1', 'miaf', 'avif'), meta);
const HEIC = bytesOf(ftyp('heic', 'mif1'), meta);
const SVG = bytesOf('<?xml version="1.0"?>\n<!-- a > b --><svg width="512px" height="256"></svg>');

const pictures: [string, Uint8Array][] = [
  ['image/png', PNG],
  ['image/jpeg', JPEG],
  ['image/gif', GIF],
  ['image/webp', WEBP_LOSSY],
  ['image/webp', WEBP_LOSSLESS],
  ['image/webp', WEBP_EXTENDED],
  ['image/bmp', BMP],
  ['image/bmp', BMP_OLD],
  ['image/tiff', TIFF],
  ['image/avif', AVIF],
  ['image/heic', HEIC],
  ['image/svg+xml', SVG],
];

const ID3 = bytesOf('ID3', [4, 0, 0, 0, 0, 0, 10], new Uint8Array(10));
const ADTS = bytesOf([0xff, 0xf1, 0x50, 0x80, 0x02, 0x1f, 0xfc], new Uint8Array(20));
const EBML = bytesOf([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84], 'webm');
const MKV = bytesOf([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x88], 'matroska');
const VP9 = bytesOf([0x86, 0x85], 'V_VP9');
const OPUS = bytesOf([0x86, 0x86], 'A_OPUS');
const oggPage = (first: string) => bytesOf('OggS', new Uint8Array(22), [1, 30], first, new Uint8Array(20));

const others: [string, string, Uint8Array][] = [
  ['audio/wav', 'audio', wav(10)],
  ['audio/wav', 'audio', encodeWav(music('x', 0.1, 1))],
  ['audio/mpeg', 'audio', encodeMp3(music('x', 0.3, 1))],
  ['audio/mpeg', 'audio', encodeMp3(music('x', 0.3, 1), 'tagged')],
  ['audio/mpeg', 'audio', ID3],
  ['audio/aac', 'audio', ADTS],
  ['audio/aac', 'audio', bytesOf(ID3, ADTS)],
  ['audio/flac', 'audio', bytesOf('fLaC', new Uint8Array(40))],
  ['audio/flac', 'audio', bytesOf(ID3, 'fLaC')],
  ['audio/ogg', 'audio', oggPage('OpusHead')],
  ['audio/ogg', 'audio', oggPage('\x01vorbis')],
  ['video/ogg', 'video', bytesOf(oggPage('\x01vorbis'), oggPage('\x80theora'))],
  ['audio/mp4', 'audio', ftyp('M4A ', 'isom')],
  ['audio/mp4', 'audio', bytesOf(ftyp('isom'), moov('soun'))],
  ['video/mp4', 'video', bytesOf(ftyp('isom'), moov('soun', 'vide'))],
  ['video/mp4', 'video', ftyp('mp42', 'isom')],
  ['video/quicktime', 'video', ftyp('qt  ')],
  ['video/webm', 'video', bytesOf(EBML, OPUS, VP9)],
  ['audio/webm', 'audio', bytesOf(EBML, OPUS)],
  ['video/webm', 'video', EBML],
  ['video/x-matroska', 'video', bytesOf(MKV, VP9)],
  ['video/x-msvideo', 'video', bytesOf('RIFF', le32(4), 'AVI LIST')],
  ['application/pdf', 'file', bytesOf('%PDF-1.7\n')],
  ['application/pdf', 'file', bytesOf('\xef\xbb\xbf\n%PDF-1.7\n')],
];

describe('sniffing', () => {
  it.each(pictures)('knows %s and its size', (mediaType, bytes) => {
    expect(sniffMedia(bytes)).toEqual({ kind: 'image', mediaType, width: 512, height: 256 });
  });

  it.each(pictures)('says no size of %s that is cut off', (_, bytes) => {
    for (let length = 0; length < bytes.length; length++) {
      const info = sniffMedia(bytes.slice(0, length));
      if (info?.width !== undefined && info.mediaType !== 'image/avif' && info.mediaType !== 'image/heic') {
        expect(info).toMatchObject({ width: 512, height: 256 });
      }
    }
  });

  it.each(others)('knows %s', (mediaType, kind, bytes) => {
    expect(sniffMedia(bytes)).toEqual({ kind, mediaType });
  });

  it('knows the video that the simulator makes', async () => {
    const video = await drawVideo({ prompt: 'x', modelId: 'm', seed: 1, width: 64, height: 64 }, 0.5, { sound: true });
    expect(sniffMedia(video)).toEqual({ kind: 'video', mediaType: 'video/mp4' });
  });

  it('tells the size of a photo as it is shown', () => {
    const onItsSide = bytesOf([0xff, 0xd8], segment(0xe1, orientationBlock(6)), JPEG.subarray(2));
    expect(sniffMedia(onItsSide)).toMatchObject({ width: 256, height: 512 });
    const upsideDown = bytesOf([0xff, 0xd8], segment(0xe1, orientationBlock(3)), JPEG.subarray(2));
    expect(sniffMedia(upsideDown)).toMatchObject({ width: 512, height: 256 });
  });

  it.each([
    ['<svg viewBox="0 0 512 256"/>', 512, 256],
    [`<svg\n width='100%' height='100%' viewBox='0,0,512.4,255.6'>`, 512, 256],
    ['<svg width="1024" viewBox="0 0 512 256"></svg>', 1024, 512],
    ['<svg height="128" viewBox="0 0 512 256"></svg>', 256, 128],
    ['<svg width="2cm" height="1cm"></svg>', undefined, undefined],
    ['<svg></svg>', undefined, undefined],
    ['\xef\xbb\xbf <!DOCTYPE svg PUBLIC "a" "b">\n<svg stroke-width="3" width="4" height="5">', 4, 5],
  ])('reads the size of %s', (text, width, height) => {
    const size = width === undefined ? {} : { width, height };
    expect(sniffMedia(bytesOf(text))).toEqual({ kind: 'image', mediaType: 'image/svg+xml', ...size });
  });

  it.each([
    '',
    'BMW is a car maker of Munich.',
    'ID',
    'RIFF and WAVE',
    'OggSomething'.slice(0, 3),
    '<!doctype html><svg width="1" height="1"></svg>',
    '<html><body><svg></svg></body></html>',
    '<svgish>',
    `<!--${' '.repeat(2000)}--><svg>`,
    '{"a": 1}',
    'see %PDF-1.7',
    '\xff\xfeh\0e\0l\0l\0o\0',
    '\xff\xfb\x90\x64not another frame'.padEnd(600, '.'),
  ])('takes %j for nothing', (text) => {
    expect(sniffMedia(bytesOf(text))).toBeUndefined();
  });

  it('reads out of the middle of a buffer', () => {
    const shifted = new Uint8Array([...Array<number>(7).fill(1), ...png({ width: 5, height: 6 }), 1]).subarray(7);
    expect(sniffMedia(shifted)).toEqual({ kind: 'image', mediaType: 'image/png', width: 5, height: 6 });
  });

  it('never throws, and says no size that is none', () => {
    const heads = [...pictures.map(([, bytes]) => bytes), ...others.map(([, , bytes]) => bytes.subarray(0, 200))];
    const damaged = fc
      .tuple(fc.constantFrom(...heads), fc.array(fc.tuple(fc.nat(250), fc.nat(255))), fc.uint8Array({ maxLength: 60 }))
      .map(([head, changes, tail]) => {
        const bytes = bytesOf(head, tail);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), damaged), (bytes) => {
        const info = sniffMedia(bytes);
        if (info === undefined) return;
        expect(info.mediaType).toMatch(/^[a-z]+\/[a-z0-9+-]+$/);
        for (const side of [info.width, info.height]) {
          if (side !== undefined) expect(Number.isSafeInteger(side) && side > 0).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
