/**
 * Adds an `ai` block, or what it lacks, to JSONC. `jsonc-parser`'s own `modify` moves a comment of the same line onto the
 * new value (scaffolding.md 1.6), so only its tree is used.
 */
import { findNodeAtLocation, type Node } from 'jsonc-parser';
import type { AiEdit, Edited } from './ai-edit';
import { indentBefore, insertAll, lineEnd, lineEndingAt, type Insertion } from './insertion';
import { jsoncTree, placeOf } from './parse-config';

/** Adds what one edit names. The text must be valid. */
export function editJsonc(text: string, { at, add }: AiEdit): Edited {
  const tree = jsoncTree(text);
  if (!tree.ok) return tree;
  const fields = Object.entries(add);
  const owner = at.length === 0 ? tree.root : findNodeAtLocation(tree.root, [...at]);
  if (owner?.type !== 'object') {
    return refused(text, owner ?? tree.root, `"${at.join('.')}" is not an object here, so nothing can be added to it.`);
  }
  const twice = [...at.keys(), at.length].map((depth) => duplicateOn(tree.root, [...at, 'ai'].slice(0, depth + 1)));
  const duplicate = twice.find((node) => node !== undefined);
  if (duplicate !== undefined) {
    return refused(text, duplicate, 'The same key stands here twice. Remove one of them first.');
  }
  const ai = findNodeAtLocation(owner, ['ai']);
  const style = styleOf(text, tree.root);
  if (ai === undefined) {
    return {
      ok: true,
      text: addProperty(text, owner, (place) => `"ai":${style.gap}${block(fields, place, style)}`, style),
    };
  }
  if (ai.type !== 'object') return refused(text, ai, '"ai" must be an object: { "binding": "AI" }.');
  let result = text;
  for (const [name, value] of fields) {
    const now = jsoncTree(result);
    const node = now.ok ? findNodeAtLocation(now.root, [...at, 'ai']) : undefined;
    if (node === undefined) return refused(text, ai, '"ai" cannot be completed here.');
    if (findNodeAtLocation(node, [name]) !== undefined) continue;
    result = addProperty(result, node, () => pair(name, value, style), style);
  }
  return { ok: true, text: result };
}

/** How the file is written. */
interface Style {
  /** One level of indentation. */
  readonly unit: string;
  /** What stands after a colon. */
  readonly gap: string;
  /** Properties stand on lines of their own. */
  readonly lines: boolean;
}

/** Where a property goes: with an indentation on a line of its own, or among others. */
interface PropertyPlace {
  readonly indent: string | undefined;
  readonly newline: string;
}

function styleOf(text: string, root: Node): Style {
  const properties = root.children ?? [];
  const indents = properties.map(({ offset }) => indentBefore(text, offset));
  const unit = indents.find((indent) => indent !== undefined && indent !== '');
  const spaced = properties[0] === undefined || /^\s*:\s/.test(text.slice(endOf(properties[0].children?.[0])));
  const lines = properties.length === 0 ? text.trim().length <= 3 || text.includes('\n') : indents.at(-1) !== undefined;
  return { unit: unit ?? '  ', gap: spaced ? ' ' : '', lines };
}

function pair(name: string, value: unknown, { gap }: Style): string {
  return `${JSON.stringify(name)}:${gap}${JSON.stringify(value)}`;
}

/** The object of an `ai` key. */
function block(fields: readonly [string, unknown][], { indent, newline }: PropertyPlace, style: Style): string {
  const pairs = fields.map(([name, value]) => pair(name, value, style));
  if (indent === undefined) return `{${style.gap}${pairs.join(`,${style.gap}`)}${style.gap}}`;
  const line = `${newline}${indent}${style.unit}`;
  return `{${line}${pairs.join(`,${line}`)}${newline}${indent}}`;
}

/** Puts a property behind the last one of an object, in its style. */
function addProperty(text: string, object: Node, render: (place: PropertyPlace) => string, style: Style): string {
  const last = object.children?.at(-1);
  return insertAll(
    text,
    last === undefined ? intoEmpty(text, object, render, style) : behind(text, object, last, render),
  );
}

function intoEmpty(
  text: string,
  object: Node,
  render: (place: PropertyPlace) => string,
  style: Style,
): readonly Insertion[] {
  const close = object.offset + object.length - 1;
  const inside = text.slice(object.offset + 1, close);
  const newline = lineEndingAt(text, object.offset);
  const outer =
    /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', object.offset - 1) + 1).replace(/^\uFEFF/, ''))?.[0] ?? '';
  const place = { indent: outer + style.unit, newline };
  if (inside.trim() === '' && !inside.includes('\n')) {
    if (!style.lines) {
      const at = object.offset + 1;
      return [{ at, text: `${style.gap}${render({ indent: undefined, newline })}${inside === '' ? style.gap : ''}` }];
    }
    return [{ at: close, text: `${newline}${place.indent}${render(place)}${newline}${outer}` }];
  }
  // Comments, or an empty line: the property comes last, before the line of the brace.
  const content = object.offset + 1 + inside.trimEnd().length;
  const own = `${newline}${place.indent}${render(place)}`;
  return [{ at: content, text: text.slice(content, close).includes('\n') ? own : `${own}${newline}${outer}` }];
}

function behind(
  text: string,
  object: Node,
  last: Node,
  render: (place: PropertyPlace) => string,
): readonly Insertion[] {
  const value = last.offset + last.length;
  const comma = commaAfter(text, value);
  const newline = lineEndingAt(text, last.offset);
  const indent = indentBefore(text, last.offset);
  const trivia = endOfTrivia(text, comma === undefined ? value : comma + 1);
  const added: Insertion[] = comma === undefined ? [{ at: value, text: ',' }] : [];
  const habit = comma === undefined ? '' : ',';
  if (indent !== undefined) {
    return [...added, { at: trivia.end, text: `${newline}${indent}${render({ indent, newline })}${habit}` }];
  }
  if (trivia.endsLine) {
    const outer = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', last.offset) + 1))?.[0] ?? '';
    const place = { indent: undefined, newline };
    return [...added, { at: trivia.end, text: `${newline}${outer}${render(place)}${habit}` }];
  }
  const before = object.children?.at(-2);
  const space =
    before === undefined ? text.slice(object.offset + 1, last.offset) : text.slice(endOf(before), last.offset);
  const gap = /\s/.test(space) || (space.trim() !== ',' && before !== undefined) ? ' ' : '';
  return [...added, { at: trivia.end, text: `${gap}${render({ indent: undefined, newline })}${habit}` }];
}

const BETWEEN = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const BLOCKS_OF_LINE = /(?:[ \t]*\/\*[\s\S]*?\*\/)*/y;
const LINE_COMMENT = /[ \t]*\/\//y;

/** Where a comma follows, behind comments as well. */
function commaAfter(text: string, from: number): number | undefined {
  const at = skip(text, BETWEEN, from);
  return text[at] === ',' ? at : undefined;
}

/** The end of the comments that follow on the same line, and whether the last is one that only a new line ends. */
function endOfTrivia(text: string, from: number): { readonly end: number; readonly endsLine: boolean } {
  const end = skip(text, BLOCKS_OF_LINE, from);
  const endsLine = skip(text, LINE_COMMENT, end) > end;
  return { end: endsLine ? lineEnd(text, end) : end, endsLine };
}

function skip(text: string, what: RegExp, from: number): number {
  what.lastIndex = from;
  return from + (what.exec(text)?.[0].length ?? 0);
}

/** A property on a way of keys that has a namesake beside it. */
function duplicateOn(root: Node, path: readonly string[]): Node | undefined {
  const owner = path.length === 1 ? root : findNodeAtLocation(root, path.slice(0, -1));
  const names = (owner?.children ?? []).filter(({ children }) => children?.[0]?.value === path.at(-1));
  return names[1];
}

const endOf = (node: Node | undefined): number => (node === undefined ? 0 : node.offset + node.length);

function refused(text: string, { offset }: Node, reason: string): Edited {
  return { ok: false, reason, place: placeOf(text, offset) };
}
