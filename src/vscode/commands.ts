import * as vscode from 'vscode';
import type { OpenArguments, Playground } from '../app/playground';
import type { Disposable, Log } from '../app/ports';
import { RpcError, toRpcError } from '../protocol/rpc';
import { connect, connectArguments, type ConnectPorts, type ConnectResult } from './connect';
import { COMMANDS } from './ids';
import type { PlaygroundPanel } from './panel';
import { saveConnection } from './settings';

/** What the commands borrow. */
export interface CommandPorts {
  readonly playground: Playground;
  readonly panel: PlaygroundPanel;
  readonly connect: ConnectPorts;
  readonly credentials: { clear(): Promise<void> };
  readonly log: Log;
  readonly showLog: () => void;
}

/** A button on an error message. */
interface Action {
  readonly label: string;
  run(): void;
}

const execute = (command: string, ...args: unknown[]) => void vscode.commands.executeCommand(command, ...args);

function actionsFor(code: string, command: string, ports: CommandPorts): Action[] {
  const showLog = { label: vscode.l10n.t('Show Log'), run: ports.showLog };
  if (code === 'bad-base-url') {
    return [
      {
        label: vscode.l10n.t('Open Settings'),
        run: () => execute('workbench.action.openSettings', 'unifiedInference.apiBaseUrl'),
      },
      showLog,
    ];
  }
  return command === COMMANDS.connect
    ? [{ label: vscode.l10n.t('Try Again'), run: () => execute(COMMANDS.connect) }, showLog]
    : [{ label: vscode.l10n.t('Connect'), run: () => execute(COMMANDS.connect) }, showLog];
}

async function showFailure(error: RpcError, command: string, ports: CommandPorts): Promise<void> {
  const actions = actionsFor(error.code, command, ports);
  const chosen = await vscode.window.showErrorMessage(error.message, ...actions.map(({ label }) => label));
  actions.find(({ label }) => label === chosen)?.run();
}

/**
 * Registers a command. Called with an argument object, by a script or a keybinding, it rejects with a coded error and
 * shows nothing. Called without, a person did it: the failure is shown with what to do, and the command resolves,
 * because VS Code shows a rejected command as a modal dialog.
 */
function register(command: string, ports: CommandPorts, handler: (args: unknown) => Promise<unknown>): Disposable {
  return vscode.commands.registerCommand(command, async (args: unknown) => {
    try {
      return await handler(args);
    } catch (thrown) {
      const error = toRpcError(thrown);
      if (error.code !== 'cancelled') ports.log.error(`${command} failed (${error.code}).`, thrown);
      if (args !== undefined) throw error;
      if (error.code !== 'cancelled') void showFailure(error, command, ports);
      return undefined;
    }
  });
}

async function openPlayground(args: unknown, { panel, playground }: CommandPorts): Promise<void> {
  if (args !== undefined && (typeof args !== 'object' || args === null)) {
    throw new RpcError('bad-argument', vscode.l10n.t('Open Playground takes an object as its argument.'));
  }
  const { beside, ...rest } = (args ?? {}) as OpenArguments & { readonly beside?: unknown };
  panel.show({ beside: beside === true });
  await playground.open(rest);
}

async function connectAccount(args: unknown, ports: CommandPorts): Promise<ConnectResult> {
  const result = await connect(connectArguments(args), ports.connect);
  await ports.playground.connection.refresh();
  ports.log.info(`Connected: ${result.method}, account ${result.accountId}.`);
  if (result.missingPermissions !== undefined) {
    const message = vscode.l10n.t(
      'Connected, but this API token lacks a permission: {0}. Models run; gateway logs and settings cannot be read.',
      result.missingPermissions.join(', '),
    );
    ports.log.warn(message);
    void vscode.window.showWarningMessage(message);
  }
  return result;
}

async function disconnect({ playground, credentials }: CommandPorts): Promise<void> {
  await saveConnection(undefined);
  await credentials.clear();
  await playground.connection.refresh();
}

/** Registers every command of the manifest. */
export function registerCommands(ports: CommandPorts): Disposable {
  const commands = [
    register(COMMANDS.openPlayground, ports, (args) => openPlayground(args, ports)),
    register(COMMANDS.connect, ports, (args) => connectAccount(args, ports)),
    register(COMMANDS.disconnect, ports, () => disconnect(ports)),
  ];
  return {
    dispose() {
      for (const command of commands) command.dispose();
    },
  };
}
