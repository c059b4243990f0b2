/**
 * What an AI binding is to be put into: a configuration as it stands, and the names that are taken there.
 */
import { parentOf } from '../paths';
import { ScaffoldError, type Conflict, type ProjectFiles } from '../plan';
import type { ConfigFormat } from './ai-edit';
import { variablesNear } from './dot-vars';
import { chosenFormatOf, isBuilt, isGenerated, isNewKind, newKindConflict } from './find-configs';
import { parseConfig } from './parse-config';
import { aiBindingOf, bindingProblem, environmentsOf, freeName, scopesOf, type Scope } from './scopes';

/** What must be known. */
export interface BindingAnswers {
  /** Path of the configuration. */
  readonly config: string;
  /** Absent: the name there already, else the first free one of AI, AI_2 … */
  readonly binding?: string;
  /** Absent: all. */
  readonly environments?: readonly string[];
}

/** A configuration that can be edited. */
export interface BindingTarget {
  readonly path: string;
  readonly format: ConfigFormat;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** All environments. */
  readonly known: readonly string[];
  /** Where the binding goes. */
  readonly scopes: readonly Scope[];
  /** Variables for development, with the file of each. */
  readonly variables: ReadonlyMap<string, string>;
  /** Name of the AI binding in the first scope that has one. */
  readonly existing: string | undefined;
}

/** Reads a configuration. Throws `ScaffoldError`: `no-config`, `not-a-config`, `unknown-environment`, `unreadable`. */
export async function bindingTarget(
  files: ProjectFiles,
  { config: path, binding, environments }: BindingAnswers,
): Promise<BindingTarget | Conflict> {
  if (isNewKind(path)) return newKindConflict(path, binding ?? 'AI');
  const format = chosenFormatOf(path);
  if (format === undefined) {
    throw new ScaffoldError('not-a-config', `${path} is no configuration of wrangler: wrangler.jsonc, .json or .toml.`);
  }
  if (isGenerated(path)) return { path, reason: WRITTEN };
  const text = await files.read(path);
  if (text === undefined) throw new ScaffoldError('no-config', `There is no ${path}.`);
  const parsed = parseConfig(text, format);
  if (!parsed.ok) {
    const { reason, place } = parsed;
    return { path, reason: `${reason} Nothing was changed.`, ...(place && { place }) };
  }
  const { data } = parsed;
  if (isBuilt(data)) return { path, reason: WRITTEN };
  const known = environmentsOf(data);
  const unknown = environments?.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const others = known.length === 0 ? 'It has none.' : `It has ${known.join(', ')}.`;
    throw new ScaffoldError('unknown-environment', `${path} has no environment "${unknown}". ${others}`);
  }
  const chosen = known.filter((name) => environments?.includes(name) ?? true);
  const scopes = scopesOf(data, chosen);
  const variables = await variablesNear(files, parentOf(path), chosen);
  const existing = scopes.map(aiBindingOf).find((name) => name !== undefined);
  return { path, format, text, data, known, scopes, variables, existing };
}

const WRITTEN = 'A tool writes this file, so a change would be lost. Change the configuration it is made from.';

/** What a name for the binding is checked by while it is typed. */
export interface NameChecks {
  /** The name that the binding has, and keeps. */
  readonly existing: string | undefined;
  /** The one to begin with. */
  readonly suggested: string;
  /** What speaks against a name; undefined when nothing does. */
  problem(name: string): string | undefined;
}

/** Checks for a configuration; undefined when it cannot be edited, which the plan explains. Throws as `bindingTarget`. */
export async function nameChecks(files: ProjectFiles, answers: BindingAnswers): Promise<NameChecks | undefined> {
  const target = await bindingTarget(files, answers);
  if ('reason' in target) return undefined;
  const { scopes, variables, existing } = target;
  return {
    existing,
    suggested: existing ?? freeName(scopes, variables),
    problem: (name) => (name === existing ? undefined : bindingProblem(scopes, name, variables)),
  };
}
