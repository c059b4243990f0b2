/**
 * What parameters and results of people's own functions become as inputs and outputs of a model. Only what is certain is
 * converted; what Cog has no type for is said, and left to people.
 */
import type { JsonValue } from '../../catalog/schema';
import type { Annotation, PythonMethod, PythonParameter, PythonValue } from '../../cog-project/python-facts';
import { lastName, parseType, type TypeExpression } from './type-expression';

/** How a value is turned into what the other side takes. */
export type Conversion =
  /** As it is. */
  | 'none'
  /** A file, whose name is passed on as a text. */
  | 'path-text'
  /** A file and a picture of Pillow. */
  | 'image';

/** A parameter as an input of the model. */
export interface AdoptedInput {
  readonly kind: 'input';
  readonly name: string;
  /** Type of the input, without `Optional`. */
  readonly type: string;
  readonly isOptional: boolean;
  /** Absent: the input is required. */
  readonly default?: JsonValue;
  readonly choices?: readonly JsonValue[];
  readonly conversion: Conversion;
  /** What was taken for granted, for people to check. */
  readonly assumed?: string;
}

/** A parameter that keeps its own default, or one that people must see to because it has none. */
export interface AdoptedOther {
  readonly kind: 'left' | 'missing';
  readonly name: string;
  /** What it is, to be read behind its name. */
  readonly what: string;
}

/** What becomes of a parameter. */
export type AdoptedParameter = AdoptedInput | AdoptedOther;

/** What becomes of a result. */
export interface AdoptedOutput {
  /** Of one result, or of each that is yielded. */
  readonly type: string;
  readonly how: 'one' | 'list' | 'stream';
  /** Its parts come with `async for`. */
  readonly isAsyncStream: boolean;
  /** `text`: JSON, but for texts. `number`: numbers of libraries are turned into Python's own, which Cog requires. */
  readonly conversion: 'none' | 'number' | 'path' | 'image' | 'text';
  readonly assumed?: string;
}

const PLAIN: ReadonlySet<string> = new Set(['str', 'int', 'float', 'bool']);
const LISTS: ReadonlySet<string> = new Set(['list', 'List', 'Sequence', 'MutableSequence']);
const MAPPINGS: ReadonlySet<string> = new Set(['dict', 'Dict', 'Mapping', 'MutableMapping']);
const PATHS: ReadonlySet<string> = new Set(['Path', 'PosixPath', 'PathLike']);
const STREAMS: ReadonlySet<string> = new Set([
  ...['Iterator', 'Iterable', 'Generator', 'ConcatenateIterator'],
  ...['AsyncIterator', 'AsyncIterable', 'AsyncGenerator', 'AsyncConcatenateIterator'],
]);

/** Names of parameters that hold the name of a file: of one to be read, unless they say otherwise. */
const FILE_NAME = /(?:^|_)(?:path|file|filename|filepath)$/i;
const NOT_GIVEN =
  /(?:^|_)(?:out|output|save|dest|destination|target|result|log|model|weights?|checkpoint|ckpt|config|cache|dir)/i;

/** A parameter as an input, if it can be one. */
export function adoptedParameter(parameter: PythonParameter): AdoptedParameter {
  const { name, annotation } = parameter;
  const given = parameter.default?.value;
  if (annotation === undefined) return unannotated(name, given);
  const { type, isOptional } = withoutNone(parseType(annotation.source));
  const input = type && inputOf(name, type, isOptional);
  const what = `is ${oneLine(annotation.source)}`;
  if (input === undefined) return other(name, given, `${what}, which is no type of an input`);
  return named(input, given, what);
}

function named(input: AdoptedInput, given: PythonValue | undefined, what: string): AdoptedParameter {
  const { name, type } = input;
  if (type === 'str' && FILE_NAME.test(name) && input.choices === undefined) {
    if (given !== undefined || NOT_GIVEN.test(name)) return other(name, given, 'is the name of a file on this machine');
    const assumed = `${name} is taken for the name of a file, which whoever calls the model sends along`;
    return { ...input, type: 'Path', conversion: 'path-text', assumed };
  }
  if (given === undefined) return input;
  if (given.kind === 'none') return { ...input, isOptional: true, default: null };
  const value = given.kind === 'literal' ? defaultOf(input, given.value) : undefined;
  return value === undefined
    ? other(name, given, `${what}, with a default that no input can have`)
    : { ...input, default: value };
}

/** A parameter that says nothing of itself, but by its default. */
function unannotated(name: string, given: PythonValue | undefined): AdoptedParameter {
  const base = { kind: 'input', name, isOptional: false, conversion: 'none' } as const;
  if (given === undefined) {
    const assumed = `${name} has no annotation, and is taken for a text`;
    const input = named({ ...base, type: 'str' }, given, 'has no annotation');
    return input.kind === 'input' && input.type === 'str' ? { ...input, assumed } : input;
  }
  const type = typeOfDefault(given.kind === 'literal' ? given.value : null);
  if (type === undefined) return other(name, given, 'has no annotation');
  const input = named({ ...base, type }, given, 'has no annotation');
  // 2.0 reads as 2.
  const assumed = `${name} has no annotation, and is taken for a whole number by its default`;
  return input.kind === 'input' && type === 'int' ? { ...input, assumed } : input;
}

function typeOfDefault(value: JsonValue): string | undefined {
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value !== 'number') return undefined;
  return Number.isSafeInteger(value) ? 'int' : 'float';
}

function other(name: string, given: PythonValue | undefined, what: string): AdoptedOther {
  return { kind: given === undefined ? 'missing' : 'left', name, what };
}

/** The default if the input can have it. */
function defaultOf({ type, choices }: AdoptedInput, value: JsonValue): JsonValue | undefined {
  if (choices !== undefined) return choices.includes(value) ? value : undefined;
  const fits =
    (type === 'str' && typeof value === 'string') ||
    (type === 'bool' && typeof value === 'boolean') ||
    (type === 'int' && Number.isSafeInteger(value)) ||
    (type === 'float' && typeof value === 'number');
  return fits ? value : undefined;
}

function inputOf(name: string, type: TypeExpression, isOptional: boolean): AdoptedInput | undefined {
  const base = { kind: 'input', name, isOptional, conversion: 'none' } as const;
  if (type.kind === 'literals') {
    const kinds = new Set(type.values.map((value) => typeof value));
    if (kinds.size !== 1 || !type.values.every((value) => typeof value === 'string' || Number.isSafeInteger(value))) {
      return undefined;
    }
    return { ...base, type: kinds.has('string') ? 'str' : 'int', choices: type.values };
  }
  if (type.kind === 'union') {
    const names = type.of.map((one) => (one.kind === 'name' ? plainOf(one) : undefined));
    if (names.includes('Path') && names.every((one) => one === 'Path' || one === 'str' || one === 'bytes')) {
      return { ...base, type: 'Path' };
    }
    return names.length === 2 && names.includes('int') && names.includes('float')
      ? { ...base, type: 'float' }
      : undefined;
  }
  if (isImage(type)) return { ...base, type: 'Path', conversion: 'image' };
  const plain = plainOf(type) ?? listOf(type);
  return plain === undefined || plain === 'bytes' ? undefined : { ...base, type: plain };
}

/** The name of a type that Cog has too, or `bytes`, which only stands beside names of files. */
function plainOf(type: TypeExpression): string | undefined {
  if (type.kind !== 'name') return undefined;
  const name = lastName(type.name);
  if (PATHS.has(name)) return 'Path';
  if (MAPPINGS.has(name)) return 'dict';
  return type.args.length === 0 && (PLAIN.has(name) || name === 'bytes') ? name : undefined;
}

function listOf(type: TypeExpression): string | undefined {
  if (type.kind !== 'name' || !LISTS.has(lastName(type.name))) return undefined;
  const [first] = type.args;
  const element = first && plainOf(first);
  return element !== undefined && (PLAIN.has(element) || element === 'Path') ? `list[${element}]` : undefined;
}

/** A picture of Pillow, as it is nearly always written. */
const isImage = (type: TypeExpression): boolean => type.kind === 'name' && /^(?:PIL\.)?Image\.Image$/.test(type.name);

function withoutNone(type: TypeExpression | undefined): {
  readonly type: TypeExpression | undefined;
  readonly isOptional: boolean;
} {
  if (type?.kind !== 'union') return { type, isOptional: false };
  const of = type.of.filter(({ kind }) => kind !== 'none');
  const [only] = of;
  return { type: of.length === 1 ? only : { kind: 'union', of }, isOptional: of.length < type.of.length };
}

const AS_TEXT = { type: 'str', conversion: 'text' } as const;

/** The result of a function as the output of the model. */
export function adoptedOutput(method: Pick<PythonMethod, 'returns' | 'isGenerator' | 'isAsync'>): AdoptedOutput {
  const { returns, isGenerator, isAsync } = method;
  const type = returns && parseType(returns.source);
  const name = type?.kind === 'name' ? lastName(type.name) : '';
  const [first] = type?.kind === 'name' ? type.args : [];
  const part = first && elementOf(first);
  if (isGenerator || STREAMS.has(name)) {
    const stream = { how: 'stream', isAsyncStream: name.startsWith('Async') || (isAsync && isGenerator) } as const;
    if (part !== undefined) return { ...part, ...stream };
    return { ...AS_TEXT, ...stream, assumed: `what it yields is sent as text${because(returns)}` };
  }
  if (LISTS.has(name) && part !== undefined && part.type !== 'dict') {
    return { ...part, how: 'list', isAsyncStream: false };
  }
  const one = { how: 'one', isAsyncStream: false } as const;
  const element = type && elementOf(type);
  if (element !== undefined) return { ...element, ...one };
  return { ...AS_TEXT, ...one, assumed: `what it returns is sent as JSON text${because(returns)}` };
}

const because = (returns: Annotation | undefined): string =>
  returns === undefined
    ? ', because nothing says what it is'
    : `: Cog has no output of type ${oneLine(returns.source)}`;

/** What goes into a comment must not leave it. */
const oneLine = (source: string): string => source.replaceAll(/\s+/g, ' ');

/** One result. Literals are of the type that their values have. */
function elementOf(type: TypeExpression): Pick<AdoptedOutput, 'type' | 'conversion'> | undefined {
  if (isImage(type)) return { type: 'Path', conversion: 'image' };
  if (type.kind === 'literals') {
    return type.values.every((value) => typeof value === 'string') ? { type: 'str', conversion: 'none' } : undefined;
  }
  const plain = plainOf(type);
  if (plain === 'Path') return { type: 'Path', conversion: 'path' };
  if (plain === 'int' || plain === 'float') return { type: plain, conversion: 'number' };
  return plain === undefined || plain === 'bytes' ? undefined : { type: plain, conversion: 'none' };
}
