/**
 * Lint rules. Those of our own: who may import whom (`test/tools/layers.mjs`), no barrels, no default exports, and a core
 * without ambient clock, randomness or I/O.
 */
import js from '@eslint/js';
import path from 'node:path';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { violation } from './test/tools/layers.mjs';

/** @type {import('eslint').Rule.RuleModule} */
const layers = {
  create(context) {
    const file = path.relative(context.cwd, context.filename).replaceAll('\\', '/');
    /** @param {any} node */
    const check = (node) => {
      if (typeof node.source?.value !== 'string') return;
      const typeOnly = node.importKind === 'type' || node.exportKind === 'type';
      const message = violation(file, node.source.value, typeOnly);
      if (message !== undefined) context.report({ node, message });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

const AMBIENT = [
  ...['performance', 'setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'setImmediate'],
  ...[
    'fetch',
    'process',
    'Buffer',
    'window',
    'document',
    'navigator',
    'localStorage',
    'sessionStorage',
    'crypto',
    'console',
  ],
];

const NO_BARRELS = [
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that defines it.' },
  { selector: 'ExportNamedDeclaration[source]', message: 'No barrels: import from the file that defines it.' },
  { selector: 'ExportDefaultDeclaration', message: 'No default exports: a name is found by search.' },
];
const NO_CLOCK = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'This layer is pure: take the time as a parameter.',
  },
  { selector: "CallExpression[callee.name='Date']", message: 'This layer is pure: take the time as a parameter.' },
];

export default tseslint.config(
  { ignores: ['dist/', '.vscode-test/', 'test-results/'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      ecmaVersion: 'latest',
      globals: { ...globals.node, ...globals.browser },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
      ],
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', ...NO_BARRELS],
    },
  },
  {
    // Rules that need types, where a forgotten promise costs a lost answer.
    files: ['src/**/*.ts', 'webview/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/only-throw-error': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.svelte'] } },
    rules: {
      // A Map that nothing draws from needs no reactivity.
      'svelte/prefer-svelte-reactivity': 'off',
      // Sees no accessibility warnings, so it takes every ignore of one for unused; `svelte-check` does see them.
      'svelte/no-unused-svelte-ignore': 'off',
    },
  },
  {
    files: ['src/**/*.ts', 'webview/**/*.{ts,svelte}'],
    plugins: { product: { rules: { layers } } },
    rules: { 'product/layers': 'error' },
  },
  {
    files: ['src/core/**/*.ts', 'src/protocol/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...AMBIENT.map((name) => ({ name, message: 'This layer is pure: take it as a parameter.' })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'This layer is pure: take it as a parameter.' },
        { object: 'Date', property: 'now', message: 'This layer is pure: take it as a parameter.' },
      ],
      'no-restricted-syntax': ['error', ...NO_BARRELS, ...NO_CLOCK],
    },
  },
  {
    // Tools ask for a default export, and so does workerd.
    files: ['**/*.config.mjs', 'media/templates/**'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // Recorded JSON is looked into freely: a wrong guess fails the test.
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
);
