/**
 * Entry of `npm run catalog:update` on the project's own Node; `catalog-update.mjs` bundles it and starts it in the
 * project folder.
 */
import path from 'node:path';
import { updateCatalog } from './update-catalog';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

void updateCatalog({
  args: process.argv.slice(2),
  env: process.env,
  file: path.resolve('media/catalog.json'),
  now: new Date(),
  fetch,
  signal: stop.signal,
  print: (text) => process.stdout.write(`${text}\n`),
  complain: (text) => process.stderr.write(`${text}\n`),
}).then((code) => {
  process.exitCode = code;
});
