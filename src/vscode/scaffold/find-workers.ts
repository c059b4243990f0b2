/**
 * The Workers of the open folders.
 */
import * as vscode from 'vscode';
import { describeConfigs, GENERATED_FOLDERS, type WranglerConfig } from '../../core/scaffold/wrangler/find-configs';
import { projectFiles } from './project-files';
import type { Choice } from './wizard';

/** A configuration and the open folder it lies in. */
export interface FoundWorker {
  readonly root: vscode.Uri;
  readonly config: WranglerConfig;
}

/** More would not be a list that anybody reads. */
const MOST = 500;

/** All configurations of the workspace, folder by folder. */
export async function findWorkers(): Promise<readonly FoundWorker[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = await Promise.all(
    folders.map(async ({ uri: root }) => {
      const pattern = new vscode.RelativePattern(
        root,
        '**/{wrangler.json,wrangler.jsonc,wrangler.toml,cloudflare.config.ts}',
      );
      const uris = await vscode.workspace.findFiles(pattern, `**/{${GENERATED_FOLDERS.join(',')}}/**`, MOST);
      const paths = uris.map(({ path }) => path.slice(root.path.replace(/\/$/, '').length + 1));
      const configs = await describeConfigs(projectFiles(root), paths);
      return configs.map((config) => ({ root, config }));
    }),
  );
  return found.flat();
}

/** The folder that a configuration's paths are relative to, and its path: an open folder, else its own. */
export function rootOf(config: vscode.Uri): { readonly root: vscode.Uri; readonly path: string } {
  const root = vscode.workspace.getWorkspaceFolder(config)?.uri ?? vscode.Uri.joinPath(config, '..');
  return { root, path: config.path.slice(root.path.replace(/\/$/, '').length + 1) };
}

/** A configuration as an entry of a list. */
export function workerChoice({ root, config }: FoundWorker): Choice<FoundWorker> {
  const { path, name, environments, binding, problem, warnings, kind } = config;
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.length > 1 ? folders.find(({ uri }) => uri.toString() === root.toString())?.name : undefined;
  const facts = [
    name,
    kind === 'pages' ? vscode.l10n.t('Pages') : undefined,
    environments.length > 0 ? vscode.l10n.t('environments: {0}', environments.join(', ')) : undefined,
    binding === undefined ? undefined : vscode.l10n.t('has env.{0}', binding),
  ];
  const detail = problem?.reason ?? warnings[0];
  return {
    value: { root, config },
    label: folder === undefined ? path : `${folder}: ${path}`,
    description: facts.filter((fact) => fact !== undefined).join(' · '),
    iconPath: new vscode.ThemeIcon(detail === undefined ? 'file-code' : 'warning'),
    ...(detail !== undefined && { detail }),
  };
}
