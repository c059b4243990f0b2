/**
 * Files on their way to a prompt, wherever they come from: each is looked at, freed of metadata, and kept.
 */
import { fileNameOf } from '../core/media/file-name';
import { inspectInput } from '../core/media/inspect';
import type { Attachment, MediaRef } from '../core/media/media';
import { withoutMetadata } from '../core/media/strip';
import { RpcError } from '../protocol/rpc';
import { fetchFile, type FetchPorts } from './fetch-file';
import type { MediaStore } from './ports';
import { createUploads } from './uploads';

/** Takes files. */
export interface Attachments {
  /** Keeps a file as input. Rejects with `RpcError` `bad-media`, whose message says what is wrong and what to do. */
  take(bytes: Uint8Array, name: string): Promise<Attachment>;
  /**
   * Takes the next piece of an upload; the media with the last one, before it null. `name` is for messages. Rejects as
   * `take` does.
   */
  chunk(uploadId: string, bytes: Uint8Array, last: boolean, name?: string): Promise<MediaRef | null>;
  /** Fetches a file and keeps it. Rejects with `RpcError` `bad-media`, `network` or `not-allowed`. */
  fromUrl(url: string): Promise<Attachment>;
}

/** What taking files needs. */
export interface AttachmentPorts extends FetchPorts {
  readonly media: MediaStore;
}

/** `apiOrigin`: the origin of the API in use, which may be fetched although it is not public; empty for none. */
export function createAttachments(
  ports: AttachmentPorts,
  apiOrigin: () => string | Promise<string> = () => '',
): Attachments {
  const uploads = createUploads(ports.clock);

  async function take(bytes: Uint8Array, name: string): Promise<Attachment> {
    const shown = fileNameOf(name);
    const { media, problem } = inspectInput(bytes, shown);
    if (media === undefined) throw new RpcError('bad-media', problem);
    const stripped = { ...media, bytes: withoutMetadata(bytes, media.mediaType) };
    return { media: await ports.media.save(stripped), name: shown, role: 'input' };
  }

  return {
    take,
    async chunk(uploadId, piece, last, name = 'The file') {
      const bytes = uploads.add(uploadId, piece, last);
      return bytes === undefined ? null : (await take(bytes, name)).media;
    },
    async fromUrl(url) {
      const { bytes, name } = await fetchFile(url, ports, await apiOrigin());
      return take(bytes, name);
    },
  };
}
