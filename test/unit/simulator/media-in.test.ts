import { describe, expect, it } from 'vitest';
import { describeMedia, tokensOfMedia } from '../../../src/simulator/inputs/describe';
import { isMedia, readMedia } from '../../../src/simulator/inputs/media-in';
import { maskedShare } from '../../../src/simulator/inputs/mask';
import { sniff } from '../../../src/simulator/inputs/sniff';
import { encodePng } from '../../../src/simulator/images/png';
import { base64, dataUri, files, spokenSeconds } from './samples';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const pdf = (rest: string): Uint8Array => text(`%PDF-1.7\n1 0 obj<</Type /Pages /Count 3>>\n${rest}`);

describe('sniffing', () => {
  it.each<[string, Uint8Array, object]>([
    ['a PNG', files.png, { kind: 'image', type: 'image/png', width: 320, height: 200 }],
    ['a JPEG', files.jpg, { kind: 'image', type: 'image/jpeg', width: 96, height: 128 }],
    [
      'a GIF',
      Uint8Array.of(0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 7, 0, 9, 0),
      { type: 'image/gif', width: 7, height: 9 },
    ],
    ['an MP4', files.mp4, { kind: 'video', type: 'video/mp4' }],
    ['a PDF', pdf(''), { kind: 'document', pages: 3, locked: false }],
    ['a PDF with a password', pdf('trailer<</Encrypt 5 0 R>>'), { locked: true }],
    ['Ogg', text('OggS' + 'x'.repeat(15_996)), { kind: 'audio', type: 'audio/ogg', seconds: 2 }],
    ['WebM sound', text('\x1aE'), { kind: 'unknown' }],
    ['a page', text('<!doctype html>'), { kind: 'unknown', type: 'application/octet-stream' }],
    ['nothing', new Uint8Array(), { kind: 'unknown' }],
  ])('tells %s', (_what, bytes, expected) => {
    expect(sniff(bytes)).toMatchObject(expected);
  });

  it('measures WAV and MP3 exactly, and tells WebM with pictures from WebM without', () => {
    expect(sniff(files.wav).seconds).toBeCloseTo(spokenSeconds, 3);
    expect(sniff(files.mp3).seconds).toBeCloseTo(spokenSeconds, 0);
    const webm = (codec: string): Uint8Array =>
      Uint8Array.from([0x1a, 0x45, 0xdf, 0xa3, ...text(codec), ...new Uint8Array(8000)]);
    expect(sniff(webm('A_OPUS'))).toMatchObject({ kind: 'audio', type: 'audio/webm' });
    expect(sniff(webm('V_VP9'))).toMatchObject({ kind: 'video', type: 'video/webm' });
  });
});

describe('media of a request', () => {
  it.each<[string, unknown, string]>([
    ['numbers', [...files.png], 'numbers'],
    ['base64', base64(files.png), 'base64'],
    ['base64 with line breaks', base64(files.png).replace(/.{76}/g, '$&\r\n'), 'base64'],
    ['a data URI', dataUri('image/png', files.png), 'data-uri'],
    ['{url}', { url: dataUri('image/png', files.png) }, 'data-uri'],
    ['{body, contentType}', { body: base64(files.png), contentType: 'image/png' }, 'base64'],
    ['bytes of a form', files.png, 'bytes'],
    ['{body} of bytes', { body: files.png }, 'bytes'],
    ['Gemini parts', { mimeType: 'image/png', data: base64(files.png) }, 'base64'],
  ])('is read from %s', (_what, value, carriage) => {
    expect(readMedia(value)).toMatchObject({ carriage, type: 'image/png', width: 320, height: 200 });
  });

  it('is not opened behind a URL; its own addresses tell the size', () => {
    expect(readMedia('https://example.com/a.pdf')).toMatchObject({ carriage: 'url', kind: 'document' });
    expect(readMedia('http://127.0.0.1/x.png?width=64&height=32')).toMatchObject({ width: 64, height: 32 });
  });

  it.each<[string, unknown]>([
    ['text that is no base64', 'not base64!'],
    ['numbers beyond a byte', [1, 256]],
    ['an object without a file', { name: 'a' }],
    ['a number', 7],
    ['a data URI with broken base64', 'data:image/png;base64,%%%'],
    ['nothing', undefined],
  ])('is refused: %s', (_what, value) => {
    expect(isMedia(readMedia(value))).toBe(false);
  });

  it('counts in tokens by pixels, seconds and pages, and is told in words', () => {
    expect(tokensOfMedia({ kind: 'image', type: 'image/png', width: 1500, height: 1000 })).toBe(2000);
    expect(tokensOfMedia({ kind: 'document', type: 'application/pdf', pages: 3 })).toBe(1800);
    expect(tokensOfMedia({ kind: 'audio', type: 'audio/wav', seconds: 4 })).toBe(100);
    expect(describeMedia([sniff(files.png), sniff(files.jpg), sniff(pdf(''))])).toBe(
      '2 pictures (PNG of 320x200 pixels, JPEG of 96x128 pixels) and 1 document (PDF of 3 pages)',
    );
  });
});

describe('masks', () => {
  it('tell how much of the picture they cover', async () => {
    const pixels = new Uint8Array(400).fill(1, 0, 100);
    const bytes = await encodePng({ width: 20, height: 20, pixels, palette: [0x000000, 0xffffff] });
    const read = readMedia(bytes);
    if (!isMedia(read)) throw new Error('Not read');
    expect(await maskedShare(read)).toBeCloseTo(0.25);
    expect(await maskedShare({ ...read, bytes: bytes.subarray(0, 60) })).toBe(0);
  });
});
