import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AiEdit, ConfigFormat } from '../../../../../src/core/scaffold/wrangler/ai-edit';
import { editConfig } from '../../../../../src/core/scaffold/wrangler/edit-config';
import { parseConfig } from '../../../../../src/core/scaffold/wrangler/parse-config';
import { tidyJsonc, toml, wildJsonc, type ConfigFile } from './config-files';

type Data = Record<string, unknown>;

function dataOf(text: string, format: ConfigFormat): Data {
  const parsed = parseConfig(text, format);
  if (!parsed.ok) throw new Error(`${parsed.reason} ${JSON.stringify(parsed.place)}`);
  return { ...parsed.data };
}

function edited({ text, format, edits }: ConfigFile): string {
  const result = editConfig(text, format, edits);
  if (!result.ok) throw new Error(`${result.reason} ${JSON.stringify(result.place)}`);
  return result.text;
}

/** The data with what the edits ask for, made the plain way. */
function intended(data: Data, edits: readonly AiEdit[]): Data {
  const copy = structuredClone(data);
  for (const { at, add } of edits) {
    const owner = at.reduce((inner, key) => inner[key] as Data, copy);
    owner['ai'] = { ...add, ...(owner['ai'] as Data | undefined) };
  }
  return copy;
}

/** Whether a text is another with things put in. */
function isAddedTo(before: string, after: string): boolean {
  let at = 0;
  for (let index = 0; index < after.length && at < before.length; index += 1) {
    if (after[index] === before[at]) at += 1;
  }
  return at === before.length;
}

function check(file: ConfigFile): string {
  const once = edited(file);
  expect(dataOf(once, file.format)).toEqual(intended(dataOf(file.text, file.format), file.edits));
  expect(edited({ ...file, text: once })).toBe(once);
  expect(isAddedTo(file.text, once)).toBe(true);
  const endings = new Set(file.text.match(/\r?\n/g));
  const added = new Set(once.match(/\r?\n/g));
  if (endings.size > 0) expect([...added].filter((one) => !endings.has(one))).toEqual([]);
  return once;
}

/** The lines of a text without the commas at their ends. */
function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).map((line) => line.replace(/,(?=( \/\/.*| \/\*.*\*\/)?$)/, ''));
}

function isSubsequence(lines: readonly string[], of: readonly string[]): boolean {
  let at = 0;
  for (const line of of) if (line === lines[at]) at += 1;
  return at === lines.length;
}

describe('every configuration', () => {
  it('of JSONC in any layout gets what is asked for and nothing else', () => {
    fc.assert(
      fc.property(wildJsonc, (file) => void check(file)),
      { numRuns: 1000 },
    );
  });

  it('of JSONC that is tidy keeps its lines, and the new ones look like them', () => {
    fc.assert(
      fc.property(tidyJsonc, (file) => {
        const once = check(file);
        // Empty objects are opened; every other line is left alone but for a comma.
        if (!file.text.includes('{}')) expect(isSubsequence(linesOf(file.text), linesOf(once))).toBe(true);
        const { unit, eol, comma } = file.layout;
        const indents = once.split(eol).map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
        if (/\n[ \t]/.test(file.text)) for (const indent of indents) expect(indent.replaceAll(unit, '')).toBe('');
        const code = once.split(eol).map((line) => line.replace(/(?: \/\/ beside \d+| \/\* beside \d+ \*\/)$/, ''));
        const last = code.filter((line, at) => /^\s*[}\]]/.test(code[at + 1] ?? '') && !/[{[]$|^\s*\/\//.test(line));
        // Everything in braces on lines of its own ends with a comma, or nothing does.
        if (!/^\s*\{\}/.test(file.text)) for (const line of last) expect(line.endsWith(',')).toBe(comma);
      }),
      { numRuns: 1000 },
    );
  });

  it('of TOML in any spelling gets what is asked for and nothing else', () => {
    fc.assert(
      fc.property(toml, (file) => {
        const once = check(file);
        const lines = file.text.split(/\r?\n/);
        if (!/\{/.test(file.text)) expect(isSubsequence(lines, once.split(/\r?\n/))).toBe(true);
        if (!/^\uFEFF?$/.test(file.text)) expect(once.endsWith('\n')).toBe(file.text.endsWith('\n'));
      }),
      { numRuns: 2000 },
    );
  });

  it('that is cut short or garbled is refused or edited, and never throws', () => {
    const garbled = fc
      .tuple(fc.oneof(wildJsonc, tidyJsonc, toml), fc.nat(), fc.nat(5), fc.string({ unit: 'binary', maxLength: 3 }))
      .map(([file, at, length, junk]) => {
        const start = at % (file.text.length + 1);
        return {
          ...file,
          text: file.text.slice(0, start) + junk + file.text.slice(start + length),
        };
      });
    fc.assert(
      fc.property(garbled, ({ text, format, edits }) => {
        const result = editConfig(text, format, edits);
        if (result.ok) {
          expect(dataOf(result.text, format)).toEqual(intended(dataOf(text, format), edits));
          expect(isAddedTo(text, result.text)).toBe(true);
        } else {
          expect(result.reason).toMatch(/^\S.*[.]$/);
          const { line = 1, column = 1 } = result.place ?? {};
          const lines = text.replace(/^\uFEFF/, '').split('\n');
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
          expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
