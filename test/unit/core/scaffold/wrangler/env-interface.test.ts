import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { addToEnv } from '../../../../../src/core/scaffold/wrangler/env-interface';
import { codeOf } from '../../../../../src/core/scaffold/wrangler/source-code';

const edited = (text: string, name = 'AI') => {
  const result = addToEnv(text, name);
  return result.kind === 'edited' ? result.text : result;
};

describe('a member', () => {
  it.each([
    [
      'behind a comment that ends on a later line',
      'interface Env {\n  KV: KVNamespace; /* the cache,\n  shared */\n}',
      'interface Env {\n  KV: KVNamespace; /* the cache,\n  shared */\n  AI: Ai;\n}',
    ],
    [
      'behind the last member, before what is commented out',
      'interface Env {\n    KV: KVNamespace;\n    // AI: Ai;\n}',
      'interface Env {\n    KV: KVNamespace;\n    AI: Ai;\n    // AI: Ai;\n}',
    ],
    [
      'after a member of several lines, as deep as the first',
      'interface Env {\n\tA: {\n\t\tb: string;\n\t};\n}',
      'interface Env {\n\tA: {\n\t\tb: string;\n\t};\n\tAI: Ai;\n}',
    ],
    [
      'after a member whose brace closes the type on its line',
      'interface Env {\n  A: string;\n  B: string }',
      'interface Env {\n  A: string;\n  B: string; AI: Ai }',
    ],
    ['on the one line', 'interface Env { A: string; }', 'interface Env { A: string; AI: Ai; }'],
    ['on the one line with commas', 'type Env = { A: string, };', 'type Env = { A: string, AI: Ai, };'],
    ['between two spaces', 'interface Env { }', 'interface Env { AI: Ai; }'],
    ['beside a comment', 'interface Env { /* later */ }', 'interface Env { /* later */ AI: Ai; }'],
    ['in an empty block', 'interface Env {\r\n}\r\n', 'interface Env {\r\n  AI: Ai;\r\n}\r\n'],
    [
      'as deep as the rest of the file is',
      'function f() {\n    g();\n}\nexport interface Env {}\n',
      'function f() {\n    g();\n}\nexport interface Env {\n    AI: Ai;\n}\n',
    ],
    [
      'in the namespace that Env inherits from',
      'interface Env extends Cloudflare.Env {}\ndeclare namespace Cloudflare {\n  interface Env {\n    A: string;\n  }\n}',
      'interface Env extends Cloudflare.Env {}\ndeclare namespace Cloudflare {\n  interface Env {\n    A: string;\n    AI: Ai;\n  }\n}',
    ],
    [
      'with its type, where types are imported',
      "import type { KVNamespace } from '@cloudflare/workers-types';\ninterface Env { KV: KVNamespace }",
      "import type { Ai, KVNamespace } from '@cloudflare/workers-types';\ninterface Env { KV: KVNamespace; AI: Ai }",
    ],
    [
      'with its type, marked as the others',
      'import { type KVNamespace } from "@cloudflare/workers-types/experimental";\ninterface Env { KV: KVNamespace }',
      'import { type Ai, type KVNamespace } from "@cloudflare/workers-types/experimental";\ninterface Env { KV: KVNamespace; AI: Ai }',
    ],
    [
      'with its type, which is there',
      "import { Ai } from '@cloudflare/workers-types';\ninterface Env { A: 1 }",
      "import { Ai } from '@cloudflare/workers-types';\ninterface Env { A: 1; AI: Ai }",
    ],
  ])('goes %s', (_, before, after) => expect(edited(before)).toBe(after));

  it.each([
    'const a = `{${ `}` + "{" }`; const b = /["{]/; ',
    "const it = <p>It's {here}</p>;\n",
    'const half = total / 2; const third = total / 3;\n',
    'const escaped = "\\"{";\nconst open = \'{\';\n',
    'if (/^\\/[{/]/.test(path)) {}\n',
  ])('is found behind %j', (before) => {
    const after = edited(`${before}interface Env { A: string }`);
    expect(after).toBe(`${before}interface Env { A: string; AI: Ai }`);
  });

  it.each([
    ['interface Env { "AI": Ai }', 'Ai'],
    ["interface Env {\n  readonly 'AI'?: Ai\n}", 'Ai'],
    ['interface Env {\n  A: string\n  AI: Map<string, number>[]\n}', 'Map<string'],
    ['interface Env extends Base { AI: { run(): void } }', '{ run(): void }'],
  ])('is there in %j', (text, type) => expect(addToEnv(text, 'AI')).toEqual({ kind: 'there', type }));

  it.each([
    ['type Env = Cloudflare.Env;\ninterface Other {\n  AI: string;\n}', 'inherited'],
    ['type Env = Cloudflare.Env\ninterface Other {\n  AI: string\n}', 'inherited'],
    ['import type { Env } from "./env";', 'none'],
    ['`interface Env {}`', 'none'],
    ['const a = /interface Env {}/.test(x)', 'none'],
  ])('is not looked for in %j', (text, kind) => expect(addToEnv(text, 'AI')).toEqual({ kind }));

  it('is what a compiler sees, and the only change', () => {
    const gap = fc.constantFrom('', ' ', '\n  ', '\n\t', '\n    // no: such;\n    ', ' /* } */ ', '\n\n  ');
    const key = fc.constantFrom('KV', '"my-kv"', 'readonly DB', 'LIMIT?', '$x');
    const type = fc.constantFrom('KVNamespace', '{ AI: string }', "'}' | '{'", '(AI: string) => void', '`{${string}`');
    const end = fc.constantFrom(';', ',', '\n');
    const members = fc.array(fc.tuple(gap, key, type, end), { maxLength: 4 });
    const head = fc.constantFrom(
      'interface Env {',
      'type Env = {',
      'export interface Env\n{',
      'declare global { interface Env {',
    );
    const name = fc.constantFrom('AI', 'MODELS', '$ai', '_');
    fc.assert(
      fc.property(members, head, gap, fc.boolean(), name, (parts, start, last, isCrlf, binding) => {
        const close = start.startsWith('declare') ? '}}' : '}';
        const body = parts.map(([before, one, kind, mark]) => `${before}${one}: ${kind}${mark}`).join('');
        const before = `${start}${body}${last}${close}\n`.replaceAll('\n', isCrlf ? '\r\n' : '\n');
        const [types] = membersOf(before);
        fc.pre(types !== undefined);
        const after = edited(before, binding);
        const [found, errors] = membersOf(after as string);
        expect(errors).toBe(0);
        expect(found).toEqual([...types!, `${binding}: Ai`]);
        expect(isSubsequence(before, after as string)).toBe(true);
        expect((after as string).replaceAll('\r\n', '').includes(isCrlf ? '\n' : '\r')).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('is never looked for in vain for long, nor fatally', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('interface Env', '{', '}', '`', '${', '"', "'", '/', '*', '\\', ';', 'AI:', '\n'), {
          maxLength: 60,
        }),
        (parts) => {
          const text = parts.join(' ');
          expect(codeOf(text)).toHaveLength(text.length);
          addToEnv(text, 'AI');
        },
      ),
    );
    const large = `${'const x = `a${1 / 2}`; // "it\'s"\n'.repeat(40_000)}interface Env {}\n`;
    expect(edited(large)).toBe(large.replace('Env {}', 'Env {\n  AI: Ai;\n}'));
  });
});

/** Name and type of each member of Env, and how many mistakes the text has. */
function membersOf(text: string): [members: readonly string[] | undefined, errors: number] {
  const file = ts.createSourceFile('env.ts', text, ts.ScriptTarget.Latest, true);
  let found: readonly ts.TypeElement[] | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isInterfaceDeclaration(node) && node.name.text === 'Env') found = node.members;
    if (ts.isTypeAliasDeclaration(node) && ts.isTypeLiteralNode(node.type)) found = node.type.members;
    ts.forEachChild(node, visit);
  };
  visit(file);
  const errors = (file as unknown as { parseDiagnostics: readonly unknown[] }).parseDiagnostics.length;
  const members = found?.map((one) =>
    ts.isPropertySignature(one) ? `${one.name.getText()}: ${one.type?.getText()}` : '?',
  );
  return [errors > 0 ? undefined : members, errors];
}

function isSubsequence(before: string, after: string): boolean {
  let at = 0;
  for (const letter of before) {
    at = after.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
