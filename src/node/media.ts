/**
 * Media as files named by their content: the same picture is kept once, and a name says all about its file.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { MediaStore } from '../app/ports';
import type { MediaBytes } from '../core/media/media';
import { RpcError } from '../protocol/rpc';
import type { Measures } from './measure';
import { isMediaFileName, mediaFileName } from './media-types';

/** Keeps media in a folder, which is made when it is first needed. */
export function openMediaStore(folder: string): MediaStore {
  async function write(bytes: Uint8Array, mediaType: string): Promise<string> {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const file = mediaFileName(hash, mediaType);
    const target = path.join(folder, file);
    if (existsSync(target)) return file;
    await mkdir(folder, { recursive: true });
    // Written beside and renamed: a file of this name is always whole, whoever else writes it.
    const partial = path.join(folder, `${hash}.${randomUUID()}.partial`);
    try {
      await writeFile(partial, bytes);
      await rename(partial, target);
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
    return file;
  }

  return {
    async save(media) {
      const { bytes, kind, mediaType, width, height } = media;
      const [file, measures] = await Promise.all([write(bytes, mediaType), measured(media)]);
      return {
        kind,
        mediaType,
        file,
        byteLength: bytes.byteLength,
        ...(width !== undefined && { width }),
        ...(height !== undefined && { height }),
        ...measures,
      };
    },
    async read(file) {
      if (!isMediaFileName(file)) throw new RpcError('no-media', 'There is no stored file of this name.');
      try {
        const { buffer, byteOffset, byteLength } = await readFile(path.join(folder, file));
        return new Uint8Array(buffer, byteOffset, byteLength);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        throw new RpcError('no-media', 'A file is no longer stored. Remove it and attach it again.');
      }
    },
  };
}

/** Nothing when the file cannot be measured: it may play all the same. */
async function measured({ kind, bytes }: MediaBytes): Promise<Measures> {
  if (kind !== 'audio' && kind !== 'video') return {};
  try {
    const { measure } = await import('./measure');
    return await measure(bytes);
  } catch {
    return {};
  }
}
