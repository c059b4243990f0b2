/**
 * The result of `run`: its annotation is the schema of the output.
 */
import { lastName, parseType, type TypeExpression } from '../scaffold/cog/type-expression';
import type { PythonClass, PythonFacts, PythonMethod } from './python-facts';
import type { Problem, Span } from './problem';
import type { Report } from './report';

const NOT_AN_OUTPUT = new Set([
  'tuple',
  'Tuple',
  'set',
  'Set',
  'frozenset',
  'bytes',
  'ndarray',
  'Tensor',
  'DataFrame',
  'Image',
]);
const ITERATOR = /^(?:Async)?(?:Concatenate)?(?:Iterator|Generator)$/;

/** What is wrong with the result. */
export function outputProblems(method: PythonMethod, facts: PythonFacts, report: Report): readonly Problem[] {
  const { returns, name, isGenerator, isAsync, parametersEnd } = method;
  if (returns === undefined) {
    const type = isGenerator ? (isAsync ? 'AsyncConcatenateIterator[str]' : 'ConcatenateIterator[str]') : 'str';
    const { line, column } = parametersEnd;
    const span: Span = { line, column, endLine: line, endColumn: column };
    const message = `${name} needs a type for its result: without one Cog refuses to build the model.`;
    const edits = [{ kind: 'replace', file: '', span, text: ` -> ${type}` } as const];
    return [
      report('missing-return', 'error', method.span, message, [{ title: `Annotate the result as ${type}`, edits }]),
    ];
  }
  const type = parseType(returns.source);
  if (type === undefined) return [];
  const found = whyNot(type, facts.classes);
  if (found !== undefined) return [report(found.code, 'error', returns.span, found.message)];
  const isIterator = type.kind === 'name' && ITERATOR.test(lastName(type.name));
  if (isGenerator && !isIterator && type.kind === 'name') {
    const message = `${name} yields, so its result is an iterator: Iterator[${returns.source}].`;
    const edits = [{ kind: 'replace', file: '', span: returns.span, text: `ConcatenateIterator[str]` } as const];
    const fixes =
      returns.source === 'str' && !isAsync ? [{ title: 'Annotate as ConcatenateIterator[str]', edits }] : [];
    return [report('yield-not-iterator', 'error', returns.span, message, fixes)];
  }
  return [];
}

interface Refusal {
  readonly code: string;
  readonly message: string;
}

function whyNot(type: TypeExpression, classes: readonly PythonClass[]): Refusal | undefined {
  if (type.kind === 'none' || (type.kind === 'union' && type.of.some(({ kind }) => kind === 'none'))) {
    return {
      code: 'optional-return',
      message: 'The result cannot be None: Cog refuses an optional result. Raise an error instead.',
    };
  }
  if (type.kind !== 'name') return undefined;
  const name = lastName(type.name);
  const [first] = type.args;
  const refuse = (message: string): Refusal => ({ code: 'unsupported-type', message });
  if (NOT_AN_OUTPUT.has(name))
    return refuse(`${name} is no type of a result. Return str, float, Path, a list or a BaseModel.`);
  if (/ConcatenateIterator$/.test(name) && first !== undefined && !(first.kind === 'name' && first.name === 'str')) {
    return refuse(`${name} joins pieces of text: its pieces are str.`);
  }
  if (/^(?:list|List)$/.test(name) && first?.kind === 'name' && first.args.length > 0) {
    return refuse('Lists within lists are no type of a result. Return a dict, or a BaseModel with a list in it.');
  }
  const model = classes.find((one) => one.name === type.name && one.bases.includes('BaseModel'));
  const nested = model?.fields.find(({ annotation }) =>
    classes.some(
      (one) => one.bases.includes('BaseModel') && annotation?.source.match(/\w+/g)?.includes(one.name) === true,
    ),
  );
  return nested === undefined
    ? undefined
    : refuse(`${type.name}.${nested.name} is a BaseModel within a BaseModel, which Cog does not take. Use a dict.`);
}
