/**
 * Cog projects in the editor: a bundle of its own, loaded with the first document of such a project or with the command.
 */
import * as vscode from 'vscode';
import type { Disposable, Log } from '../../app/ports';
import { checkProject } from '../../core/cog-project/check';
import type { Problem } from '../../core/cog-project/problem';
import type { AskPython } from '../../core/cog-project/python-facts';
import { readPython as readWithoutPython } from '../../core/cog-project/read-python';
import type { ProjectFiles } from '../../core/scaffold/plan';
import { projectFiles } from '../scaffold/project-files';
import { checkCogProject, type CheckResult } from './check-command';
import { createCodeActions, FIX_ALL } from './code-actions';
import { cogCompletion, TRIGGERS } from './completion';
import { CONFIG } from './find-projects';
import { cogHover } from './hover';
import { createLiveProjects } from './live-projects';
import { readOnce } from './read-once';
import { asDocuments, recorded } from './recorded-files';
import { isShown } from './schema';

/** What the editor's side borrows. */
export interface CogEditorPorts {
  /** Reads Python with Python, where there is one. It starts a program: only in trusted windows, and for real files. */
  readonly askPython: AskPython;
  /** Of the Cog that is installed; undefined where there is none. It starts a program as well. */
  readonly cogVersion: () => Promise<string | undefined>;
  readonly log: Log;
}

/** The editor's side of Cog projects. */
export interface CogEditor extends Disposable {
  /** The command, with the argument that VS Code hands over. */
  check(args: unknown): Promise<CheckResult>;
}

/** Documents that can have problems with fixes. */
const CHECKED: vscode.DocumentSelector = [
  ...['**/cog.yaml', '**/*.py', '**/*requirements*.txt', '**/.dockerignore'].map((pattern) => ({ pattern })),
];

/** Puts it together. */
export function createCogEditor({ askPython, cogVersion, log }: CogEditorPorts): CogEditor {
  const withPython = readOnce(async (source) => (await askPython(source)) ?? readWithoutPython(source));
  let version: Promise<string | undefined> | undefined;

  async function problemsOf(root: vscode.Uri, files: ProjectFiles): Promise<readonly Problem[]> {
    if (!vscode.workspace.isTrusted || root.scheme !== 'file') return checkProject(files, readWithoutPython);
    version ??= cogVersion();
    const known = await version;
    return checkProject(files, withPython, known === undefined ? {} : { cogVersion: known });
  }
  const projects = createLiveProjects({
    async look(root) {
      const files = recorded(asDocuments(projectFiles(root)));
      try {
        return { problems: await problemsOf(root, files), dependsOn: files.dependsOn };
      } catch (error) {
        log.error(`The Cog project ${root.path} cannot be checked.`, error);
        return { problems: [], dependsOn: files.dependsOn };
      }
    },
    isShown,
  });
  const config = { pattern: `**/${CONFIG}` };
  const provided = [
    vscode.languages.registerCodeActionsProvider(CHECKED, createCodeActions(projects), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, FIX_ALL],
    }),
    vscode.languages.registerCompletionItemProvider(config, cogCompletion, ...TRIGGERS),
    vscode.languages.registerHoverProvider(config, cogHover),
  ];
  return {
    check: (args) => checkCogProject(args, projects, (root) => problemsOf(root, asDocuments(projectFiles(root)))),
    dispose() {
      for (const one of provided) one.dispose();
      projects.dispose();
    },
  };
}
