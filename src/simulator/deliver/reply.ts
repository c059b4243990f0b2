/**
 * Replies whose body is a file.
 */
import type { Reply, Step } from '../exchange';
import type { MediaFault } from '../text/directives';
import { type File, spoiledReply, spoilFile } from './spoil';

/** Bytes of one write: a large file leaves in several, so that a client can show progress and stop it. */
const mostBytes = 262_144;

/** `file` as the body, `at` seconds after the request; spoiled as ordered. */
export async function fileReply(
  file: File,
  { at = 0, fault, headers }: { at?: number; fault?: MediaFault | undefined; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const spoiled = await spoilFile(file, fault);
  return (
    spoiledReply(spoiled, fault, at) ?? {
      status: 200,
      headers: { 'content-type': spoiled.type, ...headers },
      headersAt: at,
      steps: writesOf(spoiled.bytes, mostBytes, () => at),
    }
  );
}

/** Writes of at most `most` bytes; `at` tells when each leaves by the share of the file before it. */
export function writesOf(bytes: Uint8Array, most: number, at: (share: number) => number): Step[] {
  const steps: Step[] = [];
  for (let start = 0; start < bytes.length; start += most) {
    const data = bytes.subarray(start, start + most);
    steps.push({ type: 'write', at: at(start / bytes.length), kind: 'media', data });
  }
  return steps;
}
