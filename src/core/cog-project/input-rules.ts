/**
 * The parameters of `run`: each is an input of the model, and Cog reads all of it without running anything.
 */
import { parseType, type TypeExpression } from '../scaffold/cog/type-expression';
import { importEdits } from './cog-imports';
import { resolvedChoices } from './constants';
import type { PythonFacts, PythonMethod, PythonParameter, PythonValue } from './python-facts';
import type { Fix, FixEdit, Problem, Span } from './problem';
import type { Report } from './report';
import { placeAt } from './source-place';
import { isOpaque, whyNoInput } from './type-rules';

/** Keywords of `Input`. */
const KEYWORDS = new Set([
  ...['default', 'description', 'ge', 'le', 'min_length', 'max_length', 'regex', 'choices', 'deprecated', 'accept'],
]);

/** Limits that Cog drops where it cannot read them. */
const LIMITS = new Set(['ge', 'le', 'min_length', 'max_length', 'regex']);

/** The file that a method is of. */
export interface MethodSource {
  readonly source: string;
  readonly facts: PythonFacts;
  readonly report: Report;
}

/** What is wrong with the inputs. */
export function inputProblems({ parameters, variadic, name }: PythonMethod, file: MethodSource): readonly Problem[] {
  const rest = variadic.map((one) => {
    const message = `Cog refuses ${one.name}: each input of ${name} has a name and a type of its own.`;
    return file.report('variadic-input', 'error', one.span, message);
  });
  const named = parameters.flatMap((parameter, at) => [
    ...annotationProblems(
      parameter,
      { method: name, isBeforeRequired: parameters.slice(at + 1).some((one) => one.default === undefined) },
      file,
    ),
    ...noneProblems(parameter, file),
    ...defaultProblems(parameter, file),
  ]);
  return [...named, ...rest];
}

const replacing = (span: Span, text: string): FixEdit => ({ kind: 'replace', file: '', span, text });

/** Where a parameter stands. */
interface Where {
  readonly method: string;
  /** One behind it has no default: then neither can it have one. */
  readonly isBeforeRequired: boolean;
}

function annotationProblems(
  parameter: PythonParameter,
  { method, isBeforeRequired }: Where,
  file: MethodSource,
): readonly Problem[] {
  const { name, span, annotation } = parameter;
  const { report, facts } = file;
  if (annotation === undefined) {
    const type = typeOfDefault(parameter.default?.value);
    const at: Span = { ...span, line: span.endLine, column: span.endColumn };
    const message = `${method} needs a type for ${name}: without one Cog cannot tell what the input is.`;
    const fix = { title: `Annotate ${name} as ${type}`, edits: [replacing(at, `: ${type}`)] };
    return [report('missing-annotation', 'error', span, message, [fix])];
  }
  if (isOpaque(annotation.source)) return [];
  const type = parseType(annotation.source);
  const why = type && whyNoInput(type, facts);
  if (type !== undefined && why !== undefined) {
    const fixes = parameter.default === undefined && isBeforeRequired ? [] : literalFix(parameter, type, file);
    return [report('unsupported-type', 'error', annotation.span, `${name}: ${why}`, fixes)];
  }
  return [...pathProblems(parameter, file), ...acceptProblems(parameter, type, report)];
}

/** `pathlib` has a `Path` as well, which Cog fills with text. */
function pathProblems({ name, annotation }: PythonParameter, { facts, report }: MethodSource): readonly Problem[] {
  if (annotation === undefined) return [];
  const { imports } = facts;
  const here = (one: (typeof imports)[number]): string | undefined => one.as ?? one.name;
  const last = imports.findLast((one) => here(one) === 'Path' || one.name === '*');
  const isDotted = /\bpathlib\.Path\b/.test(annotation.source);
  const isPlain = /(?<![.\w])Path\b/.test(annotation.source) && last?.module === 'pathlib';
  if (!isDotted && !isPlain) return [];
  const message = `${name} gets the address of the file as text: a file needs the Path of cog, not that of pathlib.`;
  const isAlone =
    last !== undefined && imports.filter(({ span }) => span === last.span || same(span, last.span)).length === 1;
  const fix = { title: 'Import Path from cog', edits: last ? [replacing(last.span, 'from cog import Path')] : [] };
  return [report('pathlib-path', 'error', annotation.span, message, isPlain && isAlone ? [fix] : [])];
}

const same = (one: Span, other: Span): boolean => one.line === other.line && one.column === other.column;

function acceptProblems(
  { name, default: fallback }: PythonParameter,
  type: TypeExpression | undefined,
  report: Report,
): readonly Problem[] {
  const hasAccept = fallback?.value.kind === 'input' && fallback.value.fields['accept'] !== undefined;
  if (!hasAccept || type === undefined || /\b(?:Path|File)\b/.test(JSON.stringify(type))) return [];
  const message = `${name} is no file, so it has no accept: Cog refuses it.`;
  return [report('accept-without-file', 'error', fallback.span, message)];
}

/** A choice among texts or numbers, as Cog writes it. */
function literalFix(
  { annotation, default: fallback }: PythonParameter,
  type: TypeExpression,
  { source, facts }: MethodSource,
): readonly Fix[] {
  if (annotation === undefined || type.kind !== 'literals') return [];
  const isText = type.values.every((value) => typeof value === 'string');
  const isNumber = type.values.every((value) => Number.isInteger(value));
  if (!isText && !isNumber) return [];
  const choices = `choices=[${type.values.map((value) => JSON.stringify(value)).join(', ')}]`;
  const plain = isText ? 'str' : 'int';
  const edits: FixEdit[] = [];
  if (fallback === undefined) {
    edits.push(replacing(annotation.span, `${plain} = Input(${choices})`));
  } else if (fallback.value.kind === 'input') {
    const at = insideOf(fallback.span, source);
    if (at === undefined || fallback.value.fields['choices'] !== undefined) return [];
    const hasMore = Object.keys(fallback.value.fields).length > 0;
    edits.push(replacing(annotation.span, plain), replacing(at, hasMore ? `${choices}, ` : choices));
  } else if (fallback.value.kind === 'literal') {
    const text = `Input(default=${JSON.stringify(fallback.value.value)}, ${choices})`;
    edits.push(replacing(annotation.span, plain), replacing(fallback.span, text));
  } else {
    return [];
  }
  return [{ title: 'Write it as choices', edits: [...edits, ...importEdits('Input', source, facts)] }];
}

/** Behind the bracket of `Input(`; undefined where a call is written over lines. */
function insideOf({ line, column, endLine, endColumn }: Span, source: string): Span | undefined {
  const text = source.slice(placeAt(source, line, column), placeAt(source, endLine, endColumn));
  const [opening] = /^[\w.]+\(/.exec(text) ?? [];
  if (opening === undefined) return undefined;
  const at = column + opening.length;
  return { line, column: at, endLine: line, endColumn: at };
}

function typeOfDefault(value: PythonValue | undefined): string {
  const known = value?.kind === 'input' ? value.fields['default'] : value;
  if (known?.kind !== 'literal') return 'str';
  const { value: literal } = known;
  if (typeof literal === 'boolean') return 'bool';
  if (typeof literal === 'number') return Number.isInteger(literal) ? 'int' : 'float';
  return Array.isArray(literal) ? 'list[str]' : typeof literal === 'string' ? 'str' : 'dict';
}

/** `None` counts as a default only where the type allows it. */
function noneProblems(
  { name, annotation, default: fallback }: PythonParameter,
  { report }: MethodSource,
): readonly Problem[] {
  const value = fallback?.value.kind === 'input' ? fallback.value.fields['default'] : fallback?.value;
  if (annotation === undefined || value?.kind !== 'none' || isOpaque(annotation.source)) return [];
  const type = parseType(annotation.source);
  if (type === undefined || type.kind === 'none' || (type.kind === 'name' && type.name.endsWith('Secret'))) return [];
  if (type.kind === 'union' && type.of.some(({ kind }) => kind === 'none')) return [];
  const wanted = `${annotation.source} | None`;
  const message = `${name} is required all the same, and a call without it is refused: None is a default for ${wanted} only.`;
  const fix = { title: `Annotate ${name} as ${wanted}`, edits: [replacing(annotation.span, wanted)] };
  return [report('default-none', 'warning', annotation.span, message, [fix])];
}

function defaultProblems({ name, default: fallback }: PythonParameter, file: MethodSource): readonly Problem[] {
  if (fallback === undefined) return [];
  const { report, facts, source } = file;
  const { value, span } = fallback;
  if (value.kind === 'other') {
    if (isKnown(value.source, facts)) return [];
    return [report('default-not-literal', 'error', span, notLiteral(`The default of ${name}`))];
  }
  if (value.kind === 'literal' && typeof value.value === 'object' && value.value !== null) {
    const message = `All predictions share the default of ${name}, and one may change it. Write Input(default=…).`;
    return [report('mutable-default', 'warning', span, message)];
  }
  if (value.kind !== 'input') return [];
  const written = source.slice(placeAt(source, span.line, span.column));
  if (/^\w+\s*\./.test(written)) {
    const edits = [...importEdits('Input', source, facts), ...unqualified(written, span)];
    const message = 'Cog knows Input by its own name alone: write "from cog import Input".';
    return [report('input-qualified', 'error', span, message, [{ title: 'Import Input', edits }])];
  }
  return Object.entries(value.fields).flatMap(([keyword, field]) => argumentProblems(name, keyword, field, span, file));
}

function unqualified(written: string, { line, column }: Span): readonly FixEdit[] {
  const [qualifier = ''] = /^(?:\w+\.)+/.exec(written) ?? [];
  return [replacing({ line, column, endLine: line, endColumn: column + qualifier.length }, '')];
}

function argumentProblems(
  name: string,
  keyword: string,
  field: PythonValue,
  span: Span,
  { report, facts, source }: MethodSource,
): readonly Problem[] {
  if (/^\d+$/.test(keyword)) {
    const at = keyword === '0' ? insideOf(span, source) : undefined;
    const fixes = at === undefined ? [] : [{ title: 'Write default=', edits: [replacing(at, 'default=')] }];
    const message = `Input takes arguments by name only: write default=… for what ${name} is without being given.`;
    return [report('input-positional', 'error', span, message, fixes)];
  }
  if (keyword === 'default_factory') {
    return [report('input-unknown-argument', 'error', span, 'Cog refuses default_factory: write the default out.')];
  }
  if (!KEYWORDS.has(keyword)) {
    return [report('input-unknown-argument', 'error', span, `Input has no ${keyword}.${meant(keyword)}`)];
  }
  if (field.kind !== 'other') return [];
  if (LIMITS.has(keyword)) {
    const message = `${keyword} of ${name} is dropped without a word: Cog reads limits only where they are written out.`;
    return [report('limit-not-literal', 'warning', span, message)];
  }
  const isFine =
    (keyword === 'default' && isKnown(field.source, facts)) ||
    (keyword === 'choices' && resolvedChoices(field, facts.constants) !== undefined) ||
    !['default', 'choices'].includes(keyword);
  return isFine ? [] : [report('default-not-literal', 'error', span, notLiteral(`${keyword} of ${name}`))];
}

/** A name that stands for a literal, an `Input` that a class of the file keeps, or another name of `Input`. */
function isKnown(source: string, { constants, classes, imports }: PythonFacts): boolean {
  if (Object.hasOwn(constants, source)) return true;
  const [, root = '', sign] = /^(\w+)\s*([.(])/.exec(source) ?? [];
  if (sign === '(') return imports.some(({ module, name, as }) => module === 'cog' && name === 'Input' && as === root);
  return sign === '.' && classes.some(({ name }) => name === root);
}

const notLiteral = (what: string): string =>
  `${what} must be written out, or be a name for what is written out in this file: Cog reads it without running anything.`;

function meant(keyword: string): string {
  const instead = {
    min: 'ge',
    max: 'le',
    minimum: 'ge',
    maximum: 'le',
    gt: 'ge',
    lt: 'le',
    options: 'choices',
    help: 'description',
    pattern: 'regex',
  }[keyword];
  return instead === undefined ? '' : ` Use ${instead}.`;
}
