/**
 * What names for literals stand for, as far as Cog works it out without running anything (its schema generator, 0.22).
 */
import type { JsonValue } from '../catalog/schema';
import type { PythonFacts, PythonValue } from './python-facts';
import { logicalLines } from './python-tokens';
import { valueOf } from './python-values';

type Constants = PythonFacts['constants'];

/** The value behind a name; every other value is itself. */
export function resolved(value: PythonValue | undefined, constants: Constants): PythonValue | undefined {
  if (value?.kind !== 'other' || !Object.hasOwn(constants, value.source)) return value;
  const constant = constants[value.source] ?? null;
  return constant === null ? { kind: 'none' } : { kind: 'literal', value: constant };
}

/**
 * Choices: a list, a name for one, the keys or values of a name for a dictionary, and sums of these. Undefined: Cog would
 * not know them.
 */
export function resolvedChoices(value: PythonValue, constants: Constants): readonly JsonValue[] | undefined {
  if (value.kind === 'literal') return Array.isArray(value.value) ? (value.value as readonly JsonValue[]) : undefined;
  if (value.kind !== 'other') return undefined;
  const all = value.source.split('+').map((term) => termOf(term.trim(), constants));
  return all.some((one) => one === undefined) ? undefined : all.flatMap((one) => one ?? []);
}

function termOf(term: string, constants: Constants): readonly JsonValue[] | undefined {
  const [, whole, of, part] = /^(?:(\w+)|list\(\s*(\w+)\.(keys|values)\(\)\s*\))$/.exec(term) ?? [];
  if (whole !== undefined) return listOf(Object.hasOwn(constants, whole) ? constants[whole] : undefined);
  if (of !== undefined) {
    const map = Object.hasOwn(constants, of) ? constants[of] : undefined;
    if (typeof map !== 'object' || map === null || Array.isArray(map)) return undefined;
    return part === 'keys' ? Object.keys(map) : Object.values(map);
  }
  const [line] = logicalLines(term);
  const value = line && valueOf(line.tokens, term);
  return value?.kind === 'literal' ? listOf(value.value) : undefined;
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] | undefined {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : undefined;
}
