/**
 * From a model's schema to the form of its parameters.
 */
import { carriedParameters, type Carried } from '../inference/carried';
import { asObject, type Json } from '../inference/json';
import { outputLimit } from '../inference/limits';
import { problemWith } from './form-check';
import type { FieldShape, FormField, KnownName } from './form-field';
import { filledIn } from './form-filled-in';
import { freeWords, inputsOf, slotFields } from './inputs';
import { knownBy, knownNames, knownParameters, knownParents } from './form-known';
import { SchemaReader, type ObjectShape } from './form-schema';
import { labelOf, wordsOfSchema } from './form-words';
import { eitherOf, fieldShape, merged } from './form-shape';
import { limitHint, taskForm } from './form-tasks';
import type { Model } from './model';
import type { JsonValue, ModelSchema } from './schema';

/** More fields than anyone fills in. */
const MOST_FIELDS = 100;
/** Properties that are looked at. */
const MOST_READ = 500;
/** Longer names are not sent (`protocol/guards.ts`). */
const LONGEST_NAME = 100;
const LONGEST_LABEL = 60;
const LONGEST_DESCRIPTION = 500;
/** Characters and values of a default, about. */
const MOST_DEFAULT = 2000;
/** Objects and lists in it within each other: more are not sent (`protocol/extra-parameters.ts`). */
const DEEPEST_DEFAULT = 9;

const JSON_SHAPE: FieldShape = { kind: 'json' };

/**
 * The fields of a model's form: those that many models share first, then the required ones, then the others by name.
 * Without a schema that describes an object the form is that of the task. What the playground fills in itself is left
 * out (`form-filled-in.ts`). Never throws, whatever the schema holds.
 */
export function formOf(model: Model, schema?: ModelSchema): readonly FormField[] {
  const reader = new SchemaReader(schema?.input);
  const shape = inputShape(schema, reader);
  if (shape === undefined || shape.properties.size === 0) return taskForm(model);
  const carried = carriedParameters(model, schema);
  const slots = slotFields(inputsOf(model, schema));
  const free = freeWords(model, schema);
  const holds = isOfFormat(shape, carried, model);
  const fields = new Map<string, FormField>();
  for (const property of propertiesOf(shape, reader)) {
    if (slots.has(property.wireName) || (model.hosting === 'own' && isSecret(property.node))) continue;
    const shared = sharedField(property, carried, model, holds);
    const field = shared ?? extraField(property, carried, holds, carried.wire === 'cog' || free.has(property.wireName));
    if (field === undefined) continue;
    // Of two spellings of one parameter the one that is sent counts.
    const isSent = shared !== undefined && carried.names.get(shared.name as KnownName) === property.wireName;
    if (isSent || !fields.has(field.name)) fields.set(field.name, field);
    // An object of which a part is filled in cannot be sent as a whole too.
    if (property.parent !== undefined) fields.delete(property.parent);
  }
  // The order of a Cog model's own signature says more than any of ours.
  const order = model.hosting === 'own' ? bySignature(shape) : inOrder;
  return [...fields.values()].toSorted(order).slice(0, MOST_FIELDS);
}

/** Whether the requests of a model may hold only what its schema names. */
export function isClosed(model: Model, schema: ModelSchema | undefined): boolean {
  const shape = inputShape(schema, new SchemaReader(schema?.input));
  return shape !== undefined && shape.closed && isOfFormat(shape, carriedParameters(model, schema), model);
}

/** What the schema says of the fields. One with `multipart` says only that they are sent as a form. */
function inputShape(schema: ModelSchema | undefined, reader: SchemaReader): ObjectShape | undefined {
  const shape = reader.shapeOf(schema?.input);
  return shape?.properties.has('multipart') ? undefined : shape;
}

interface Property {
  readonly wireName: string;
  /** The object it stands in, if that is not the input itself. */
  readonly parent: string | undefined;
  readonly node: Json;
  readonly shape: FieldShape;
  readonly required: boolean;
}

/** All properties that can be sent; those within `knownParents` follow their parent, under a name with a dot. */
function* propertiesOf({ properties, required }: ObjectShape, reader: SchemaReader): Generator<Property> {
  const read = (wireName: string, schemas: readonly unknown[], parent?: string): Property => {
    const node = merged(schemas[0], reader) ?? {};
    const shape = reader.spent ? JSON_SHAPE : eitherOf(schemas.map((schema) => fieldShape(schema, reader)));
    return { wireName, parent, node, shape, required: required.has(wireName) };
  };
  const names = [...properties.keys()].filter(
    (name) => name !== '' && name !== '__proto__' && name.length <= LONGEST_NAME,
  );
  // Those that many models share first: they must not be lost among thousands.
  const isShared = (name: string): boolean => knownBy(name) !== undefined || knownParents.has(name);
  for (const name of [...names.filter(isShared), ...names.filter((name) => !isShared(name))].slice(0, MOST_READ)) {
    const schemas = properties.get(name) ?? [];
    yield read(name, schemas);
    const inner = knownParents.has(name) ? reader.shapeOf({ anyOf: schemas }) : undefined;
    for (const [child, childSchemas] of inner?.properties ?? []) {
      if (knownBy(`${name}.${child}`) !== undefined) yield read(`${name}.${child}`, childSchemas, name);
    }
  }
}

/** The model's own path takes its own words; `/ai/v1` takes those of its format, whatever the schema says or requires. */
function isNative({ wire }: Carried): boolean {
  return wire === 'run' || wire === 'run-model' || wire === 'cog';
}

/**
 * Whether the ranges, choices and names of a schema hold for the requests that are made. Hosted models are checked
 * against them in `/ai/v1` too. The schemas of third-party models describe `/ai/run` (cloudflare-api.md 1.5): where they
 * are in the words of another format than the model is called in, they hold only for shared parameters of the same name,
 * and for others they are hints.
 */
function isOfFormat({ properties }: ObjectShape, carried: Carried, { hosting }: Model): boolean {
  if (isNative(carried) || hosting === 'hosted') return true;
  if (carried.wire === 'responses') return properties.has('input');
  // Only Anthropic's words put the system prompt beside the messages.
  return properties.has('messages') && properties.has('system') === (carried.wire === 'anthropic-messages');
}

/** A parameter that has a place of its own in `RunParameters`; `undefined` when the request would not carry it so. */
function sharedField(property: Property, carried: Carried, model: Model, schemaHolds: boolean): FormField | undefined {
  const { wireName, node } = property;
  const name = knownBy(wireName);
  const sentAs = name && carried.names.get(name);
  if (name === undefined || sentAs === undefined || (isNative(carried) && sentAs !== wireName)) return undefined;
  const shape = sharedShape(name, property);
  if (shape === undefined) return undefined;
  const { label, step, unit } = knownParameters[name];
  const stride = shape.multipleOf ?? step;
  const holds = schemaHolds || sentAs === wireName;
  const field: FormField = {
    ...shape,
    name,
    wireName,
    extra: false,
    label,
    required: property.required && isNative(carried),
    ...(!holds && { advisory: true }),
    ...description(node),
    ...(stride !== undefined && { step: stride }),
    ...(unit !== undefined && { unit }),
  };
  return name === 'maxOutputTokens' ? limitField(field, model) : withDefault(field, node);
}

const efforts = ['low', 'medium', 'high'];

/** What a shared parameter may be; `undefined` when the model wants something else by that name than we send. */
function sharedShape(name: KnownName, { shape, parent }: Property): FieldShape | undefined {
  switch (name) {
    case 'stop':
      return shape.kind === 'list' || shape.kind === 'text' ? { kind: 'list' } : undefined;
    case 'reasoningEffort': {
      if (shape.kind === 'text') return { kind: 'choice', choices: efforts };
      const choices = efforts.filter((effort) => shape.choices?.includes(effort));
      // A model with more efforts than ours is asked by its own field, where it has one.
      const isOurs = shape.choices?.length === choices.length || parent !== undefined;
      return choices.length > 0 && isOurs ? { kind: 'choice', choices } : undefined;
    }
    default:
      return shape.kind === 'number' || shape.kind === 'integer' ? shape : undefined;
  }
}

/**
 * A limit is always sent: ours, and not the schema's default of a few hundred tokens. The maximum of the model itself
 * refuses nothing (`limitHint`); one of the schema that is lower does, because the API would.
 */
function limitField({ max, ...field }: FormField, model: Model): FormField {
  const most = field.advisory || max === undefined || max >= (model.maxOutputTokens ?? Infinity) ? undefined : max;
  return {
    ...field,
    kind: 'integer',
    min: Math.max(1, field.min ?? 1),
    ...(most === undefined ? limitHint(model) : { max: most }),
    default: Math.min(outputLimit(model, {}).tokens, most ?? Infinity),
    required: false,
  };
}

/** A field of the model's own; `undefined` when the playground fills it in. */
function extraField(property: Property, carried: Carried, holds: boolean, isFree: boolean): FormField | undefined {
  const { wireName, parent, node, shape } = property;
  const isSetting = ['boolean', 'number', 'integer', 'choice'].includes(shape.kind);
  if (parent !== undefined || (!isFree && filledIn(wireName, isSetting) !== undefined)) return undefined;
  const stride = shape.multipleOf ?? (shape.kind === 'integer' ? 1 : undefined);
  const unit = /_ms$/.test(wireName) ? 'ms' : /_seconds$/.test(wireName) ? 's' : undefined;
  const field: FormField = {
    ...shape,
    kind: shape.kind === 'text' && isLong(wireName, shape) ? 'multiline' : shape.kind,
    name: wireName,
    wireName,
    extra: true,
    label: wordsOfSchema(node['title'], LONGEST_LABEL) ?? labelOf(wireName),
    required: property.required && isNative(carried),
    ...(!holds && { advisory: true }),
    ...description(node),
    ...(stride !== undefined && { step: stride }),
    ...(unit !== undefined && { unit }),
  };
  return withDefault(field, node);
}

function isLong(wireName: string, { maxLength = 0 }: FieldShape): boolean {
  return maxLength > 300 || /prompt|lyrics|instruction/i.test(wireName);
}

function description(node: Json): { description?: string } {
  const text = wordsOfSchema(node['description'], LONGEST_DESCRIPTION);
  return text === undefined ? {} : { description: text };
}

/** With the schema's default, if the schema itself would accept it. */
function withDefault(field: FormField, node: Json): FormField {
  const value = node['default'] as JsonValue | undefined;
  if (value === undefined || value === null || weightOf(value) > MOST_DEFAULT) return field;
  return problemWith({ ...field, advisory: false }, value) === undefined ? { ...field, default: value } : field;
}

/** Many fields may refer to the same default, and counting its keys takes time. */
const weights = new WeakMap<object, number>();

/** How much there is in a value, counted no further than needed. */
function weightOf(value: JsonValue, depth = 0): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 1;
  if (depth > DEEPEST_DEFAULT) return Infinity;
  let weight = weights.get(value);
  if (weight !== undefined) return weight;
  const keys = Object.keys(value);
  weight = keys.length;
  for (const key of keys) {
    if (weight > MOST_DEFAULT) break;
    weight += key.length + weightOf((value as Readonly<Record<string, JsonValue>>)[key] ?? null, depth + 1);
  }
  weights.set(value, weight);
  return weight;
}

/** What is typed into a form is stored with the run: secrets have no place there. */
function isSecret(node: Json): boolean {
  return node['format'] === 'password' || node['writeOnly'] === true;
}

/** By `x-order`, which Cog counts from the signature of `run`. */
function bySignature({ properties }: ObjectShape): (a: FormField, b: FormField) => number {
  const placeOf = ({ wireName }: FormField): number => {
    const order = asObject(properties.get(wireName)?.[0])?.['x-order'];
    return typeof order === 'number' ? order : Infinity;
  };
  return (a, b) => placeOf(a) - placeOf(b) || inOrder(a, b);
}

function inOrder(a: FormField, b: FormField): number {
  return (
    rankOf(a) - rankOf(b) ||
    Number(b.required) - Number(a.required) ||
    (a.wireName < b.wireName ? -1 : a.wireName > b.wireName ? 1 : 0)
  );
}

function rankOf({ extra, name }: FormField): number {
  return extra ? knownNames.length : knownNames.indexOf(name as KnownName);
}
