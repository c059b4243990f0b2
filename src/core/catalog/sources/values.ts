/**
 * Reads single values that a catalog printed. What is not clearly what it should be is `undefined`, which means unknown.
 */

/** Longer ids are nobody's; the longest known has 60 characters. */
const MAX_ID_LENGTH = 200;

/** More tokens than any context can have: a larger number is a mistake of the source. */
const MAX_TOKENS = 100_000_000;

/** `author/model` or `@cf/author/model`, of characters that are safe in a URL's path, a shell line and a log. */
const callableId = /^@?[a-z0-9][\w.:+~-]*(?:\/[\w.:+~-]+)+$/i;

/**
 * An id that may be sent on the wire and shown; no id has `..`, spaces, quotes or control characters. A part that is one
 * dot would be gone from the address it stands in.
 */
export function modelId(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_ID_LENGTH || value.includes('..')) return undefined;
  if (value.split('/').includes('.')) return undefined;
  return callableId.test(value) ? value : undefined;
}

/** Control characters, line separators, and marks that turn the direction of the text around them. */
// eslint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/g;

/** Words of ASCII with one space between them: nothing to strip. Nearly all text is, and there is much of it. */
const plain = /^[!-~]+(?: [!-~]+)*$/;

/** Text for people: control characters stripped, white space collapsed, cut to `maxLength`. Empty text is `undefined`. */
export function plainText(value: unknown, maxLength: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (value.length <= maxLength && plain.test(value)) return value;
  // Cut first, so that a text of megabytes costs nothing; twice as much, for what the stripping takes away.
  const text = value
    .slice(0, 2 * maxLength)
    .replace(unprintable, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const cut = text.length > maxLength ? `${text.slice(0, maxLength - 1).trimEnd()}…` : text;
  return cut === '' ? undefined : cut.toWellFormed();
}

/** A name for people. */
export const nameText = (value: unknown): string | undefined => plainText(value, 100);

/** A remark or description. */
export const longText = (value: unknown): string | undefined => plainText(value, 1000);

/** A number of tokens; `/ai/models/search` prints numbers as strings. */
export function tokenCount(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) return undefined;
  return number >= 1 && number <= MAX_TOKENS ? number : undefined;
}

/** A number, or a decimal number as text. */
export function amount(value: unknown): number | undefined {
  const isDecimal = typeof value === 'string' && /^\s*-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(value);
  const number = isDecimal ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Yes or no; `/ai/models/search` prints them as strings. */
export function flag(value: unknown): boolean | undefined {
  const text = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (text === true || text === 'true') return true;
  return text === false || text === 'false' ? false : undefined;
}

/** The day (`YYYY-MM-DD`) of a date or of a date with time. */
export function isoDay(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const day = /^(\d{4}-\d{2}-\d{2})(?:$|[T ])/.exec(value.trim())?.[1];
  if (day === undefined) return undefined;
  const time = Date.parse(`${day}T00:00:00Z`);
  // 2026-02-30 is no day: it comes back as another one.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? undefined : day;
}

const MAX_URL_LENGTH = 2000;

/** An `https:` address without a user name in it: nothing else may become a link. */
export function httpsUrl(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_URL_LENGTH || !URL.canParse(value)) return undefined;
  const { protocol, username, password, href } = new URL(value);
  const isPlain = protocol === 'https:' && username === '' && password === '';
  // Escaping makes it longer.
  return isPlain && href.length <= MAX_URL_LENGTH ? href : undefined;
}

/** A provider's slug, for example `black-forest-labs`. */
export function providerSlug(value: unknown): string | undefined {
  return typeof value === 'string' && /^[a-z0-9][\w.-]{0,59}$/i.test(value) ? value : undefined;
}
