/**
 * Pieces that the schemas are made of.
 */

/** A JSON schema (draft-07 as Cloudflare publishes it). */
export type Schema = Readonly<Record<string, unknown>>;

/** What a model takes and gives. */
export interface SchemaPair {
  readonly input: Schema;
  readonly output: Schema;
}

/** Any string. */
export function text(description: string, rest: Schema = {}): Schema {
  return { type: 'string', description, ...rest };
}

/** One of `values`. */
export function choice(description: string, values: readonly unknown[], rest: Schema = {}): Schema {
  return { type: 'string', enum: values, description, ...rest };
}

/** A whole number between bounds, both included. */
export function integer(description: string, minimum?: number, maximum?: number, rest: Schema = {}): Schema {
  return { type: 'integer', ...bounds(minimum, maximum), description, ...rest };
}

/** A number between bounds, both included. */
export function number(description: string, minimum?: number, maximum?: number, rest: Schema = {}): Schema {
  return { type: 'number', ...bounds(minimum, maximum), description, ...rest };
}

/** Yes or no. */
export function flag(description: string, usual?: boolean): Schema {
  return { type: 'boolean', ...(usual === undefined ? {} : { default: usual }), description };
}

/** A file as a URL or a data URI. */
export function fileText(what: string, rest: Schema = {}): Schema {
  return text(`${what} URL or data URI.`, { minLength: 1, ...rest });
}

/** Files as a list of URLs or data URIs. */
export function fileTexts(what: string, least: number, most: number): Schema {
  const bounds = { ...(least > 0 && { minItems: least }), maxItems: most };
  return list(`${what} URLs or data URIs.`, { type: 'string', minLength: 1 }, bounds);
}

/** A file as bytes in a list of numbers. */
export function fileNumbers(what: string): Schema {
  return list(`${what} Bytes as numbers from 0 to 255.`, { type: 'number' });
}

/** A file that the binding takes as a stream; over REST it is the body of the request, with its own content type. */
export function fileBody(what: string): Schema {
  return {
    ...object(
      {
        body: { type: ['object', 'string'], description: `${what} A stream; in JSON, base64.` },
        contentType: text('Type of the file.'),
      },
      ['body', 'contentType'],
    ),
    description: `${what} Over REST: the body of the request, with the other fields in the query.`,
  };
}

/** A list of `items`. */
export function list(description: string, items: Schema, rest: Schema = {}): Schema {
  return { type: 'array', items, description, ...rest };
}

/** An object; only `required` ones must be there, and others than `properties` may be. */
export function object(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required }) };
}

/** An object that refuses other fields than `properties`. */
export function strict(properties: Readonly<Record<string, Schema>>, required: readonly string[]): Schema {
  return { ...object(properties, required), additionalProperties: false };
}

function bounds(minimum: number | undefined, maximum: number | undefined): Schema {
  return { ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }) };
}
