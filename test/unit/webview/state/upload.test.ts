import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attachment, MediaRef } from '../../../../src/core/media/media';
import { UPLOAD_CHUNK } from '../../../../src/protocol/api';
import { RpcError } from '../../../../src/protocol/rpc';
import { attachmentOf, upload } from '../../../../webview/state/upload';

const stored: MediaRef = { kind: 'image', mediaType: 'image/png', file: 'x.png', byteLength: 3 };

/** A host that keeps pieces. */
function fakeHost() {
  const pieces: { id: string; bytes: Uint8Array; last: boolean }[] = [];
  return {
    pieces,
    uploadChunk(id: string, bytes: Uint8Array, last: boolean): Promise<MediaRef | null> {
      pieces.push({ id, bytes, last });
      return Promise.resolve(last ? stored : null);
    },
  };
}

/** Bytes that differ from place to place. */
const bytesOf = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 31) & 255);
const watch = (signal = new AbortController().signal) => {
  const parts: number[] = [];
  return { signal, parts, progress: (part: number) => void parts.push(part) };
};

describe('pieces', () => {
  it('arrive whole, in order, no larger than allowed, the last one marked', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 * UPLOAD_CHUNK }), async (length) => {
        const host = fakeHost();
        const seen = watch();
        const bytes = bytesOf(length);
        const sent = await upload(new File([bytes], 'a.png'), 'a.png', { host, uploadUrl: undefined }, seen);
        expect(sent).toEqual({ media: stored, name: 'a.png', role: 'input' });
        expect(Buffer.concat(host.pieces.map((piece) => piece.bytes)).equals(bytes)).toBe(true);
        expect(host.pieces.every((piece) => piece.bytes.length <= UPLOAD_CHUNK && piece.bytes.length > 0)).toBe(true);
        expect(host.pieces.map(({ last }) => last)).toEqual(host.pieces.map((_, at, all) => at === all.length - 1));
        expect(new Set(host.pieces.map(({ id }) => id)).size).toBe(1);
        expect(seen.parts.at(-1)).toBe(1);
      }),
      { numRuns: 20, examples: [[UPLOAD_CHUNK], [UPLOAD_CHUNK + 1]] },
    );
  });

  it('are read one at a time', async () => {
    const file = new File([bytesOf(4 * UPLOAD_CHUNK)], 'a.bin');
    let open = 0;
    const slice = file.slice.bind(file);
    file.slice = (start, end) => {
      open++;
      expect(open).toBe(1);
      return slice(start, end);
    };
    const host = fakeHost();
    const take = (id: string, bytes: Uint8Array, last: boolean) => {
      open--;
      return host.uploadChunk(id, bytes, last);
    };
    await upload(file, 'a.bin', { host: { uploadChunk: take }, uploadUrl: undefined }, watch());
    expect(host.pieces).toHaveLength(4);
  });

  it('stop when the upload is cancelled', async () => {
    const controller = new AbortController();
    const host = fakeHost();
    const seen = { ...watch(controller.signal), progress: () => controller.abort() };
    const sending = upload(new File([bytesOf(3 * UPLOAD_CHUNK)], 'a'), 'a', { host, uploadUrl: undefined }, seen);
    await expect(sending).rejects.toMatchObject({ code: 'cancelled' });
    expect(host.pieces).toHaveLength(1);
  });

  it('pass on what the host says, and say when the file cannot be read', async () => {
    const refusing = { uploadChunk: () => Promise.reject(new RpcError('bad-media', 'It is not a picture.')) };
    const target = { host: refusing, uploadUrl: undefined };
    await expect(upload(new File(['x'], 'a'), 'a', target, watch())).rejects.toThrow('It is not a picture.');
    const gone = new File(['x'], 'gone.png');
    gone.slice = () => ({ arrayBuffer: () => Promise.reject(new Error('NotFoundError')) }) as unknown as Blob;
    const reading = upload(gone, 'gone.png', { host: fakeHost(), uploadUrl: undefined }, watch());
    await expect(reading).rejects.toMatchObject({ code: 'unreadable', message: expect.stringContaining('gone.png') });
  });
});

describe('the answer to an upload', () => {
  const attachment: Attachment = { media: stored, name: 'a.png', role: 'input' };

  it('is the attachment', () => {
    expect(attachmentOf(200, JSON.stringify({ attachment }))).toEqual(attachment);
  });

  it('is a refusal in the words of the host', () => {
    expect(() => attachmentOf(415, '{"message":"a.png is no picture."}')).toThrow('a.png is no picture.');
  });

  it.each([
    [413, 'Payload too large'],
    [500, '<html>'],
    [200, 'null'],
    [200, '{}'],
    [401, '{"message":5}'],
  ])('names the status %i when there is nothing else', (status, body) => {
    expect(() => attachmentOf(status, body)).toThrow(String(status));
  });
});
