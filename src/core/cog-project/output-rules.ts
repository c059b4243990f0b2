/**
 * The result of `run`: its annotation is the schema of the output.
 */
import { lastName, parseType, type TypeExpression } from '../scaffold/cog/type-expression';
import { importEdits } from './cog-imports';
import type { MethodSource } from './input-rules';
import type { PythonMethod } from './python-facts';
import type { Fix, Problem, Span } from './problem';
import { isOpaque, whyNoOutput } from './type-rules';

const ITERATOR = /^(?:Async)?(?:Concatenate)?Iterator$/;

/** What is wrong with the result. */
export function outputProblems(method: PythonMethod, file: MethodSource): readonly Problem[] {
  const { returns, name, isGenerator, isAsync, parametersEnd } = method;
  const { report, facts } = file;
  if (returns === undefined) {
    const { line, column } = parametersEnd;
    const span: Span = { line, column, endLine: line, endColumn: column };
    const message = `${name} needs a type for its result: without one Cog refuses to build the model.`;
    const fix = isGenerator ? piecesFix(isAsync, span, ' -> ', file) : annotating('str', span, ' -> ');
    return [report('missing-return', 'error', method.span, message, [fix])];
  }
  const type = parseType(returns.source);
  if (type === undefined || isOpaque(returns.source)) return [];
  if (type.kind === 'none' || (type.kind === 'union' && type.of.some(({ kind }) => kind === 'none'))) {
    const message = 'The result cannot be None: Cog refuses an optional result. Raise an error instead.';
    return [report('optional-return', 'error', returns.span, message)];
  }
  if (isTextGenerator(type)) {
    const message = `Cog takes no ${returns.source} as a result: pieces of text are a ConcatenateIterator[str].`;
    return [report('unsupported-type', 'error', returns.span, message, [piecesFix(isAsync, returns.span, '', file)])];
  }
  const why = whyNoOutput(type, facts);
  if (why !== undefined) return [report('unsupported-type', 'error', returns.span, why)];
  const isIterator = type.kind === 'name' && ITERATOR.test(lastName(type.name));
  if (isGenerator && !isIterator && type.kind === 'name') {
    const message = `${name} yields, so its result is an iterator: Iterator[${returns.source}].`;
    const fixes = returns.source === 'str' ? [piecesFix(isAsync, returns.span, '', file)] : [];
    return [report('yield-not-iterator', 'error', returns.span, message, fixes)];
  }
  return [];
}

/** `Generator[str, None, None]`, `AsyncGenerator[str, None]` */
function isTextGenerator(type: TypeExpression): boolean {
  if (type.kind !== 'name' || !/^(?:Async)?Generator$/.test(lastName(type.name))) return false;
  const [piece] = type.args;
  return piece?.kind === 'name' && piece.name === 'str';
}

function annotating(type: string, span: Span, before: string): Fix {
  const edits = [{ kind: 'replace', file: '', span, text: `${before}${type}` } as const];
  return { title: `Annotate the result as ${type}`, edits };
}

/** The type of text that comes in pieces, with its import. */
function piecesFix(isAsync: boolean, span: Span, before: string, { source, facts }: MethodSource): Fix {
  const name = isAsync ? 'AsyncConcatenateIterator' : 'ConcatenateIterator';
  const { title, edits } = annotating(`${name}[str]`, span, before);
  return { title, edits: [...importEdits(name, source, facts), ...edits] };
}
