/**
 * Reads a wrangler configuration as data, the way wrangler does: JSONC for `.json` and `.jsonc`, TOML by the parser that
 * wrangler uses (scaffolding.md 1.6).
 */
import { parse, TomlError } from 'smol-toml';
import type { ConfigFormat, ParsedConfig } from './ai-edit';
import { splitMark } from './insertion';
import { jsonTree, valueOf } from './json-tree';

/**
 * Parses a configuration, which may begin with a byte order mark. Never throws: what is wrong comes with the place of the
 * first error. Of a JSON key that stands twice the last one counts; TOML allows none.
 */
export function parseConfig(text: string, format: ConfigFormat): ParsedConfig {
  const { body } = splitMark(text);
  return format === 'toml' ? parseToml(body) : parseJson(body);
}

/** The format that the name of a file stands for; undefined when wrangler does not read such a file. */
export function formatOf(path: string): ConfigFormat | undefined {
  return /(?:^|\/)wrangler\.(jsonc?|toml)$/.exec(path)?.[1] as ConfigFormat | undefined;
}

function parseJson(text: string): ParsedConfig {
  const tree = jsonTree(text);
  return tree.ok ? { ok: true, data: valueOf(tree.root) as Record<string, unknown> } : tree;
}

function parseToml(text: string): ParsedConfig {
  try {
    return { ok: true, data: parse(text) };
  } catch (error) {
    if (!(error instanceof TomlError)) return { ok: false, reason: 'This TOML cannot be read.' };
    const [message = ''] = error.message.split('\n');
    const reason = message.replace(/^Invalid TOML document: /, '').replace(/\.+$/, '');
    const place = { line: error.line, column: error.column };
    return { ok: false, reason: `This is not valid TOML: ${reason}.`, place };
  }
}
