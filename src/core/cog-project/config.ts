/**
 * `cog.yaml` with the place of everything in it.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type Pair } from 'yaml';
import type { FixEdit, Span } from './problem';

/** The file's name. */
export const CONFIG = 'cog.yaml';

/** An entry of a mapping. */
export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Node | undefined;
  /** Of the value; of the key where there is none. */
  readonly valueSpan: Span;
  /** All of its lines, for taking it away. */
  readonly lines: Span;
}

/** Merges within merges that are followed. */
const DEEPEST = 10;

const isFirst = (key: string, all: readonly Entry[], at: number): boolean =>
  all.findIndex((one) => one.key === key) === at;

/** A parsed configuration. */
export class CogConfig {
  readonly #lines = new LineCounter();
  readonly #document: Document.Parsed;

  constructor(readonly text: string) {
    this.#document = parseDocument(text, { lineCounter: this.#lines, uniqueKeys: true, prettyErrors: false });
  }

  /** What the parser refuses. */
  get errors(): readonly { readonly message: string; readonly span: Span }[] {
    return this.#document.errors.map(({ message, pos: [start, end] }) => ({
      message: message.split('\n')[0] ?? '',
      span: this.spanOf(start, Math.max(end, start + 1)),
    }));
  }

  /** Undefined: the file is empty. */
  get root(): Node | undefined {
    return this.#document.contents ?? undefined;
  }

  /** What an alias stands for. */
  resolve(node: Node | null | undefined): Node | undefined {
    if (!isAlias(node)) return node ?? undefined;
    return node.resolve(this.#document);
  }

  /** The entries of a mapping, and those that are merged into it (`<<`); none of anything else. */
  entries(node: Node | undefined, depth = 0): readonly Entry[] {
    const map = this.resolve(node);
    if (!isMap(map) || depth > DEEPEST) return [];
    const pairs = map.items as Pair<Node, Node | null>[];
    const own = pairs.flatMap((pair) => this.#entryOf(pair) ?? []);
    const merged = pairs
      .filter(({ key }) => this.scalar(key) === '<<')
      .flatMap(({ value }) => {
        const from = this.resolve(value);
        return isSeq(from) ? (from.items as Node[]) : [from];
      })
      .flatMap((from) => this.entries(from, depth + 1));
    return [...own, ...merged.filter(({ key }, at) => isFirst(key, merged, at) && !own.some((one) => one.key === key))];
  }

  entry(node: Node | undefined, key: string): Entry | undefined {
    return this.entries(node).find((one) => one.key === key);
  }

  /** Items of a list; none of anything else. */
  items(node: Node | undefined): readonly Node[] {
    const list = this.resolve(node);
    return isSeq(list) ? (list.items as Node[]) : [];
  }

  /** The value of a scalar. */
  scalar(node: Node | undefined): unknown {
    const resolved = this.resolve(node);
    return isScalar(resolved) ? resolved.value : undefined;
  }

  /** True or false in one of YAML's words for it; undefined for everything else. */
  boolean(node: Node | undefined): boolean | undefined {
    const value = this.scalar(node);
    if (typeof value === 'boolean') return value;
    const [, yes] = /^(?:(y|yes|on)|n|no|off)$/i.exec(typeof value === 'string' ? value : '') ?? ['', null];
    return yes === null ? undefined : yes !== undefined;
  }

  /** A text; undefined for everything else. */
  string(node: Node | undefined): string | undefined {
    const value = this.scalar(node);
    return typeof value === 'string' ? value : undefined;
  }

  /** As it is written. */
  sourceOf(node: Node): string {
    const [start, end] = node.range ?? [0, 0];
    return this.text.slice(start, end);
  }

  nodeSpan(node: Node): Span {
    const [start, end] = node.range ?? [0, 0];
    return this.spanOf(start, Math.max(end, start));
  }

  /** The first characters of the file, for what is missing in it. */
  get start(): Span {
    return { line: 1, column: 1, endLine: 1, endColumn: Math.max(2, (this.text.split(/\r?\n/)[0] ?? '').length + 1) };
  }

  replace(span: Span, text: string): FixEdit {
    return { kind: 'replace', file: CONFIG, span, text };
  }

  spanOf(start: number, end: number): Span {
    const from = this.#lines.linePos(start);
    const to = this.#lines.linePos(Math.min(end, this.text.length));
    return { line: from.line, column: from.col, endLine: to.line, endColumn: to.col };
  }

  #entryOf({ key, value }: Pair<Node, Node | null>): Entry | undefined {
    const name = this.scalar(key);
    if (!key.range || name === '<<' || (typeof name !== 'string' && typeof name !== 'number')) return undefined;
    const [start, keyEnd] = key.range;
    const span = value?.range ? this.spanOf(value.range[0], Math.max(value.range[1], value.range[0])) : undefined;
    const keySpan = this.spanOf(start, keyEnd);
    const end = value?.range?.[2] ?? keyEnd;
    const lineStart = this.text.lastIndexOf('\n', start - 1) + 1;
    const next = this.text.indexOf('\n', Math.max(start, end - 1));
    const lines = this.spanOf(lineStart, next < 0 ? this.text.length : next + 1);
    return { key: String(name), keySpan, value: value ?? undefined, valueSpan: span ?? keySpan, lines };
  }
}
