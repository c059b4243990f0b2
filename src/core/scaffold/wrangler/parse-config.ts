/**
 * Reads a wrangler configuration as data, the way wrangler does: JSONC for `.json` and `.jsonc`, TOML by the same parser.
 */
import { getNodeValue, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { parse as parseTomlText, TomlError } from 'smol-toml';
import type { Place } from '../plan';
import type { ConfigFormat, ParsedConfig } from './ai-edit';

/** Parses a configuration; a byte order mark may stand before it. Never throws. */
export function parseConfig(text: string, format: ConfigFormat): ParsedConfig {
  return format === 'toml' ? parseToml(text) : parseJsonc(text);
}

/** The format that the name of a file stands for; undefined when wrangler does not read such a file. */
export function formatOf(path: string): ConfigFormat | undefined {
  const extension = /(?:^|\/)wrangler\.(jsonc?|toml)$/.exec(path)?.[1];
  return extension as ConfigFormat | undefined;
}

/** The syntax tree of JSONC with comments and trailing commas, or the first thing that is wrong with it. */
export function jsoncTree(
  text: string,
): { readonly ok: true; readonly root: Node } | Extract<ParsedConfig, { ok: false }> {
  const errors: ParseError[] = [];
  // A mark is one character that no JSON has; a space in its place keeps all offsets.
  const root = parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) {
    const what = wordsOf(printParseErrorCode(error.error));
    return { ok: false, reason: `This is not valid JSON: ${what}.`, place: placeOf(text, error.offset) };
  }
  if (root?.type !== 'object') return { ok: false, reason: 'The configuration must be an object: { … }.' };
  return { ok: true, root };
}

function parseJsonc(text: string): ParsedConfig {
  const tree = jsoncTree(text);
  return tree.ok ? { ok: true, data: getNodeValue(tree.root) as Record<string, unknown> } : tree;
}

function parseToml(text: string): ParsedConfig {
  try {
    return { ok: true, data: parseTomlText(text.replace(/^\uFEFF/, '')) };
  } catch (error) {
    if (!(error instanceof TomlError)) return { ok: false, reason: 'This is not valid TOML.' };
    const [what = ''] = error.message.split('\n');
    return {
      ok: false,
      reason: `This is not valid TOML: ${what.replace(/^Invalid TOML document: /, '')}.`,
      place: { line: error.line, column: error.column },
    };
  }
}

/** `CommaExpected` as `comma expected`. */
function wordsOf(code: string): string {
  return code.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

/** Where an offset of a text lies. */
export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const start = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
  return { line: before.split(/\r\n|\r|\n/).length, column: offset - start + 1 };
}
