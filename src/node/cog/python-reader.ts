/**
 * Reads Python with Python's own parser, in a process that is over when it has read.
 */
import type { AskPython, PythonFacts } from '../../core/cog-project/python-facts';
import { findPython } from './find-python';
import { childEnvironment, runProgram } from './program';

/** Milliseconds for one file. */
const TIMEOUT = 10_000;

/** Larger sources are nobody's model, characters. */
const MOST = 1024 * 1024;

/** What the reader borrows. */
export interface ReaderPorts {
  /** `media/cog/read_runner.py` */
  readonly script: string;
}

/** Makes a reader. It looks for Python once, when it first reads; the source is never run. */
export function createPythonReader({ script }: ReaderPorts): AskPython {
  let found: Promise<readonly string[] | undefined> | undefined;
  return async (source) => {
    found ??= findPython().then((python) => ('problem' in python ? undefined : python.command));
    const [command, ...args] = (await found) ?? [];
    if (command === undefined || source.length > MOST) return undefined;
    const options = { input: source, env: childEnvironment(), timeout: TIMEOUT };
    const { code, stdout } = await runProgram(command, [...args, '-W', 'ignore', '-I', script], options);
    return code === 0 ? parsed(stdout) : undefined;
  };
}

/** Our own program wrote it: its shape is known when it is JSON at all. */
function parsed(output: string): PythonFacts | undefined {
  try {
    return JSON.parse(output) as PythonFacts;
  } catch {
    return undefined;
  }
}
