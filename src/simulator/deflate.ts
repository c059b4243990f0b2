/**
 * Packs bytes for addresses.
 */

/** `bytes` packed. */
export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return through(bytes, new CompressionStream('deflate-raw'));
}

/** What `deflate` packed. Rejects when `bytes` are something else. */
export async function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  return through(new Uint8Array(bytes), new DecompressionStream('deflate-raw'));
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: ReadableWritablePair<Uint8Array<ArrayBuffer>, BufferSource>,
): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}
