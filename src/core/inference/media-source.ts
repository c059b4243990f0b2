/**
 * From media as an answer names them (URL, data URI or base64) to their bytes.
 */
import { MAX_OUTPUT } from '../media/limits';
import type { MediaBytes } from '../media/media';
import type { MediaSource } from './answers/media-sources';
import { download, type DownloadContext, OTHERWISE } from './download';
import { failure } from './errors';
import { mediaFile, tooLarge, wordOf, type FileProblem } from './media-file';
import type { RawSound } from './raw-sound';
import { RunFailure } from './run-failure';

/** What getting media needs. */
export interface MediaContext extends DownloadContext {
  readonly sound?: RawSound | undefined;
}

/** Media, and when their first byte came, where that was seen. */
export interface LoadedMedia {
  readonly media: MediaBytes;
  readonly firstAt?: number;
}

/**
 * The media behind `source`; undefined when the attempt was ended meanwhile. Throws `RunFailure`. URLs are fetched at once:
 * how long they live is not documented.
 */
export async function loadMedia(
  { source, kind }: MediaSource,
  context: MediaContext,
): Promise<LoadedMedia | undefined> {
  const { sound, logId } = context;
  if (!/^https?:/i.test(source)) return { media: kept(mediaFile(decode(source, kind, logId), { kind, sound }), logId) };
  const file = await download(source, kind, context);
  if (file === undefined) return undefined;
  const { bytes, contentType, firstAt } = file;
  return {
    media: kept(mediaFile(bytes, { kind, contentType, sound }), logId),
    ...(firstAt !== undefined && { firstAt }),
  };
}

/** The media, or the failure that there are none. */
export function kept(file: MediaBytes | FileProblem, logId: string | undefined): MediaBytes {
  if (!('problem' in file)) return file;
  const { problem: message, nextStep = OTHERWISE } = file;
  throw new RunFailure(failure('protocol', { message, logId, nextStep }));
}

/** Base64 in both alphabets, with white space anywhere and padding or none. */
function decode(source: string, kind: MediaSource['kind'], logId: string | undefined): Uint8Array {
  if (/^\s*<(?:\?xml|svg)/i.test(source)) return new TextEncoder().encode(source);
  const [head = '', isBase64] = /^\s*data:[^,]{0,1000}?(;base64)?,/i.exec(source) ?? [];
  const text = source.slice(head.length);
  // Four characters for three bytes, and room for line breaks.
  if (text.length > (MAX_OUTPUT[kind] / 3) * 4.2) kept(tooLarge(kind), logId);
  try {
    if (head !== '' && isBase64 === undefined) return new TextEncoder().encode(decodeURIComponent(text));
    const binary = atob(
      text
        .replace(/[\s=]+/g, '')
        .replaceAll('-', '+')
        .replaceAll('_', '/'),
    );
    const bytes = new Uint8Array(binary.length);
    for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
    return bytes;
  } catch {
    const message = `The answer holds a ${wordOf[kind]} that is neither a URL nor base64.`;
    throw new RunFailure(failure('protocol', { message, logId, nextStep: OTHERWISE }));
  }
}
