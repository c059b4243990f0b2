/**
 * Argument objects of the scaffolding commands. Each reader throws an `RpcError` with code `bad-argument`.
 */
import * as vscode from 'vscode';
import { RpcError } from '../protocol/rpc';

/** The fields of an argument object; a menu's file becomes the field that the command takes it for. */
export function fieldsOf(args: unknown, uriField: string): Readonly<Record<string, unknown>> {
  if (args === undefined) return {};
  if (args instanceof vscode.Uri) return { [uriField]: args };
  if (typeof args === 'object' && args !== null && !Array.isArray(args)) return args as Record<string, unknown>;
  throw bad(vscode.l10n.t('The argument must be an object.'));
}

/** A text that is not empty. */
export function textField(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw bad(vscode.l10n.t('"{0}" must be a text that is not empty.', name));
}

/** A text that is one of several. */
export function choiceField<T extends string>(
  fields: Readonly<Record<string, unknown>>,
  name: string,
  known: readonly T[],
): T | undefined {
  const value = textField(fields, name);
  const found = known.find((one) => one === value);
  if (value === undefined || found !== undefined) return found;
  throw bad(vscode.l10n.t('"{0}" must be one of {1}.', name, known.join(', ')));
}

/** A list of texts. */
export function listField(fields: Readonly<Record<string, unknown>>, name: string): readonly string[] | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value as string[];
  throw bad(vscode.l10n.t('"{0}" must be a list of texts.', name));
}

/** True or false. */
export function flagField(fields: Readonly<Record<string, unknown>>, name: string): boolean | undefined {
  const value = fields[name];
  if (value === undefined || typeof value === 'boolean') return value;
  throw bad(vscode.l10n.t('"{0}" must be true or false.', name));
}

/** A URI, also one that crossed as JSON or as text, from a keybinding or another process. */
export function uriField(fields: Readonly<Record<string, unknown>>, name: string): vscode.Uri | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  try {
    if (value instanceof vscode.Uri) return value;
    if (typeof value === 'string' && value !== '') return vscode.Uri.parse(value, true);
    if (typeof value === 'object' && value !== null && 'scheme' in value && 'path' in value) {
      return vscode.Uri.from(value as { scheme: string; path: string });
    }
  } catch {
    // Said below.
  }
  throw bad(vscode.l10n.t('"{0}" must be a URI.', name));
}

function bad(message: string): RpcError {
  return new RpcError('bad-argument', message);
}
