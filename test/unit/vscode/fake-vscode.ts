/**
 * As much of the `vscode` module as the tested files touch. Use: `vi.mock('vscode', () => fakeVscode)`.
 */
import { vi } from 'vitest';

const listeners: ((event: { affectsConfiguration(section: string): boolean }) => void)[] = [];
const values = new Map<string, unknown>();

/** Sets a value and tells everybody, as the settings editor does. */
export function setSetting(key: string, value: unknown): void {
  if (value === undefined) values.delete(key);
  else values.set(key, value);
  for (const listener of [...listeners]) {
    listener({ affectsConfiguration: (section) => key === section || key.startsWith(`${section}.`) });
  }
}

/** Every write of a setting, in order: key, value, target. */
export const settingWrites: [string, unknown, unknown][] = [];

/** Registered commands by id. */
export const commands = new Map<string, (...args: unknown[]) => unknown>();

/** Forgets everything. */
export function resetFake(): void {
  listeners.length = 0;
  values.clear();
  settingWrites.length = 0;
  commands.clear();
  vi.clearAllMocks();
}

/** The module. */
export const fakeVscode = {
  l10n: {
    t: (text: string, ...args: unknown[]) => text.replaceAll(/\{(\d+)\}/g, (_, index) => String(args[Number(index)])),
  },
  ConfigurationTarget: { Global: 1, Workspace: 2 },
  workspace: {
    getConfiguration: (section: string) => ({
      get: (key: string) => values.get(`${section}.${key}`),
      update: (key: string, value: unknown, target: unknown) => {
        settingWrites.push([`${section}.${key}`, value, target]);
        setSetting(`${section}.${key}`, value);
        return Promise.resolve();
      },
    }),
    onDidChangeConfiguration(listener: (typeof listeners)[number]) {
      listeners.push(listener);
      return { dispose: () => void listeners.splice(listeners.indexOf(listener), 1) };
    },
  },
  commands: {
    registerCommand(id: string, handler: (...args: unknown[]) => unknown) {
      commands.set(id, handler);
      return { dispose: () => void commands.delete(id) };
    },
    executeCommand: vi.fn(() => Promise.resolve()),
  },
  window: {
    showErrorMessage: vi.fn((..._args: string[]): Promise<string | undefined> => Promise.resolve(undefined)),
    showWarningMessage: vi.fn((..._args: string[]): Promise<string | undefined> => Promise.resolve(undefined)),
  },
};
