/**
 * A Cog server of the user's: a container, or the `cog` package's own HTTP server, that is one more model beside the
 * hosted ones. Facts of its API: `GET /health-check`, `/openapi.json`, `POST /predictions` (Cog 0.22).
 */
import type { Task } from '../catalog/model';

/** How a server came to be known: by its address, or started by us with Docker or with Python alone. */
export type CogOrigin = 'url' | 'docker' | 'python';

/**
 * How a server stands. `installing`: its environment is being made. `starting`: its process runs and does not answer yet.
 * `setup`: the model's `setup()` runs. `busy`: ready, with all slots taken. `failed`: the process ended by itself.
 */
export type CogState =
  | 'installing'
  | 'starting'
  | 'setup'
  | 'ready'
  | 'busy'
  | 'setup-failed'
  | 'unhealthy'
  | 'unreachable'
  | 'stopped'
  | 'failed';

/** What went wrong with a server: both are sentences. */
export interface CogProblem {
  readonly message: string;
  readonly nextStep: string;
}

/** What is kept of a server when the host stops. */
export interface StoredCogServer {
  /** Unique here, made by the host. */
  readonly id: string;
  /** Name for people. */
  readonly name: string;
  readonly origin: CogOrigin;
  /** Without a trailing slash. The port of a server that we start may change with each start. */
  readonly url: string;
  /** Absolute path of the project, for servers that we start. */
  readonly folder?: string;
  /** Chosen by the user; absent: guessed from the schema. */
  readonly task?: Task;
  /** USD per hour of the machine, set by the user. Absent: the cost of a run is unknown. */
  readonly pricePerHourUsd?: number;
}

/** A server as views see it. */
export interface CogServer extends Omit<StoredCogServer, 'task'> {
  /** Id of the model that stands for it in columns: `cog/<id>`. */
  readonly modelId: string;
  /** What the user chose, else what the schema looks like. */
  readonly task: Task;
  readonly state: CogState;
  readonly problem?: CogProblem;
  /** Seconds that `setup()` took, by the server's own clock. */
  readonly setupSeconds?: number;
  /** The end of what the server wrote, at most `COG_LOG_TAIL` characters; '' when nothing is known. */
  readonly log: string;
  /** Version of its Cog. */
  readonly version?: string;
  /** Its schema says `x-cog-streaming`. */
  readonly isStreaming: boolean;
}

/** Most characters of a server's log that views are sent. */
export const COG_LOG_TAIL = 4_000;

/** What can start a server here. Each absent part has a sentence that tells why, and what to do. */
export interface CogTools {
  /** Docker and Cog's CLI are here, and Docker answers. */
  readonly docker:
    { readonly usable: true; readonly version: string } | { readonly usable: false; readonly why: string };
  /** A Python from 3.10 with `venv` is here. */
  readonly python:
    { readonly usable: true; readonly version: string } | { readonly usable: false; readonly why: string };
}

/** Id of the model that stands for a server. */
export function cogModelId(serverId: string): string {
  return `cog/${serverId}`;
}

/** Why a Cog server could not be started; message and next step are sentences. */
export class CogStartError extends Error {
  override readonly name = 'CogStartError';

  constructor(
    message: string,
    readonly nextStep: string,
  ) {
    super(message);
  }

  /** By its name: each bundle has a class of its own. */
  static is(error: unknown): error is CogStartError {
    return error instanceof Error && error.name === 'CogStartError' && 'nextStep' in error;
  }
}
