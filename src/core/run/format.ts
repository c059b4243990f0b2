/**
 * How numbers are written (contract, "Number formats"). An unknown value is `–`; it never looks like zero.
 */
const unknown = '–';

/** Narrow no-break space: groups digits without breaking a line or being read as a comma. */
const groupSeparator = '\u202f';

/** A figure that can be shown: finite and not negative. Clocks are monotonic and amounts are costs. */
function isShown(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0;
}

/** Seconds with their unit: two decimals below 10 s, else one. `0.41 s`, `12.3 s`. */
export function formatSeconds(seconds: number | undefined): string {
  if (!isShown(seconds)) return unknown;
  const fine = seconds.toFixed(2);
  return `${Number(fine) < 10 ? fine : seconds.toFixed(1)} s`;
}

/** Tokens per second as an integer with its unit: `81 tok/s`. A rate under one half is `<1 tok/s`, not zero. */
export function formatRate(tokensPerSecond: number | undefined): string {
  if (!isShown(tokensPerSecond)) return unknown;
  const rounded = Math.round(tokensPerSecond);
  return rounded === 0 && tokensPerSecond > 0 ? '<1 tok/s' : `${group(rounded)} tok/s`;
}

/** Tokens, pixels, runs: an integer, digits grouped by a narrow space. */
export function formatCount(count: number | undefined): string {
  return isShown(count) ? group(Math.round(count)) : unknown;
}

/** Smallest amount written out in full, USD; below it only a bound is given. */
const smallestUsd = 1e-12;

/** USD with two significant digits and at least four decimals: `$0.0031`, `$0.000042`, `$1.2345`. */
export function formatUsd(usd: number | undefined): string {
  if (!isShown(usd)) return unknown;
  if (usd === 0) return '$0.0000';
  if (usd < smallestUsd) return `<$${smallestUsd.toFixed(12)}`;
  // The exponent after rounding: 0.00099996 is 0.0010, which needs four decimals and not five.
  const exponent = Math.floor(Math.log10(Number(usd.toPrecision(2))));
  return `$${usd.toFixed(Math.max(4, 1 - exponent))}`;
}

function group(integer: number): string {
  return integer.toFixed(0).replace(/\B(?=(?:\d{3})+$)/g, groupSeparator);
}
