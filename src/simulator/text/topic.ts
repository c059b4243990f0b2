/**
 * What a prompt is about, as far as counting words can tell.
 */

const common = new Set(
  (
    'about after again also and answer any are been before being between but can could does each explain for from give ' +
    'has have how into its just like make more most much not one only other our out over please same should some such ' +
    'tell than that the their them then there these they this those through two use using very was were what when where ' +
    'which while who why will with words would write you your'
  ).split(' '),
);

/** Up to `count` distinct content words of `prompt`, lower-case, in order of appearance. Never empty. */
export function topicWords(prompt: string, count: number): [string, ...string[]] {
  const words = prompt.toLowerCase().match(/\p{L}[\p{L}\p{N}'-]{2,23}/gu) ?? [];
  const [first = 'prompt', ...rest] = [...new Set(words)].filter((word) => !common.has(word)).slice(0, count);
  return [first, ...rest];
}

/** The first `limit` characters of `prompt` on one line, in straight quotes. */
export function quote(prompt: string, limit: number): string {
  const line = prompt.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return `"${characters.length <= limit ? line : `${characters.slice(0, limit).join('').trimEnd()}…`}"`;
}
