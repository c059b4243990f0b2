/**
 * From the schema of one property to a place for media: how the bytes are to be written there.
 */
import { asList, asObject, type Json } from '../inference/json';
import type { MediaEncoding } from '../inference/placeholder';
import { MAX_ATTACHMENTS } from '../media/limits';
import { merged } from './form-shape';
import { joined, partsOf, type SchemaReader } from './form-schema';
import { kindByName, place, type MediaPlace } from './media-place';
import type { Model } from './model';

/** Alternatives that are looked at, and alternatives within them. */
const MOST = 20;
const DEEPEST = 4;

/** What one alternative of a schema takes. */
interface Way {
  readonly encoding: MediaEncoding;
  readonly isList: boolean;
  readonly inObject?: string;
  readonly least?: number;
  readonly most?: number;
  /** "Binary string": nobody says how it is to be written. */
  readonly isVague?: boolean;
}

/** Of several ways the one that takes most files, and then the one that takes fewest bytes. */
function rankOf({ encoding, isList, inObject, isVague }: Way): number {
  if (isVague === true) return 3.5;
  if (encoding === 'bytes') return 4;
  if (encoding === 'numbers') return 3;
  return isList ? (inObject === undefined ? 0 : 1) : inObject === undefined ? 1.5 : 2;
}

/** The place that a property is; undefined when neither name nor schema speak of media. */
export function mediaProperty(
  field: string,
  schemas: readonly unknown[],
  required: boolean,
  reader: SchemaReader,
  { task, hosting }: Pick<Model, 'task' | 'hosting'>,
): MediaPlace | undefined {
  const named = kindByName(field);
  if (named === undefined) return undefined;
  const kind = named === 'file' && task === 'speech-recognition' ? 'audio' : named;
  const ways = schemas
    .flatMap((schema) => alternatives(schema, reader))
    .flatMap((node) => wayOf(field, node, reader, hosting));
  const [best] = ways.toSorted((a, b) => rankOf(a) - rankOf(b));
  if (best === undefined) return undefined;
  const { least = 1, most = best.isList ? MAX_ATTACHMENTS : 1, isVague: _, ...how } = best;
  return place(field, kind, { ...how, least: required ? Math.max(1, least) : 0, most: Math.max(1, most) });
}

/** The schemas of which a value may fit each, references followed. */
export function alternatives(schema: unknown, reader: SchemaReader, depth = 0): readonly Json[] {
  const node = merged(schema, reader, depth);
  if (node === undefined || depth > DEEPEST) return [];
  const parts = [...partsOf(node['oneOf']).parts, ...partsOf(node['anyOf']).parts].slice(0, MOST);
  if (parts.length === 0) return [node];
  const { oneOf: _, anyOf: __, ...outer } = joined(node);
  return parts.flatMap((part) => alternatives({ allOf: [part, outer] }, reader, depth + 1)).slice(0, MOST);
}

/** Whether a schema without alternatives takes values of a type. A schema that names none takes any. */
export function takes(node: Json, type: string): boolean {
  const stated = node['type'];
  if (Array.isArray(stated)) return partsOf(stated).parts.includes(type);
  if (stated !== undefined) return stated === type;
  if (type === 'array') return 'items' in node;
  if (type === 'object') return 'properties' in node;
  return type === 'string' && !('items' in node) && !('properties' in node);
}

function wayOf(field: string, node: Json, reader: SchemaReader, hosting: Model['hosting']): Way[] {
  if ('enum' in node || 'const' in node) return [];
  if (takes(node, 'array')) return listWay(field, node, reader, hosting);
  if (takes(node, 'object')) return objectWay(node, reader);
  if (!takes(node, 'string')) return [];
  const isVague = node['format'] === 'binary';
  return [{ encoding: textEncoding(field, node, hosting), isList: false, isVague }];
}

function listWay(field: string, node: Json, reader: SchemaReader, hosting: Model['hosting']): Way[] {
  const items = alternatives(node['items'], reader, 1);
  if (items.some((item) => takes(item, 'number') || takes(item, 'integer'))) {
    return [{ encoding: 'numbers', isList: false }];
  }
  const limits = {
    ...(isCount(node['minItems']) && { least: node['minItems'] }),
    ...(isCount(node['maxItems']) && { most: node['maxItems'] }),
  };
  return items
    .flatMap((item) => wayOf(field, item, reader, hosting))
    .filter(({ isList, encoding }) => !isList && encoding !== 'bytes' && encoding !== 'numbers')
    .map((way) => ({ ...way, isList: true, ...limits }));
}

const urlKeys = ['url', 'image_url', 'video_url', 'audio_url', 'uri'];
const base64Keys = ['b64_json', 'base64', 'data'];

function objectWay(node: Json, reader: SchemaReader): Way[] {
  const properties = reader.shapeOf(node)?.properties;
  if (properties === undefined) return [];
  // A stream in the binding; over REST the body of the request (cloudflare-api.md 4.4 A).
  if (properties.has('body') && properties.has('contentType')) return [{ encoding: 'bytes', isList: false }];
  const url = urlKeys.find((key) => properties.has(key));
  if (url !== undefined) return [{ encoding: 'data-uri', isList: false, inObject: url }];
  const data = base64Keys.find((key) => properties.has(key));
  return data === undefined ? [] : [{ encoding: 'base64', isList: false, inObject: data }];
}

/** Hosted models take base64, others data URIs where they take addresses (cloudflare-api.md 4.4), unless they say so. */
function textEncoding(field: string, node: Json, hosting: Model['hosting']): 'data-uri' | 'base64' {
  const said = `${textOf(node['pattern'])} ${textOf(node['description'])}`;
  if (/\bdata[: -]?ur[il]|\^?data:/i.test(said)) return 'data-uri';
  if (/(?:^|_)(?:b64|base64)$/i.test(field) || node['contentEncoding'] === 'base64') return 'base64';
  return hosting === 'hosted' && !/_ur[il]$/i.test(field) ? 'base64' : 'data-uri';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 1000) : '';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 10_000;
}

/** Whether the schema of a property, or one of several, speaks of a key: `image_url` in the parts of a message. */
export function mentions(schemas: readonly unknown[], key: string): boolean {
  let left = 2000;
  const search = (value: unknown, depth: number): boolean => {
    left -= 1;
    if (left < 0 || depth > 12) return false;
    if (Array.isArray(value))
      return asList(value)
        .slice(0, 100)
        .some((inner) => search(inner, depth + 1));
    const object = asObject(value);
    if (object === undefined) return false;
    if (Object.hasOwn(object, key)) return true;
    return Object.keys(object)
      .slice(0, 100)
      .some((name) => search(object[name], depth + 1));
  };
  return search(schemas, 0);
}
