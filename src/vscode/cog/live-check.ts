/**
 * One project that is checked again whenever it may have changed: not before typing pauses, one check at a time, and
 * nothing is shown of a project as it was before the last change.
 */
import type { Disposable } from '../../app/ports';
import type { Problem } from '../../core/cog-project/problem';

/** What one check found, and whether a change elsewhere matters to it. */
export interface Look {
  readonly problems: readonly Problem[];
  dependsOn(path: string): boolean;
}

/** What a live check borrows. */
export interface LiveCheckPorts {
  /** Checks the project as it stands. Never rejects. */
  look(): Promise<Look>;
  /** Shows what was found. */
  publish(problems: readonly Problem[]): void;
  /** Milliseconds without a change, before a check begins. */
  readonly delay: number;
}

/** A project that is followed. */
export interface LiveCheck extends Disposable {
  /** Something at this path changed; undefined: everything may have. Paths are relative to the project. */
  touch(path?: string): void;
  /** The problems of the project as it stands when the promise resolves. */
  fresh(): Promise<readonly Problem[]>;
}

/** Starts with a check at once. */
export function createLiveCheck({ look, publish, delay }: LiveCheckPorts): LiveCheck {
  /** Counts changes; `checked` is the count at the start of the last check that still holds. */
  let version = 1;
  let checked = 0;
  let latest: Look | undefined;
  let running: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDisposed = false;

  function run(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    running ??= check().finally(() => {
      running = undefined;
      // The timer went off while a check was under way that no longer holds.
      if (isStale() && timer === undefined) void run();
    });
    return running;
  }

  async function check(): Promise<void> {
    const started = version;
    const found = await look();
    if (isDisposed || started !== version) return;
    checked = started;
    latest = found;
    publish(found.problems);
  }

  const isStale = () => !isDisposed && checked !== version;

  void run();
  return {
    touch(path) {
      if (isDisposed) return;
      // Before the first result, and while one is out of date, nobody knows what matters.
      if (path !== undefined && !isStale() && latest?.dependsOn(path) === false) return;
      version += 1;
      clearTimeout(timer);
      timer = setTimeout(() => void run(), delay);
    },
    async fresh() {
      while (isStale()) await run();
      return latest?.problems ?? [];
    },
    dispose() {
      isDisposed = true;
      clearTimeout(timer);
    },
  };
}
