/**
 * From the parameters that the user set to those that are sent, where the model's form is known.
 */
import { carriedParameters, filledFields } from '../inference/carried';
import { outputLimit } from '../inference/limits';
import type { RunParameters } from '../inference/request';
import { isEmpty, valueOf, withValue } from './form-check';
import type { FormField } from './form-field';
import type { Model } from './model';
import type { ModelSchema } from './schema';

/**
 * The parameters with the default of each required field that was left alone: the API answers 7003 when one is missing,
 * default or not (cloudflare-api.md 1.5). The output limit is at most what the schema allows. A shared parameter in whose
 * place the form has a field of the model's own is left out: it was set for another model and is not shown. `schema` is
 * the one that the form was made of.
 */
export function sentParameters(
  model: Model,
  fields: readonly FormField[],
  parameters: RunParameters,
  schema?: ModelSchema,
): RunParameters {
  const { names } = carriedParameters(model, schema);
  const own = new Set(fields.filter(({ extra }) => extra).map(({ wireName }) => wireName));
  const shown = Object.entries(parameters).filter(([name]) => !own.has(names.get(name as keyof RunParameters) ?? ''));
  const kept = Object.fromEntries(shown) as RunParameters;
  // The size of a picture fills a field of another name.
  const filled = filledFields(model, kept, schema);
  return fields.reduce((sent, field) => {
    const fallback = field.default;
    if (fallback === undefined || !isEmpty(valueOf(field, sent))) return sent;
    const isTooMuch = field.name === 'maxOutputTokens' && Number(fallback) < outputLimit(model, sent).tokens;
    const isMissing = field.required && !filled.has(field.wireName);
    return isMissing || isTooMuch ? withValue(field, sent, fallback) : sent;
  }, kept);
}
