import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { layerOf, LAYERS, violation } from '../tools/layers.mjs';

const root = path.resolve(import.meta.dirname, '../..');

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

function scriptOf(file: string): string {
  const source = readFileSync(path.join(root, file), 'utf8');
  if (!file.endsWith('.svelte')) return source;
  return [...source.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n');
}

function importsOf(source: string): Import[] {
  const found: Import[] = [];
  const add = (node: ts.Expression | undefined, typeOnly: boolean) => {
    if (node !== undefined && ts.isStringLiteralLike(node)) found.push({ specifier: node.text, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal as ts.Expression, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('file.ts', source, ts.ScriptTarget.Latest));
  return found;
}

function listFiles(): string[] {
  return ['src', 'webview'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((name) => /\.(?:ts|svelte)$/.test(name)),
  );
}

const files = listFiles();
const imports = new Map(files.map((file) => [file, importsOf(scriptOf(file))]));

/** The file that a relative import means. */
function resolve(file: string, specifier: string): string | undefined {
  const target = path.posix.join(path.posix.dirname(file), specifier);
  return [target, `${target}.ts`, `${target}.svelte`].find((candidate) => imports.has(candidate));
}

describe('layers', () => {
  it('sees the files of every layer', () => {
    const seen = new Set(files.map(layerOf));
    expect([...seen].sort()).toEqual([...Object.keys(LAYERS)].sort());
  });

  it('imports only what the table allows', () => {
    const wrong = files.flatMap((file) =>
      (imports.get(file) ?? []).flatMap(({ specifier, typeOnly }) => violation(file, specifier, typeOnly) ?? []),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    ['src/core/run/planted.ts', `import { commands } from 'vscode';`],
    ['src/core/run/planted.ts', `import { readFile } from 'node:fs/promises';`],
    ['src/core/run/planted.ts', `import type { Batch } from '../../protocol/api';`],
    ['src/protocol/planted.ts', `import { reduce } from '../core/run/reducer';`],
    ['src/app/planted.ts', `import { openStore } from '../node/store';`],
    ['src/app/planted.ts', `const later = import('../simulator/start');`],
    ['src/vscode/planted.ts', `import { openStore } from '../node/store';`],
    ['src/node/planted.ts', `import { createPlayground } from '../app/playground';`],
    ['src/simulator/planted.ts', `import { reduce } from '../core/run/reducer';`],
    ['src/simulator/wires/planted.ts', `import { createServer } from 'node:http';`],
    ['webview/state/planted.svelte.ts', `import { createPlayground } from '../../src/app/playground';`],
    ['webview/state/planted.svelte.ts', `import type { Uri } from 'vscode';`],
  ])('catches a planted import in %s: %s', (file, source) => {
    expect(importsOf(source).map(({ specifier, typeOnly }) => violation(file, specifier, typeOnly))).toEqual([
      expect.any(String),
    ]);
  });

  it.each([
    ['src/protocol/planted.ts', `import type { RunState } from '../core/run/state';`],
    ['src/node/planted.ts', `import type { PlaygroundStore } from '../app/ports';`],
    ['src/node/planted.ts', `import { DatabaseSync } from 'node:sqlite';`],
    ['src/vscode/planted.ts', `import { window } from 'vscode';`],
  ])('allows in %s: %s', (file, source) => {
    expect(importsOf(source).map(({ specifier, typeOnly }) => violation(file, specifier, typeOnly))).toEqual([
      undefined,
    ]);
  });

  it('has no import cycle', () => {
    const state = new Map<string, 'open' | 'closed'>();
    const cycles: string[] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      if (state.get(file) === 'closed') return;
      if (state.get(file) === 'open') {
        cycles.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
        return;
      }
      state.set(file, 'open');
      for (const { specifier } of imports.get(file) ?? []) {
        const target = specifier.startsWith('.') ? resolve(file, specifier) : undefined;
        if (target !== undefined) visit(target, [...trail, file]);
      }
      state.set(file, 'closed');
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });
});
