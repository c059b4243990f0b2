/**
 * Files that a view sends in pieces, until they are whole.
 */
import { concat } from '../core/media/octets';
import { MAX_INPUT } from '../core/media/limits';
import type { Clock } from '../core/inference/ports';
import { RpcError } from '../protocol/rpc';

/** Seconds after which an upload is forgotten when no piece came: its view has gone. */
const PATIENCE = 120;

/** Uploads at a time. A view sends one file after the other, or a few. */
const MAX_UPLOADS = 20;

/** Bytes of all unfinished uploads together. */
const MAX_WAITING = 512 * 1024 * 1024;

const MAX_FILE = Math.max(...Object.values(MAX_INPUT));

/** Collects pieces. */
export interface Uploads {
  /**
   * Adds the next piece of an upload: the whole file with the last one, before it undefined. Throws `RpcError`
   * `bad-media` when the file is larger than any may be; what still comes of it is refused as well.
   */
  add(uploadId: string, piece: Uint8Array, last: boolean): Uint8Array | undefined;
}

interface Upload {
  readonly parts: Uint8Array[];
  length: number;
  /** Its further pieces are not wanted. */
  refused: boolean;
  stopTimer: () => void;
}

/** Starts with none. */
export function createUploads(clock: Clock): Uploads {
  const uploads = new Map<string, Upload>();

  function forget(uploadId: string): void {
    uploads.get(uploadId)?.stopTimer();
    uploads.delete(uploadId);
  }

  function begin(uploadId: string): Upload {
    if (uploads.size >= MAX_UPLOADS) {
      throw new RpcError('bad-media', `More than ${MAX_UPLOADS} files come at the same time. Attach fewer at once.`);
    }
    const upload: Upload = { parts: [], length: 0, refused: false, stopTimer: () => undefined };
    uploads.set(uploadId, upload);
    return upload;
  }

  return {
    add(uploadId, piece, last) {
      const upload = uploads.get(uploadId) ?? begin(uploadId);
      upload.stopTimer();
      upload.stopTimer = clock.after(PATIENCE, () => forget(uploadId));
      const waiting = [...uploads.values()].reduce((sum, { length }) => sum + length, piece.length);
      upload.length += piece.length;
      if (upload.refused || upload.length > MAX_FILE || waiting > MAX_WAITING) {
        upload.refused = true;
        upload.parts.length = 0;
        upload.length = 0;
        if (last) forget(uploadId);
        throw new RpcError('bad-media', `The file has more than ${MAX_FILE / 1024 / 1024} MiB. Make it smaller first.`);
      }
      upload.parts.push(piece);
      if (!last) return undefined;
      forget(uploadId);
      return concat(upload.parts);
    },
  };
}
