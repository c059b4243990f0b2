/**
 * Names for people out of names that others made.
 */

/** Longest name, characters. Every file system takes it, an extension added. */
const MAX_LENGTH = 150;

/** The last part of a path as a name that every system accepts, its extension kept; `file` where nothing is left. */
export function fileNameOf(path: string): string {
  // Names of many thousand characters come in headers: nothing here looks at a character more than a few times.
  const name = (path.split(/[\\/]/).findLast((part) => part !== '') ?? '')
    // eslint-disable-next-line no-control-regex -- they are what is taken out
    .replaceAll(/[\\/:*?"<>|\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .replace(/^[\s.]+/, '')
    .trim();
  if (name.length <= MAX_LENGTH) return name || 'file';
  const extension = /\.[^.\s]{1,10}$/.exec(name)?.[0] ?? '';
  return wholeCharacters(name.slice(0, MAX_LENGTH - extension.length)).trim() + extension;
}

/** Without half of a character at the end. */
function wholeCharacters(text: string): string {
  return text.replace(/[\ud800-\udbff]$/, '');
}
