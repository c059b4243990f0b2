/**
 * What each figure must reach. Figures without a limit are for reading.
 */

/** One line of output. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The peer measured in the same run. */
  readonly against?: string | null;
  /** How many times the peer's figure ours is. */
  readonly ratio?: number | null;
}

interface Limit {
  readonly name: RegExp;
  readonly against?: RegExp;
  readonly measure: 'value' | 'ratio';
  readonly atLeast?: number;
  readonly atMost?: number;
}

const LIMITS: readonly Limit[] = [
  { name: /^catalog, 300 models/, measure: 'value', atMost: 20 },
  { name: /^catalog, 3000 models/, measure: 'value', atMost: 150 },
  { name: /^search, 300 models/, measure: 'value', atMost: 2 },
  { name: /^search, 3000 models/, measure: 'value', atMost: 10 },
  { name: /^search, \d+ models, median/, against: /fuse/, measure: 'ratio', atMost: 0.5 },
  { name: /^search, mistyped/, measure: 'value', atLeast: 95 },
  { name: /^search, mistyped/, measure: 'ratio', atLeast: 1 },
  { name: /^wire pipeline/, against: /eventsource-parser/, measure: 'ratio', atLeast: 0.5 },
  { name: /^wire pipeline.*16 KiB/, against: /openai/, measure: 'ratio', atLeast: 4 },
  { name: /^wire pipeline.*one-event/, against: /openai/, measure: 'ratio', atLeast: 2 },
  { name: /^TTFT error.*median/, measure: 'value', atMost: 2 },
  { name: /^TTFT error.*p95/, measure: 'value', atMost: 8 },
  { name: /^webview JavaScript before first Run/, measure: 'value', atMost: 150 },
  { name: /^vsix/, measure: 'value', atMost: 6 },
  { name: /^render.* 5 s, p95 frame/, measure: 'value', atMost: 34 },
  { name: /^render.*identical text/, measure: 'value', atLeast: 8 },
  { name: /^render.*heap/, measure: 'ratio', atMost: 3 },
  { name: /^media.*painted/, against: /bare page/, measure: 'ratio', atMost: 4 },
  { name: /^media.*messages of one run/, measure: 'value', atMost: 256 },
  { name: /^media.*largest message/, measure: 'value', atMost: 64 },
  { name: /^media.*page's heap/, against: /pictures/, measure: 'ratio', atMost: 0.5 },
  { name: /^media.*host's memory/, against: /pictures/, measure: 'ratio', atMost: 8 },
  { name: /^media.*attached by POST/, against: /plain server/, measure: 'ratio', atMost: 4 },
];

/** Why a figure misses its limit; undefined when it does not. */
export function verdict(row: Row): string | undefined {
  for (const { name, against, measure, atLeast, atMost } of LIMITS) {
    if (!name.test(row.name) || (against !== undefined && !against.test(row.against ?? ''))) continue;
    const figure = row[measure];
    if (typeof figure !== 'number' || !Number.isFinite(figure)) return `no ${measure}`;
    if (atLeast !== undefined && figure < atLeast) return `${measure} ${figure} is under ${atLeast}`;
    if (atMost !== undefined && figure > atMost) return `${measure} ${figure} is over ${atMost}`;
  }
  return undefined;
}
