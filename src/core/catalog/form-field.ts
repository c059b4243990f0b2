/**
 * What a parameter form is made of.
 */
import type { RunParameters } from '../inference/request';
import type { JsonValue } from './schema';

/** Parameters with a name of their own, the same for every model. */
export type KnownName = Exclude<keyof RunParameters, 'extra'>;

/**
 * How a field is filled in. `list` is a list of texts; `json` is anything else that JSON can say.
 */
export type FieldKind = 'number' | 'integer' | 'text' | 'multiline' | 'boolean' | 'choice' | 'list' | 'json';

/** One of the values that a `choice` allows. */
export type Choice = string | number | boolean;

/** What a value must be, and how it is filled in. */
export interface FieldShape {
  readonly kind: FieldKind;
  readonly min?: number;
  readonly max?: number;
  /** The value must be above this one. */
  readonly exclusiveMin?: number;
  /** The value must be below this one. */
  readonly exclusiveMax?: number;
  /** The value must be a multiple of it. */
  readonly multipleOf?: number;
  /** Characters of a text. */
  readonly maxLength?: number;
  /** What a `choice` allows; never empty there. */
  readonly choices?: readonly Choice[];
}

/** One field of a form. */
export interface FormField extends FieldShape {
  /** Unique in the form: a name of `RunParameters`, or the wire name of a field that is `extra`. */
  readonly name: string;
  /** What the model's schema calls it. */
  readonly wireName: string;
  /** The value is kept in `RunParameters.extra` under the wire name. */
  readonly extra: boolean;
  /** Name for people. */
  readonly label: string;
  readonly required: boolean;
  /** Range, length and choices are hints: no value of the right kind is refused. */
  readonly advisory?: boolean;
  /** In the words of the schema. */
  readonly description?: string;
  /** What the model takes when nothing is set. */
  readonly default?: JsonValue;
  /** What one press of an arrow key changes. */
  readonly step?: number;
  /** Of a number, for people: `tokens`, `px`, `s`, `ms`. */
  readonly unit?: string;
}
