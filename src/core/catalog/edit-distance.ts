/**
 * How far a word that was typed is from one that was meant.
 */

/** Typos forgiven in a word of this length: short words are too close to each other for any. */
export function typosForgiven(length: number): number {
  return length < 4 ? 0 : length < 8 ? 1 : 2;
}

/** Longer words are not looked at: nobody types them by hand. */
const LONGEST = 48;
/** More than any number of typos that is forgiven. */
const NEVER = 9;
/** Three rows of the table, used again for every pair of words. */
const rows = [0, 1, 2].map(() => new Uint8Array(LONGEST + 4)) as [Uint8Array, Uint8Array, Uint8Array];

/**
 * The least number of typos (a letter missing, added, changed, or swapped with its neighbour: the restricted
 * Damerau-Levenshtein distance) between `typed` and `word` or a beginning of it; above `max` it is `max + 1`.
 * A digit is never a typo: `gpt-5.9` means another model than `gpt-5.4`.
 */
export function typosToPrefix(typed: string, word: string, max: number): number {
  if (typed.length > LONGEST || typed.length > word.length + max) return max + 1;
  const width = Math.min(word.length, typed.length + max);
  let [before, last, row] = rows;
  for (let column = 0; column <= width; column += 1) {
    last[column] = column === 0 ? 0 : add(last[column - 1], costOf(word.charCodeAt(column - 1)));
  }
  for (let line = 1; line <= typed.length; line += 1) {
    const letter = typed.charCodeAt(line - 1);
    const cost = costOf(letter);
    row[0] = add(last[0], cost);
    let least = row[0];
    for (let column = 1; column <= width; column += 1) {
      const other = word.charCodeAt(column - 1);
      const otherCost = costOf(other);
      let value =
        letter === other
          ? (last[column - 1] ?? NEVER)
          : Math.min(
              add(last[column - 1], Math.max(cost, otherCost)),
              add(last[column], cost),
              add(row[column - 1], otherCost),
            );
      if (line > 1 && column > 1 && letter !== other) {
        const swapped = letter === word.charCodeAt(column - 2) && typed.charCodeAt(line - 2) === other;
        if (swapped) value = Math.min(value, add(before[column - 2], Math.max(cost, otherCost)));
      }
      row[column] = value;
      if (value < least) least = value;
    }
    if (least > max) return max + 1;
    [before, last, row] = [last, row, before];
  }
  let best = max + 1;
  for (let column = Math.max(0, typed.length - max); column <= width; column += 1) {
    best = Math.min(best, last[column] ?? NEVER);
  }
  return best;
}

/** What it costs to miss, add, change or swap this character. */
function costOf(code: number): number {
  return code >= 48 && code <= 57 ? NEVER : 1;
}

/** Saturates, so that a row of bytes can hold it. */
function add(distance = NEVER, cost: number): number {
  return Math.min(NEVER, distance + cost);
}
