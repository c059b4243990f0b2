import { mkdir, mkdtemp, open as openFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCatalogCache } from '../../../src/node/catalog-cache';
import { fakePorts } from '../../fakes/ports';

const OWNER = 'https://api.cloudflare.com 0123456789abcdef0123456789abcdef';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'catalogs-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function open(inFolder = folder) {
  const { log, logged } = fakePorts();
  return { cache: openCatalogCache(inFolder, log), logged };
}

describe('the catalog cache', () => {
  it('gives back what was written last, to another process too, and nothing to other owners', async () => {
    const { cache, logged } = open(path.join(folder, 'not', 'there', 'yet'));
    expect(await cache.read(OWNER)).toBeUndefined();
    await cache.write(OWNER, { models: 1 });
    await cache.write(OWNER, { models: 2 });
    const other = open(path.join(folder, 'not', 'there', 'yet'));
    expect(await other.cache.read(OWNER)).toEqual({ models: 2 });
    expect(await other.cache.read('simulator')).toBeUndefined();
    expect([...logged, ...other.logged]).toEqual([]);
  });

  it('does not tell the account in the name of its file', async () => {
    const { cache } = open();
    await cache.write(OWNER, {});
    const files = await readdir(folder);
    expect(files).toHaveLength(1);
    expect(files[0]).toMatch(/^[0-9a-f]{64}\.json$/);
    expect(files[0]).not.toContain('0123456789abcdef0123456789abcdef');
  });

  it('sets a damaged file aside, says so, and takes the next one', async () => {
    const { cache, logged } = open();
    await cache.write(OWNER, { models: 1 });
    const [file = ''] = await readdir(folder);
    await writeFile(path.join(folder, file), '{"models":');
    expect(await cache.read(OWNER)).toBeUndefined();
    const [kept = ''] = await readdir(folder);
    expect(kept).toMatch(/^[0-9a-f]{64}\.json\.damaged-/);
    expect(await readFile(path.join(folder, kept), 'utf8')).toBe('{"models":');
    expect(logged).toEqual([expect.stringContaining(kept)]);
    await cache.write(OWNER, { models: 3 });
    expect(await cache.read(OWNER)).toEqual({ models: 3 });
  });

  it('never reads a file that is too large', async () => {
    const { cache, logged } = open();
    await cache.write(OWNER, {});
    const [file = ''] = await readdir(folder);
    await writeFile(path.join(folder, file), `"${'x'.repeat(33 * 1024 * 1024)}"`);
    expect(await cache.read(OWNER)).toBeUndefined();
    expect(logged.join()).toContain('damaged');
  });

  it('is whole whenever several windows write and read at once, and leaves nothing beside', async () => {
    const caches = Array.from({ length: 4 }, () => open());
    const content = (index: number) => ({ index, filler: 'x'.repeat(200_000) });
    await caches[0]?.cache.write(OWNER, content(0));
    const work = caches.flatMap(({ cache }, index) =>
      Array.from({ length: 8 }, async () => {
        await cache.write(OWNER, content(index));
        const read = (await cache.read(OWNER)) as { filler: string } | undefined;
        expect(read?.filler).toHaveLength(200_000);
      }),
    );
    await Promise.all(work);
    expect(caches.flatMap(({ logged }) => logged)).toEqual([]);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('gives a reader that has begun the old copy, whole, while the new one is written', async () => {
    const { cache } = open();
    await cache.write(OWNER, { models: 'old' });
    const [file = ''] = await readdir(folder);
    const reader = await openFile(path.join(folder, file));
    await cache.write(OWNER, { models: 'new' });
    expect(await reader.readFile('utf8')).toBe('{"models":"old"}');
    await reader.close();
  });

  it('rejects when it cannot be written, and leaves nothing beside', async () => {
    const { cache } = open();
    await expect(cache.write(OWNER, 10n)).rejects.toThrow();
    expect(await readdir(folder)).toEqual([]);
    await cache.write(OWNER, {});
    const [file = ''] = await readdir(folder);
    await rm(path.join(folder, file));
    await mkdir(path.join(folder, file, 'occupied'), { recursive: true });
    await expect(cache.write(OWNER, {})).rejects.toThrow();
    expect(await readdir(folder)).toEqual([file]);
    const blocked = path.join(folder, 'file');
    await writeFile(blocked, '');
    await expect(open(blocked).cache.write(OWNER, {})).rejects.toThrow();
    expect(await open(blocked).cache.read(OWNER)).toBeUndefined();
  });
});
