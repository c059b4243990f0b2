/**
 * How far a model says it is, by the bars that it writes to its log (`tqdm` and its kind: `37%|███`).
 */

/** Characters of a log's end that are looked at. */
const TAIL = 2_000;

/** The last percentage of the last line that has one; undefined: none is told. */
export function logProgress(log: string): number | undefined {
  const found = [...log.slice(-TAIL).matchAll(/(?:^|[\s\r:])(\d{1,3})%\|/gm)].at(-1)?.[1];
  const percent = Number(found);
  return found !== undefined && percent <= 100 ? percent : undefined;
}

/** A log as a terminal shows it: a bar is drawn over the one before, and only the last is left. */
export function shownLog(log: string): string {
  return log
    .replaceAll('\r\n', '\n')
    .replace(/[^\n]*\r(?=[^\n])/g, '')
    .replaceAll('\r', '');
}
