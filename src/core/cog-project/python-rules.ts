/**
 * What is wrong with the class of a Cog model, by the rules of Cog's SDK (0.22): it reads signatures without running them.
 */
import { eolOf, importEdits } from './cog-imports';
import { classImports } from './cog-names';
import { inputProblems } from './input-rules';
import type { PythonFacts, PythonMethod } from './python-facts';
import type { FixEdit, Problem } from './problem';
import { outputProblems } from './output-rules';
import { reporter, type Report } from './report';

/** Which class, and what the Cog that will be used knows. */
export interface WantedClass {
  readonly className: string;
  /** Cog from 0.21 has `@streaming` and `@concurrent`. */
  readonly supportsStreaming?: boolean;
}

/** Bases that say nothing of the methods: those of other files may bring `run` along. */
const KNOWN_BASES = new Set(['BaseRunner', 'BasePredictor', 'object', 'ABC']);

/**
 * The problems of a class and of what the file imports from `cog`. A class that is not there has none here
 * (`references.ts` tells), and neither has what may come from another file.
 */
export function pythonProblems(
  file: string,
  source: string,
  facts: PythonFacts,
  { className, supportsStreaming = true }: WantedClass,
): readonly Problem[] {
  const report = reporter(file);
  if (facts.syntaxError !== undefined) {
    const { message, span } = facts.syntaxError;
    return [report('python-syntax', 'error', span, `Python cannot read this: ${message}.`)];
  }
  const found = facts.classes.find(({ name }) => name === className);
  const imported = classImports(facts).map(({ name, span, instead }) =>
    report(
      'cog-import-unknown',
      'error',
      span,
      `cog has no ${name}.${instead === undefined ? '' : ` Use ${instead}.`}`,
    ),
  );
  if (found === undefined) return imported;
  const runs = found.methods.filter(({ name }) => name === 'run' || name === 'predict');
  const [method, second] = runs;
  if (method === undefined) {
    const mayInherit = found.bases.some((base) => !KNOWN_BASES.has(base));
    const message = `${className} has neither run nor predict: Cog calls one of them for a prediction.`;
    return mayInherit ? imported : [...imported, report('no-run-method', 'error', found.span, message)];
  }
  if (second !== undefined && second.name !== method.name) {
    const message = `${className} has both run and predict: Cog takes exactly one. Remove ${method.name === 'run' ? 'predict' : 'run'}.`;
    return [...imported, report('run-and-predict-methods', 'error', second.span, message)];
  }
  const setup = found.methods.find(({ name }) => name === 'setup');
  return [
    ...imported,
    ...inputProblems(method, { source, facts, report }),
    ...outputProblems(method, { source, facts, report }),
    ...markProblems(method, source, facts, supportsStreaming, report),
    ...setupProblems(setup, report),
  ];
}

/** `@streaming` and `@concurrent`. */
function markProblems(
  method: PythonMethod,
  source: string,
  facts: PythonFacts,
  supportsStreaming: boolean,
  report: Report,
): readonly Problem[] {
  const { returns, decorators, isAsync, name } = method;
  const streaming = decorators.find((one) => one.name === 'streaming');
  const concurrent = decorators.find((one) => one.name === 'concurrent');
  const streams = returns !== undefined && /^(?:[\w.]+\.)?(?:Async)?(?:Concatenate)?Iterator\b/.test(returns.source);
  const problems: Problem[] = [];
  if (streaming === undefined && streams && supportsStreaming && name === 'run') {
    const message =
      'Without @streaming a request for server-sent events gets HTTP 406, and the answer comes in one piece.';
    const fix = { title: 'Add @streaming', edits: decoratorEdits('streaming', method, source, facts) };
    problems.push(report('stream-not-marked', 'warning', returns.span, message, [fix]));
  }
  if (streaming !== undefined && returns !== undefined && !streams && !/Generator\b/.test(returns.source)) {
    const message = `@streaming needs a result that comes in pieces: Iterator[str] rather than ${returns.source}.`;
    problems.push(report('streaming-without-iterator', 'error', streaming.span, message));
  }
  const most = concurrent?.fields['max'];
  const isOne = most?.kind === 'literal' && most.value === 1;
  if (concurrent !== undefined && !isAsync && !isOne) {
    const message = `@concurrent needs "async def ${name}": a plain function answers one after the other.`;
    const { line, column } = method.start;
    const span = { line, column, endLine: line, endColumn: column };
    const fix = { title: `Make ${name} async`, edits: [{ kind: 'replace', file: '', span, text: 'async ' } as const] };
    problems.push(report('concurrent-not-async', 'error', concurrent.span, message, [fix]));
  }
  if (
    concurrent !== undefined &&
    most !== undefined &&
    !(most.kind === 'literal' && Number.isInteger(most.value) && Number(most.value) > 0)
  ) {
    const message = '@concurrent needs max as a whole number, written out: @concurrent(max=4).';
    problems.push(report('concurrent-max', 'error', concurrent.span, message));
  }
  return problems;
}

function setupProblems(setup: PythonMethod | undefined, report: Report): readonly Problem[] {
  return (setup?.parameters ?? [])
    .filter(({ name, default: value }) => name !== 'weights' && value === undefined)
    .map(({ name, span }) =>
      report('setup-parameter', 'error', span, `Cog calls setup() with nothing but weights: it cannot give ${name}.`),
    );
}

/** A line above the function, and the import that it needs. */
function decoratorEdits(
  name: string,
  { start, decorators }: PythonMethod,
  source: string,
  facts: PythonFacts,
): readonly FixEdit[] {
  const first = decorators[0]?.span ?? start;
  // A decorator's span begins behind its @.
  const column = decorators.length > 0 ? first.column - 1 : first.column;
  const indent = (source.split(/\r\n|\r|\n/)[first.line - 1] ?? '').slice(0, column - 1);
  const above = (decorator: string): FixEdit => ({
    kind: 'replace',
    file: '',
    span: { line: first.line, column, endLine: first.line, endColumn: column },
    text: `${decorator}${eolOf(source)}${indent}`,
  });
  const isQualified = facts.imports.some(({ module, name: one, as }) => module === 'cog' && one === undefined && !as);
  const isNamed = facts.imports.some(({ module, name: one }) => module === 'cog' && one !== undefined);
  if (isQualified && !isNamed) return [above(`@cog.${name}`)];
  return [...importEdits(name, source, facts), above(`@${name}`)];
}
