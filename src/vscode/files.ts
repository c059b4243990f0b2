/**
 * Files of the user's disk and workspace, by VS Code's dialogs and file systems: it works in remote and virtual
 * workspaces as well.
 */
import * as vscode from 'vscode';
import type { ViewHost } from '../app/view-session';
import { EXTENSIONS, extensionOf, kindByName } from '../core/media/extensions';
import { tooLarge } from '../core/media/inspect';
import { MAX_ATTACHMENTS } from '../core/media/limits';
import type { MediaKind } from '../core/media/media';
import { RpcError } from '../protocol/rpc';

/** Files offered out of a workspace, at most. */
const MAX_FOUND = 2000;

/** Bytes read at once, at most: all files are in memory until they are kept. */
const MAX_TOTAL = 256 * 1024 * 1024;

const NEVER = '**/{node_modules,.git}/**';

/** What needs files. */
export type Files = Pick<ViewHost, 'pickFiles' | 'saveFile' | 'openMedia'>;

/** `mediaUri` is the folder of stored media, `home` where files are saved when no folder is open. */
export function createFiles(mediaUri: vscode.Uri, home: vscode.Uri): Files {
  /** Folder of the file saved last. */
  let savedTo: vscode.Uri | undefined;

  return {
    async pickFiles(from, kinds) {
      const uris = await (from === 'disk' ? askDisk(kinds) : askWorkspace(kinds));
      return readAll(uris);
    },
    async saveFile(source, name) {
      const folder = savedTo ?? vscode.workspace.workspaceFolders?.[0]?.uri ?? home;
      const extension = extensionOf(name);
      const target = await vscode.window.showSaveDialog({
        defaultUri: vscode.Uri.joinPath(folder, name),
        ...(extension !== '' && { filters: { [extension.toUpperCase()]: [extension] } }),
      });
      if (target === undefined) return false;
      const bytes =
        'text' in source
          ? new TextEncoder().encode(source.text)
          : await read(vscode.Uri.joinPath(mediaUri, source.file), name);
      try {
        await vscode.workspace.fs.writeFile(target, bytes);
      } catch (error) {
        throw new RpcError('not-saved', vscode.l10n.t('{0} could not be saved: {1}', name, messageOf(error)));
      }
      savedTo = vscode.Uri.joinPath(target, '..');
      return true;
    },
    async openMedia(file) {
      await vscode.commands.executeCommand('vscode.open', vscode.Uri.joinPath(mediaUri, file));
    },
  };
}

function kindLabel(kind: MediaKind): string {
  const labels: Readonly<Record<MediaKind, string>> = {
    image: vscode.l10n.t('Pictures'),
    audio: vscode.l10n.t('Recordings'),
    video: vscode.l10n.t('Videos'),
    file: vscode.l10n.t('Documents'),
  };
  return labels[kind];
}

/** Patterns mind the case of letters on some systems, and VS Code's own dialog always does. */
const bothCases = (kind: MediaKind): string[] => EXTENSIONS[kind].flatMap((name) => [name, name.toUpperCase()]);

async function askDisk(kinds: readonly MediaKind[]): Promise<readonly vscode.Uri[]> {
  const each = kinds.map((kind): [string, string[]] => [kindLabel(kind), bothCases(kind)]);
  // The first filter is the one that is on.
  const all: [string, string[]] = [vscode.l10n.t('All that can be attached'), each.flatMap(([, names]) => names)];
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uris = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: vscode.l10n.t('Attach'),
    title: vscode.l10n.t('Attach Files'),
    filters: Object.fromEntries(each.length > 1 ? [all, ...each] : each),
    ...(folder && { defaultUri: folder }),
  });
  return uris ?? [];
}

const icons: Readonly<Record<MediaKind, string>> = {
  image: 'file-media',
  audio: 'unmute',
  video: 'device-camera-video',
  file: 'file-pdf',
};

async function askWorkspace(kinds: readonly MediaKind[]): Promise<readonly vscode.Uri[]> {
  const names = kinds.flatMap(bothCases);
  const found = await vscode.workspace.findFiles(`**/*.{${names.join(',')}}`, NEVER, MAX_FOUND);
  if (found.length === 0) {
    const message = vscode.l10n.t('No file of this workspace can be attached here. Choose one from the disk instead.');
    throw new RpcError('no-files', message);
  }
  const items = found
    .map((uri) => ({ uri, path: vscode.workspace.asRelativePath(uri) }))
    .sort((a, b) => a.path.localeCompare(b.path))
    .map(({ uri, path }) => ({
      label: nameOf(uri),
      description: path,
      iconPath: new vscode.ThemeIcon(icons[kindByName(path) ?? 'file']),
      uri,
    }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    matchOnDescription: true,
    title: vscode.l10n.t('Attach Files of the Workspace'),
    placeHolder: vscode.l10n.t('Type to search by name or folder'),
  });
  return (picked ?? []).map(({ uri }) => uri);
}

/** Sizes are asked first: what is too large is not read. */
async function readAll(uris: readonly vscode.Uri[]): ReturnType<Files['pickFiles']> {
  if (uris.length > MAX_ATTACHMENTS) {
    const message = vscode.l10n.t('At most {0} files can be attached; {1} were chosen.', MAX_ATTACHMENTS, uris.length);
    throw new RpcError('bad-media', message);
  }
  let total = 0;
  const readable = async (uri: vscode.Uri) => {
    const size = await sizeOf(uri);
    const problem = tooLarge(size, kindByName(uri.path) ?? 'video', nameOf(uri));
    if (problem !== undefined) throw new RpcError('bad-media', problem);
    total += size;
  };
  const problems = await Promise.all(uris.map((uri) => readable(uri).then(() => undefined, problemOf)));
  if (total > MAX_TOTAL) {
    const message = vscode.l10n.t('These files have more than 256 MiB together. Attach fewer at once.');
    throw new RpcError('bad-media', message);
  }
  return Promise.all(
    uris.map(async (uri, at) => {
      const name = nameOf(uri);
      const problem = problems[at];
      if (problem !== undefined) return { name, problem };
      return read(uri, name).then(
        (bytes) => ({ name, bytes }),
        (error: unknown) => ({ name, problem: problemOf(error) }),
      );
    }),
  );
}

function problemOf(error: unknown): string {
  if (error instanceof RpcError) return error.message;
  throw error;
}

const nameOf = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf('/') + 1);

async function sizeOf(uri: vscode.Uri): Promise<number> {
  try {
    return (await vscode.workspace.fs.stat(uri)).size;
  } catch (error) {
    throw unreadable(nameOf(uri), error);
  }
}

async function read(uri: vscode.Uri, name: string): Promise<Uint8Array> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    throw unreadable(name, error);
  }
}

function unreadable(name: string, error: unknown): RpcError {
  return new RpcError('bad-media', vscode.l10n.t('{0} cannot be read: {1}', name, messageOf(error)));
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
