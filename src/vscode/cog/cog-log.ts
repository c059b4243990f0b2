/**
 * Logs of Cog servers in output channels, one for each server.
 */
import * as vscode from 'vscode';
import type { CogServerLog } from '../../app/cog-servers';
import type { Disposable } from '../../app/ports';

/** The channels that were opened. */
export interface CogLogs extends Disposable {
  /** Shows what a server wrote, and what it will write. */
  show(log: CogServerLog): void;
}

/** Makes none before it is asked for. */
export function createCogLogs(): CogLogs {
  const channels = new Map<string, { readonly channel: vscode.OutputChannel; readonly following: Disposable }>();
  return {
    show({ id, name, text, onLine }) {
      const old = channels.get(id);
      old?.following.dispose();
      const channel = old?.channel ?? vscode.window.createOutputChannel(`Cog: ${name}`, 'log');
      channel.replace(text);
      channels.set(id, { channel, following: onLine((line) => channel.appendLine(line)) });
      channel.show(true);
    },
    dispose() {
      for (const { channel, following } of channels.values()) {
        following.dispose();
        channel.dispose();
      }
    },
  };
}
