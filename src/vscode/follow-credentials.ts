import * as vscode from 'vscode';
import type { Connection } from '../app/connection';
import type { Disposable, Log } from '../app/ports';
import type { VscodeCredentials } from './credentials';
import { CONTEXT_KEYS } from './ids';

/** Connects anew when a token came or went, in this window or another, and keeps the context key of the menus. */
export function followCredentials(credentials: VscodeCredentials, connection: Connection, log: Log): Disposable {
  async function tellMenus(): Promise<void> {
    try {
      const present = (await credentials.get()) !== undefined;
      await vscode.commands.executeCommand('setContext', CONTEXT_KEYS.hasCredential, present);
    } catch (error) {
      log.warn(`The secret storage cannot be read: ${String(error)}`);
    }
  }
  const subscription = credentials.onDidChange(() => {
    void connection.refresh();
    void tellMenus();
  });
  void tellMenus();
  return subscription;
}
