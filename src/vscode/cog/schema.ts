/**
 * The schema of `cog.yaml` in this window, and who speaks for it: where the extension "YAML" of Red Hat runs, it shows
 * the schema that our manifest contributes to it, and we would only say everything twice.
 */
import * as vscode from 'vscode';
import schema from '../../../media/cog/cog.schema.json';
import type { Problem } from '../../core/cog-project/problem';
import type { SchemaNode } from '../../core/cog-project/schema-help';

const YAML_EXTENSION = 'redhat.vscode-yaml';

/** Keys of `cog.yaml`, with what they mean. */
export const cogSchema: SchemaNode = schema;

/** Whether completion and hover from the schema are ours to give. */
export function speaksForSchema(): boolean {
  return vscode.extensions.getExtension(YAML_EXTENSION) === undefined;
}

/** What every reader of the schema and of YAML finds as well. */
export const REPEATED: ReadonlySet<string> = new Set([
  ...['yaml-syntax', 'missing-key', 'unknown-key', 'empty-value', 'python-version-missing'],
  ...['wrong-type', 'wrong-value', 'wrong-format', 'reference-format'],
]);

/** Whether a problem is ours to show: what only repeats the schema is not, where another extension shows it. */
export function isShown({ code }: Problem): boolean {
  return speaksForSchema() || !REPEATED.has(code);
}
