/**
 * Markdown to HTML text, one block or one whole answer at a time.
 *
 * `marked` reads the text; everything it may emit is decided here. Raw HTML in the text is never HTML: it stays
 * visible as characters. Two rules of `marked` are narrowed so that a block, once followed by another block, can not
 * change any more when text is added (the condition for streaming): a reference definition is one line, and a setext
 * heading does not reach over a list that already interrupted its paragraph.
 */
import {
  Lexer,
  Parser,
  Renderer,
  Tokenizer,
  type Links,
  type MarkedOptions,
  type Token,
  type Tokens,
  type TokensList,
} from 'marked';

class BlockTokenizer extends Tokenizer {
  override html(): undefined {
    return undefined;
  }

  override def(src: string): Tokens.Def | undefined {
    const end = src.indexOf('\n');
    return super.def(end < 0 ? src : src.slice(0, end));
  }

  override lheading(src: string): Tokens.Heading | undefined {
    const underlined = this.rules.block.lheading.exec(src);
    if (!underlined) return undefined;
    const paragraph = this.rules.block.paragraph.exec(src);
    return paragraph && paragraph[0].length >= (underlined[1] ?? '').length ? super.lheading(src) : undefined;
  }

  // `<br>` is the one tag that models need (line breaks in table cells) and that can do nothing else.
  override tag(src: string): Tokens.Tag | undefined {
    const found = /^<br ?\/?>/i.exec(src);
    return found ? ({ type: 'br', raw: found[0] } as unknown as Tokens.Tag) : undefined;
  }
}

/** Levels of lists and quotes; deeper ones are text. Without an end to it, `>>>>…` would exhaust the stack. */
const MAX_DEPTH = 24;

class BlockLexer extends Lexer {
  private depth = 0;

  override blockTokens(src: string, tokens?: Token[], lastParagraphClipped?: boolean): Token[];
  override blockTokens(src: string, tokens?: TokensList, lastParagraphClipped?: boolean): TokensList;
  override blockTokens(src: string, tokens: Token[] = [], lastParagraphClipped = false): Token[] {
    if (this.depth >= MAX_DEPTH) {
      tokens.push({ type: 'paragraph', raw: src, text: src, tokens: this.inline(src) });
      return tokens;
    }
    this.depth++;
    super.blockTokens(src, tokens, lastParagraphClipped);
    this.depth--;
    return tokens;
  }
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** Keeps character references (`&amp;`) as they are, escapes everything else. */
function escapeText(text: string): string {
  return text
    .replace(/&(?!(?:#\d{1,7}|#[Xx][a-fA-F0-9]{1,6}|\w+);)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

/** The first word of a code fence's info string, when it can be a language name; empty otherwise. */
function languageOf(info: string | undefined): string {
  return /^[\w+#.-]{1,30}(?![^\s,{:])/.exec(info ?? '')?.[0].toLowerCase() ?? '';
}

class BlockRenderer extends Renderer {
  override space(): string {
    return '';
  }

  override html({ text }: Tokens.HTML | Tokens.Tag): string {
    return escapeHtml(text);
  }

  override text(token: Tokens.Text | Tokens.Escape): string {
    return 'tokens' in token && token.tokens ? this.parser.parseInline(token.tokens) : escapeText(token.text);
  }

  override codespan({ text }: Tokens.Codespan): string {
    return `<code>${escapeHtml(text)}</code>`;
  }

  override code({ text, lang }: Tokens.Code): string {
    const language = languageOf(lang);
    const name = language ? ` class="language-${escapeHtml(language)}"` : '';
    return `<pre><code${name}>${escapeHtml(text.replace(/\n$/, ''))}\n</code></pre>`;
  }

  // The page's own outline uses h1 and h2; the look follows the author's level.
  override heading({ tokens, depth }: Tokens.Heading): string {
    const level = Math.min(6, depth + 2);
    return `<h${level} class="md-h${depth}">${this.parser.parseInline(tokens)}</h${level}>`;
  }

  override paragraph({ tokens }: Tokens.Paragraph): string {
    return `<p>${this.parser.parseInline(tokens).trimEnd()}</p>`;
  }

  override blockquote({ tokens }: Tokens.Blockquote): string {
    return `<blockquote>${this.parser.parse(tokens)}</blockquote>`;
  }

  override hr(): string {
    return '<hr>';
  }

  override br(): string {
    return '<br>';
  }

  override list(list: Tokens.List): string {
    const items = list.items.map((item) => this.listitem(item)).join('');
    if (!list.ordered) return `<ul>${items}</ul>`;
    return `<ol${list.start === 1 || list.start === '' ? '' : ` start="${list.start}"`}>${items}</ol>`;
  }

  override listitem(item: Tokens.ListItem): string {
    const name = item.task ? ' class="md-task"' : '';
    return `<li${name}>${this.parser.parse(item.tokens)}</li>`;
  }

  override checkbox({ checked }: Tokens.Checkbox): string {
    const [glyph, label] = checked ? ['☑', 'done'] : ['☐', 'to do'];
    return `<span class="md-box" role="img" aria-label="${label}">${glyph}</span> `;
  }

  override table({ header, rows }: Tokens.Table): string {
    const head = header.map((cell) => this.tablecell(cell)).join('');
    const body = rows.map((row) => `<tr>${row.map((cell) => this.tablecell(cell)).join('')}</tr>`).join('');
    return `<table><thead><tr>${head}</tr></thead>${body ? `<tbody>${body}</tbody>` : ''}</table>`;
  }

  override tablecell({ tokens, header, align }: Tokens.TableCell): string {
    const name = align ? ` class="md-${align}"` : '';
    const text = this.parser.parseInline(tokens);
    return header ? `<th scope="col"${name}>${text}</th>` : `<td${name}>${text}</td>`;
  }

  override link({ href, tokens, autolink }: Tokens.Link): string {
    const text = this.parser.parseInline(tokens);
    const target = autolink ? escapeHtml(href) : escapeText(href);
    return /^https:/i.test(href) ? `<a href="${target}">${text}</a>` : text;
  }

  // A remote picture would tell its server that the answer was read, so it is only named.
  override image({ href, text }: Tokens.Image): string {
    const label = `<span class="md-image">${escapeText(text || 'image')}</span>`;
    return /^https:/i.test(href) ? `<a href="${escapeText(href)}">${label}</a>` : label;
  }
}

const OPTIONS: MarkedOptions = {
  gfm: true,
  // Models end lines on purpose (verse, addresses, raw HTML shown as text): one newline is one line break.
  breaks: true,
  tokenizer: new BlockTokenizer(),
  renderer: new BlockRenderer(),
};

/** Link targets by normalised label, as collected from reference definitions (`[label]: https://…`). */
export type Definitions = Links;

/** No definitions yet; without a prototype, so that no label can meet an inherited name. */
export function noDefinitions(): Definitions {
  return Object.create(null) as Definitions;
}

/** Top-level block tokens of `text`, without their inline content (cheap). `text` has `\n` line ends. */
export function lexBlocks(text: string): Token[] {
  return new BlockLexer(OPTIONS).blockTokens(text);
}

/**
 * HTML text of `text` (`\n` line ends). Reference links are resolved with `definitions`, and definitions found in
 * `text` are added to it; the first definition of a label wins. The result still has to be sanitised.
 */
export function toHtml(text: string, definitions: Definitions): string {
  const lexer = new BlockLexer(OPTIONS);
  lexer.tokens.links = definitions;
  return new Parser(OPTIONS).parse(lexer.lex(text));
}

/** The label of a reference in the form in which labels are compared: one case, single spaces. */
function normaliseLabel(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase().toLowerCase();
}

/**
 * Labels that `text` may refer to and that `definitions` does not know. A block with such labels is rendered again
 * when a later block defines one of them. May hold labels that are no reference at all (`[x]` in code).
 * The text of an inline link (`[x](https://…)`) is none.
 */
export function openLabels(text: string, definitions: Definitions): Set<string> {
  const labels = new Set<string>();
  for (const found of text.matchAll(/(\]?)\[((?:\\[\s\S]|[^[\]\\])+)\](\([^()\s<>\\]*\))?/g)) {
    const [, before, text, target] = found;
    if (!before && target) continue;
    const label = normaliseLabel(text ?? '');
    if (label && !Object.hasOwn(definitions, label)) labels.add(label);
  }
  return labels;
}
