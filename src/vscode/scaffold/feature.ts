/**
 * The scaffolding commands: a bundle of its own, loaded when the first of them is called.
 */
import * as vscode from 'vscode';
import type { Disposable } from '../../app/ports';
import type { WorkerUse } from '../../app/worker-use';
import type { PlanResult } from '../../core/scaffold/plan';
import { addAiBinding } from './add-binding';
import { createJournal } from './journal';
import { registerWrittenFiles } from './kept-files';
import { newWorkerProject, type NewWorkerPorts } from './new-worker';
import { undoLastScaffold, type UndoResult } from './undo';
import { useInWorker } from './use-in-worker';

/** What the commands borrow. */
export interface ScaffoldPorts extends Pick<
  NewWorkerPorts,
  'playground' | 'today' | 'settings' | 'remembered' | 'nodeVersion'
> {
  readonly extensionUri: vscode.Uri;
  readonly globalStorageUri: vscode.Uri;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The commands, each with the argument that VS Code hands over. */
export interface Scaffold extends Disposable {
  addAiBinding(args: unknown): Promise<PlanResult>;
  newWorkerProject(args: unknown): Promise<PlanResult>;
  useInWorker(use: WorkerUse): Promise<PlanResult>;
  undo(): Promise<UndoResult>;
}

/** Puts the commands together. */
export function createScaffold({ extensionUri, globalStorageUri, now, ...ports }: ScaffoldPorts): Scaffold {
  const journal = createJournal(vscode.Uri.joinPath(globalStorageUri, 'scaffolds'), now);
  const written = registerWrittenFiles(journal);
  const all: NewWorkerPorts = {
    ...ports,
    journal,
    async readTemplate(path) {
      const file = vscode.Uri.joinPath(extensionUri, 'media', 'templates', 'worker', path);
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    },
  };
  return {
    addAiBinding: (args) => addAiBinding(args, all),
    newWorkerProject: (args) => newWorkerProject(args, all),
    useInWorker: (use) => useInWorker(use, all),
    undo: () => undoLastScaffold(all),
    dispose: () => written.dispose(),
  };
}
