/**
 * What is wrong with a column's parameters. A part of its own: forms are read from schemas only when they are needed.
 */
import { formOf } from '../../src/core/catalog/form';
import { checkParameters, type FieldProblem } from '../../src/core/catalog/form-check';
import type { FormField } from '../../src/core/catalog/form-field';
import type { Model } from '../../src/core/catalog/model';
import type { RunParameters } from '../../src/core/inference/request';
import type { SchemaState } from './catalog.svelte';

/** The fields of a model's form: those of its schema where that is known, else those of its task. */
export function fieldsOf(model: Model, schema: SchemaState | undefined): readonly FormField[] {
  return formOf(model, (schema?.kind === 'loaded' && schema.schema) || undefined);
}

/** The first thing that is wrong, if any. */
export function firstProblem(
  model: Model,
  schema: SchemaState | undefined,
  parameters: RunParameters,
): FieldProblem | undefined {
  return checkParameters(fieldsOf(model, schema), parameters)[0];
}
