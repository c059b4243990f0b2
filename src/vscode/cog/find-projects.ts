/**
 * Where Cog projects are: folders with a `cog.yaml`.
 */
import * as vscode from 'vscode';

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

/** The path of a file within a folder; undefined outside of it. The folder itself is `''`. */
export function pathWithin(folder: vscode.Uri, file: vscode.Uri): string | undefined {
  if (folder.scheme !== file.scheme || folder.authority !== file.authority) return undefined;
  if (folder.path === file.path) return '';
  const start = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  return file.path.startsWith(start) ? file.path.slice(start.length) : undefined;
}
