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

/** Vectors per second with their unit: integers from 10 on, else one decimal. `48 vec/s`, `3.4 vec/s`. */
export function formatVectorRate(perSecond: number | undefined): string {
  if (!isShown(perSecond)) return unknown;
  const rounded = Number(perSecond.toFixed(1));
  if (rounded === 0 && perSecond > 0) return '<0.1 vec/s';
  return `${rounded < 10 ? rounded.toFixed(1) : group(Math.round(perSecond))} vec/s`;
}

/** Millions of pixels with their unit: `1.05 MP`. */
export function formatMegapixels(megapixels: number | undefined): string {
  if (!isShown(megapixels)) return unknown;
  return `${megapixels > 0 && megapixels < 0.005 ? '<0.01' : megapixels.toFixed(2)} MP`;
}

/** Minutes with their unit: two decimals below 10 min, else one. `0.52 min`, `12.3 min`. */
export function formatMinutes(minutes: number | undefined): string {
  if (!isShown(minutes)) return unknown;
  const fine = minutes.toFixed(2);
  return `${Number(fine) < 10 ? fine : minutes.toFixed(1)} min`;
}

/** A bare ratio: `0.082`, `0.31`, `12.4`. Three decimals below 0.1, so that fast models can be told apart. */
export function formatFactor(factor: number | undefined): string {
  if (!isShown(factor)) return unknown;
  if (factor > 0 && factor < 0.0005) return '<0.001';
  return factor.toFixed(factor < 0.0995 ? 3 : factor < 9.995 ? 2 : 1);
}

/** How much of something is billed: integers as they are, else up to three decimals. `1.5`, `0.021`. */
export function formatQuantity(quantity: number | undefined): string {
  if (!isShown(quantity)) return unknown;
  if (Number.isInteger(quantity)) return group(quantity);
  if (quantity < 0.001) return '<0.001';
  const [whole = '', decimals = ''] = quantity.toFixed(3).split('.');
  const kept = decimals.replace(/0+$/, '');
  return group(Number(whole)) + (kept === '' ? '' : `.${kept}`);
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
