/**
 * One Cog server of the user's, followed while it is looked at: its process, if we started one, its health, its schema
 * and its log.
 */
import { isLoopback } from '../core/cog/address';
import { cogModel } from '../core/cog/model';
import type { CogHealth } from '../core/cog/health';
import { taskOf, type CogSchema } from '../core/cog/schema';
import {
  COG_LOG_TAIL,
  CogStartError,
  cogModelId,
  type CogProblem,
  type CogServer,
  type CogState,
  type StoredCogServer,
} from '../core/cog/server';
import type { Model, Task } from '../core/catalog/model';
import type { OwnEndpoint } from '../core/inference/request';
import { probe, probeSchema } from './cog-probe';
import { createEmitter } from './emitter';
import type { AppPorts, CogProcess, Disposable, Event } from './ports';

/** Most characters of a log that are kept. */
const LOG_KEPT = 256 * 1024;
/** Seconds between two looks at a server that stands. */
const CALM = 5;
/** Seconds between two looks at one that is coming up: the first, and the longest. */
const EAGER = 0.25;
const EAGER_LONGEST = 2;
/** Seconds for which lines of a log are gathered before views hear of them. */
const LOG_PAUSE = 0.2;

/** A server that is followed. */
export interface LiveCogServer extends Disposable {
  readonly now: CogServer;
  readonly stored: StoredCogServer;
  readonly model: Model;
  readonly schema: CogSchema | undefined;
  /** The whole log that is kept. */
  readonly log: string;
  readonly onLine: Event<string>;
  endpoint(): OwnEndpoint;
  change(change: Partial<Pick<StoredCogServer, 'name' | 'task' | 'pricePerHourUsd' | 'url'>>): void;
  /** Looks now. Settles when that is done. */
  look(): Promise<void>;
  /** Looks now where there is something to look at. */
  wake(): void;
  /** Ends the process that we started, then follows the one that `begin` starts: unless it was stopped meanwhile. */
  restart(begin: () => CogProcess): Promise<void>;
  /** Ends the process that we started. */
  stop(): Promise<void>;
}

type ServerPorts = Pick<AppPorts, 'fetch' | 'clock' | 'log'>;

const COMING_UP: readonly CogState[] = ['starting', 'setup'];
/** States in which nobody answers, whatever listens at the port by now. */
const DOWN: readonly CogState[] = ['installing', 'starting', 'stopped', 'failed'];

/** Makes one. `isWatched` says whether somebody looks; `changed` is called when something may have changed. */
export function followCogServer(
  ports: ServerPorts,
  first: StoredCogServer,
  isWatched: () => boolean,
  changed: () => void,
): LiveCogServer {
  const { clock } = ports;
  const lines = createEmitter<string>();
  let stored = first;
  let state: CogState = first.origin === 'url' ? 'unreachable' : 'stopped';
  let problem: CogProblem | undefined;
  let health: CogHealth | undefined;
  let schema: CogSchema | undefined;
  let log = '';
  let process: CogProcess | undefined;
  let ofProcess: readonly Disposable[] = [];
  let cancelLook: (() => void) | undefined;
  let cancelTell: (() => void) | undefined;
  let looking: Promise<void> | undefined;
  let wait = EAGER;
  let isGone = false;
  /** Of starts and stops: one that waits is over when another comes. */
  let turn = 0;

  function become(next: CogState, why?: CogProblem): void {
    state = next;
    problem = why;
    changed();
  }

  function addLine(line: string): void {
    log += `${line}\n`;
    // Cutting copies what is kept: not for each line.
    if (log.length > 2 * LOG_KEPT) log = log.slice(-LOG_KEPT);
    lines.fire(line);
    cancelTell ??= clock.after(LOG_PAUSE, () => {
      cancelTell = undefined;
      changed();
    });
  }

  const isDead = (): boolean => stored.origin !== 'url' && process === undefined;

  function plan(): void {
    cancelLook?.();
    cancelLook = undefined;
    const isComing = COMING_UP.includes(state);
    if (isGone || isDead() || state === 'installing' || !(isComing || isWatched())) return;
    wait = isComing ? Math.min(wait * 1.3, EAGER_LONGEST) : EAGER;
    cancelLook = clock.after(isComing ? wait : CALM, () => void look());
  }

  async function lookOnce(): Promise<void> {
    const { url } = stored;
    const followed = process;
    const found = await probe(ports, url);
    // Stopped, started anew or changed meanwhile: this is of another server.
    if (isGone || followed !== process || url !== stored.url) return;
    if ('problem' in found) {
      // A process that we started needs a moment until it listens; its end is told by itself.
      if (found.silent && followed !== undefined && state === 'starting') return;
      schema = undefined;
      return become('unreachable', found.problem);
    }
    // Another time of setup() is another start of the server, perhaps of another model.
    const isSame = health?.setupSeconds === found.health.setupSeconds;
    const isUp = found.health.state !== 'setup';
    const read = isUp ? ((isSame ? schema : undefined) ?? (await probeSchema(ports, url))) : undefined;
    if (isGone || followed !== process || url !== stored.url) return;
    health = found.health;
    schema = read;
    state = health.state;
    problem = health.problem;
    changed();
  }

  function look(): Promise<void> {
    looking ??= lookOnce().finally(() => {
      looking = undefined;
      plan();
    });
    return looking;
  }

  function leave(): CogProcess | undefined {
    for (const subscription of ofProcess) subscription.dispose();
    ofProcess = [];
    const left = process;
    process = undefined;
    cancelLook?.();
    cancelLook = undefined;
    return left;
  }

  function ended(next: CogState, why?: CogProblem): void {
    leave()?.dispose();
    health = undefined;
    become(next, why);
  }

  async function stop(): Promise<void> {
    turn += 1;
    const left = leave();
    health = undefined;
    if (stored.origin !== 'url') become('stopped');
    await left?.stop();
  }

  /** What was not known when a run was planned. */
  async function learn(): Promise<CogSchema | undefined> {
    await look();
    // That look may have begun before the server was ready.
    if (schema === undefined) await look();
    return schema;
  }

  const lastLines = (): string => log.trimEnd().split('\n').slice(-3).join(' / ').slice(-400);

  return {
    get stored() {
      return stored;
    },
    get schema() {
      return schema;
    },
    get log() {
      return log === '' ? (health?.setupLogs ?? '') : log.slice(-LOG_KEPT);
    },
    get now() {
      const { task: _, ...kept } = stored;
      return {
        ...kept,
        modelId: cogModelId(stored.id),
        task: taskNow(),
        state,
        ...(problem && { problem }),
        ...(health?.setupSeconds !== undefined && { setupSeconds: health.setupSeconds }),
        log: this.log.slice(-COG_LOG_TAIL),
        ...(health?.version !== undefined && { version: health.version }),
        isStreaming: schema?.isStreaming ?? false,
      };
    },
    get model() {
      const { name, pricePerHourUsd } = stored;
      return cogModel({
        modelId: cogModelId(stored.id),
        name,
        task: taskNow(),
        isStreaming: schema?.isStreaming ?? false,
        ...(pricePerHourUsd !== undefined && { pricePerHourUsd }),
      });
    },
    onLine: lines.event,
    endpoint() {
      const isDown = DOWN.includes(state);
      const { origin, url } = stored;
      return {
        kind: 'own',
        baseUrl: url,
        // In a container, addresses of this machine are the container's own.
        reachesHost: origin !== 'docker' && isLoopback(new URL(url)),
        ...(isDown && { problem: downProblem(stored, state, problem) }),
        ...(schema === undefined && { learn }),
      };
    },
    change(change) {
      stored = { ...stored, ...change };
      for (const [key, value] of Object.entries(change)) {
        if (value === undefined) stored = without(stored, key);
      }
      changed();
    },
    look,
    wake() {
      if (!isDead() && state !== 'installing') void look();
    },
    async restart(begin) {
      const stopped = stop();
      const mine = turn;
      await stopped;
      if (mine === turn && !isGone) follow(begin());
    },
    stop,
    dispose() {
      isGone = true;
      turn += 1;
      cancelTell?.();
      leave()?.dispose();
    },
  };

  function follow(next: CogProcess): void {
    leave()?.dispose();
    process = next;
    log = '';
    schema = undefined;
    health = undefined;
    wait = EAGER;
    become('starting');
    ofProcess = [
      next.onLine(addLine),
      next.onStage((stage) => become(stage)),
      next.onExit((code) => {
        if (process !== next) return;
        const how = code === null ? 'was ended from outside' : `ended with exit code ${code}`;
        const said = lastLines();
        ended('failed', {
          message: `The server ${how}.${said === '' ? '' : ` It said last: ${said}`}`,
          nextStep: 'Its log says more. Mend the project and start it again.',
        });
      }),
    ];
    next.url.then(
      (url) => {
        if (process !== next) return;
        stored = { ...stored, url };
        become('starting');
        void look();
      },
      (error: unknown) => {
        if (process !== next) return;
        if (!CogStartError.is(error)) ports.log.error('A Cog server could not be started.', error);
        ended('failed', startProblem(error));
      },
    );
  }

  function taskNow(): Task {
    return stored.task ?? (schema === undefined ? 'text-generation' : taskOf(schema));
  }
}

function without(stored: StoredCogServer, key: string): StoredCogServer {
  return Object.fromEntries(Object.entries(stored).filter(([name]) => name !== key)) as unknown as StoredCogServer;
}

function startProblem(error: unknown): CogProblem {
  if (CogStartError.is(error)) return { message: error.message, nextStep: error.nextStep };
  return { message: 'The server could not be started.', nextStep: 'The log says why.' };
}

function downProblem({ name, origin }: StoredCogServer, state: CogState, problem: CogProblem | undefined): CogProblem {
  if (state === 'installing' || state === 'starting') {
    const doing = state === 'installing' ? 'still being installed' : 'still starting';
    return { message: `${name} is ${doing}.`, nextStep: 'Run again when it is ready.' };
  }
  if (problem !== undefined) return problem;
  return {
    message: `${name} is not running.`,
    nextStep: origin === 'url' ? 'Start the server.' : 'Start it under "Add Cog model", then run again.',
  };
}
