/**
 * The projects that are checked while one works on them: those of which a document is open, and those that were asked
 * for. A project goes when its last document closes, unless it was asked for, and when its `cog.yaml` goes.
 */
import * as vscode from 'vscode';
import type { Disposable } from '../../app/ports';
import type { Problem } from '../../core/cog-project/problem';
import { canMatter, CONFIG, hasConfig, pathWithin, projectOf } from './find-projects';
import { createLiveCheck, type LiveCheck, type Look } from './live-check';
import { diagnosticOf } from './problems';

/** Milliseconds without a change before a project is checked: less than the pause after a word, more than within. */
const PAUSE = 300;

/** What following borrows. */
export interface LiveProjectPorts {
  /** Checks a project as it stands. Never rejects. */
  look(root: vscode.Uri): Promise<Look>;
  /** Whether a problem is ours to show. */
  isShown(problem: Problem): boolean;
}

/** A project that is followed. */
export interface LiveProject {
  readonly root: vscode.Uri;
  /** Its problems as it stands, what is typed and not saved included. */
  fresh(): Promise<readonly Problem[]>;
}

/** All that are followed. */
export interface LiveProjects extends Disposable {
  /** Follows a project although no document of it is open. */
  pin(root: vscode.Uri): LiveProject;
  /** The innermost followed project that a file lies in. */
  around(file: vscode.Uri): LiveProject | undefined;
}

interface Followed extends LiveProject {
  readonly check: LiveCheck;
  readonly shown: vscode.DiagnosticCollection;
  /** Its open documents. */
  readonly documents: Set<string>;
  isPinned: boolean;
}

/** Follows the projects of the documents that are open, and of those that will be. */
export function createLiveProjects({ look, isShown }: LiveProjectPorts): LiveProjects {
  const projects = new Map<string, Followed>();
  let isDisposed = false;

  function follow(root: vscode.Uri): Followed {
    const key = root.toString();
    const there = projects.get(key);
    if (there !== undefined) return there;
    const shown = vscode.languages.createDiagnosticCollection('cog');
    const check = createLiveCheck({
      look: () => look(root),
      publish: (problems) => show(shown, root, problems.filter(isShown)),
      delay: PAUSE,
    });
    const project = { root, check, shown, documents: new Set<string>(), isPinned: false, fresh: check.fresh };
    projects.set(key, project);
    return project;
  }

  function leave(project: Followed): void {
    project.check.dispose();
    project.shown.dispose();
    projects.delete(project.root.toString());
  }

  function leaveIfUnused(project: Followed): void {
    if (!project.isPinned && project.documents.size === 0) leave(project);
  }

  async function opened(document: vscode.TextDocument): Promise<void> {
    const { uri } = document;
    if (!canMatter(uri) || !isInPlace(uri)) return;
    const root = await projectOf(uri);
    if (isDisposed || document.isClosed) return;
    const key = uri.toString();
    const project = root && follow(root);
    project?.documents.add(key);
    // It may have been part of another: a project inside a project was just made, or has gone.
    for (const other of projects.values()) {
      if (other !== project && other.documents.delete(key)) leaveIfUnused(other);
    }
  }

  function closed({ uri }: vscode.TextDocument): void {
    for (const project of projects.values()) {
      if (project.documents.delete(uri.toString())) leaveIfUnused(project);
    }
    // What was typed and not saved counts no more.
    changed(uri);
  }

  function changed(uri: vscode.Uri): void {
    for (const { root, check } of projects.values()) {
      const path = pathWithin(root, uri);
      if (path !== undefined) check.touch(path === '' ? undefined : path);
    }
  }

  function created(uri: vscode.Uri): void {
    changed(uri);
    if (uri.path.endsWith(`/${CONFIG}`)) vscode.workspace.textDocuments.forEach((document) => void opened(document));
  }

  async function deleted(uri: vscode.Uri): Promise<void> {
    changed(uri);
    for (const project of projects.values()) {
      const config = vscode.Uri.joinPath(project.root, CONFIG);
      if (pathWithin(uri, config) === undefined || (await hasConfig(project.root))) continue;
      leave(project);
      // They may be part of an outer project now.
      vscode.workspace.textDocuments.forEach((document) => void opened(document));
    }
  }

  const everything = () => projects.forEach(({ check }) => check.touch());
  const files = vscode.workspace.createFileSystemWatcher('**/*');
  const subscriptions: Disposable[] = [
    files,
    files.onDidCreate(created),
    files.onDidChange(changed),
    files.onDidDelete((uri) => void deleted(uri)),
    vscode.workspace.onDidOpenTextDocument((document) => void opened(document)),
    vscode.workspace.onDidCloseTextDocument(closed),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) changed(document.uri);
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(({ removed }) => {
      for (const project of projects.values()) {
        if (!removed.some(({ uri }) => pathWithin(uri, project.root) !== undefined)) continue;
        project.isPinned = false;
        leaveIfUnused(project);
      }
    }),
    // Python may be asked from now on.
    vscode.workspace.onDidGrantWorkspaceTrust(everything),
    // Another extension may show our schema's problems from now on, or no more.
    vscode.extensions.onDidChange(everything),
  ];
  vscode.workspace.textDocuments.forEach((document) => void opened(document));

  return {
    pin(root) {
      const project = follow(root);
      project.isPinned = true;
      return project;
    },
    around(file) {
      const around = [...projects.values()].filter(({ root }) => pathWithin(root, file) !== undefined);
      return around.sort((one, other) => other.root.path.length - one.root.path.length)[0];
    },
    dispose() {
      isDisposed = true;
      for (const subscription of subscriptions) subscription.dispose();
      for (const project of projects.values()) leave(project);
    },
  };
}

/** Not a version out of Git, a comparison or the like, which no file system holds as such. */
function isInPlace(uri: vscode.Uri): boolean {
  return uri.scheme === 'file' || vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}

function show(shown: vscode.DiagnosticCollection, root: vscode.Uri, problems: readonly Problem[]): void {
  const byFile = Map.groupBy(problems, ({ file }) => file);
  shown.clear();
  shown.set([...byFile].map(([file, own]) => [vscode.Uri.joinPath(root, file), own.map(diagnosticOf)]));
}
