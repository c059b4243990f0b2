/**
 * JSONC as a tree with offsets. `wrangler.json` is read the same way as `wrangler.jsonc`: with comments and trailing
 * commas (scaffolding.md 1.2).
 */
import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { Refusal } from './ai-edit';
import { placeAt } from './insertion';

/** Deeper than any configuration, and shallow enough for every stack. */
const MAX_DEPTH = 500;

/** What the parser's codes mean. */
const REASONS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'something here is neither a value nor a quoted text',
  InvalidNumberFormat: 'this is not a number',
  PropertyNameExpected: 'a name in double quotes is missing',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing } is missing',
  CloseBracketExpected: 'a closing ] is missing',
  EndOfFileExpected: 'something stands after the end',
  UnexpectedEndOfComment: 'a comment is not closed',
  UnexpectedEndOfString: 'a text is not closed',
  InvalidUnicode: 'four hexadecimal digits must follow \\u',
  InvalidEscapeCharacter: 'no such escape sequence exists',
  InvalidCharacter: 'a text holds a control character, which must be escaped',
};

/** The root object of a text without a byte order mark, or the first thing that is wrong with it. Never throws. */
export function jsonTree(text: string): { readonly ok: true; readonly root: Node } | Refusal {
  const errors: ParseError[] = [];
  let root: Node | undefined;
  try {
    root = parseTree(text, errors, { allowTrailingComma: true });
    if (root !== undefined) checkDepth(root, 0);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, reason: 'This JSON is nested too deeply to be read.' };
  }
  const [error] = errors;
  if (error !== undefined) {
    const reason = REASONS[printParseErrorCode(error.error)] ?? 'it cannot be read from here on';
    return {
      ok: false,
      reason: `This is not valid JSON: ${reason}.`,
      place: placeAt(text, error.offset),
    };
  }
  if (root?.type !== 'object') {
    return {
      ok: false,
      reason: 'A configuration must be an object: { … }.',
      place: { line: 1, column: 1 },
    };
  }
  return { ok: true, root };
}

function checkDepth(node: Node, depth: number): void {
  if (depth > MAX_DEPTH) throw new RangeError('too deep');
  for (const child of node.children ?? []) checkDepth(child, depth + 1);
}

/** The value of a node. Of a key that stands twice the last one counts, as for wrangler; `__proto__` is a key like others. */
export function valueOf(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map((child) => valueOf(child));
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(propertiesOf(node).map(({ name, value }) => [name, valueOf(value)]));
}

/** A key of an object with its value. */
export interface Property {
  readonly name: string;
  readonly node: Node;
  readonly key: Node;
  readonly value: Node;
}

/** The keys of an object, in order. */
export function propertiesOf(object: Node): readonly Property[] {
  return (object.children ?? []).flatMap((node) => {
    const [key, value] = node.children ?? [];
    return key === undefined || value === undefined ? [] : [{ name: String(key.value), node, key, value }];
  });
}

/** Where a node ends. */
export function endOf({ offset, length }: Node): number {
  return offset + length;
}
