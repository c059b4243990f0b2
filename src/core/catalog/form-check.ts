/**
 * Reads, writes and checks the values of a form.
 */
import type { RunParameters } from '../inference/request';
import type { FormField, KnownName } from './form-field';
import { labelOf } from './form-words';
import type { JsonValue } from './schema';

/** What is wrong with one field. */
export interface FieldProblem {
  /** `FormField.name`, or the wire name of a parameter that is in no field. */
  readonly field: string;
  /** For people: "Temperature must be at most 2". */
  readonly message: string;
}

/**
 * What the user set; `undefined`: nothing. A value set under the wire name of a field that models share is what is sent
 * (`inference/extra.ts`; not a second output limit), so it is what the field shows.
 */
export function valueOf({ extra, name, wireName }: FormField, parameters: RunParameters): JsonValue | undefined {
  const values = parameters.extra ?? {};
  if (name !== 'maxOutputTokens' && Object.hasOwn(values, wireName)) return values[wireName];
  return extra ? undefined : parameters[name as KnownName];
}

/** The parameters with another value of one field; `undefined` leaves the field to the model. */
export function withValue(
  { extra, name, wireName }: FormField,
  parameters: RunParameters,
  value: JsonValue | undefined,
): RunParameters {
  const values = replaced(parameters.extra ?? {}, wireName, extra ? value : undefined);
  const changed = replaced(parameters, 'extra', Object.keys(values).length === 0 ? undefined : values);
  return extra ? changed : replaced(changed, name, value);
}

function replaced<T extends object>(values: T, name: string, value: unknown): T {
  const entries = Object.entries(values).filter(([other]) => other !== name);
  return Object.fromEntries(value === undefined ? entries : [...entries, [name, value]]) as T;
}

/**
 * What is wrong with the parameters, in the order of the form; empty when they can be sent. With `closed` (the schema
 * allows nothing that it does not name: `isClosed`) a parameter of no field is a problem too.
 */
export function checkParameters(
  fields: readonly FormField[],
  parameters: RunParameters,
  closed = false,
): readonly FieldProblem[] {
  const problems = fields.flatMap((field): FieldProblem[] => {
    const value = valueOf(field, parameters);
    const problem = isEmpty(value) ? missing(field) : problemWith(field, value);
    return problem === undefined ? [] : [{ field: field.name, message: `${field.label} ${problem}` }];
  });
  if (!closed) return problems;
  const known = new Set(fields.map(({ wireName }) => wireName));
  const unknown = Object.keys(parameters.extra ?? {}).filter((name) => !known.has(name));
  return [
    ...problems,
    ...unknown.map((name) => ({ field: name, message: `${labelOf(name)} is not a parameter of this model` })),
  ];
}

/** Whether this leaves the choice to the model. */
export function isEmpty(value: JsonValue | undefined): value is undefined | null | '' {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** A required field with a default is filled in before it is sent (`form-sent.ts`). */
function missing({ required, default: fallback }: FormField): string | undefined {
  return required && fallback === undefined ? 'is required' : undefined;
}

/** Choices told in a message. */
const MOST_TOLD = 12;

/** What is wrong with a value, as the rest of a sentence that begins with the field's name. */
export function problemWith(field: FormField, value: JsonValue): string | undefined {
  switch (field.kind) {
    case 'number':
    case 'integer':
      return numberProblem(field, value);
    case 'text':
    case 'multiline':
      return textProblem(field, value);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
    case 'choice': {
      const choices = field.choices ?? [];
      if (field.advisory || choices.some((choice) => choice === value)) return undefined;
      const more = choices.length > MOST_TOLD ? ', …' : '';
      return `must be one of ${choices.slice(0, MOST_TOLD).join(', ')}${more}`;
    }
    case 'list':
      return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
        ? undefined
        : 'must be a list of texts';
    case 'json':
      return undefined;
  }
}

function numberProblem(field: FormField, value: JsonValue): string | undefined {
  const { kind, min, max, exclusiveMin, exclusiveMax, multipleOf } = field;
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number';
  if (field.advisory) return undefined;
  if (kind === 'integer' && !Number.isInteger(value)) return 'must be a whole number';
  if (min !== undefined && value < min) return `must be at least ${min}`;
  if (exclusiveMin !== undefined && value <= exclusiveMin) return `must be more than ${exclusiveMin}`;
  if (max !== undefined && value > max) return `must be at most ${max}`;
  if (exclusiveMax !== undefined && value >= exclusiveMax) return `must be less than ${exclusiveMax}`;
  if (multipleOf !== undefined && !isMultiple(value, multipleOf)) return `must be a multiple of ${multipleOf}`;
  return undefined;
}

/** Binary fractions are not exact: 0.3 is a multiple of 0.1. */
function isMultiple(value: number, of: number): boolean {
  const times = value / of;
  return Math.abs(times - Math.round(times)) <= 1e-9 * Math.max(1, Math.abs(times));
}

function textProblem({ maxLength, advisory }: FormField, value: JsonValue): string | undefined {
  if (typeof value !== 'string') return 'must be text';
  if (advisory) return undefined;
  // Schemas count characters, not UTF-16 units.
  const isTooLong = maxLength !== undefined && value.length > maxLength && [...value].length > maxLength;
  return isTooLong ? `must be at most ${maxLength} characters long` : undefined;
}
