import { createEmitter } from '../../src/app/emitter';
import type { CogProcess, CogRunner, CogServerStore } from '../../src/app/ports';
import type { CogTools, StoredCogServer } from '../../src/core/cog/server';

/** Cog servers kept in memory. */
export interface MemoryCogServers extends CogServerStore {
  kept: readonly StoredCogServer[];
}

/** A store that starts with these. */
export function memoryCogServers(kept: readonly StoredCogServer[] = []): MemoryCogServers {
  return {
    kept,
    load() {
      return this.kept;
    },
    save(servers) {
      this.kept = servers;
    },
  };
}

/** A process that does what a test says. */
export interface FakeCogProcess extends CogProcess {
  readonly how: 'docker' | 'python';
  readonly folder: string;
  line(text: string): void;
  stage(stage: 'installing' | 'starting'): void;
  listen(url: string): void;
  fail(error: unknown): void;
  exit(code: number | null): void;
  stopped: boolean;
}

/** A runner and what it started, the oldest first. */
export interface FakeCogRunner extends CogRunner {
  readonly started: FakeCogProcess[];
}

/** A runner that starts nothing. */
export function fakeCogRunner(): FakeCogRunner {
  const started: FakeCogProcess[] = [];
  const tools: CogTools = {
    docker: { usable: false, why: 'Docker is not installed.' },
    python: { usable: true, version: '3.11.2' },
  };
  return {
    started,
    tools: () => Promise.resolve(tools),
    start(how, folder) {
      const lines = createEmitter<string>();
      const stages = createEmitter<'installing' | 'starting'>();
      const exits = createEmitter<number | null>();
      const url = Promise.withResolvers<string>();
      const process: FakeCogProcess = {
        how,
        folder,
        url: url.promise,
        onLine: lines.event,
        onStage: stages.event,
        onExit: exits.event,
        stopped: false,
        line: lines.fire,
        stage: stages.fire,
        listen: url.resolve,
        fail: url.reject,
        exit: exits.fire,
        stop() {
          process.stopped = true;
          return Promise.resolve();
        },
        dispose() {
          process.stopped = true;
        },
      };
      started.push(process);
      return process;
    },
  };
}
