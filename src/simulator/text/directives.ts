/**
 * Orders to the simulator written into a prompt, for tests and benchmarks:
 * `[[simulate tokens=4000 rate=1500 first=0.2]]` sets length, pace and first-token time, `[[echo]]…` dictates the answer,
 * `[[simulate media=html state=Failed]]` spoils what a model of pictures, sound or video answers.
 */

/**
 * What is wrong with the medium of an answer.
 * `html`: a page instead; `expired`: the URL is refused (403); `oversized`: 600 MB are announced; `endless`: it never
 * ends; `whitespace`: base64 with line breaks and blanks; `bomb`: a tiny picture that claims billions of pixels; `cut`: it
 * ends in the middle; `undecodable`: a video in a codec nobody knows; `redirect`: the URL leads to a loopback address;
 * `wrong-type`: the right bytes as text/plain; `empty`: no bytes.
 */
export const mediaFaults = [
  'html',
  'expired',
  'oversized',
  'endless',
  'whitespace',
  'bomb',
  'cut',
  'undecodable',
  'redirect',
  'wrong-type',
  'empty',
] as const;

/** One of `mediaFaults`. */
export type MediaFault = (typeof mediaFaults)[number];

/** What a prompt orders. An absent field was not ordered. */
export interface Directives {
  /** The answer, word for word: everything after `[[echo]]`. */
  readonly echo?: string;
  /** Exact length of the answer in tokens. */
  readonly tokens?: number;
  /** Tokens per second, without jitter. */
  readonly rate?: number;
  /** Seconds to the first token; of other tasks than text, to the answer. */
  readonly first?: number;
  readonly media?: MediaFault;
  /** `state` of a third-party answer instead of `Completed`, for example `Failed` or `Queued`. */
  readonly state?: string;
  /** The prompt without `[[simulate …]]`. */
  readonly prompt: string;
}

const maxTokens = 200_000;

/** Reads the directives of `prompt`. Nothing after `[[echo]]` is read as a directive. */
export function readDirectives(prompt: string): Directives {
  const [before, ...after] = prompt.split('[[echo]]');
  const head = before ?? '';
  const order = /\[\[simulate((?:\s+[a-z]+=[\w.-]+)*)\s*\]\]/.exec(head);
  const settings = new Map(
    (order?.[1] ?? '')
      .trim()
      .split(/\s+/)
      .map((pair): [string, string] => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? '']),
  );
  const echo = after.length > 0 ? { echo: after.join('[[echo]]') } : {};
  const media = mediaFaults.find((fault) => fault === settings.get('media'));
  const state = settings.get('state');
  return {
    ...echo,
    ...positive('tokens', settings.get('tokens'), (value) => Math.min(Math.round(value), maxTokens)),
    ...positive('rate', settings.get('rate')),
    ...positive('first', settings.get('first')),
    ...(media === undefined ? {} : { media }),
    ...(state === undefined ? {} : { state }),
    prompt: (order === null ? head : head.replace(order[0], '')).trim(),
  };
}

function positive<Name extends string>(
  name: Name,
  text: string | undefined,
  convert: (value: number) => number = (given) => given,
): { [key in Name]?: number } {
  const value = Number(text);
  if (text === undefined || text === '' || !Number.isFinite(value) || value <= 0) return {};
  return { [name]: convert(value) } as { [key in Name]?: number };
}
