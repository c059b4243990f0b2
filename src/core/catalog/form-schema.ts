/**
 * Reads the objects that a JSON schema describes. The schema is untrusted: any shape, references in circles, any size.
 */
import { asList, asObject, type Json } from '../inference/json';
import { sharedWords } from './form-known';

/** An object as a schema describes it. */
export interface ObjectShape {
  /**
   * Schemas of each property by its name, references in them not yet followed; several where several request shapes
   * describe it, of which each may be meant.
   */
  readonly properties: ReadonlyMap<string, readonly unknown[]>;
  readonly required: ReadonlySet<string>;
  /** No other property is allowed. */
  readonly closed: boolean;
}

/** Schemas in schemas. More is a circle, or meant to do harm. */
const DEEPEST = 12;
/** What one reader looks at: schemas, names and choices together. The largest known schema has a few thousand. */
const MOST = 10_000;
/** Properties of one object, beside those that many models share. */
const MOST_NAMES = 500;
/** Parts of one `allOf`, `oneOf` or `anyOf`, and names of one `required`. */
const MOST_PARTS = 500;
/** Characters of a reference. */
const LONGEST_REFERENCE = 500;

/** Keywords that are read: nodes may hold thousands of others, which must not be copied. */
const KEYWORDS = [
  ...['$ref', 'allOf', 'oneOf', 'anyOf', 'type', 'properties', 'required', 'additionalProperties', 'items'],
  ...['enum', 'const', 'default', 'title', 'description', 'minLength', 'maxLength', 'pattern'],
  ...['minItems', 'maxItems', 'format'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
] as const;

/** What of these schemas is read; the first that has a keyword wins. */
export function joined(...nodes: readonly Json[]): Partial<Record<(typeof KEYWORDS)[number], unknown>> {
  const read: Partial<Record<(typeof KEYWORDS)[number], unknown>> = {};
  for (const keyword of KEYWORDS) {
    const node = nodes.find((one) => Object.hasOwn(one, keyword));
    if (node !== undefined) read[keyword] = node[keyword];
  }
  return read;
}

/** Parts of a schema; `whole` false: there are too many to look at them all. */
export function partsOf(value: unknown): { readonly parts: readonly unknown[]; readonly whole: boolean } {
  const list = asList(value);
  return { parts: list.slice(0, MOST_PARTS), whole: list.length <= MOST_PARTS };
}

/** Reads one schema document. A reader is for one answer: it gives up after so much. */
export class SchemaReader {
  private left = MOST;
  private readonly names = new Map<Json, readonly string[]>();

  constructor(private readonly root: unknown) {}

  /** It gave up: what it said last may be wrong. */
  get spent(): boolean {
    return this.left < 0;
  }

  /** Takes note of things looked at. */
  spend(count: number): void {
    this.left -= count;
  }

  /**
   * The object that a schema describes; `undefined` when it describes none, or too much. Of several request shapes
   * (`oneOf`, `anyOf`) it has the properties of all, and requires what every one of them requires.
   */
  shapeOf(schema: unknown, depth = 0): ObjectShape | undefined {
    const node = this.follow(schema, depth);
    if (node === undefined || !isObjectSchema(node)) return undefined;
    const shapes = [this.ownShape(node)];
    for (const part of partsOf(node['allOf']).parts) shapes.push(this.shapeOf(part, depth + 1) ?? NOTHING);
    for (const keyword of ['oneOf', 'anyOf']) {
      const { parts, whole } = partsOf(node[keyword]);
      const branches = parts.flatMap((branch) => this.shapeOf(branch, depth + 1) ?? []);
      if (branches.length > 0) shapes.push(eitherOf(whole ? branches : [...branches, NOTHING]));
    }
    return this.spent ? undefined : allOf(shapes);
  }

  /** The schema, references followed; `undefined` when it is no object, or when this leads nowhere. */
  follow(schema: unknown, depth = 0): Json | undefined {
    let node = asObject(schema);
    for (let hops = 0; node !== undefined; hops += 1) {
      this.spend(1);
      if (depth > DEEPEST || hops > DEEPEST || this.spent) return undefined;
      const reference = Object.hasOwn(node, '$ref') ? node['$ref'] : undefined;
      if (typeof reference !== 'string') return node;
      const target = asObject(this.lookUp(reference));
      const { $ref: _, ...beside } = joined(node);
      node = target && joined(beside, target);
    }
    return undefined;
  }

  /** What a reference within the document (`#/$defs/Voice`) points to. Others are not followed. */
  private lookUp(reference: string): unknown {
    if (!reference.startsWith('#') || reference.length > LONGEST_REFERENCE) return undefined;
    let place: unknown = this.root;
    for (const part of reference.slice(1).split('/').slice(1)) {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      if (typeof place !== 'object' || place === null || !Object.hasOwn(place, key)) return undefined;
      place = (place as Json)[key];
    }
    return place;
  }

  private ownShape(node: Json): ObjectShape {
    const properties = asObject(node['properties']) ?? {};
    const names = this.namesOf(properties);
    const required = partsOf(node['required']).parts.filter((name) => typeof name === 'string');
    this.spend(names.length + required.length);
    return {
      properties: new Map(names.map((name) => [name, [properties[name]]])),
      required: new Set(required),
      closed: node['additionalProperties'] === false,
    };
  }

  /** Those that many models share must not be lost among thousands. Many references may lead to the same object. */
  private namesOf(properties: Json): readonly string[] {
    let names = this.names.get(properties);
    if (names === undefined) {
      const shared = sharedWords.filter((name) => Object.hasOwn(properties, name));
      names = [...new Set([...shared, ...Object.keys(properties).slice(0, MOST_NAMES)])];
      this.names.set(properties, names);
    }
    return names;
  }
}

const NOTHING: ObjectShape = { properties: new Map(), required: new Set(), closed: false };

function isObjectSchema(node: Json): boolean {
  const type = node['type'];
  return type === undefined || type === 'object' || partsOf(type).parts.includes('object');
}

/** What holds for all of these at once. What stands first wins. */
function allOf(shapes: readonly ObjectShape[]): ObjectShape {
  return {
    properties: new Map(shapes.toReversed().flatMap(({ properties }) => [...properties])),
    required: new Set(shapes.flatMap(({ required }) => [...required])),
    closed: shapes.some(({ closed }) => closed),
  };
}

/** What holds for one of these. */
function eitherOf(shapes: readonly ObjectShape[]): ObjectShape {
  const [first, ...others] = shapes;
  const properties = new Map<string, unknown[]>();
  for (const shape of shapes) {
    for (const [name, schemas] of shape.properties) {
      const known = properties.get(name);
      if (known === undefined) properties.set(name, [...schemas]);
      else known.push(...schemas);
    }
  }
  const required = [...(first?.required ?? [])].filter((name) => others.every((shape) => shape.required.has(name)));
  return { properties, required: new Set(required), closed: shapes.every(({ closed }) => closed) };
}
