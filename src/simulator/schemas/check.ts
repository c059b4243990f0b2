/**
 * Checks a value against a schema, in the keywords that the simulator's own schemas use.
 */
import { isObject } from '../fields';
import type { Schema } from './parts';

/** What is wrong with `value`, the first thing found; undefined when it fits. */
export function problemOf(schema: Schema, value: unknown, where = ''): string | undefined {
  const branches = schema['oneOf'] ?? schema['anyOf'];
  if (Array.isArray(branches)) return branchProblem(branches as Schema[], value, where);
  return (
    typeProblem(schema['type'], value, where) ??
    enumProblem(schema, value, where) ??
    rangeProblem(schema, value, where) ??
    objectProblem(schema, value, where) ??
    listProblem(schema, value, where)
  );
}

/** Of several branches the one whose required fields are there tells best what is wrong. */
function branchProblem(branches: readonly Schema[], value: unknown, where: string): string | undefined {
  const problems = branches.map((branch) => problemOf(branch, value, where));
  if (problems.includes(undefined)) return undefined;
  return problems.find((problem) => problem?.includes('required') === false) ?? problems[0];
}

const fits: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  array: Array.isArray,
  object: isObject,
  null: (value) => value === null,
};

function typeProblem(type: unknown, value: unknown, where: string): string | undefined {
  if (type === undefined) return undefined;
  const types = (Array.isArray(type) ? type : [type]) as readonly string[];
  if (types.some((name) => fits[name]?.(value))) return undefined;
  return `${place(where)} must be ${types.join(' or ')}`;
}

function enumProblem(schema: Schema, value: unknown, where: string): string | undefined {
  const allowed = 'const' in schema ? [schema['const']] : schema['enum'];
  if (!Array.isArray(allowed) || allowed.includes(value)) return undefined;
  return `${place(where)} must be one of ${allowed.map(String).join(', ')}`;
}

function rangeProblem(schema: Schema, value: unknown, where: string): string | undefined {
  const size = typeof value === 'number' ? value : typeof value === 'string' ? [...value].length : undefined;
  if (size === undefined) return undefined;
  const [low, high] = typeof value === 'number' ? ['minimum', 'maximum'] : ['minLength', 'maxLength'];
  const unit = typeof value === 'number' ? '' : ' characters';
  const [least, most] = [schema[low as string], schema[high as string]];
  if (typeof least === 'number' && size < least) return `${place(where)} must be at least ${least}${unit}`;
  if (typeof most === 'number' && size > most) return `${place(where)} must be at most ${most}${unit}`;
  const pattern = schema['pattern'];
  if (typeof pattern !== 'string' || typeof value !== 'string' || new RegExp(pattern, 'u').test(value)) {
    return undefined;
  }
  return `${place(where)} must match ${pattern}`;
}

function objectProblem(schema: Schema, value: unknown, where: string): string | undefined {
  if (!isObject(value)) return undefined;
  const required = (schema['required'] ?? []) as readonly string[];
  const missing = required.find((name) => value[name] === undefined);
  if (missing !== undefined) return `required property '${join(where, missing)}' is missing`;
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  for (const [name, field] of Object.entries(value)) {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (known === undefined) {
      if (schema['additionalProperties'] === false) return `'${join(where, name)}' is not allowed`;
      continue;
    }
    // As good as absent: clients send null for what is not set.
    const unset = field === undefined || (field === null && !required.includes(name));
    const problem = unset ? undefined : problemOf(known, field, join(where, name));
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function listProblem(schema: Schema, value: unknown, where: string): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const { minItems, maxItems, items } = schema as { minItems?: number; maxItems?: number; items?: Schema };
  if (minItems !== undefined && value.length < minItems) return `${place(where)} must have at least ${minItems} items`;
  if (maxItems !== undefined && value.length > maxItems) return `${place(where)} must have at most ${maxItems} items`;
  if (items === undefined) return undefined;
  // A file as a list of numbers has millions of items: the place of each is only named when it does not fit.
  const simple = Object.keys(items).every((key) => key === 'type' || key === 'description');
  const fit = typeof items['type'] === 'string' ? fits[items['type']] : undefined;
  if (simple && fit !== undefined && value.every(fit)) return undefined;
  for (const [index, item] of value.entries()) {
    const problem = problemOf(items, item, `${where}[${index}]`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function join(where: string, name: string): string {
  return where === '' ? name : `${where}.${name}`;
}

function place(where: string): string {
  return where === '' ? 'the input' : `'${where}'`;
}
