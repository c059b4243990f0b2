/**
 * The Node.js that tools find: not the one that this process runs on.
 */
import { execFile } from 'node:child_process';

/** What `node --version` prints; undefined where there is none, or it does not answer within five seconds. */
export function nodeVersion(): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('node', ['--version'], { timeout: 5_000, windowsHide: true }, (error, stdout) => {
      resolve(error === null ? stdout.trim() : undefined);
    });
  });
}
