/**
 * The parameters of `run`: each is an input of the model, and Cog reads all of it without running anything.
 */
import { lastName, parseType, type TypeExpression } from '../scaffold/cog/type-expression';
import type { PythonMethod, PythonParameter, PythonValue } from './python-facts';
import type { Problem, Span } from './problem';
import type { Report } from './report';

/** Types that no JSON can give, or that Cog refuses. What is not known may be anything. */
const NOT_AN_INPUT = new Set([
  ...['tuple', 'Tuple', 'set', 'Set', 'frozenset', 'FrozenSet', 'bytes', 'bytearray', 'complex', 'range'],
  ...['ndarray', 'Tensor', 'DataFrame', 'Image', 'datetime', 'date', 'BytesIO', 'Callable'],
]);

/** Keywords of `Input`. */
const KEYWORDS = new Set([
  ...['default', 'description', 'ge', 'le', 'min_length', 'max_length', 'regex', 'choices', 'deprecated', 'accept'],
]);

/** What is wrong with the inputs. */
export function inputProblems({ parameters, name }: PythonMethod, report: Report): readonly Problem[] {
  return parameters.flatMap((parameter) => [
    ...annotationProblems(parameter, name, report),
    ...defaultProblems(parameter, report),
  ]);
}

function annotationProblems(parameter: PythonParameter, method: string, report: Report): readonly Problem[] {
  const { name, span, annotation } = parameter;
  if (annotation === undefined) {
    const type = typeOfDefault(parameter.default?.value);
    const at: Span = { ...span, line: span.endLine, column: span.endColumn };
    const edits = [{ kind: 'replace', file: '', span: at, text: `: ${type}` } as const];
    const message = `${method} needs a type for ${name}: without one Cog cannot tell what the input is.`;
    return [report('missing-annotation', 'error', span, message, [{ title: `Annotate ${name} as ${type}`, edits }])];
  }
  const type = parseType(annotation.source);
  const why = type && whyNot(type);
  return why === undefined ? [] : [report('unsupported-type', 'error', annotation.span, `${name}: ${why}`)];
}

function typeOfDefault(value: PythonValue | undefined): string {
  const known = value?.kind === 'input' ? value.fields['default'] : value;
  if (known?.kind !== 'literal') return 'str';
  const { value: literal } = known;
  if (typeof literal === 'boolean') return 'bool';
  if (typeof literal === 'number') return Number.isInteger(literal) ? 'int' : 'float';
  return Array.isArray(literal) ? 'list' : typeof literal === 'string' ? 'str' : 'dict';
}

/** Why Cog refuses a type of an input; undefined: it does not, or it is not known. */
function whyNot(type: TypeExpression): string | undefined {
  if (type.kind === 'union') {
    const names = type.of.flatMap((one) => (one.kind === 'name' ? [lastName(one.name)] : []));
    if (names.includes('Path') && names.length > 1) return 'a file cannot be a choice among other types.';
    return type.of.map(whyNot).find((why) => why !== undefined);
  }
  if (type.kind !== 'name') return undefined;
  const name = lastName(type.name);
  if (NOT_AN_INPUT.has(name)) return `${name} is no type of an input. Use str, int, float, bool, Path, list or dict.`;
  const [first] = type.args;
  const isList = name === 'list' || name === 'List';
  if (
    isList &&
    first?.kind === 'name' &&
    first.args.length > 0 &&
    /^(?:list|List|dict|Dict)$/.test(lastName(first.name))
  ) {
    return 'a list holds plain values: Cog does not take lists within lists.';
  }
  return isList && first !== undefined ? whyNot(first) : undefined;
}

function defaultProblems({ name, default: fallback }: PythonParameter, report: Report): readonly Problem[] {
  if (fallback === undefined) return [];
  const { value, span } = fallback;
  if (value.kind === 'other') {
    return [report('default-not-literal', 'error', span, notLiteral(`The default of ${name}`))];
  }
  if (value.kind === 'literal' && typeof value.value === 'object' && value.value !== null) {
    const message = `All predictions share the default of ${name}, and one may change it. Write Input(default=…).`;
    return [report('mutable-default', 'warning', span, message)];
  }
  if (value.kind !== 'input') return [];
  return Object.entries(value.fields).flatMap(([keyword, field]) => {
    if (keyword === 'default_factory') {
      return [report('input-unknown-argument', 'error', span, 'Cog refuses default_factory: write the default out.')];
    }
    if (!KEYWORDS.has(keyword)) {
      return [report('input-unknown-argument', 'error', span, `Input has no ${keyword}.${meant(keyword)}`)];
    }
    if (field.kind !== 'other') return [];
    return [report('default-not-literal', 'error', span, notLiteral(`${keyword} of ${name}`))];
  });
}

const notLiteral = (what: string): string =>
  `${what} must be written out: Cog reads it without running the file, so names and calls mean nothing to it.`;

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
