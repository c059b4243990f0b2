/**
 * Builds every bundle of the project into `dist/`: what VS Code loads, what `npm start` runs, and the suites that need
 * bundling. `--watch` rebuilds on change, `--production` minifies and leaves source maps out.
 * `dist/meta.json` is esbuild's metafile of all of them together; the budget test reads it.
 */
import * as esbuild from 'esbuild';
import sveltePlugin from 'esbuild-svelte';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.dirname(fileURLToPath(import.meta.url));
const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');
process.chdir(root);

/** The tokenizer's tables are 2 MB: a bundle of their own, loaded when a count is first asked for. */
const TOKENIZER = 'gpt-tokenizer/encoding/o200k_base';

/** @type {esbuild.Plugin} */
const tokenizerApart = {
  name: 'tokenizer-apart',
  setup(build) {
    build.onResolve({ filter: /^gpt-tokenizer(\/|$)/ }, ({ path: name }) =>
      name === TOKENIZER
        ? { path: './tokenizer.js', external: true }
        : { errors: [{ text: `Import ${TOKENIZER} rather than ${name}: only it is bundled apart.` }] },
    );
  },
};

/**
 * What reads containers of sound and video is twice as large as the extension: a bundle of its own as well.
 * @type {esbuild.Plugin}
 */
const measureApart = {
  name: 'measure-apart',
  setup(build) {
    build.onResolve({ filter: /^\.\/measure$/ }, ({ importer }) =>
      path.relative(root, importer) === path.join('src', 'node', 'media.ts')
        ? { path: './measure.js', external: true }
        : undefined,
    );
  },
};

/**
 * The scaffolding commands, with parsers for JSONC and TOML, are loaded when the first of them is called.
 * @type {esbuild.Plugin}
 */
const scaffoldApart = {
  name: 'scaffold-apart',
  setup(build) {
    build.onResolve({ filter: /^\.\/vscode\/scaffold\/feature$/ }, () => ({ path: './scaffold.js', external: true }));
  },
};

/**
 * What there is for Cog projects in the editor, with a parser for YAML, is loaded with the first such project.
 * @type {esbuild.Plugin}
 */
const cogApart = {
  name: 'cog-apart',
  setup(build) {
    build.onResolve({ filter: /^\.\/vscode\/cog\/feature$/ }, () => ({ path: './cog.js', external: true }));
  },
};

/**
 * What reads a Cog project to start it, with the same parser, is loaded with the first start.
 * @type {esbuild.Plugin}
 */
const cogProjectApart = {
  name: 'cog-project-apart',
  setup(build) {
    build.onResolve({ filter: /^\.\/project$/ }, ({ importer }) =>
      path.relative(root, importer) === path.join('src', 'node', 'cog', 'runner.ts')
        ? { path: './cog-project.js', external: true }
        : undefined,
    );
  },
};

/**
 * Benchmarks and the tools that they use find the project by where their source stands.
 * @type {esbuild.Plugin}
 */
const sourcePlace = {
  name: 'source-place',
  setup(build) {
    build.onLoad({ filter: /[\\/]test[\\/].*\.(?:ts|mjs)$/ }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8');
      const contents = text
        .replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file)))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href));
      return { contents, loader: file.endsWith('.ts') ? 'ts' : 'js' };
    });
  },
};

/**
 * Svelte imports from `esm-env` whether it is being developed with. esbuild leaves out what literals say is dead, and
 * nothing that hangs on an import: without this, all messages and checks of development would ship.
 * @type {esbuild.Plugin}
 */
const withoutDevelopment = {
  name: 'without-development',
  setup(build) {
    build.onLoad({ filter: /[\\/]svelte[\\/]src[\\/].*\.js$/ }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8');
      const imported = /^import \{ [A-Z, ]+ \} from 'esm-env';$/m;
      return imported.test(text)
        ? {
            contents: text
              .replace(imported, '')
              .replace(/\bDEV\b/g, 'false')
              .replace(/\bBROWSER\b/g, 'true'),
          }
        : undefined;
    });
  },
};

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  metafile: true,
  logLevel: 'warning',
  minify: production,
  // Not 'linked': esbuild-svelte hands this on to esbuild's transform, which refuses that word.
  sourcemap: !production,
  target: 'es2024',
};

/** @type {esbuild.BuildOptions} */
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  // The oldest VS Code that we accept (1.104) brings Node 22.
  target: 'node22',
  // `import()` becomes a lazy `require`, which every extension host can do.
  supported: { 'dynamic-import': false },
  // `ws` works without its optional native helpers.
  external: ['vscode', 'bufferutil', 'utf-8-validate'],
};

/** @type {esbuild.BuildOptions} */
const browser = {
  ...common,
  platform: 'browser',
  format: 'esm',
  // A list of our own leaves esbuild's out: with 'module', packages give the form of which unused parts can be left out.
  conditions: ['svelte', 'browser', 'module', production ? 'production' : 'development'],
  mainFields: ['svelte', 'browser', 'module', 'main'],
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
};

const sveltePlugins = [
  ...(production ? [withoutDevelopment] : []),
  sveltePlugin({ compilerOptions: { css: 'external', dev: !production } }),
];

/** Files of a folder that end so, as entry points by their name without the ending. */
async function entriesOf(/** @type {string} */ folder, /** @type {string} */ ending) {
  const names = existsSync(folder) ? await readdir(folder) : [];
  return Object.fromEntries(
    names.filter((name) => name.endsWith(ending)).map((name) => [name.slice(0, -3), path.join(folder, name)]),
  );
}

/** @type {Record<string, esbuild.BuildOptions>} */
const bundles = {
  extension: {
    ...node,
    entryPoints: { extension: 'src/extension.ts', standalone: 'src/node/standalone.ts' },
    outdir: 'dist',
    plugins: [tokenizerApart, measureApart, scaffoldApart, cogApart, cogProjectApart],
  },
  'extension in a browser': {
    ...common,
    platform: 'browser',
    format: 'cjs',
    external: ['vscode'],
    entryPoints: { browser: 'src/browser.ts' },
    outdir: 'dist',
  },
  simulator: {
    ...node,
    entryPoints: { simulator: 'src/simulator/main.ts', 'simulator-worker': 'src/simulator/worker.ts' },
    outdir: 'dist',
    plugins: [tokenizerApart],
  },
  scaffold: {
    ...node,
    entryPoints: { scaffold: 'src/vscode/scaffold/feature.ts' },
    outdir: 'dist',
    // The other build of this package requires its parts by names that no bundler sees.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  },
  cog: { ...node, entryPoints: { cog: 'src/vscode/cog/feature.ts' }, outdir: 'dist' },
  tokenizer: { ...node, entryPoints: { tokenizer: TOKENIZER }, outdir: 'dist' },
  'cog project': { ...node, entryPoints: { 'cog-project': 'src/node/cog/project.ts' }, outdir: 'dist' },
  measure: { ...node, entryPoints: { measure: 'src/node/measure.ts' }, outdir: 'dist' },
  webview: {
    ...browser,
    entryPoints: { main: 'webview/main.ts' },
    outdir: 'dist/webview',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    plugins: sveltePlugins,
  },
  worker: {
    ...browser,
    format: 'iife',
    entryPoints: { 'editor.worker': 'webview/editor/worker.ts' },
    outdir: 'dist/webview',
  },
  theme: { ...browser, entryPoints: { standalone: 'webview/theme/standalone.css' }, outdir: 'dist/webview' },
  'vscode suite': { ...node, entryPoints: { index: 'test/vscode/suite/index.ts' }, outdir: 'dist/test/vscode' },
  benchmarks: {
    ...node,
    format: 'esm',
    supported: {},
    // Peers are measured as their packages ship.
    packages: 'external',
    entryPoints: { run: 'test/bench/run.ts', ...(await entriesOf('test/bench', '.bench.ts')) },
    outdir: 'dist/test/bench',
    outExtension: { '.js': '.mjs' },
    plugins: [sourcePlace],
  },
  'benchmark pages': {
    ...browser,
    format: 'iife',
    entryPoints: await entriesOf('test/bench', '.page.ts'),
    outdir: 'dist/test/bench',
    plugins: sveltePlugins,
  },
};

const COPIED = ['codicon.css', 'codicon.ttf'];

async function copyStaticFiles() {
  await mkdir('dist/webview', { recursive: true });
  for (const name of COPIED) {
    await cp(path.join('node_modules/@vscode/codicons/dist', name), path.join('dist/webview', name));
  }
}

/** @type {Map<string, esbuild.Metafile>} */
const metafiles = new Map();

async function writeMetafile() {
  const inputs = Object.assign({}, ...[...metafiles.values()].map((meta) => meta.inputs));
  const outputs = Object.assign({}, ...[...metafiles.values()].map((meta) => meta.outputs));
  await writeFile('dist/meta.json', JSON.stringify({ inputs, outputs }));
}

/** Removes what earlier builds left in the webview's folder: all of it is packaged and served. */
async function removeStaleChunks() {
  const current = new Set(COPIED.map((name) => `dist/webview/${name}`));
  for (const meta of metafiles.values()) for (const output of Object.keys(meta.outputs)) current.add(output);
  for (const entry of await readdir('dist/webview', { recursive: true, withFileTypes: true })) {
    const file = path.posix.join(entry.parentPath.replaceAll('\\', '/'), entry.name);
    if (entry.isFile() && !current.has(file)) await rm(file, { force: true });
  }
}

/** Builds that are under way. */
const pending = new Set();

/**
 * Keeps the metafile. The problem matcher of `.vscode/tasks.json` waits for the `[watch]` lines.
 * @param {string} name
 * @returns {esbuild.Plugin}
 */
function reporter(name) {
  return {
    name: 'reporter',
    setup(build) {
      build.onStart(() => {
        if (watch && pending.size === 0) console.log('[watch] build started');
        pending.add(name);
      });
      build.onEnd(async ({ metafile }) => {
        if (metafile) metafiles.set(name, metafile);
        pending.delete(name);
        if (!watch) return;
        await writeMetafile();
        if (pending.size === 0) console.log('[watch] all bundles are up to date');
      });
    },
  };
}

const builds = Object.entries(bundles)
  .filter(([, { entryPoints }]) => Object.keys(entryPoints ?? {}).length > 0)
  .map(([name, options]) => ({ name, options: { ...options, plugins: [...(options.plugins ?? []), reporter(name)] } }));

await copyStaticFiles();
if (watch) {
  console.log('[watch] build started');
  for (const { name } of builds) pending.add(name);
  const contexts = await Promise.all(builds.map(({ options }) => esbuild.context(options)));
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  const results = await Promise.allSettled(builds.map(({ options }) => esbuild.build(options)));
  // esbuild has printed why.
  if (results.some((result) => result.status === 'rejected')) process.exit(1);
  await writeMetafile();
  await removeStaleChunks();
}
