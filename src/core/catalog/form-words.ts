/**
 * Names and sentences for people, made from what schemas say.
 */
import { asText } from '../inference/json';

/** Words that people get to see: one line, not a page. */
export function wordsOfSchema(value: unknown, longest: number): string | undefined {
  // Cut first: it may be a million characters, and many fields may refer to it.
  const text = asText(value)
    ?.slice(0, 4 * longest)
    .replace(/\s+/g, ' ')
    .trim();
  if (text === undefined || text === '') return undefined;
  return text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`;
}

/** A label for a field whose schema has no title: `voice_id` is "Voice id". */
export function labelOf(wireName: string): string {
  const words = wireName
    .replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ')
    .replace(/[_\s-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words === '' ? wireName : words.charAt(0).toUpperCase() + words.slice(1);
}
