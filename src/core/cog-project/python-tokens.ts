/**
 * Python source as tokens in logical lines: as much of the grammar as telling statements apart needs. Never throws; what is
 * not finished ends where the source does.
 */

/** A token. Lines and columns count from 1, columns in UTF-16 units; the end is behind the last character. */
export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'sign';
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Places in the source, UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** A statement, or the head of one, without its line end. Lines within brackets are one. */
export interface LogicalLine {
  /** Columns of white space before it; tabs count to the next multiple of eight, as Python has it. */
  readonly indent: number;
  /** At least one. */
  readonly tokens: readonly Token[];
}

const NAME = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*/uy;
const NUMBER = /(?:0[xXoObB][\da-fA-F_]+|(?:\d[\d_]*)?\.?\d[\d_]*\.?(?:[eE][+-]?\d[\d_]*)?)[jJ]?/y;
const STRING = /(?:[rRbBuUfFtT]{0,3})(?:'''|"""|'|")/y;
const SIGN = /\*\*=|\/\/=|>>=|<<=|\.\.\.|:=|->|\*\*|\/\/|>>|<<|<=|>=|==|!=|[+\-*/%@&|^]=|./suy;

/** Takes a source apart. */
export function logicalLines(source: string): readonly LogicalLine[] {
  return new Tokenizer(source).lines();
}

class Tokenizer {
  private at = 0;
  private line = 1;
  private lineStart = 0;
  private depth = 0;
  private tokens: Token[] = [];
  private indent = 0;
  private readonly found: LogicalLine[] = [];

  constructor(private readonly source: string) {
    // A byte order mark is no part of the first line.
    if (source.startsWith('\uFEFF')) this.at = this.lineStart = 1;
  }

  lines(): readonly LogicalLine[] {
    this.readIndent();
    while (this.at < this.source.length) this.step();
    this.endLine();
    return this.found;
  }

  private step(): void {
    const { source } = this;
    const character = source[this.at] ?? '';
    if (character === '\n' || character === '\r') {
      this.passLineEnd();
      if (this.depth > 0) return;
      this.endLine();
      this.readIndent();
    } else if (character === '\\' && /^\\(?:\r\n|\r|\n)/.test(source.slice(this.at, this.at + 3))) {
      this.at += 1;
      this.passLineEnd();
    } else if (character === '#') {
      while (this.at < source.length && !/[\r\n]/.test(source[this.at] ?? '')) this.at += 1;
    } else if (/\s/.test(character)) {
      this.at += 1;
    } else {
      this.readToken();
    }
  }

  private readToken(): void {
    const start = this.at;
    const { line } = this;
    const column = start - this.lineStart + 1;
    const opening = this.match(STRING);
    let kind: Token['kind'];
    if (opening !== undefined) {
      kind = 'string';
      this.passString(opening);
    } else if (this.match(NAME) !== undefined) kind = 'name';
    else if (this.match(NUMBER) !== undefined) kind = 'number';
    else {
      kind = 'sign';
      const sign = this.match(SIGN) ?? '';
      if ('([{'.includes(sign)) this.depth += 1;
      if (')]}'.includes(sign)) this.depth = Math.max(0, this.depth - 1);
    }
    const text = this.source.slice(start, this.at);
    const endColumn = this.at - this.lineStart + 1;
    this.tokens.push({ kind, text, line, column, endLine: this.line, endColumn, start, end: this.at });
  }

  /** What a pattern finds here, which is passed over. */
  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [text] = pattern.exec(this.source) ?? [];
    if (text === undefined || text === '') return undefined;
    this.at += text.length;
    return text;
  }

  /** To the end of a string whose opening was read: of one line unless it has three quotes. */
  private passString(opening: string): void {
    const { source } = this;
    const quote = /(?:'''|"""|'|")$/.exec(opening)?.[0] ?? "'";
    const isFormat = /[fFtT]/.test(opening);
    let braces = 0;
    while (this.at < source.length) {
      const character = source[this.at] ?? '';
      if (character === '\n' || character === '\r') {
        if (quote.length === 1 && braces === 0) return;
        this.passLineEnd();
      } else if (character === '\\') {
        this.at += 1;
        if (/[\r\n]/.test(source[this.at] ?? '')) this.passLineEnd();
        else this.at += 1;
      } else if (isFormat && character === '{') {
        const isDoubled = source[this.at + 1] === '{' && braces === 0;
        this.at += isDoubled ? 2 : 1;
        if (!isDoubled) braces += 1;
      } else if (isFormat && character === '}' && braces > 0) {
        this.at += 1;
        braces -= 1;
      } else if (braces === 0 && source.startsWith(quote, this.at)) {
        this.at += quote.length;
        return;
      } else if (braces > 0) {
        // Since Python 3.12 the quotes of the string itself may stand within.
        const inner = this.match(STRING);
        if (inner === undefined) this.at += 1;
        else this.passString(inner);
      } else {
        this.at += 1;
      }
    }
  }

  private passLineEnd(): void {
    this.at += this.source.startsWith('\r\n', this.at) ? 2 : 1;
    this.line += 1;
    this.lineStart = this.at;
  }

  private readIndent(): void {
    this.indent = 0;
    for (;;) {
      const character = this.source[this.at];
      if (character === ' ') this.indent += 1;
      else if (character === '\t') this.indent = (Math.floor(this.indent / 8) + 1) * 8;
      else if (character === '\f') this.indent = 0;
      else return;
      this.at += 1;
    }
  }

  /** Statements on one line are told apart by semicolons. */
  private endLine(): void {
    const { tokens, indent } = this;
    this.tokens = [];
    this.depth = 0;
    let depth = 0;
    let part: Token[] = [];
    for (const token of tokens) {
      if (token.kind === 'sign' && '([{'.includes(token.text)) depth += 1;
      if (token.kind === 'sign' && ')]}'.includes(token.text)) depth -= 1;
      if (token.text === ';' && depth === 0) {
        if (part.length > 0) this.found.push({ indent, tokens: part });
        part = [];
      } else part.push(token);
    }
    if (part.length > 0) this.found.push({ indent, tokens: part });
  }
}
