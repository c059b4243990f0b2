/**
 * Arbitrary wrangler configurations, as data and as text in every layout that people and tools write.
 */
import fc from 'fast-check';
import type { AiEdit, ConfigFormat } from '../../../../../src/core/scaffold/wrangler/ai-edit';

/** A file, and what may be asked of it. */
export interface ConfigFile {
  readonly format: ConfigFormat;
  readonly text: string;
  readonly edits: readonly AiEdit[];
}

const eol = fc.constantFrom('\n', '\r\n');
const mark = fc.constantFrom('', '\uFEFF');
const name = fc.oneof(
  fc.stringMatching(/^[a-z]{1,6}$/),
  fc.constantFrom('a b', 'a.b', '', 'ключ', '😀', '__proto__', 'constructor', '"', '\\', '// x', '# y', 'aı', 'AI'),
);
const value = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean());

const ai = fc.record(
  {
    binding: fc.constantFrom('AI', 'BRAIN', 'ai-2'),
    remote: fc.boolean(),
    note: value,
  },
  { requiredKeys: [] },
);
const settings = {
  main: fc.constantFrom('src/index.ts', 'a # b // c', '["x"]'),
  vars: fc.dictionary(name, value, { maxKeys: 3, noNullPrototype: true }),
  kv_namespaces: fc.array(fc.record({ binding: fc.constantFrom('KV', 'KV2'), id: value }), { maxLength: 2 }),
  observability: fc.constantFrom({}, { enabled: true }, { logs: { enabled: true } }),
};
const place = fc.record({ ...settings, ai }, { requiredKeys: [] });
const environment = fc.constantFrom('staging', 'production', 'my env', 'a.b', 'ü', '2');
const config = fc.record(
  {
    name: value,
    ...settings,
    ai,
    env: fc.dictionary(environment, place, {
      maxKeys: 3,
      noNullPrototype: true,
    }),
    previews: place,
  },
  { requiredKeys: [] },
);
type Config = typeof config extends fc.Arbitrary<infer T> ? T : never;

/** The places that a configuration has, and edits for some of them, in any order. */
function editsFor(data: Config): fc.Arbitrary<readonly AiEdit[]> {
  const places = [
    [],
    ...(data.previews === undefined ? [] : [['previews']]),
    ...Object.keys(data.env ?? {}).map((one) => ['env', one]),
  ];
  const add = fc.constantFrom({ binding: 'AI', remote: true }, { binding: 'MODELS' }, { remote: true });
  return fc
    .shuffledSubarray(places, { minLength: 1 })
    .chain((chosen) => fc.tuple(...chosen.map((at) => fc.record({ at: fc.constant(at), add }))));
}

/** JSON with anything between its tokens that JSONC allows. */
function wildJson(data: unknown, trivia: () => string, comma: () => boolean): string {
  const wild = (one: unknown): string => wildJson(one, trivia, comma);
  const list = (items: readonly string[]) =>
    items.map((item) => trivia() + item + trivia()).join(',') + (items.length > 0 && comma() ? `,${trivia()}` : '');
  if (Array.isArray(data)) return `[${list(data.map(wild))}${trivia()}]`;
  if (typeof data !== 'object' || data === null) return JSON.stringify(data);
  const pairs = Object.entries(data).map(
    ([key, inner]) => JSON.stringify(key) + trivia() + ':' + trivia() + wild(inner),
  );
  return `{${list(pairs)}${trivia()}}`;
}

/** JSONC without rhyme or reason. */
export const wildJsonc: fc.Arbitrary<ConfigFile> = config.chain((data) =>
  fc.record({
    format: fc.constant<ConfigFormat>('jsonc'),
    edits: editsFor(data),
    text: fc
      .tuple(
        fc.infiniteStream(
          fc.constantFrom('', '', ' ', '\n', '\r\n', '\t', ' // c, }"\n', '//\r\n', '/* { */', '/*\n,*/'),
        ),
        fc.infiniteStream(fc.boolean()),
        mark,
      )
      .map(([trivia, commas, bom]) => {
        const next = () => trivia.next().value ?? '';
        return bom + next() + wildJson(data, next, () => commas.next().value ?? false) + next();
      }),
  }),
);

/** How a tidy file is laid out. */
const layout = fc.record({
  eol,
  mark,
  unit: fc.constantFrom('  ', '    ', '\t', '   '),
  comma: fc.boolean(),
  final: fc.boolean(),
  comments: fc.boolean(),
});
type Layout = typeof layout extends fc.Arbitrary<infer T> ? T : never;

/** JSONC as formatters write it, with comments at the ends of lines and between them. */
function tidyJson(data: unknown, { eol: end, mark: bom, unit, comma, final, comments }: Layout): string {
  let count = 0;
  const print = (one: unknown, indent: string): string => {
    if (typeof one !== 'object' || one === null) return JSON.stringify(one);
    const inner = indent + unit;
    const items = Array.isArray(one)
      ? one.map((item) => print(item, inner))
      : Object.entries(one).map(([key, item]) => `${JSON.stringify(key)}: ${print(item, inner)}`);
    const lines = items.map((item, at) => {
      count += 1;
      const above = comments && count % 3 === 0 ? `${inner}// above ${count}${end}` : '';
      const beside =
        comments && count % 2 === 0
          ? ` // beside ${count}`
          : comments && count % 5 === 0
            ? ` /* beside ${count} */`
            : '';
      return `${above}${inner}${item}${at < items.length - 1 || comma ? ',' : ''}${beside}${end}`;
    });
    const [open, close] = Array.isArray(one) ? '[]' : '{}';
    return lines.length === 0 ? `${open}${close}` : `${open}${end}${lines.join('')}${indent}${close}`;
  };
  return bom + print(data, '') + (final ? end : '');
}

/** JSONC that is tidy, with its layout. */
export const tidyJsonc: fc.Arbitrary<ConfigFile & { readonly layout: Layout }> = fc
  .tuple(config, layout)
  .chain(([data, chosen]) =>
    fc.record({
      format: fc.constantFrom<ConfigFormat>('json', 'jsonc'),
      layout: fc.constant(chosen),
      edits: editsFor(data),
      text: fc.constant(tidyJson(data, chosen)),
    }),
  );

/** How a table of TOML is spelled. */
const spelling = fc.constantFrom('header', 'dotted', 'inline');

const key = (one: string): string =>
  /^[\w-]+$/.test(one) ? one : !/['\\]/.test(one) && one !== '' ? `'${one}'` : quoted(one);
const quoted = (text: string): string => JSON.stringify(text).replaceAll('\u007F', String.raw`\u007F`);

function inlineToml(data: unknown): string {
  if (Array.isArray(data)) return `[${data.map(inlineToml).join(', ')}]`;
  if (typeof data === 'string') return quoted(data);
  if (typeof data !== 'object' || data === null) return String(data);
  const pairs = Object.entries(data).map(([one, inner]) => `${key(one)} = ${inlineToml(inner)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/** A table as lines of its own section and sections below it. */
function tomlTable(
  data: Readonly<Record<string, unknown>>,
  path: readonly string[],
  spell: () => string,
  decorate: (line: string) => string,
): { readonly own: readonly string[]; readonly below: readonly string[] } {
  const own: string[] = [];
  const below: string[] = [];
  const dotted = (prefix: string, table: object): void => {
    for (const [name_, inner] of Object.entries(table)) {
      const whole = `${prefix}.${key(name_)}`;
      const isTable = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
      if (isTable && Object.keys(inner as object).length > 0 && spell() !== 'inline') dotted(whole, inner as object);
      else own.push(decorate(`${whole} = ${inlineToml(inner)}`));
    }
  };
  for (const [name_, inner] of Object.entries(data)) {
    const here = [...path, key(name_)];
    const isArray = Array.isArray(inner) && inner.length > 0;
    const isTable = typeof inner === 'object' && !Array.isArray(inner);
    const how = spell();
    if (isArray && how === 'header') {
      for (const item of inner as readonly object[]) {
        below.push(
          decorate(`[[${here.join('.')}]]`),
          ...Object.entries(item).map(([one, v]) => decorate(`${one} = ${inlineToml(v)}`)),
        );
      }
    } else if (isTable && how === 'header') {
      const table = tomlTable(inner as Readonly<Record<string, unknown>>, here, spell, decorate);
      // A header may be left out where sections below it say the same.
      const isImplied =
        table.own.length === 0 &&
        table.below.length > 0 &&
        /^\s*(#.*\r?\n)*\[[^[]/.test(table.below[0] ?? '') &&
        spell() === 'dotted';
      below.push(...(isImplied ? [] : [decorate(`[${here.join('.')}]`)]), ...table.own, ...table.below);
    } else if (isTable && how === 'dotted' && Object.keys(inner as object).length > 0) {
      dotted(key(name_), inner as object);
    } else {
      own.push(decorate(`${key(name_)} = ${inlineToml(inner)}`));
    }
  }
  return { own, below };
}

/** TOML in every spelling of tables, with comments and empty lines. */
export const toml: fc.Arbitrary<ConfigFile> = config.chain((data) =>
  fc.record({
    format: fc.constant<ConfigFormat>('toml'),
    edits: editsFor(data),
    text: fc
      .tuple(
        fc.infiniteStream(spelling),
        fc.infiniteStream(fc.constantFrom('', '', '', ' # beside [x]', '\t#')),
        fc.infiniteStream(fc.constantFrom('', '', '', '# above\n', '\n', '\n# above = 1\n', '# left\n\n', '  ')),
        eol,
        mark,
        fc.constantFrom('', '\n', '\n\n', '\n# the end', '\n# the end\n', '\n  '),
      )
      .map(([spellings, beside, above, end, bom, last]) => {
        const decorate = (line: string) => `${above.next().value ?? ''}${line}${beside.next().value ?? ''}`;
        const { own, below } = tomlTable(data, [], () => spellings.next().value ?? 'header', decorate);
        return bom + ([...own, ...below].join('\n') + last).replaceAll('\n', end);
      }),
  }),
);
