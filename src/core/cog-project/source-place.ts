/** The place in a text, UTF-16 units, of a line and column that count from 1. Behind the end: the end. */
export function placeAt(text: string, line: number, column: number): number {
  const ends = /\r\n|\r|\n/g;
  for (let number = 1; number < line; number += 1) {
    if (ends.exec(text) === null) return text.length;
  }
  return Math.min(text.length, (line === 1 ? 0 : ends.lastIndex) + column - 1);
}
