/**
 * Gives a file to the host: as the body of a request where the page's server takes it, else piece by piece.
 */
import type { Attachment, MediaRef } from '../../src/core/media/media';
import { UPLOAD_CHUNK } from '../../src/protocol/api';
import type { HostApi } from '../../src/protocol/api';
import { RpcError } from '../../src/protocol/rpc';
import { attachmentStrings } from '../strings-attachments';

/** How an upload is watched and stopped. */
export interface UploadWatch {
  readonly signal: AbortSignal;
  /** Part of the file that is sent, 0 to 1. */
  progress(part: number): void;
}

/** Where the file can go. */
export interface UploadTarget {
  readonly host: Pick<HostApi, 'uploadChunk'>;
  /** Of the page's own server. */
  readonly uploadUrl: string | undefined;
}

/**
 * Sends the file. Never holds more than one piece of it in memory. Rejects with `RpcError`: `bad-media` and what is
 * wrong with the file in the host's words, `unreadable` when the file itself cannot be read, `closed` when the host is
 * away, `cancelled`.
 */
export async function upload(file: File, name: string, target: UploadTarget, watch: UploadWatch): Promise<Attachment> {
  const { host, uploadUrl } = target;
  if (uploadUrl !== undefined) return postFile(file, name, uploadUrl, watch);
  return { media: await sendPieces(file, host, watch), name, role: 'input' };
}

/** Piece after piece: each is read when the one before has arrived. */
async function sendPieces(
  file: File,
  host: Pick<HostApi, 'uploadChunk'>,
  { signal, progress }: UploadWatch,
): Promise<MediaRef> {
  const uploadId = crypto.randomUUID();
  for (let start = 0; ; start += UPLOAD_CHUNK) {
    const end = Math.min(start + UPLOAD_CHUNK, file.size);
    const piece = await readPiece(file, start, end);
    if (signal.aborted) throw cancelled();
    const media = await host.uploadChunk(uploadId, piece, end === file.size);
    progress(end / file.size);
    if (signal.aborted) throw cancelled();
    if (media !== null) return media;
    if (end === file.size) throw new RpcError('protocol', attachmentStrings.uploadLost);
  }
}

async function readPiece(file: File, start: number, end: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(start, end).arrayBuffer());
  } catch {
    throw new RpcError('unreadable', attachmentStrings.unreadable(file.name));
  }
}

/** Unlike `fetch`, `XMLHttpRequest` tells how much is sent. */
function postFile(file: File, name: string, url: string, { signal, progress }: UploadWatch): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('x-file-name', encodeURIComponent(name.toWellFormed()));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      try {
        resolve(attachmentOf(request.status, request.responseText));
      } catch (error) {
        reject(error as Error);
      }
    };
    // Also when the file changed or vanished on disk while it was sent.
    request.onerror = () => reject(new RpcError('closed', attachmentStrings.uploadLost, true));
    request.onabort = () => reject(cancelled());
    signal.addEventListener('abort', () => request.abort(), { once: true });
    if (signal.aborted) return reject(cancelled());
    request.send(file);
  });
}

/** Reads the answer to an upload: `{attachment}`, or `{message}` beside a status that refuses. Throws `RpcError`. */
export function attachmentOf(status: number, body: string): Attachment {
  let answer: { readonly attachment?: Attachment; readonly message?: unknown } = {};
  try {
    answer = (JSON.parse(body) ?? {}) as typeof answer;
  } catch {
    // Then the status is all that is known.
  }
  if (status >= 200 && status < 300 && answer.attachment !== undefined) return answer.attachment;
  const { message } = answer;
  throw new RpcError('bad-media', typeof message === 'string' ? message : attachmentStrings.uploadStatus(status));
}

function cancelled(): RpcError {
  return new RpcError('cancelled', 'The upload was cancelled.');
}
