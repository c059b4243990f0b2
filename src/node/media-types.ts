/**
 * Names of kept media: the hash of what they hold, and an extension by which their type is known again.
 */

/** Extensions of the media types we keep; what is not among them is kept as `bin` and not shown. */
const extensions: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
  'image/heic': 'heic',
  'image/bmp': 'bmp',
  'image/tiff': 'tiff',
  'image/svg+xml': 'svg',
  'audio/wav': 'wav',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/flac': 'flac',
  'audio/aac': 'aac',
  'audio/mp4': 'm4a',
  'audio/webm': 'weba',
  'audio/x-matroska': 'mka',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'video/quicktime': 'mov',
  'video/ogg': 'ogv',
  'video/x-matroska': 'mkv',
  'video/x-msvideo': 'avi',
  'application/pdf': 'pdf',
  'application/json': 'json',
};

const UNKNOWN = 'bin';

const types = new Map(Object.entries(extensions).map(([type, extension]) => [extension, type]));

const namePattern = /^[0-9a-f]{64}\.([a-z0-9]{2,5})$/;

/** Name of the file that holds this. `hash` is the SHA-256 of its bytes in hexadecimal digits. */
export function mediaFileName(hash: string, mediaType: string): string {
  return `${hash}.${extensions[mediaType] ?? UNKNOWN}`;
}

/** The media type of a stored file that may be shown; undefined for any other name. */
export function mediaTypeOf(file: string): string | undefined {
  return types.get(namePattern.exec(file)?.[1] ?? '');
}

/** Whether this is a name that `mediaFileName` gives. It then leads nowhere but to a file of the media folder. */
export function isMediaFileName(file: string): boolean {
  const extension = namePattern.exec(file)?.[1];
  return extension !== undefined && (extension === UNKNOWN || types.has(extension));
}
