/**
 * What a page loads before anything is done in it, read from esbuild's metafile.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './setup.mjs';

/**
 * @typedef {object} Metafile
 * @property {Record<string, { inputs: Record<string, unknown>, imports: { path: string, kind: string, external?: boolean }[] }>} outputs
 */

/**
 * Files that an output loads at once: itself and its static imports.
 * @param {Metafile} metafile
 * @param {string} output
 * @returns {string[]}
 */
export function staticClosure(metafile, output) {
  const found = new Set([output]);
  for (const file of found) {
    const entry = metafile.outputs[file];
    if (entry === undefined) throw new Error(`${file} is not among the outputs`);
    for (const { path: imported, kind, external } of entry.imports) {
      if (kind === 'import-statement' && !external) found.add(imported);
    }
  }
  return [...found];
}

/**
 * JavaScript of the webview before the first Run, in bytes as built and compressed (gzip, level 9).
 * @param {Metafile} metafile
 */
export function initialJavaScript(metafile) {
  const files = staticClosure(metafile, 'dist/webview/main.js');
  const contents = files.map((file) => readFileSync(path.join(root, file)));
  return {
    files,
    bytes: contents.reduce((sum, content) => sum + content.length, 0),
    gzip: contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0),
  };
}
