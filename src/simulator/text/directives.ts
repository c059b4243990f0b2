/**
 * Orders to the simulator written into a prompt, for tests and benchmarks:
 * `[[simulate tokens=4000 rate=1500 first=0.2]]` sets length, pace and first-token time, `[[echo]]…` dictates the answer.
 */

/** What a prompt orders. An absent field was not ordered. */
export interface Directives {
  /** The answer, word for word: everything after `[[echo]]`. */
  readonly echo?: string;
  /** Exact length of the answer in tokens. */
  readonly tokens?: number;
  /** Tokens per second, without jitter. */
  readonly rate?: number;
  /** Seconds to the first token. */
  readonly first?: number;
  /** The prompt without `[[simulate …]]`. */
  readonly prompt: string;
}

const maxTokens = 200_000;

/** Reads the directives of `prompt`. Nothing after `[[echo]]` is read as a directive. */
export function readDirectives(prompt: string): Directives {
  const [before, ...after] = prompt.split('[[echo]]');
  const head = before ?? '';
  const order = /\[\[simulate((?:\s+[a-z]+=[\d.]+)*)\s*\]\]/.exec(head);
  const settings = new Map(
    (order?.[1] ?? '')
      .trim()
      .split(/\s+/)
      .map((pair): [string, number] => [pair.split('=')[0] ?? '', Number(pair.split('=')[1])]),
  );
  const echo = after.length > 0 ? { echo: after.join('[[echo]]') } : {};
  return {
    ...echo,
    ...positive('tokens', settings.get('tokens'), (value) => Math.min(Math.round(value), maxTokens)),
    ...positive('rate', settings.get('rate')),
    ...positive('first', settings.get('first')),
    prompt: (order === null ? head : head.replace(order[0], '')).trim(),
  };
}

function positive<Name extends string>(
  name: Name,
  value: number | undefined,
  convert: (value: number) => number = (given) => given,
): { [key in Name]?: number } {
  if (value === undefined || !Number.isFinite(value) || value <= 0) return {};
  return { [name]: convert(value) } as { [key in Name]?: number };
}
