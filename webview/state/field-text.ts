/**
 * Values of parameters as text in a field, and back.
 */
import type { FieldShape, FormField } from '../../src/core/catalog/form-field';
import type { JsonValue } from '../../src/core/catalog/schema';
import { modelStrings } from '../strings-models';

/** What a text stands for (`value` undefined leaves the choice to the model), or what is wrong with it: the rest of a sentence that begins with the field's name. */
export type Read = { readonly value: JsonValue | undefined } | { readonly message: string };

/** Writes a value as its field shows it. */
export function textOf({ kind }: FieldShape, value: JsonValue | undefined): string {
  if (value === undefined) return '';
  if (kind === 'list' && Array.isArray(value)) return value.join('\n');
  return typeof value === 'string' && kind !== 'json' ? value : JSON.stringify(value);
}

/** Reads what was typed. Whether the value is allowed is for `checkParameters` to say. */
export function readText({ kind, choices }: FieldShape, text: string): Read {
  if (text.trim() === '') return { value: undefined };
  switch (kind) {
    case 'number':
    case 'integer': {
      const value = Number(text);
      return Number.isFinite(value) ? { value } : { message: modelStrings.parameters.notNumber };
    }
    case 'boolean':
      return { value: text === 'true' };
    case 'choice':
      return { value: choices?.find((choice) => String(choice) === text) };
    case 'list':
      return { value: text.split('\n').filter((line) => line !== '') };
    case 'json':
      try {
        return { value: JSON.parse(text) as JsonValue };
      } catch {
        return { message: modelStrings.parameters.notJson };
      }
    default:
      return { value: text };
  }
}

/** What a field would send if it is left empty, for its placeholder. */
export function defaultText(field: FormField): string | undefined {
  return field.default === undefined || field.default === null
    ? undefined
    : textOf(field, field.default).replaceAll('\n', ', ');
}

/** A bound at the end of the safe integers stands in schemas whose maker set none. */
function bound(value: number | undefined): number | undefined {
  return value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value;
}

/** `0 to 2`, `at least 1`, `up to 500 characters`; undefined when anything goes. */
export function rangeText(field: FormField): string | undefined {
  const { maxLength, multipleOf, choices, kind } = field;
  const [min, max] = [bound(field.min), bound(field.max)];
  const [exclusiveMin, exclusiveMax] = [bound(field.exclusiveMin), bound(field.exclusiveMax)];
  const text = modelStrings.range;
  if (kind === 'choice') return choices?.map(String).join(', ');
  const isBoth = min !== undefined && max !== undefined;
  const parts = [
    isBoth ? text.between(min, max) : undefined,
    !isBoth && min !== undefined ? text.from(min) : undefined,
    exclusiveMin === undefined ? undefined : text.above(exclusiveMin),
    !isBoth && max !== undefined ? text.upTo(max) : undefined,
    exclusiveMax === undefined ? undefined : text.below(exclusiveMax),
    maxLength === undefined ? undefined : text.characters(maxLength),
    multipleOf === undefined || multipleOf === 1 ? undefined : text.multiple(multipleOf),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}
