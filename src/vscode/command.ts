/**
 * How every command answers: scripts get coded errors, people get a sentence and what to do.
 */
import * as vscode from 'vscode';
import type { Disposable, Log } from '../app/ports';
import { toRpcError, type RpcError } from '../protocol/rpc';
import { COMMANDS } from './ids';
import { isRow } from './models/rows';

/** What every command borrows. */
export interface CommandLog {
  readonly log: Log;
  readonly showLog: () => void;
}

/** A button on an error message. */
interface Action {
  readonly label: string;
  run(): void;
}

/** Runs a command that answers for its failures; nobody waits for it. */
const execute = (command: string, ...args: unknown[]) => void vscode.commands.executeCommand(command, ...args);

/** Runs a command with an argument object on behalf of a person, who is told when it fails. */
export function executeForPerson(command: string, args: object): void {
  const tell = (thrown: unknown) => void vscode.window.showErrorMessage(toRpcError(thrown).message);
  Promise.resolve(vscode.commands.executeCommand(command, args)).catch(tell);
}

function actionsFor(code: string, command: string, args: unknown, { showLog }: CommandLog): Action[] {
  const log = { label: vscode.l10n.t('Show Log'), run: showLog };
  switch (code) {
    case 'bad-base-url': {
      const run = () => execute('workbench.action.openSettings', 'unifiedInference.apiBaseUrl');
      return [{ label: vscode.l10n.t('Open Settings'), run }, log];
    }
    // Nothing to repair: the model has none.
    case 'no-terms':
      return [];
    case 'no-worker': {
      const run = () => execute(COMMANDS.newWorkerProject);
      return [{ label: vscode.l10n.t('New AI Worker Project'), run }];
    }
    case 'no-cog-project': {
      const run = () => execute(COMMANDS.newCogProject);
      return [{ label: vscode.l10n.t('New Cog Project'), run }];
    }
    case 'unknown-model':
      return [{ label: vscode.l10n.t('Refresh Catalog'), run: () => execute(COMMANDS.refreshCatalog) }, log];
    default:
      switch (command) {
        case COMMANDS.connect:
        case COMMANDS.refreshCatalog: {
          const run = () => execute(command, ...(args === undefined ? [] : [args]));
          return [{ label: vscode.l10n.t('Try Again'), run }, log];
        }
        // They are about files: no connection would help.
        case COMMANDS.addAiBinding:
        case COMMANDS.newWorkerProject:
        case COMMANDS.undoScaffold:
        case COMMANDS.newCogProject:
        case COMMANDS.adoptCogProject:
        case COMMANDS.packageCogModel:
        case COMMANDS.runCogModel:
        case COMMANDS.addCogModel:
        case COMMANDS.checkCogProject:
          return [log];
        default:
          return [{ label: vscode.l10n.t('Connect'), run: () => execute(COMMANDS.connect) }, log];
      }
  }
}

async function showFailure(error: RpcError, command: string, args: unknown, ports: CommandLog): Promise<void> {
  const actions = actionsFor(error.code, command, args, ports);
  const chosen = await vscode.window.showErrorMessage(error.message, ...actions.map(({ label }) => label));
  actions.find(({ label }) => label === chosen)?.run();
}

/** Whether a person called: from the palette or a title bar without an argument, from a row of the tree or a file's menu. */
export function byPerson(args: unknown): boolean {
  return args === undefined || isRow(args) || args instanceof vscode.Uri;
}

/**
 * Registers a command. Called with an argument object, by a script or a keybinding, it rejects with a coded error and
 * shows nothing. Called by a person, the failure is shown with what to do, and the command resolves, because VS Code
 * shows a rejected command as a modal dialog.
 */
export function register(command: string, ports: CommandLog, handler: (args: unknown) => Promise<unknown>): Disposable {
  return vscode.commands.registerCommand(command, async (args: unknown) => {
    try {
      return await handler(args);
    } catch (thrown) {
      const error = toRpcError(thrown);
      if (error.code !== 'cancelled') ports.log.error(`${command} failed (${error.code}).`, thrown);
      if (!byPerson(args)) throw error;
      if (error.code !== 'cancelled') void showFailure(error, command, args, ports);
      return undefined;
    }
  });
}
