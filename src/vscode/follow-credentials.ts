import * as vscode from 'vscode';
import type { Connection } from '../app/connection';
import type { Disposable } from '../app/ports';
import type { VscodeCredentials } from './credentials';
import { HAS_CREDENTIAL } from './ids';

/** Connects anew when a token came or went, in this window or another, and keeps the context key of the menus. */
export function followCredentials(credentials: VscodeCredentials, connection: Connection): Disposable {
  async function follow(): Promise<void> {
    const present = (await credentials.get()) !== undefined;
    await vscode.commands.executeCommand('setContext', HAS_CREDENTIAL, present);
  }
  const subscription = credentials.onDidChange(() => {
    void connection.refresh();
    void follow();
  });
  void follow();
  return subscription;
}
