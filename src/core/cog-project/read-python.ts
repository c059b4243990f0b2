/**
 * Reads Python without Python: imports, classes and functions with their signatures, in whatever state the source is. It
 * makes the same of a source as `media/cog/read_runner.py`, which uses Python's own parser.
 */
import type { JsonValue } from '../catalog/schema';
import type {
  Annotation,
  Decorator,
  PythonClass,
  PythonFacts,
  PythonImport,
  PythonMethod,
  PythonParameter,
  PythonValue,
} from './python-facts';
import type { Span } from './problem';
import { logicalLines, type LogicalLine, type Token } from './python-tokens';
import {
  argumentsOf,
  callOf,
  closingOf,
  isDotted,
  splitAt,
  stringOf,
  textOf,
  unwrapped,
  valueOf,
} from './python-values';

/** Never throws. Says nothing of syntax errors: half a statement is none. */
export function readPython(source: string): PythonFacts {
  const lines = logicalLines(source);
  const imports: PythonImport[] = [];
  const classes: PythonClass[] = [];
  const constants = new Map<string, JsonValue>();
  const variables: string[] = [];
  const functions: PythonMethod[] = [];
  for (const { head, decorators, body } of blocksOf(lines)) {
    const [first, second] = head;
    if (first?.text === 'import' || first?.text === 'from') imports.push(...importsOf(head));
    else if (first?.text === 'class' && second?.kind === 'name') {
      const found = classOf(head, body, source);
      if (found) classes.push(found);
    } else if (isFunction(head)) {
      const found = functionOf(head, decorators, body, source, false);
      if (found) functions.push(found);
    } else {
      const { name, value } = assignedBy(head, source) ?? {};
      if (name === undefined || value === undefined) continue;
      if (value.kind === 'literal' || value.kind === 'none') {
        constants.set(name, value.kind === 'literal' ? value.value : null);
      } else {
        variables.push(name);
      }
    }
  }
  return { imports, classes, constants: Object.fromEntries(constants), variables, functions };
}

/** The name that a statement assigns to, and what it stands for then. */
function assignedBy(tokens: readonly Token[], source: string): { name: string; value: PythonValue } | undefined {
  const [name, sign] = tokens;
  if (name?.kind !== 'name' || KEYWORDS.has(name.text) || (sign?.text !== '=' && sign?.text !== ':')) return undefined;
  const [, ...values] = splitAt(tokens, '=');
  const value = unwrapped(values.at(-1) ?? []);
  return value.length === 0 ? undefined : { name: name.text, value: valueOf(value, source) };
}

/** A statement with what is indented below it. */
interface Block {
  readonly head: readonly Token[];
  readonly decorators: readonly (readonly Token[])[];
  readonly body: readonly LogicalLine[];
}

/** The statements of one level. What is indented deeper belongs to the one before. */
function blocksOf(lines: readonly LogicalLine[]): readonly Block[] {
  const blocks: Block[] = [];
  const level = lines[0]?.indent ?? 0;
  let decorators: (readonly Token[])[] = [];
  for (let at = 0; at < lines.length;) {
    const { tokens } = lines[at] as LogicalLine;
    at += 1;
    const from = at;
    while (at < lines.length && (lines[at] as LogicalLine).indent > level) at += 1;
    const below = lines.slice(from, at);
    if (tokens[0]?.text === '@') {
      decorators.push(tokens.slice(1));
      continue;
    }
    const { head, rest } = headOf(tokens);
    const inline = rest.length > 0 ? [{ indent: level + 1, tokens: rest }] : [];
    blocks.push({ head, decorators, body: [...inline, ...below] });
    decorators = [];
  }
  return blocks;
}

/** A compound statement up to its colon, and what stands behind it on the same line. */
function headOf(tokens: readonly Token[]): { head: readonly Token[]; rest: readonly Token[] } {
  const isCompound = tokens[0]?.text === 'class' || isFunction(tokens);
  const colon = isCompound ? endOfHead(tokens) : -1;
  return colon < 0 ? { head: tokens, rest: [] } : { head: tokens.slice(0, colon), rest: tokens.slice(colon + 1) };
}

function endOfHead(tokens: readonly Token[]): number {
  let depth = 0;
  return tokens.findIndex(({ kind, text }) => {
    if (kind !== 'sign') return false;
    if ('([{'.includes(text)) depth += 1;
    if (')]}'.includes(text)) depth -= 1;
    return depth === 0 && text === ':';
  });
}

function isFunction([first, second]: readonly Token[]): boolean {
  return first?.text === 'def' || (first?.text === 'async' && second?.text === 'def');
}

function importsOf(tokens: readonly Token[]): readonly PythonImport[] {
  const span = spanOf(tokens);
  const [first, ...rest] = tokens;
  if (first?.text === 'import') {
    return splitAt(rest, ',').flatMap((part) => {
      const module = dottedName(part);
      return module === '' ? [] : [{ module, ...renamed(part, module), span }];
    });
  }
  const at = rest.findIndex(({ kind, text }) => kind === 'name' && text === 'import');
  if (at < 0) return [];
  const module = rest
    .slice(0, at)
    .map(({ text }) => text)
    .join('');
  const names = rest.slice(at + 1).filter(({ text }) => text !== '(' && text !== ')');
  return splitAt(names, ',').flatMap((part) => {
    const [name] = part;
    return name === undefined ? [] : [{ module, name: name.text, ...renamed(part, name.text), span }];
  });
}

/** The name behind `as`. */
function renamed(tokens: readonly Token[], name: string): { readonly as?: string } {
  const at = tokens.findIndex(({ text }) => text === 'as');
  const other = at < 0 ? undefined : tokens[at + 1]?.text;
  return other === undefined || other === name ? {} : { as: other };
}

/** The name before `as`. */
function dottedName(tokens: readonly Token[]): string {
  const end = tokens.findIndex(({ text }) => text === 'as');
  return (end < 0 ? tokens : tokens.slice(0, end)).map(({ text }) => text).join('');
}

function classOf(head: readonly Token[], body: readonly LogicalLine[], source: string): PythonClass | undefined {
  const [, name] = head;
  if (name === undefined) return undefined;
  const open = afterGenerics(head, 2);
  const inside = head[open]?.text === '(' ? head.slice(open + 1, closingOf(head, open)) : [];
  const bases = splitAt(inside, ',').flatMap((base) => (isDotted(base) ? [base.at(-1)?.text ?? ''] : []));
  const methods: PythonMethod[] = [];
  const fields: PythonParameter[] = [];
  for (const block of blocksOf(body)) {
    const [first, colon] = block.head;
    if (isFunction(block.head)) {
      const method = functionOf(block.head, block.decorators, block.body, source, true);
      if (method) methods.push(method);
    } else if (first?.kind === 'name' && colon?.text === ':' && !KEYWORDS.has(first.text)) {
      fields.push(parameterOf(block.head, source));
    }
  }
  return { name: name.text, span: spanOf([name]), bases, methods, fields };
}

/** With a colon behind them they are no fields. */
const KEYWORDS = new Set(['else', 'try', 'finally', 'lambda', 'except', 'pass', 'return']);

/** The place behind the type parameters of PEP 695. */
function afterGenerics(tokens: readonly Token[], at: number): number {
  return tokens[at]?.text === '[' ? closingOf(tokens, at) + 1 : at;
}

function functionOf(
  head: readonly Token[],
  decorators: readonly (readonly Token[])[],
  body: readonly LogicalLine[],
  source: string,
  isMethod: boolean,
): PythonMethod | undefined {
  const isAsync = head[0]?.text === 'async';
  const at = isAsync ? 2 : 1;
  const [start] = head;
  const name = head[at];
  const open = afterGenerics(head, at + 1);
  if (start === undefined || name?.kind !== 'name' || head[open]?.text !== '(') return undefined;
  const close = closingOf(head, open);
  const end = head[close];
  if (end === undefined) return undefined;
  const arrow = head[close + 1]?.text === '->' ? head.slice(close + 2) : [];
  return {
    name: name.text,
    span: spanOf([name]),
    start: { line: start.line, column: start.column },
    parametersEnd: { line: end.endLine, column: end.endColumn },
    isAsync,
    isGenerator: yields(body),
    decorators: decorators.flatMap((tokens) => decoratorOf(tokens, source) ?? []),
    parameters: parametersOf(head.slice(open + 1, close), source, isMethod),
    variadic: variadicOf(head.slice(open + 1, close), source),
    ...(arrow.length > 0 && { returns: annotationOf(arrow, source) }),
  };
}

function parametersOf(tokens: readonly Token[], source: string, isMethod: boolean): readonly PythonParameter[] {
  const all = splitAt(tokens, ',').filter(([first]) => first?.kind === 'name');
  const [first] = all;
  const hasSelf = isMethod && (first?.[0]?.text === 'self' || first?.[0]?.text === 'cls');
  return (hasSelf ? all.slice(1) : all).map((one) => parameterOf(one, source));
}

function variadicOf(tokens: readonly Token[], source: string): readonly PythonParameter[] {
  return splitAt(tokens, ',').flatMap(([stars, ...rest]) =>
    (stars?.text === '*' || stars?.text === '**') && rest[1]?.text === ':' ? [parameterOf(rest, source)] : [],
  );
}

/** `name: annotation = default` */
function parameterOf(tokens: readonly Token[], source: string): PythonParameter {
  const [name, ...rest] = tokens as [Token, ...Token[]];
  const [before = [], fallback] = splitAt(rest, '=');
  const equals = rest.findIndex((_, at) => at === before.length);
  const value = unwrapped(fallback === undefined ? [] : rest.slice(equals + 1));
  const annotation = before[0]?.text === ':' ? before.slice(1) : [];
  return {
    name: name.text,
    span: spanOf([name]),
    ...(annotation.length > 0 && { annotation: annotationOf(annotation, source) }),
    ...(value.length > 0 && { default: { value: valueOf(value, source), span: spanOf(value) } }),
  };
}

function annotationOf(all: readonly Token[], source: string): Annotation {
  const tokens = unwrapped(all);
  const [first] = tokens;
  const quoted = tokens.length === 1 && first !== undefined ? stringOf(first) : undefined;
  return { source: quoted ?? textOf(tokens, source), span: spanOf(tokens) };
}

function decoratorOf(tokens: readonly Token[], source: string): Decorator | undefined {
  if (tokens.length === 0) return undefined;
  const call = callOf(tokens);
  const name = call?.name ?? (isDotted(tokens) ? tokens.at(-1)?.text : undefined) ?? textOf(tokens, source);
  return { name, fields: call === undefined ? {} : argumentsOf(call.inside, source, 'named'), span: spanOf(tokens) };
}

/** Whether a body has a `yield` of its own. */
function yields(body: readonly LogicalLine[]): boolean {
  for (let at = 0; at < body.length;) {
    const { indent, tokens } = body[at] as LogicalLine;
    at += 1;
    if (tokens[0]?.text === 'class' || tokens[0]?.text === '@' || isFunction(tokens)) {
      while (at < body.length && (body[at] as LogicalLine).indent > indent) at += 1;
      continue;
    }
    const lambda = tokens.findIndex(({ kind, text }) => kind === 'name' && text === 'lambda');
    const own = lambda < 0 ? tokens : tokens.slice(0, lambda);
    if (own.some(({ kind, text }) => kind === 'name' && text === 'yield')) return true;
  }
  return false;
}

function spanOf(tokens: readonly Token[]): Span {
  const [first] = tokens;
  const last = tokens.at(-1);
  return {
    line: first?.line ?? 1,
    column: first?.column ?? 1,
    endLine: last?.endLine ?? 1,
    endColumn: last?.endColumn ?? 1,
  };
}
