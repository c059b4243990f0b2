/**
 * Registers what there is for Cog projects in the editor. The code of it is loaded with the first document of a project,
 * or with the command.
 */
import * as vscode from 'vscode';
import type { Lazy } from '../../app/lazy';
import type { Disposable } from '../../app/ports';
import { register, type CommandLog } from '../command';
import { COMMANDS } from '../ids';
import type { CogEditor } from './feature';
import { canMatter, projectOf } from './find-projects';

/** What registering borrows. */
export interface CogEditorRegistration extends CommandLog {
  readonly editor: Lazy<CogEditor>;
}

/** Registers the command, and looks at documents until one is part of a project. */
export function registerCogEditor(ports: CogEditorRegistration): Disposable {
  const { editor, log } = ports;
  const command = register(COMMANDS.checkCogProject, ports, async (args) => (await editor.get()).check(args));
  const opening = vscode.workspace.onDidOpenTextDocument((document) => void look(document));

  async function look({ uri }: vscode.TextDocument): Promise<void> {
    if (!canMatter(uri) || (await projectOf(uri)) === undefined) return;
    opening.dispose();
    try {
      await editor.get();
    } catch (error) {
      log.error('Cog projects are not checked in the editor.', error);
    }
  }
  vscode.workspace.textDocuments.forEach((document) => void look(document));
  return {
    dispose() {
      opening.dispose();
      command.dispose();
    },
  };
}
