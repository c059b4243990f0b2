import * as vscode from 'vscode';
import type { OpenArguments, Playground } from '../app/playground';
import type { Disposable } from '../app/ports';
import { RpcError } from '../protocol/rpc';
import { register, type CommandLog } from './command';
import { connect, connectArguments, type ConnectPorts, type ConnectResult } from './connect';
import { COMMANDS } from './ids';
import type { PlaygroundPanel } from './panel';
import { saveConnection } from './settings';

/** What the commands borrow. */
export interface CommandPorts extends CommandLog {
  readonly playground: Pick<Playground, 'open' | 'connection'>;
  readonly panel: PlaygroundPanel;
  readonly connect: ConnectPorts;
  readonly credentials: { clear(): Promise<void> };
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

/** Registers the commands of playground and connection. */
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
