/**
 * The argument of the commands that filter and sort the Models view, checked.
 */
import * as vscode from 'vscode';
import type { Capability, Task } from '../../core/catalog/model';
import { providerKey } from '../../core/catalog/providers';
import { taskTitles } from '../../core/catalog/tasks';
import { RpcError } from '../../protocol/rpc';
import { capabilityTitles, hostingTitles, sortTitles } from './texts';
import type { TreeQuery } from './tree-model';

/** Argument of `filterModels`, and what the view's filter is. */
export type TreeFilter = Omit<TreeQuery, 'sort'>;

/** Argument of `sortModels`. */
export type TreeSort = keyof ReturnType<typeof sortTitles>;

function bad(field: string): RpcError {
  return new RpcError('bad-argument', vscode.l10n.t('"{0}" has a value that does not exist.', field));
}

function isOneOf<K extends string>(table: Readonly<Record<K, unknown>>, value: unknown): value is K {
  return typeof value === 'string' && Object.hasOwn(table, value);
}

/** What an argument object holds; throws `RpcError` with code `bad-argument` for anything else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RpcError('bad-argument', vscode.l10n.t('This command takes an object as its argument.'));
  }
  return value as Record<string, unknown>;
}

function limit(fields: Readonly<Record<string, unknown>>, name: 'maxPriceUsd' | 'minContext'): number | undefined {
  const value = fields[name];
  if (value !== undefined && (typeof value !== 'number' || !Number.isFinite(value) || value < 0)) throw bad(name);
  return value;
}

/** Checks a filter. Fields that no filter has are ignored. Throws `RpcError` with code `bad-argument`. */
export function filterOf(value: unknown): TreeFilter {
  const fields = fieldsOf(value);
  const { task, provider, capabilities, hosting, hideRetired } = fields;
  if (task !== undefined && !isOneOf<Task>(taskTitles, task)) throw bad('task');
  if (provider !== undefined && typeof provider !== 'string') throw bad('provider');
  if (hosting !== undefined && !isOneOf(hostingTitles(), hosting)) throw bad('hosting');
  if (hideRetired !== undefined && typeof hideRetired !== 'boolean') throw bad('hideRetired');
  const known = capabilityTitles();
  const isList = (list: unknown): list is readonly Capability[] =>
    Array.isArray(list) && list.every((capability) => isOneOf(known, capability));
  if (capabilities !== undefined && !isList(capabilities)) throw bad('capabilities');
  const maxPriceUsd = limit(fields, 'maxPriceUsd');
  const minContext = limit(fields, 'minContext');
  return {
    ...(task !== undefined && { task }),
    ...(provider !== undefined && { provider: providerKey(provider) }),
    ...(capabilities !== undefined && capabilities.length > 0 && { capabilities }),
    ...(maxPriceUsd !== undefined && { maxPriceUsd }),
    ...(minContext !== undefined && { minContext }),
    ...(hosting !== undefined && { hosting }),
    ...(hideRetired === true && { hideRetired }),
  };
}

/** Checks the name of an order. Throws `RpcError` with code `bad-argument`. */
export function sortOf(value: unknown): TreeSort {
  if (!isOneOf(sortTitles(), value)) throw bad('sort');
  return value;
}
