/**
 * The OpenAPI document of a Cog model, as far as Cog's server needs it: `coglet` 0.22 checks inputs by
 * `components.schemas.Input` and streams when `x-cog-streaming` says so. `cog build` makes a larger one from the source.
 */
import type { JsonValue } from '../catalog/schema';
import type { PythonClass, PythonFacts, PythonMethod, PythonParameter, PythonValue } from '../cog-project/python-facts';
import { resolved, resolvedChoices } from '../cog-project/constants';
import { lastName, parseType, type TypeExpression } from '../scaffold/cog/type-expression';

type Schema = { readonly [key: string]: JsonValue };

/** Classes of which a field may be, within each other. */
const DEEPEST = 8;

/** Undefined: there is no such class, or it has no `run` or `predict`. */
export function openapiOf(facts: PythonFacts, className: string): object | undefined {
  const method = facts.classes.find(({ name }) => name === className)?.methods.find(isRun);
  if (method === undefined) return undefined;
  const post = isStreaming(method) ? { 'x-cog-streaming': true } : {};
  return {
    openapi: '3.0.2',
    info: { title: 'Cog', version: '0.1.0' },
    paths: { '/predictions': { post } },
    components: { schemas: { Input: inputOf(method, facts), Output: { title: 'Output', ...outputOf(method, facts) } } },
  };
}

const isRun = ({ name }: PythonMethod): boolean => name === 'run' || name === 'predict';

/** It says so, and it has something to stream. */
function isStreaming({ decorators, returns }: PythonMethod): boolean {
  const type = returns && parseType(returns.source);
  return decorators.some(({ name }) => name === 'streaming') && type !== undefined && isIterator(type);
}

function inputOf({ parameters }: PythonMethod, { constants }: PythonFacts): Schema {
  return {
    title: 'Input',
    type: 'object',
    required: parameters.filter((parameter) => isRequired(parameter, constants)).map(({ name }) => name),
    properties: Object.fromEntries(
      parameters.map((parameter, order) => [parameter.name, propertyOf(parameter, order, constants)]),
    ),
  };
}

type Constants = PythonFacts['constants'];

function isRequired(parameter: PythonParameter, constants: Constants): boolean {
  const type = typeOf(parameter);
  if (type !== undefined && withoutNone(type).isOptional) return false;
  const fallback = fallbackOf(parameter, constants);
  // `None` is a default for types that allow it, and for secrets.
  const isSecret = type?.kind === 'name' && lastName(type.name) === 'Secret';
  return fallback?.kind === 'none' ? !isSecret : fallback?.kind !== 'literal';
}

function fallbackOf({ default: given }: PythonParameter, constants: Constants): PythonValue | undefined {
  const value = given?.value;
  return resolved(value?.kind === 'input' ? value.fields['default'] : value, constants);
}

const typeOf = ({ annotation }: PythonParameter): TypeExpression | undefined =>
  annotation && parseType(annotation.source);

/** `Input(…)`'s words, and JSON schema's. */
const words: Readonly<Record<string, string>> = {
  description: 'description',
  ge: 'minimum',
  le: 'maximum',
  min_length: 'minLength',
  max_length: 'maxLength',
  regex: 'pattern',
  choices: 'enum',
  deprecated: 'deprecated',
  accept: 'x-accept',
};

function propertyOf(parameter: PythonParameter, order: number, constants: Constants): Schema {
  const { type, isOptional } = withoutNone(typeOf(parameter));
  const value = parameter.default?.value;
  const fields = value?.kind === 'input' ? value.fields : {};
  const fallback = fallbackOf(parameter, constants);
  const said = Object.entries(fields).flatMap(([name, field]): [string, JsonValue][] => {
    const word = Object.hasOwn(words, name) ? words[name] : undefined;
    const known = name === 'description' ? resolved(field, constants) : field;
    const meant =
      name === 'choices' ? resolvedChoices(field, constants) : known?.kind === 'literal' ? known.value : undefined;
    return word === undefined || meant === undefined ? [] : [[word, meant]];
  });
  return {
    title: titleOf(parameter.name),
    ...schemaOf(type),
    ...(fallback?.kind === 'literal' && { default: fallback.value }),
    ...(isOptional && { nullable: true }),
    ...Object.fromEntries(said),
    'x-order': order,
  };
}

const titleOf = (name: string): string =>
  name.replaceAll('_', ' ').replace(/(?:^| )\p{L}/gu, (letter) => letter.toUpperCase());

function withoutNone(type: TypeExpression | undefined): { type: TypeExpression | undefined; isOptional: boolean } {
  if (type?.kind !== 'union') return { type, isOptional: false };
  const of = type.of.filter(({ kind }) => kind !== 'none');
  const [first] = of;
  return { type: of.length === 1 ? first : { kind: 'union', of }, isOptional: of.length < type.of.length };
}

const FILE: Schema = { type: 'string', format: 'uri' };

const plain: Readonly<Record<string, Schema>> = {
  str: { type: 'string' },
  int: { type: 'integer' },
  float: { type: 'number' },
  bool: { type: 'boolean' },
  Path: FILE,
  File: FILE,
  Secret: { type: 'string', format: 'password', writeOnly: true, 'x-cog-secret': true },
  dict: { type: 'object' },
  Dict: { type: 'object' },
  list: { type: 'array', items: {} },
  List: { type: 'array', items: {} },
};

/** What is not known takes anything. */
function schemaOf(type: TypeExpression | undefined): Schema {
  if (type === undefined || type.kind === 'none') return {};
  if (type.kind === 'union') return { anyOf: type.of.map(schemaOf) };
  if (type.kind === 'literals') return { enum: type.values };
  const name = lastName(type.name);
  const [first] = type.args;
  if ((name === 'list' || name === 'List') && first !== undefined) return { type: 'array', items: schemaOf(first) };
  return Object.hasOwn(plain, name) ? (plain[name] ?? {}) : {};
}

const iterators = ['Iterator', 'Generator', 'ConcatenateIterator', 'AsyncIterator', 'AsyncGenerator'];

function isIterator(type: TypeExpression): boolean {
  return type.kind === 'name' && [...iterators, 'AsyncConcatenateIterator'].includes(lastName(type.name));
}

function outputOf({ returns }: PythonMethod, { classes }: PythonFacts): Schema {
  const type = returns && parseType(returns.source);
  if (type === undefined || type.kind !== 'name' || !isIterator(type)) return outputSchema(type, classes);
  const items = outputSchema(type.args[0], classes);
  const isJoined = lastName(type.name).includes('Concatenate') || items['type'] === 'string';
  const display: Schema = isJoined && items['format'] === undefined ? { 'x-cog-array-display': 'concatenate' } : {};
  return { type: 'array', items, 'x-cog-array-type': 'iterator', ...display };
}

/** As of an input, and classes of the file with their fields. */
function outputSchema(type: TypeExpression | undefined, classes: readonly PythonClass[], depth = 0): Schema {
  if (type?.kind !== 'name' || depth > DEEPEST) return schemaOf(type);
  const model = classes.find(({ name }) => name === type.name);
  const [first] = type.args;
  if (/^[Ll]ist$/.test(lastName(type.name)) && first !== undefined) {
    return { type: 'array', items: outputSchema(first, classes, depth + 1) };
  }
  if (model === undefined) return schemaOf(type);
  const fieldsOf = model.fields.map((field) => {
    const { type: own, isOptional } = withoutNone(typeOf(field));
    const schema = outputSchema(own, classes, depth + 1);
    return [field.name, { title: titleOf(field.name), ...schema, ...(isOptional && { nullable: true }) }] as const;
  });
  const required = model.fields.filter((field) => !hasDefault(field.default?.value)).map(({ name }) => name);
  return { title: model.name, type: 'object', properties: Object.fromEntries(fieldsOf), required };
}

const hasDefault = (value: PythonValue | undefined): boolean => value !== undefined;
