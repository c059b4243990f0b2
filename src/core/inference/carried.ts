/**
 * Which parameters a model's wire has a place for.
 */
import { assignMedia } from '../catalog/assign-media';
import { inputsOf } from '../catalog/inputs';
import type { Model } from '../catalog/model';
import type { ModelSchema } from '../catalog/schema';
import type { Wire } from '../run/events';
import { modelFields } from './extra';
import { outputLimit } from './limits';
import { ParameterReader } from './parameters';
import type { InferenceRequest, RunParameters } from './request';
import { chooseWire } from './wire';
import { wireFormats } from './wires/formats';

/** What a model's requests can carry. */
export interface Carried {
  readonly wire: Wire;
  /** Name on the wire of each parameter that is sent when it is set alone. */
  readonly names: ReadonlyMap<keyof RunParameters, string>;
}

/** A value of each parameter, to see where it goes; the limit is sent without being set. */
const samples: Required<Omit<RunParameters, 'extra' | 'maxOutputTokens'>> = {
  temperature: 1,
  topP: 1,
  stop: ['.'],
  seed: 1,
  frequencyPenalty: 1,
  presencePenalty: 1,
  reasoningEffort: 'low',
  width: 1024,
  height: 1024,
  steps: 1,
};

/** Builds requests that are never sent, and looks what is in them. */
export function carriedParameters(model: Model, schema?: ModelSchema): Carried {
  const wire = chooseWire(model);
  const { field } = outputLimit(model, {});
  const inputs = inputsOf(model, schema);
  const plain = fieldsWith(model, wire, {}, schema, inputs);
  const names = new Map<keyof RunParameters, string>();
  if (field in plain) names.set('maxOutputTokens', field);
  for (const [name, value] of Object.entries(samples)) {
    const added = Object.keys(fieldsWith(model, wire, { [name]: value }, schema, inputs)).find(
      (key) => !(key in plain),
    );
    if (added !== undefined) names.set(name as keyof RunParameters, added);
  }
  return { wire, names };
}

/** Names of the fields that these parameters and the prompt fill, without those of `extra`. */
export function filledFields(model: Model, parameters: RunParameters, schema?: ModelSchema): ReadonlySet<string> {
  return new Set(Object.keys(fieldsWith(model, chooseWire(model), parameters, schema)));
}

function fieldsWith(
  model: Model,
  wire: Wire,
  parameters: RunParameters,
  schema: ModelSchema | undefined,
  inputs = inputsOf(model, schema),
): Readonly<Record<string, unknown>> {
  const request: InferenceRequest = {
    runId: '',
    model,
    messages: [{ role: 'user', content: '' }],
    parameters,
    ...(schema && { schema }),
    endpoint: { baseUrl: '', accountId: '', token: '', gatewayId: '', metadata: {} },
    policy: { firstTokenTimeout: 0, idleTimeout: 0, maxAttempts: 1 },
  };
  const limit = outputLimit(model, parameters);
  const assigned = assignMedia([], []);
  const reader = new ParameterReader(parameters);
  return modelFields(wire, wireFormats[wire].body({ request, inputs, assigned, parameters: reader, limit }));
}
