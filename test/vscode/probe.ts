/**
 * Looks at what a window left on disk.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { PlaygroundIntent, RunView } from '../../src/protocol/api';

/** All files under a folder, absolute. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false);
}

/** Files that contain this text, in UTF-8 or UTF-16. */
export function filesWith(folder: string, text: string): string[] {
  const needles = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];
  return filesUnder(folder).filter((file) => {
    const content = readFileSync(file);
    return needles.some((needle) => content.includes(needle));
  });
}

/** Reads the playground's database of a window; nothing before it has one. */
function query<T>(data: string, sql: string): T[] {
  const file = filesUnder(data).find((name) => name.endsWith('playground.sqlite'));
  if (file === undefined) return [];
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database
      .prepare(sql)
      .all()
      .map((row) => JSON.parse(String(row['value'])) as T);
  } finally {
    database.close();
  }
}

/** The runs that the extension of this window has stored, oldest first. */
export function storedRuns(data: string): RunView[] {
  return query(data, 'SELECT value FROM runs ORDER BY position');
}

/** Columns and drafts as the extension of this window has stored them. */
export function storedIntent(data: string): PlaygroundIntent | undefined {
  return query<PlaygroundIntent>(data, 'SELECT value FROM intent')[0];
}

/** The prompt as the extension of this window has stored it. */
export function storedDraft(data: string): string | undefined {
  return storedIntent(data)?.prompt;
}

/** The text of the extension's log, as VS Code wrote it. */
export function logText(data: string): string {
  return filesUnder(data)
    .filter((file) => path.basename(file) === 'Unified Inference.log')
    .map((file) => readFileSync(file, 'utf8'))
    .join('');
}
