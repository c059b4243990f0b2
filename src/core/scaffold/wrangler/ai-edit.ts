/**
 * What is to be added to a wrangler configuration, the same for JSONC and TOML.
 */
import type { Place } from '../plan';

/** How a configuration is written. `wrangler.json` is read as JSONC too (scaffolding.md 1.2). */
export type ConfigFormat = 'json' | 'jsonc' | 'toml';

/** One place of a configuration and what its `ai` block lacks. */
export interface AiEdit {
  /** `[]`: top level; `['env', 'staging']`; `['previews']`. */
  readonly at: readonly string[];
  /** Fields to add. What stands there already is never changed. */
  readonly add: { readonly binding?: string; readonly remote?: boolean };
}

/** Why a configuration cannot be read or changed. */
export interface Refusal {
  readonly ok: false;
  /** A sentence. */
  readonly reason: string;
  readonly place?: Place;
}

/** The changed text, or why it cannot be changed safely. */
export type Edited = { readonly ok: true; readonly text: string } | Refusal;

/** A configuration as data, or why it is none. */
export type ParsedConfig = { readonly ok: true; readonly data: Readonly<Record<string, unknown>> } | Refusal;
