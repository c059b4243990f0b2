/**
 * Media as files named by their content: the same picture is kept once, and a name says all about its file.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { MediaStore } from '../app/ports';

/** Extensions of the media types we keep; what is not among them is kept as `bin` and not shown. */
const extensions: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
};

const namePattern = /^[0-9a-f]{64}\.(png|jpg|webp|gif|avif)$/;

/** The media type of a stored file that may be shown; undefined for any other name. */
export function mediaTypeOf(file: string): string | undefined {
  const extension = namePattern.exec(file)?.[1];
  return Object.keys(extensions).find((type) => extensions[type] === extension);
}

/** Keeps media in a folder, which is made when it is first needed. */
export function openMediaStore(folder: string): MediaStore {
  return {
    async save({ bytes, kind, mediaType, width, height }) {
      const hash = createHash('sha256').update(bytes).digest('hex');
      const file = `${hash}.${extensions[mediaType] ?? 'bin'}`;
      const target = path.join(folder, file);
      if (!existsSync(target)) {
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
      }
      return {
        kind,
        mediaType,
        file,
        byteLength: bytes.byteLength,
        ...(width === undefined ? {} : { width }),
        ...(height === undefined ? {} : { height }),
      };
    },
  };
}
