/**
 * Which types Cog takes: it reads annotations without running anything, so a type that it does not know is refused when the
 * image is built (the schema generator of Cog 0.22).
 */
import { lastName, parseType, type TypeExpression } from '../scaffold/cog/type-expression';
import type { PythonClass, PythonFacts } from './python-facts';

type NamedType = Extract<TypeExpression, { kind: 'name' }>;

const PRIMITIVES = new Set(['bool', 'float', 'int', 'str', 'Path', 'File', 'Secret', 'Any', 'dict', 'Dict']);
const FILES = new Set(['Path', 'File', 'Secret']);
const LISTS = new Set(['list', 'List']);
const DICTS = new Set(['dict', 'Dict']);
const ITERATORS = new Set(['Iterator', 'AsyncIterator']);
const TEXTS = new Set(['ConcatenateIterator', 'AsyncConcatenateIterator']);

/** Refused wherever they come from. What is imported and not here may be a model of the project. */
const REFUSED = new Set([
  ...['object', 'tuple', 'Tuple', 'set', 'Set', 'frozenset', 'FrozenSet', 'bytes', 'bytearray', 'complex', 'range'],
  ...['ndarray', 'Tensor', 'DataFrame', 'Image', 'datetime', 'date', 'BytesIO', 'Callable', 'Enum'],
  ...['float16', 'float32', 'float64', 'int8', 'int16', 'int32', 'int64', 'uint8'],
  ...['Generator', 'AsyncGenerator', 'Iterable', 'Sequence', 'Mapping', 'Literal'],
]);

/** Bases that make no model of a class. */
const PLAIN_BASES = new Set(['object', 'Enum', 'IntEnum', 'StrEnum', 'str', 'int', 'float', 'NamedTuple', 'ABC']);

/** Whether Cog is told to leave a type alone (`Annotated[X, Opaque]`). */
export function isOpaque(annotation: string): boolean {
  return /\bOpaque\b/.test(annotation);
}

/** Why a type can be no input; undefined: it can, or it is not known. */
export function whyNoInput(type: TypeExpression, facts: PythonFacts): string | undefined {
  switch (type.kind) {
    case 'none':
      return undefined;
    case 'literals':
      return 'Cog takes no Literal. Write str = Input(choices=[…]).';
    case 'union': {
      const others = type.of.filter(({ kind }) => kind !== 'none');
      const isFile = others.some((one) => one.kind === 'name' && FILES.has(lastName(one.name)));
      if (isFile && others.length > 1) return 'a file cannot be a choice among other types.';
      return firstOf(others, (one) => whyNoInput(one, facts));
    }
    default:
      return whyNoNamedInput(type, facts);
  }
}

function whyNoNamedInput(type: NamedType, facts: PythonFacts): string | undefined {
  const name = lastName(type.name);
  if (LISTS.has(name)) {
    const [item] = type.args;
    if (item === undefined) return `${name} needs the type of its items: ${name}[str].`;
    const isNested = item.kind === 'union' || (item.kind === 'name' && LISTS.has(lastName(item.name)));
    if (isNested) return 'a list holds values of one plain type: Cog takes no lists and no alternatives within.';
    return whyNoInput(item, facts);
  }
  if (PRIMITIVES.has(name)) return undefined;
  if (isModelOf(type, facts, 'TypedDict')) return undefined;
  return isRefused(type, facts) || classOf(type, facts) !== undefined
    ? `${type.name} is no type of an input. Use str, int, float, bool, Path, a list of them, or dict.`
    : undefined;
}

/** Why a type can be no result; undefined: it can, or it is not known. */
export function whyNoOutput(type: TypeExpression, facts: PythonFacts): string | undefined {
  if (type.kind === 'union') return 'A result has one type: Cog takes no alternatives. Return a dict or a BaseModel.';
  if (type.kind === 'literals') return 'Cog takes no Literal as a result. Write str.';
  if (type.kind === 'none') return undefined;
  const name = lastName(type.name);
  const [first, second] = type.args;
  if (TEXTS.has(name) && !(first?.kind === 'name' && first.name === 'str')) {
    return `${name} joins pieces of text: its pieces are str.`;
  }
  if (TEXTS.has(name)) return undefined;
  if (ITERATORS.has(name)) {
    return first === undefined ? `${name} needs the type of its pieces: ${name}[str].` : whyNoOutput(first, facts);
  }
  if (LISTS.has(name)) return first && whyNoOutput(first, facts);
  if (DICTS.has(name)) return second && whyNoOutput(second, facts);
  if (PRIMITIVES.has(name)) return undefined;
  const model = isModelOf(type, facts, 'BaseModel') ? classOf(type, facts) : undefined;
  if (model !== undefined) return firstOf(model.fields, (field) => whyNoField(model, field, facts));
  if (isModelOf(type, facts, 'TypedDict')) return undefined;
  return isRefused(type, facts) || classOf(type, facts) !== undefined
    ? `${type.name} is no type of a result. Return str, int, float, bool, Path, dict, a list or a BaseModel.`
    : undefined;
}

/** A field may be empty, which a result may not. One of the model's own kind is not looked into. */
function whyNoField(
  model: PythonClass,
  { name, annotation }: PythonClass['fields'][number],
  facts: PythonFacts,
): string | undefined {
  if (annotation === undefined || isOpaque(annotation.source)) return undefined;
  const type = parseType(annotation.source);
  const inside = type?.kind === 'union' ? type.of.filter(({ kind }) => kind !== 'none') : [type];
  const [only, ...others] = inside;
  if (only === undefined || others.length > 0) return undefined;
  if (new RegExp(`\\b${model.name}\\b`).test(annotation.source)) return undefined;
  const why = whyNoOutput(only, facts);
  return why === undefined ? undefined : `${model.name}.${name}: ${why}`;
}

/** With arguments only what is handled before is taken; a name for a type is not followed. */
function isRefused({ name, args }: NamedType, facts: PythonFacts): boolean {
  const isAlias = Object.hasOwn(facts.constants, name) || facts.variables.includes(name);
  return args.length > 0 || isAlias || REFUSED.has(lastName(name));
}

/** The class of this name in the file. */
function classOf({ name }: NamedType, { classes }: PythonFacts): PythonClass | undefined {
  return classes.find((one) => one.name === name);
}

/** Whether a class of the file is of a kind, or may be: its bases are not all known. */
function isModelOf(type: NamedType, facts: PythonFacts, kind: 'BaseModel' | 'TypedDict'): boolean {
  const { bases = [] } = classOf(type, facts) ?? {};
  const other = kind === 'BaseModel' ? 'TypedDict' : 'BaseModel';
  return bases.some((base) => base === kind || (base !== other && !PLAIN_BASES.has(base)));
}

function firstOf<T>(all: readonly T[], find: (one: T) => string | undefined): string | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}
