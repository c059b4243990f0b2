import type * as vscode from 'vscode';
import type { Log } from '../app/ports';
import { redactingLog, type Redactor } from '../app/redact';

/** The output channel as our log. Every line passes the redactor first. */
export function createLog(channel: vscode.LogOutputChannel, redactor: Redactor): Log {
  return redactingLog(redactor, (level, text) => channel[level](text));
}
