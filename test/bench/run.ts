/**
 * Runs every benchmark (`*.bench.ts` exports `bench(emit)`) and prints one JSON object a line. Which limit was missed is
 * said on standard error, and by the exit code.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../tools/setup.mjs';
import { verdict, type Row } from './limits';

const folder = path.join(root, 'dist/test/bench');
const wanted = process.argv.slice(2);
const files = (await readdir(folder)).filter((name) => name.endsWith('.bench.mjs')).sort();
const chosen = files.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));

const verdicts: { readonly row: Row; readonly missed: string | undefined }[] = [];
const broken: string[] = [];
for (const name of chosen) {
  try {
    const { bench } = (await import(pathToFileURL(path.join(folder, name)).href)) as {
      bench(emit: (row: Row) => void): Promise<void>;
    };
    await bench((row) => {
      const { name, value, unit, against = null, ratio = null } = row;
      console.log(JSON.stringify({ name, value, unit, against, ratio }));
      verdicts.push({ row, missed: verdict(row) });
    });
  } catch (error) {
    broken.push(`${name}: ${error instanceof Error ? error.stack : String(error)}`);
  }
}

const missed = verdicts.filter((entry) => entry.missed !== undefined);
for (const { row, missed: why } of missed)
  console.error(`MISSED ${row.name}${row.against ? ` against ${row.against}` : ''}: ${why}`);
for (const line of broken) console.error(`BROKEN ${line}`);
console.error(`${verdicts.length} figures, ${missed.length} limits missed, ${broken.length} benchmarks broken`);
// A benchmark that leaves a browser or server behind must not keep the process.
process.exit(missed.length + broken.length === 0 && verdicts.length > 0 ? 0 : 1);
