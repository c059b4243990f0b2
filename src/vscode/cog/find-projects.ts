/**
 * Where Cog projects are: folders with a `cog.yaml`.
 */
import * as vscode from 'vscode';
import { RpcError } from '../../protocol/rpc';
import { statOf } from '../disk';

/** The file that makes a folder a Cog project. */
export const CONFIG = 'cog.yaml';

/** More would not be a list that anybody reads. */
const MOST = 200;

/** Environments and what tools write: a `cog.yaml` in there is nobody's project. */
const NEVER = '**/{node_modules,.git,.cog,.venv,venv,env,site-packages,__pycache__,.tox}/**';

/** Whether a file can be part of what is checked, by its name alone. */
export function canMatter({ path }: vscode.Uri): boolean {
  return /\/(?:cog\.yaml|[^/]+\.py|[^/]*requirements[^/]*\.txt|\.dockerignore)$/.test(path);
}

/** The folder of the nearest project that a file can be part of: its own or one above, within the open folder. */
export async function projectOf(file: vscode.Uri): Promise<vscode.Uri | undefined> {
  const top = vscode.workspace.getWorkspaceFolder(file)?.uri;
  let folder = vscode.Uri.joinPath(file, '..');
  for (;;) {
    if (await hasConfig(folder)) return folder;
    const parent = vscode.Uri.joinPath(folder, '..');
    if (top === undefined || folder.path === top.path || parent.path === folder.path) return undefined;
    folder = parent;
  }
}

/** Whether a folder is a project. What cannot be looked at is none. */
export async function hasConfig(folder: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, CONFIG));
    return (type & vscode.FileType.Directory) === 0;
  } catch {
    return false;
  }
}

/** The folders of all projects of the workspace, in order of their paths. */
export async function allProjects(): Promise<readonly vscode.Uri[]> {
  const configs = await vscode.workspace.findFiles(`**/${CONFIG}`, NEVER, MOST);
  return configs
    .map((config) => vscode.Uri.joinPath(config, '..'))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** The folder that an argument means: a menu gives the file that was clicked. */
export async function folderOf(given: vscode.Uri): Promise<vscode.Uri> {
  const stat = await statOf(given);
  return stat?.type === vscode.FileType.File ? vscode.Uri.joinPath(given, '..') : given;
}

/** What a command can work with, and its title. */
export interface ProjectQuestion {
  readonly title: string;
  readonly fits?: (root: vscode.Uri) => boolean;
}

/**
 * The project of an argument, else the only one that is open, else the one that the user picks; undefined: none was
 * picked. Throws an `RpcError` with code `no-cog-project`.
 */
export async function chooseProject(
  given: vscode.Uri | undefined,
  { title, fits = () => true }: ProjectQuestion,
): Promise<vscode.Uri | undefined> {
  if (given !== undefined) {
    const root = await folderOf(given);
    if (fits(root) && (await hasConfig(root))) return root;
    throw noProject(vscode.l10n.t('{0} has no {1}, so it is not a Cog project.', root.path, CONFIG));
  }
  const roots = (await allProjects()).filter(fits);
  const [first, second] = roots;
  if (first === undefined) throw noProjects();
  if (second === undefined) return first;
  const items = roots.map((root) => ({ label: vscode.workspace.asRelativePath(root), root }));
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t('Which project?') });
  return picked?.root;
}

/** There is no project in the window. */
export function noProjects(): RpcError {
  return noProject(vscode.l10n.t('No {0} in the open folders. Open a Cog project first.', CONFIG));
}

const noProject = (message: string): RpcError => new RpcError('no-cog-project', message);

/** The path of a file within a folder; undefined outside of it. The folder itself is `''`. */
export function pathWithin(folder: vscode.Uri, file: vscode.Uri): string | undefined {
  if (folder.scheme !== file.scheme || folder.authority !== file.authority) return undefined;
  if (folder.path === file.path) return '';
  const start = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  return file.path.startsWith(start) ? file.path.slice(start.length) : undefined;
}
