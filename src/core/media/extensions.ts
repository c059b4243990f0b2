/**
 * Extensions by which files of a kind are found. Only dialogs and searches go by them; what a file is, its bytes tell.
 */
import type { MediaKind } from './media';

/** In lower case, without the dot, the usual ones first. */
export const EXTENSIONS: Readonly<Record<MediaKind, readonly string[]>> = {
  image: ['png', 'jpg', 'jpeg', 'webp', 'gif', 'avif', 'heic', 'heif', 'svg', 'bmp', 'tif', 'tiff'],
  audio: ['mp3', 'wav', 'm4a', 'ogg', 'oga', 'opus', 'flac', 'aac', 'weba', 'mka'],
  video: ['mp4', 'm4v', 'webm', 'mov', 'mkv', 'avi', 'ogv'],
  file: ['pdf'],
};

/** The extension of a name in lower case; empty when it has none. */
export function extensionOf(name: string): string {
  return /[^.]\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** The kind of file that bears such a name; undefined for any other extension. */
export function kindByName(name: string): MediaKind | undefined {
  const extension = extensionOf(name);
  return (['image', 'audio', 'video', 'file'] as const).find((kind) => EXTENSIONS[kind].includes(extension));
}
