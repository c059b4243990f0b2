/**
 * The letters that columns go by.
 */

/** `A` for the first column. */
export function labelOf(index: number): string {
  return String.fromCharCode(65 + index);
}
