/**
 * A model's own description of its input and output.
 */

/** JSON schemas as `GET /ai/models/schema` gives them (cloudflare-api.md 4.2). Untrusted: any shape may be in there. */
export interface ModelSchema {
  readonly input: unknown;
  readonly output: unknown;
}

/** What JSON can hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
