import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mediaTypeOf, openMediaStore } from '../../../src/node/media';

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

  it('serves only names that it gives, of types that a page may show', async () => {
    const store = openMediaStore(folder);
    expect(mediaTypeOf((await store.save(picture([1], 'image/webp'))).file)).toBe('image/webp');
    expect(mediaTypeOf((await store.save(picture([1], 'image/svg+xml'))).file)).toBeUndefined();
    for (const name of ['../x.png', 'a.png', `${'0'.repeat(64)}.html`, `${'0'.repeat(64)}.png/..`, '']) {
      expect(mediaTypeOf(name)).toBeUndefined();
    }
  });
});
