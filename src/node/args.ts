/**
 * Command-line options and environment of the standalone playground.
 */
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

/** Where the server listens when nothing is said. */
const DEFAULT_PORT = 4173;

/** Ports tried from the default on before any free one is taken. */
const PORTS_TRIED = 20;

/** An option or variable that cannot be used. The message is for the person who gave it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What the command line says. */
export interface Options {
  /** Ports to try, in this order; 0 means any free one. The one asked for, or the default and those after it. */
  readonly ports: readonly number[];
  /** Whether to open a browser. */
  readonly open: boolean;
  /** Folder of database and media. */
  readonly data: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder where programs of this system keep a user's data. */
export function defaultDataFolder(environment: Environment, platform = process.platform, home = os.homedir()): string {
  const name = 'unified-inference';
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', name);
  if (platform === 'win32') return path.join(environment['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), name);
  const configured = environment['XDG_DATA_HOME'];
  // The XDG specification says to ignore a relative path.
  const base =
    configured !== undefined && path.isAbsolute(configured) ? configured : path.join(home, '.local', 'share');
  return path.join(base, name);
}

const defaultPorts = () => [...Array.from({ length: PORTS_TRIED }, (_, index) => DEFAULT_PORT + index), 0];

/** Reads the command line. Throws `UsageError`. */
export function readOptions(args: readonly string[], environment: Environment): Options {
  let values: { port?: string; 'no-open'?: boolean; data?: string };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: { port: { type: 'string' }, 'no-open': { type: 'boolean' }, data: { type: 'string' } },
    }));
  } catch (error) {
    throw new UsageError(`${(error as Error).message}. Options: --port N, --no-open, --data DIR.`);
  }
  const { port, data } = values;
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    throw new UsageError(`--port needs a number from 0 to 65535, not "${port}".`);
  }
  if (data === '') throw new UsageError('--data needs a folder.');
  return {
    ports: port === undefined ? defaultPorts() : [Number(port)],
    open: values['no-open'] !== true,
    data: data === undefined ? defaultDataFolder(environment) : path.resolve(data),
  };
}
