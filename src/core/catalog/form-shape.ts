/**
 * From the schema of one property to what its field must hold. Keywords that are not known here are ignored: the model
 * checks them itself.
 */
import { asList, asObject, type Json } from '../inference/json';
import type { Choice, FieldShape } from './form-field';
import type { SchemaReader } from './form-schema';

/** More choices than anyone looks through. */
const MOST_CHOICES = 500;

/** What a property's schema allows. `json` where that cannot be said in another way. */
export function fieldShape(schema: unknown, reader: SchemaReader, depth = 0): FieldShape {
  const node = merged(schema, reader, depth);
  if (node === undefined) return { kind: 'json' };
  const alternatives = [...asList(node['oneOf']), ...asList(node['anyOf'])].filter(
    (part) => asObject(part)?.['type'] !== 'null',
  );
  if (alternatives.length > 0) {
    const { oneOf: _, anyOf: __, ...outer } = node;
    return anyOf(alternatives.map((part) => fieldShape({ allOf: [part, outer] }, reader, depth + 1)));
  }
  const choices = choicesOf(node);
  if (choices !== undefined) return choices.length > 0 ? { kind: 'choice', choices } : { kind: 'json' };
  const types = typesOf(node);
  return anyOf((types.length > 0 ? types : [guessType(node)]).map((type) => shapeOfType(type, node, reader, depth)));
}

/** The schema with references followed and `allOf` taken into it. */
export function merged(schema: unknown, reader: SchemaReader, depth = 0): Json | undefined {
  const node = reader.follow(schema, depth);
  if (node === undefined || node['allOf'] === undefined) return node;
  const { allOf, ...own } = node;
  const parts = asList(allOf).flatMap((part) => merged(part, reader, depth + 1) ?? []);
  return Object.assign({}, ...parts.toReversed(), own) as Json;
}

/** `enum` and `const`; null is the same as leaving the field empty. */
function choicesOf(node: Json): Choice[] | undefined {
  const values = Array.isArray(node['enum'])
    ? (node['enum'] as unknown[])
    : Object.hasOwn(node, 'const')
      ? [node['const']]
      : undefined;
  return values && [...new Set(values.filter(isChoice))].slice(0, MOST_CHOICES);
}

function isChoice(value: unknown): value is Choice {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

function typesOf({ type }: Json): unknown[] {
  return (Array.isArray(type) ? (type as unknown[]) : [type]).filter(
    (name) => typeof name === 'string' && name !== 'null',
  );
}

/** Of a schema that names no type. */
function guessType(node: Json): string | undefined {
  if (['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'].some((key) => key in node)) {
    return 'number';
  }
  if (['minLength', 'maxLength', 'pattern'].some((key) => key in node)) return 'string';
  if ('items' in node) return 'array';
  const example = typeof node['default'];
  return example === 'object' ? undefined : example;
}

function shapeOfType(type: unknown, node: Json, reader: SchemaReader, depth: number): FieldShape {
  switch (type) {
    case 'integer':
    case 'number':
      return { kind: type, ...boundsOf(node) };
    case 'boolean':
      return { kind: 'boolean' };
    case 'string': {
      const maxLength = node['maxLength'];
      const isLimited = typeof maxLength === 'number' && Number.isInteger(maxLength) && maxLength > 0;
      return { kind: 'text', ...(isLimited && { maxLength }) };
    }
    case 'array': {
      const items = merged(node['items'], reader, depth + 1);
      return { kind: items !== undefined && typesOf(items).join() === 'string' ? 'list' : 'json' };
    }
    default:
      return { kind: 'json' };
  }
}

/** Draft 4 says `exclusiveMinimum: true` beside `minimum`; later drafts give the number itself. */
function boundsOf(node: Json): Omit<FieldShape, 'kind'> {
  const min = finite(node['minimum']);
  const max = finite(node['maximum']);
  const above = node['exclusiveMinimum'] === true ? min : finite(node['exclusiveMinimum']);
  const below = node['exclusiveMaximum'] === true ? max : finite(node['exclusiveMaximum']);
  const multipleOf = finite(node['multipleOf']);
  // Bounds that no number meets are a mistake of the schema.
  if (Math.max(min ?? -Infinity, above ?? -Infinity) > Math.min(max ?? Infinity, below ?? Infinity)) return {};
  return {
    ...(min !== undefined && min !== above && { min }),
    ...(max !== undefined && max !== below && { max }),
    ...(above !== undefined && { exclusiveMin: above }),
    ...(below !== undefined && { exclusiveMax: below }),
    ...(multipleOf !== undefined && multipleOf > 0 && { multipleOf }),
  };
}

function finite(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** One field for all alternatives: it must not refuse what one of them allows. */
function anyOf(shapes: readonly FieldShape[]): FieldShape {
  const [first, ...others] = shapes;
  if (first === undefined) return { kind: 'json' };
  if (others.length === 0) return first;
  const kinds = new Set(shapes.map(({ kind }) => kind));
  const only = (...allowed: readonly FieldShape['kind'][]): boolean =>
    [...kinds].every((kind) => allowed.includes(kind));
  if (only('choice')) {
    const choices = [...new Set(shapes.flatMap((shape) => shape.choices ?? []))];
    return { kind: 'choice', choices: choices.slice(0, MOST_CHOICES) };
  }
  if (only('number', 'integer')) return widest(shapes, kinds.has('number') ? 'number' : 'integer');
  if (only('boolean')) return { kind: 'boolean' };
  // A text may say what the other alternatives say: "8" and 8, "auto" and "high".
  if (kinds.has('text') && only('text', 'number', 'integer', 'boolean', 'choice')) return { kind: 'text' };
  if (kinds.has('list') && only('list', 'text')) return { kind: 'list' };
  return { kind: 'json' };
}

/** The bounds that hold for every alternative. */
function widest(shapes: readonly FieldShape[], kind: 'number' | 'integer'): FieldShape {
  const lowest = shapes.map(({ min, exclusiveMin }) => min ?? exclusiveMin ?? -Infinity);
  const highest = shapes.map(({ max, exclusiveMax }) => max ?? exclusiveMax ?? Infinity);
  const min = Math.min(...lowest);
  const max = Math.max(...highest);
  return { kind, ...(min !== -Infinity && { min }), ...(max !== Infinity && { max }) };
}
