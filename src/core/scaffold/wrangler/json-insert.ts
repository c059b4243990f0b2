/**
 * Adds properties to an object of JSONC as its author would: on lines of their own or within the line, with the indent,
 * line ending, spaces and trailing comma that the object has. A comment at the end of a line stays with its value.
 */
import type { Node } from 'jsonc-parser';
import { indentOf, lineEndingAt, startsLine, type Insertion } from './insertion';
import { colonOf, ownsLine, padOf, spansLines, triviaAfter, unitOf } from './json-layout';
import { endOf, propertiesOf } from './json-tree';

/** A property to be written: a plain value, or an object of such. */
export type NewProperty = readonly [name: string, value: string | boolean | readonly NewProperty[]];

/** How properties are written. */
interface Style {
  /** Before a property: a line ending with an indent, a space, or nothing. */
  readonly line: string;
  /** Line ending and indent of the closing brace; undefined: objects are written within the line. */
  readonly outer: string | undefined;
  /** One more level. */
  readonly unit: string;
  readonly colon: string;
  /** Behind a comma, within a line. */
  readonly space: string;
  /** Between the braces and what is in them, within a line. */
  readonly pad: string;
  /** Whether a comma stands behind the last one. */
  readonly trailing: boolean;
}

/** What adds properties behind the last one of an object. */
export function addProperties(
  text: string,
  object: Node,
  added: readonly NewProperty[],
  root: Node,
): readonly Insertion[] {
  return object.children?.length ? addBehind(text, object, added, root) : fillEmpty(text, object, added, root);
}

function addBehind(text: string, object: Node, added: readonly NewProperty[], root: Node): readonly Insertion[] {
  const properties = propertiesOf(object);
  const last = properties.at(-1);
  if (last === undefined) return [];
  const end = endOf(last.node);
  const after = triviaAfter(text, end, closeOf(object));
  const ownLine = startsLine(text, last.node.offset);
  const eol = lineEndingAt(text, last.node.offset);
  const unit = unitOf(text, object, root);
  const indent = ownLine ? indentOf(text, last.node.offset) : indentOf(text, object.offset) + unit;
  const colon = colonOf(text, last.key, last.value);
  const before = properties.at(-2);
  const gap = text.slice(before === undefined ? object.offset + 1 : endOf(before.node), last.node.offset);
  const space = colon.endsWith(' ') || /\s/.test(gap) ? ' ' : '';
  const sibling = properties.findLast(({ value }) => value.children?.length && value.type === 'object')?.value;
  const isFlat = !ownLine || (sibling !== undefined && !spansLines(text, sibling));
  const style: Style = {
    line: ownLine || after.isLineComment ? eol + indent : space,
    outer: isFlat ? undefined : eol + indent,
    unit,
    colon,
    space,
    pad: sibling === undefined || spansLines(text, sibling) ? space : padOf(text, sibling),
    trailing: after.comma !== undefined,
  };
  const rendered = added.map((property) => style.line + render(property, style)).join(',');
  // The property goes behind what is said about the value on its line; so does the comma within a line.
  const comma = style.trailing ? [] : [{ at: ownLine || after.isLineComment ? end : after.end, text: ',' }];
  return [...comma, { at: after.end, text: rendered + (style.trailing ? ',' : '') }];
}

function fillEmpty(text: string, object: Node, added: readonly NewProperty[], root: Node): readonly Insertion[] {
  const open = object.offset + 1;
  const close = closeOf(object);
  const inside = text.slice(open, close);
  const isBroken = inside.includes('\n');
  const isWithin = !isBroken && (inside !== '' || (object !== root && !ownsLine(text, object)));
  const eol = lineEndingAt(text, object.offset);
  const unit = unitOf(text, root, root);
  const base = isBroken ? indentOf(text, close) : indentOf(text, object.offset);
  // An empty object says nothing about its style; the file does.
  const properties = propertiesOf(root);
  const first = properties[0];
  const last = properties.at(-1);
  const colon = first === undefined ? ': ' : colonOf(text, first.key, first.value);
  const pad = colon.endsWith(' ') ? ' ' : '';
  const trailing = last !== undefined && triviaAfter(text, endOf(last.node), closeOf(root)).comma !== undefined;
  const style: Style = isWithin
    ? { line: pad, outer: undefined, unit, colon, space: pad, pad, trailing: false }
    : { line: eol + base + unit, outer: eol + base + unit, unit, colon, space: pad, pad, trailing };
  const rendered =
    added.map((property) => style.line + render(property, style)).join(',') + (style.trailing ? ',' : '');
  // Behind the comments, if there are any.
  const at = open + inside.trimEnd().length;
  if (isBroken) return [{ at, text: rendered }];
  return [{ at, text: rendered + (isWithin ? (at < close ? '' : pad) : eol + base) }];
}

function render([name, value]: NewProperty, style: Style): string {
  const key = JSON.stringify(name) + style.colon;
  if (typeof value !== 'object') return key + JSON.stringify(value);
  if (style.outer === undefined) {
    const inner = value.map((property) => render(property, style)).join(`,${style.space}`);
    return `${key}{${style.pad}${inner}${style.pad}}`;
  }
  const line = style.outer + style.unit;
  const inner = { ...style, line, outer: line };
  const rendered = value.map((property) => line + render(property, inner)).join(',');
  return `${key}{${rendered}${style.trailing ? ',' : ''}${style.outer}}`;
}

/** Where the brace that closes an object stands. */
function closeOf(object: Node): number {
  return endOf(object) - 1;
}
