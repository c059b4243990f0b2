/**
 * Most chunks of a stream repeat the one before but for a few characters of text: the same id, model and braces each
 * time. Reading them as JSON again and again costs more than all the rest, so this learns the pattern of a chunk once
 * and from then on takes only the text out of chunks that follow it.
 */
import type { RunEvent } from '../run/events';

/** The kinds of chunk worth learning. */
export type Delta = Extract<RunEvent, { type: 'text' | 'reasoning' }>;

/** What surrounds the text of a chunk. */
interface Pattern {
  readonly kind: Delta['type'];
  readonly name: string | undefined;
  /** The chunk up to and including the quote before the text. */
  readonly head: string;
  /** The chunk from the quote after the text. */
  readonly tail: string;
}

/** Learning costs one more decoding; streams whose every chunk is different are given up after this many. */
const MAX_LESSONS = 8;

/** Stands for any text while a pattern is tried. No server sends it. */
const PROBE = '\u{f8ff} probe \u{f8ff}';

/** Characters that end or escape a JSON string: such text is read as JSON. */
// eslint-disable-next-line no-control-regex
const NOT_LITERAL = /["\\\u0000-\u001f]/;

/** The pattern of one stream's chunks. */
export class Repetition {
  private pattern: Pattern | undefined;
  private lessons = 0;

  /** `decode` reads a chunk apart from the answer and returns what it said if that was one delta and nothing else. */
  constructor(private readonly decode: (name: string | undefined, data: string) => Delta | undefined) {}

  /** Kind of the chunks that follow the pattern. */
  get kind(): Delta['type'] | undefined {
    return this.pattern?.kind;
  }

  /** The text of a chunk that follows the pattern; undefined when it does not. */
  textOf(name: string | undefined, data: string): string | undefined {
    const { pattern } = this;
    if (!pattern || name !== pattern.name) return undefined;
    const { head, tail } = pattern;
    const end = data.length - tail.length;
    // Head and tail of a shorter chunk could overlap. Comparing slices is several times faster in V8 than `startsWith`.
    if (end < head.length || data.slice(0, head.length) !== head || data.slice(end) !== tail) return undefined;
    const text = data.slice(head.length, end);
    return NOT_LITERAL.test(text) ? undefined : text;
  }

  /**
   * Takes `delta`, which `data` was found to say, as an example. The pattern is kept only when any other text in the
   * same place is proven to be read as that text.
   */
  learn(name: string | undefined, data: string, delta: Delta): void {
    if (this.lessons === MAX_LESSONS) return;
    this.lessons += 1;
    const quoted = JSON.stringify(delta.text);
    const at = data.indexOf(quoted);
    if (at < 0) return;
    const head = data.slice(0, at + 1);
    const tail = data.slice(at + quoted.length - 1);
    const proof = this.decode(name, head + PROBE + tail);
    if (proof?.type === delta.type && proof.text === PROBE) this.pattern = { kind: delta.type, name, head, tail };
  }
}
