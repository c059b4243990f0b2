/**
 * Which Node.js wrangler runs on.
 */

/** Older ones make wrangler exit (scaffolding.md 1.1). */
const OLDEST = [22, 12] as const;

/** What is wrong with a version, as `node --version` prints it; undefined when nothing is, or it is not understood. */
export function oldNodeProblem(version: string): string | undefined {
  const [, major, minor] = /^v?(\d+)\.(\d+)\./.exec(version.trim()) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  const [oldestMajor, oldestMinor] = OLDEST;
  const isOld = Number(major) < oldestMajor || (Number(major) === oldestMajor && Number(minor) < oldestMinor);
  if (!isOld) return undefined;
  return `Node.js ${version.trim()} is installed, and wrangler exits with one older than ${OLDEST.join('.')}. Install a newer Node.js, and open the terminal again.`;
}
