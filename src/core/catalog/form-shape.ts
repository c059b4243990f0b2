/**
 * From the schema of one property to what its field must hold. Keywords that are not known here are ignored: the model
 * checks them itself.
 */
import { asObject, type Json } from '../inference/json';
import type { Choice, FieldShape } from './form-field';
import { joined, partsOf, type SchemaReader } from './form-schema';

/** More choices than anyone looks through. */
const MOST_CHOICES = 500;

/** What a property's schema allows. `json` where that cannot be said in another way. */
export function fieldShape(schema: unknown, reader: SchemaReader, depth = 0): FieldShape {
  const shape = shapeWithin(schema, reader, depth);
  // Half a union would refuse what the other half allows.
  return reader.spent ? { kind: 'json' } : shape;
}

function shapeWithin(schema: unknown, reader: SchemaReader, depth: number): FieldShape {
  const node = merged(schema, reader, depth);
  if (node === undefined) return { kind: 'json' };
  const { oneOf, anyOf, ...outer } = joined(node);
  const lists = [partsOf(oneOf), partsOf(anyOf)];
  const alternatives = lists.flatMap(({ parts }) => parts).filter((part) => asObject(part)?.['type'] !== 'null');
  if (alternatives.length > 0) {
    const shape = eitherOf(alternatives.map((part) => fieldShape({ allOf: [part, outer] }, reader, depth + 1)));
    return lists.every(({ whole }) => whole) ? shape : openShape(shape.choices ?? []);
  }
  const listed = Array.isArray(node['enum']) ? (node['enum'] as unknown[]) : undefined;
  if (listed !== undefined || Object.hasOwn(node, 'const')) {
    const choices = choicesOf(listed ?? [node['const']], reader);
    if (listed !== undefined && listed.length > MOST_CHOICES) return openShape(choices);
    return choices.length > 0 ? { kind: 'choice', choices } : { kind: 'json' };
  }
  const types = typesOf(node);
  return eitherOf((types.length > 0 ? types : [guessType(node)]).map((type) => shapeOfType(type, node, reader, depth)));
}

/** The schema with references followed and `allOf` taken into it. */
export function merged(schema: unknown, reader: SchemaReader, depth = 0): Json | undefined {
  const node = reader.follow(schema, depth);
  if (node === undefined || node['allOf'] === undefined) return node;
  const { allOf, ...own } = joined(node);
  const parts = partsOf(allOf).parts.map((part) => merged(part, reader, depth + 1));
  return joined(own, ...parts.filter((part) => part !== undefined));
}

/** The first of `enum` or `const`; null is the same as leaving the field empty. */
function choicesOf(values: readonly unknown[], reader: SchemaReader): Choice[] {
  const first = values.slice(0, MOST_CHOICES);
  reader.spend(first.length);
  return [...new Set(first.filter(isChoice))];
}

/** Of more choices than are shown, of which these are some: none is refused. */
function openShape(choices: readonly Choice[]): FieldShape {
  return { kind: choices.length > 0 && choices.every((choice) => typeof choice === 'string') ? 'text' : 'json' };
}

function isChoice(value: unknown): value is Choice {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/** There are seven. */
function typesOf({ type }: Json): unknown[] {
  return (Array.isArray(type) ? (type as unknown[]).slice(0, 7) : [type]).filter(
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
export function eitherOf(shapes: readonly FieldShape[]): FieldShape {
  const [first, ...others] = shapes;
  if (first === undefined) return { kind: 'json' };
  if (others.length === 0) return first;
  const kinds = new Set(shapes.map(({ kind }) => kind));
  const only = (...allowed: readonly FieldShape['kind'][]): boolean =>
    [...kinds].every((kind) => allowed.includes(kind));
  if (only('choice')) {
    const choices = [...new Set(shapes.flatMap((shape) => shape.choices ?? []))];
    return choices.length > MOST_CHOICES ? openShape(choices) : { kind: 'choice', choices };
  }
  if (only('number', 'integer')) return widest(shapes, kinds.has('number') ? 'number' : 'integer');
  if (only('boolean')) return { kind: 'boolean' };
  if (only('text')) return longest(shapes);
  // A text may say what the other alternatives say: "8" and 8, "auto" and "high".
  if (kinds.has('text') && only('text', 'number', 'integer', 'boolean', 'choice')) return { kind: 'text' };
  if (kinds.has('list') && only('list', 'text')) return { kind: 'list' };
  return { kind: 'json' };
}

/** The bounds that hold for every alternative. */
function widest(shapes: readonly FieldShape[], kind: 'number' | 'integer'): FieldShape {
  const multipleOf = shapes[0]?.multipleOf;
  const lowest = shapes.map(({ min, exclusiveMin }) => min ?? exclusiveMin ?? -Infinity);
  const highest = shapes.map(({ max, exclusiveMax }) => max ?? exclusiveMax ?? Infinity);
  const min = Math.min(...lowest);
  const max = Math.max(...highest);
  return {
    kind,
    ...(min !== -Infinity && { min }),
    ...(max !== Infinity && { max }),
    ...(multipleOf !== undefined && shapes.every((shape) => shape.multipleOf === multipleOf) && { multipleOf }),
  };
}

function longest(shapes: readonly FieldShape[]): FieldShape {
  const maxLength = Math.max(...shapes.map((shape) => shape.maxLength ?? Infinity));
  return { kind: 'text', ...(maxLength !== Infinity && { maxLength }) };
}
