/**
 * The scaffolding commands: a bundle of its own, loaded when the first of them is called.
 */
import * as vscode from 'vscode';
import type { Disposable } from '../../app/ports';
import type { WorkerUse } from '../../app/worker-use';
import type { AskPython } from '../../core/cog-project/python-facts';
import { readPython as readWithoutPython } from '../../core/cog-project/read-python';
import type { PlanResult } from '../../core/scaffold/plan';
import { addAiBinding } from './add-binding';
import { createJournal } from './journal';
import { registerWrittenFiles } from './kept-files';
import { adoptCogProject, newCogProject, type NewCogPorts } from './new-cog';
import { newWorkerProject, type NewWorkerPorts } from './new-worker';
import { packageCogModel, type PackageResult } from './package-cog';
import { undoLastScaffold, type UndoResult } from './undo';
import { useInWorker } from './use-in-worker';

/** What the commands borrow. */
export interface ScaffoldPorts
  extends
    Pick<NewWorkerPorts, 'playground' | 'today' | 'settings' | 'remembered' | 'nodeVersion'>,
    Pick<NewCogPorts, 'cogVersion'> {
  /** Starts a program: for trusted windows. */
  readonly askPython: AskPython;
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
  newCogProject(args: unknown): Promise<PlanResult>;
  adoptCogProject(args: unknown): Promise<PlanResult>;
  packageCogModel(args: unknown): Promise<PackageResult>;
  undo(): Promise<UndoResult>;
}

/** Puts the commands together. */
export function createScaffold({ extensionUri, globalStorageUri, now, askPython, ...ports }: ScaffoldPorts): Scaffold {
  const journal = createJournal(vscode.Uri.joinPath(globalStorageUri, 'scaffolds'), now);
  const written = registerWrittenFiles(journal);
  const reader = (kind: string) => async (path: string) => {
    const file = vscode.Uri.joinPath(extensionUri, 'media', 'templates', kind, path);
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  };
  const all: NewWorkerPorts & NewCogPorts = {
    ...ports,
    // Programs are for trusted windows.
    readPython: async (source) =>
      (vscode.workspace.isTrusted ? await askPython(source) : undefined) ?? readWithoutPython(source),
    cogVersion: () => (vscode.workspace.isTrusted ? ports.cogVersion() : Promise.resolve(undefined)),
    journal,
    readTemplate: reader('worker'),
    readCogTemplate: reader('cog'),
  };
  return {
    addAiBinding: (args) => addAiBinding(args, all),
    newWorkerProject: (args) => newWorkerProject(args, all),
    useInWorker: (use) => useInWorker(use, all),
    newCogProject: (args) => newCogProject(args, all),
    adoptCogProject: (args) => adoptCogProject(args, all),
    packageCogModel: (args) => packageCogModel(args, all),
    undo: () => undoLastScaffold(all),
    dispose: () => written.dispose(),
  };
}
