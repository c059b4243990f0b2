/**
 * Files as scaffolds need them, by VS Code's file systems: it works in remote and virtual workspaces as well.
 */
import * as vscode from 'vscode';

const encoder = new TextEncoder();

/** The bytes of a text. Those of a text that `decode` made are the ones it was made of. */
export const encode = (text: string): Uint8Array => encoder.encode(text);

/** The text with its byte order mark. Throws a `TypeError` for what is not UTF-8. */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** Whether two files hold the same. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** Whether a file holds the beginning of some bytes, or all of them. */
export function isStart(file: Uint8Array, bytes: Uint8Array): boolean {
  return sameBytes(file, bytes.subarray(0, file.length));
}

/** What stands there; undefined where nothing does. Throws for all other failures. */
export function statOf(uri: vscode.Uri): Promise<vscode.FileStat | undefined> {
  return orMissing(() => vscode.workspace.fs.stat(uri), undefined);
}

/** The bytes of a file; undefined where there is none. Throws for all other failures. */
export function bytesOf(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  return orMissing(() => vscode.workspace.fs.readFile(uri), undefined);
}

/** What a folder holds; nothing where there is none. Throws for all other failures. */
export function entriesOf(uri: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
  return orMissing(() => vscode.workspace.fs.readDirectory(uri), []);
}

async function orMissing<T, M>(read: () => Thenable<T>, missing: M): Promise<T | M> {
  try {
    return await read();
  } catch (error) {
    if (isMissing(error)) return missing;
    throw error;
  }
}

/** What lies below a file does not exist either. */
function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'FileNotFound' || code === 'FileNotADirectory';
}

/** Whether writing failed because it is not allowed. */
export function isForbidden(error: unknown): boolean {
  return codeOf(error) === 'NoPermissions';
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Why a file could not be read or written, as a sentence: the next one can follow it. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (isForbidden(error)) return vscode.l10n.t('Access is not allowed: change the permissions.');
  if (/ENOSPC|EDQUOT/.test(message)) return vscode.l10n.t('The disk is full: make room on it.');
  // Reasons of the system come without an end.
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
