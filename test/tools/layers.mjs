/**
 * Which layer may import which: the table of `src/README.md`, read by the lint rule and by `test/unit/layers.test.ts`.
 */
import path from 'node:path';

/**
 * @typedef {object} Layer
 * @property {readonly string[]} may Layers it may import.
 * @property {readonly string[]} [types] Layers of which it may import types only.
 * @property {boolean} vscode May import the `vscode` module.
 * @property {boolean | readonly string[]} node May import `node:` modules: all of its files, none, or these.
 */

/** @type {Record<string, Layer>} */
export const LAYERS = {
  core: { may: ['core'], vscode: false, node: false },
  protocol: { may: ['protocol'], types: ['core'], vscode: false, node: false },
  app: { may: ['core', 'protocol', 'app'], vscode: false, node: false },
  vscode: { may: ['core', 'protocol', 'app', 'vscode'], vscode: true, node: false },
  node: { may: ['core', 'protocol', 'node'], types: ['app'], vscode: false, node: true },
  simulator: {
    may: ['simulator'],
    types: ['core'],
    vscode: false,
    node: ['src/simulator/http.ts', 'src/simulator/start.ts'],
  },
  webview: { may: ['core', 'protocol', 'webview'], vscode: false, node: false },
  root: {
    may: ['core', 'protocol', 'app', 'vscode', 'node', 'simulator'],
    vscode: true,
    node: true,
  },
};

/** Files that put the layers together, and entry points of programs. */
const ROOTS = [
  'src/extension.ts',
  'src/browser.ts',
  'src/node/standalone.ts',
  'src/simulator/main.ts',
  'src/simulator/worker.ts',
];

/**
 * Layer of a file; undefined for files outside of the product (tests, tools, configuration).
 * @param {string} file Relative to the project, with forward slashes.
 * @returns {string | undefined}
 */
export function layerOf(file) {
  if (ROOTS.includes(file)) return 'root';
  const name = /^(?:src\/([^/]+)\/|(webview)\/)/.exec(file);
  const layer = name?.[1] ?? name?.[2];
  return layer !== undefined && Object.hasOwn(LAYERS, layer) ? layer : undefined;
}

/**
 * What is wrong with an import; undefined when it is allowed.
 * @param {string} file The importing file, relative to the project, with forward slashes.
 * @param {string} specifier As written.
 * @param {boolean} typeOnly
 * @returns {string | undefined}
 */
export function violation(file, specifier, typeOnly) {
  const from = layerOf(file);
  if (from === undefined) return undefined;
  const layer = /** @type {Layer} */ (LAYERS[from]);
  if (specifier === 'vscode') return layer.vscode ? undefined : `${from} may not import vscode`;
  if (specifier.startsWith('node:')) {
    const allowed = layer.node === true || (Array.isArray(layer.node) && layer.node.includes(file));
    return allowed ? undefined : `${file} may not import ${specifier}`;
  }
  if (!specifier.startsWith('.')) return undefined;
  const target = path.posix.join(path.posix.dirname(file), specifier);
  // Data, not code.
  if (target.startsWith('media/')) return undefined;
  const to = layerOf(`${target}.ts`) ?? layerOf(target);
  if (to === undefined) return `${from} may not import ${target}, which is in no layer`;
  if (layer.may.includes(to) || (typeOnly && layer.types?.includes(to))) return undefined;
  return layer.types?.includes(to) ? `${from} may import only types of ${to}` : `${from} may not import ${to}`;
}
