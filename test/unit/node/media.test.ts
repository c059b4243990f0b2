import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMediaStore } from '../../../src/node/media';
import { isMediaFileName, mediaTypeOf } from '../../../src/node/media-types';
import type { MediaKind } from '../../../src/core/media/media';
import { mediaFile } from '../../../src/protocol/media-guards';
import { undecodableVideo } from '../../../src/simulator/media/broken';
import { music } from '../../../src/simulator/media/music';
import { encodeMp3 } from '../../../src/simulator/media/mp3';
import { drawVideo } from '../../../src/simulator/media/video';
import { encodeWav } from '../../../src/simulator/media/wav';
import * as v from 'valibot';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'media-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const picture = (bytes: number[], mediaType = 'image/png') =>
  ({ kind: 'image', mediaType, bytes: new Uint8Array(bytes), width: 2, height: 1 }) as const;

describe('the media store', () => {
  it('keeps bytes under the hash of what they are', async () => {
    const store = openMediaStore(path.join(folder, 'new'));
    const ref = await store.save(picture([1, 2, 3]));
    expect(ref).toEqual({
      kind: 'image',
      mediaType: 'image/png',
      file: '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81.png',
      byteLength: 3,
      width: 2,
      height: 1,
    });
    expect([...readFileSync(path.join(folder, 'new', ref.file))]).toEqual([1, 2, 3]);
  });

  it('keeps the same picture once, also when it comes many times at once', async () => {
    const store = openMediaStore(folder);
    const refs = await Promise.all(Array.from({ length: 10 }, () => store.save(picture([1]))));
    expect(new Set(refs.map(({ file }) => file)).size).toBe(1);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('leaves no part behind when it cannot write', async () => {
    const inTheWay = path.join(folder, 'file');
    writeFileSync(inTheWay, '');
    await expect(openMediaStore(inTheWay).save(picture([1]))).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('gives back what it keeps', async () => {
    const store = openMediaStore(folder);
    const { file } = await store.save(picture([1, 2, 3]));
    expect(await store.read(file)).toEqual(new Uint8Array([1, 2, 3]));
    const unknown = await store.save(picture([4], 'application/x-new'));
    expect(unknown.file).toMatch(/\.bin$/);
    expect(await store.read(unknown.file)).toEqual(new Uint8Array([4]));
  });

  it('reads nothing but its own files, and says so in a sentence', async () => {
    const store = openMediaStore(folder);
    writeFileSync(path.join(folder, 'secret.png'), 'private');
    for (const name of ['secret.png', '../secret.png', `${'0'.repeat(64)}.png/../secret.png`, '']) {
      await expect(store.read(name)).rejects.toThrow('There is no stored file of this name.');
    }
    await expect(store.read(`${'0'.repeat(64)}.png`)).rejects.toThrow(
      'A file is no longer stored. Remove it and attach it again.',
    );
  });

  it.each([
    ['image/png', 'png'],
    ['image/svg+xml', 'svg'],
    ['image/heic', 'heic'],
    ['audio/wav', 'wav'],
    ['audio/mpeg', 'mp3'],
    ['audio/ogg', 'ogg'],
    ['audio/flac', 'flac'],
    ['audio/mp4', 'm4a'],
    ['audio/webm', 'weba'],
    ['video/mp4', 'mp4'],
    ['video/webm', 'webm'],
    ['video/quicktime', 'mov'],
    ['application/pdf', 'pdf'],
    ['application/json', 'json'],
  ])('keeps %s as .%s, knows it again, and views accept its name', async (mediaType, extension) => {
    const { file } = await openMediaStore(folder).save(picture([1], mediaType));
    expect(file.endsWith(`.${extension}`)).toBe(true);
    expect(mediaTypeOf(file)).toBe(mediaType);
    expect(v.is(mediaFile, file)).toBe(true);
  });

  it('shows only names that it gives, of types that are known', () => {
    const hash = '0'.repeat(64);
    for (const name of ['../x.png', 'a.png', `${hash}.html`, `${hash}.png/..`, `${hash}.`, `${hash}.toString`, '']) {
      expect(mediaTypeOf(name)).toBeUndefined();
      expect(isMediaFileName(name)).toBe(false);
    }
    expect(mediaTypeOf(`${hash}.bin`)).toBeUndefined();
    expect(isMediaFileName(`${hash}.bin`)).toBe(true);
  });
});

describe('measuring', () => {
  const save = (kind: MediaKind, mediaType: string, bytes: Uint8Array) =>
    openMediaStore(folder).save({ kind, mediaType, bytes });

  it('tells the length of sound', async () => {
    const tune = music('x', 2.5, 1);
    expect((await save('audio', 'audio/wav', encodeWav(tune))).seconds).toBeCloseTo(2.5, 3);
    expect((await save('audio', 'audio/mpeg', encodeMp3(tune, 'said'))).seconds).toBeCloseTo(2.5, 1);
  });

  it('tells length and size of a video', async () => {
    const bytes = await drawVideo({ prompt: 'x', modelId: 'm', seed: 1, width: 320, height: 180 }, 1.5);
    const { width, height, seconds } = await save('video', 'video/mp4', bytes);
    expect([width, height, seconds]).toEqual([320, 180, 1.5]);
  });

  it('tells both of a video that nobody can decode', async () => {
    const { width, height, seconds } = await save('video', 'video/mp4', undecodableVideo());
    expect([width, height, seconds]).toEqual([320, 180, 1]);
  });

  it('does not keep what cannot be measured from being kept', async () => {
    const ref = await save('audio', 'audio/mpeg', new Uint8Array(100));
    expect(ref).toEqual({ kind: 'audio', mediaType: 'audio/mpeg', file: ref.file, byteLength: 100 });
    const cut = await drawVideo({ prompt: 'x', modelId: 'm', seed: 1, width: 64, height: 64 }, 0.5);
    for (let length = 0; length < 1000; length += 37) {
      expect((await save('video', 'video/mp4', cut.subarray(0, length))).byteLength).toBe(length);
    }
  });
});
