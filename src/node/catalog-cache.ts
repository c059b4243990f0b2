/**
 * Last good copies of live catalogs: one JSON file for each account or server.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CatalogCache, Log } from '../app/ports';

/** Bytes. A file above this was not written by us, or is damaged: four live sources make about one megabyte. */
const MAX_BYTES = 32 * 1024 * 1024;

function isMissing(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === 'ENOENT';
}

/** The whole text; undefined when it is too large. */
async function readCapped(file: string): Promise<string | undefined> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    return size > MAX_BYTES ? undefined : await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/**
 * Opens the cache in `folder`, which is made when it is first written to. A file's name is a hash of its owner: account
 * ids do not stand in it. Several windows may share the folder: a file is written beside and renamed, so that readers see
 * the old one or the new one, and the last writer wins.
 */
export function openCatalogCache(folder: string, log: Log): CatalogCache {
  const fileOf = (owner: string) => path.join(folder, `${createHash('sha256').update(owner).digest('hex')}.json`);

  async function setAside(file: string): Promise<void> {
    const name = `${file}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    try {
      await rename(file, name);
      log.warn(`A stored model catalog was damaged and is read anew; the damaged file was kept as ${name}`);
    } catch (error) {
      // Another window set it aside first, or wrote a good one.
      if (!isMissing(error)) throw error;
    }
  }

  return {
    async read(owner) {
      const file = fileOf(owner);
      try {
        const content = parse(await readCapped(file));
        if (content === undefined) await setAside(file);
        return content;
      } catch (error) {
        if (!isMissing(error)) log.warn(`A stored model catalog was not read: ${String(error)}`);
        return undefined;
      }
    },
    async write(owner, content) {
      await mkdir(folder, { recursive: true });
      const file = fileOf(owner);
      const beside = `${file}.${randomUUID()}.tmp`;
      try {
        await writeFile(beside, JSON.stringify(content));
        await rename(beside, file);
      } catch (error) {
        await rm(beside, { force: true });
        throw error;
      }
    },
  };
}
