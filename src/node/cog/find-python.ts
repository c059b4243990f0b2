/**
 * Finds a Python that can make virtual environments.
 */
import { childEnvironment, runProgram } from './program';

/** A usable Python, or a sentence telling why there is none. */
export type FoundPython =
  { readonly command: readonly string[]; readonly version: string } | { readonly problem: string };

const CANDIDATES: readonly (readonly string[])[] = [['python3'], ['python'], ['py', '-3']];

const HOW = 'Install Python 3.10 or later, for example from python.org.';

/** What makes environments: `ensurepip` is a package of its own on Debian. */
const PROBE = 'import sys, venv, ensurepip; print(*sys.version_info[:3], sep=".")';

/** Asks each candidate on the search path. Takes up to a few seconds, and never rejects. */
export async function findPython(env: NodeJS.ProcessEnv = childEnvironment()): Promise<FoundPython> {
  const problems: string[] = [];
  for (const [command = '', ...args] of CANDIDATES) {
    const { code, output } = await runProgram(command, [...args, '-c', PROBE], { env, timeout: 10_000 });
    if (code === -1) continue;
    const version = /^(\d+)\.(\d+)\.\d+$/m.exec(output);
    const missing = /No module named '?(ensurepip|venv)/.exec(output)?.[1];
    if (missing !== undefined) {
      problems.push(
        `${command} has no module ${missing}: on Debian and Ubuntu, "apt-get install python3-venv" adds it.`,
      );
    } else if (version === null) {
      problems.push(`${command} does not work: ${output.trim().split('\n').at(-1) ?? ''}`.trim());
    } else if (Number(version[1]) !== 3 || Number(version[2]) < 10) {
      problems.push(`${command} is Python ${version[0]}, and Cog needs 3.10 or later.`);
    } else {
      return { command: [command, ...args], version: version[0] };
    }
  }
  return { problem: problems[0] ?? `There is no Python on the search path. ${HOW}` };
}
