/**
 * What a provider should never send: for tests of how bad output is met.
 */
import { drawPicture } from '../images/draw';
import { pngFile } from '../images/png';
import { box, encodeMp4, u16, u32 } from './mp4';

/** A PNG of some eighty bytes whose header claims 60,000 by 60,000 pixels. */
export function pictureBomb(): Uint8Array {
  // Of the pixels there is none: an empty block, stored as it is, and the checksum of nothing (RFC 1950, RFC 1951).
  const nothing = Uint8Array.of(0x78, 0x01, 0x01, 0x00, 0x00, 0xff, 0xff, 0x00, 0x00, 0x00, 0x01);
  return pngFile({ width: 60_000, height: 60_000, palette: [0x3366cc] }, nothing);
}

/** A PNG that ends in the middle. */
export async function cutPicture(): Promise<Uint8Array> {
  const whole = await drawPicture({ prompt: 'Cut off', modelId: '', seed: 1, width: 256, height: 256 });
  return whole.slice(0, whole.length >> 1);
}

/** An MP4 of one second in a codec that no browser knows. */
export function undecodableVideo(): Uint8Array<ArrayBuffer> {
  const [width, height] = [320, 180];
  const entry = box(
    'zzz9',
    u32(0, 1, 0, 0, 0, 0),
    u16(width, height),
    u32(0x48_0000, 0x48_0000, 0),
    u16(1),
    new Uint8Array(32),
    u16(24, 0xffff),
  );
  const bytes = Uint8Array.from({ length: 400 }, (_, index) => (index * 37) & 255);
  const samples = Array.from({ length: 10 }, () => ({ bytes, duration: 100, key: true }));
  return encodeMp4([{ timescale: 1000, entry, samples, size: { width, height } }]);
}

/** A page that explains, where media was expected. */
export function htmlPage(): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(
    '<!doctype html>\n<html><head><title>404</title></head><body><h1>This link has expired</h1></body></html>\n',
  );
}
