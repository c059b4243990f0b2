/**
 * Reads the objects that a JSON schema describes. The schema is untrusted: any shape, references in circles, any size.
 */
import { asList, asObject, type Json } from '../inference/json';

/** An object as a schema describes it. */
export interface ObjectShape {
  /** Property schemas by name, references in them not yet followed. */
  readonly properties: ReadonlyMap<string, unknown>;
  readonly required: ReadonlySet<string>;
  /** No other property is allowed. */
  readonly closed: boolean;
}

/** Schemas in schemas. More is a circle, or meant to do harm. */
const DEEPEST = 12;
/** Schemas looked at for one answer. */
const MOST = 1000;

/** Reads one schema document. A reader is for one answer: it gives up after so many schemas. */
export class SchemaReader {
  private left = MOST;

  constructor(private readonly root: unknown) {}

  /**
   * The object that a schema describes; `undefined` when it describes none. Of several request shapes (`oneOf`, `anyOf`)
   * it has the properties of all, and requires what every one of them requires.
   */
  shapeOf(schema: unknown, depth = 0): ObjectShape | undefined {
    const node = this.follow(schema, depth);
    if (node === undefined || !isObjectSchema(node)) return undefined;
    const shapes = [ownShape(node)];
    for (const part of asList(node['allOf'])) shapes.push(this.shapeOf(part, depth + 1) ?? NOTHING);
    for (const keyword of ['oneOf', 'anyOf']) {
      const branches = asList(node[keyword]).flatMap((branch) => this.shapeOf(branch, depth + 1) ?? []);
      if (branches.length > 0) shapes.push(eitherOf(branches));
    }
    return allOf(shapes);
  }

  /** The schema, references followed; `undefined` when it is no object, or when this leads nowhere. */
  follow(schema: unknown, depth = 0): Json | undefined {
    let node = asObject(schema);
    for (let hops = 0; node !== undefined; hops += 1) {
      this.left -= 1;
      if (depth > DEEPEST || hops > DEEPEST || this.left <= 0) return undefined;
      const { $ref: reference, ...beside } = node;
      if (typeof reference !== 'string') return node;
      const target = asObject(this.lookUp(reference));
      node = target && { ...target, ...beside };
    }
    return undefined;
  }

  /** What a reference within the document (`#/$defs/Voice`) points to. Others are not followed. */
  private lookUp(reference: string): unknown {
    if (!reference.startsWith('#')) return undefined;
    let place: unknown = this.root;
    for (const part of reference.slice(1).split('/').slice(1)) {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      if (typeof place !== 'object' || place === null || !Object.hasOwn(place, key)) return undefined;
      place = (place as Json)[key];
    }
    return place;
  }
}

const NOTHING: ObjectShape = { properties: new Map(), required: new Set(), closed: false };

function isObjectSchema(node: Json): boolean {
  const type = node['type'];
  return type === undefined || type === 'object' || asList(type).includes('object');
}

function ownShape(node: Json): ObjectShape {
  const properties = asObject(node['properties']) ?? {};
  return {
    properties: new Map(Object.entries(properties)),
    required: new Set(asList(node['required']).filter((name) => typeof name === 'string')),
    closed: node['additionalProperties'] === false,
  };
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
  const required = [...(first?.required ?? [])].filter((name) => others.every((shape) => shape.required.has(name)));
  return {
    properties: new Map(shapes.toReversed().flatMap(({ properties }) => [...properties])),
    required: new Set(required),
    closed: shapes.every(({ closed }) => closed),
  };
}
