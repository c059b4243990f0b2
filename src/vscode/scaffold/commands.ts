/**
 * Registers the scaffolding commands. What they do is loaded with the first that is called.
 */
import * as vscode from 'vscode';
import type { Lazy } from '../../app/lazy';
import type { Disposable } from '../../app/ports';
import type { WorkerUse } from '../../app/worker-use';
import { register, type CommandLog } from '../command';
import { COMMANDS, INTERNAL_COMMANDS } from '../ids';
import type { Scaffold } from './feature';

/** What registering borrows. */
export interface ScaffoldCommandPorts extends CommandLog {
  readonly scaffold: Lazy<Scaffold>;
}

/** Registers all. */
export function registerScaffoldCommands(ports: ScaffoldCommandPorts): Disposable {
  const { scaffold } = ports;
  const commands = [
    register(COMMANDS.addAiBinding, ports, async (args) => (await scaffold.get()).addAiBinding(args)),
    register(COMMANDS.newWorkerProject, ports, async (args) => (await scaffold.get()).newWorkerProject(args)),
    register(COMMANDS.newCogProject, ports, async (args) => (await scaffold.get()).newCogProject(args)),
    register(COMMANDS.adoptCogProject, ports, async (args) => (await scaffold.get()).adoptCogProject(args)),
    register(COMMANDS.packageCogModel, ports, async (args) => (await scaffold.get()).packageCogModel(args)),
    register(COMMANDS.undoScaffold, ports, async () => (await scaffold.get()).undo()),
    // The panel asks, and shows what goes wrong itself.
    vscode.commands.registerCommand(INTERNAL_COMMANDS.useInWorker, async (use: WorkerUse) =>
      (await scaffold.get()).useInWorker(use),
    ),
  ];
  return {
    dispose() {
      for (const command of commands) command.dispose();
    },
  };
}
