/**
 * Where the points of the cost × time chart lie.
 */
import type { CompareRow } from '../../src/core/run/compare';
import { headTime } from '../../src/core/run/metric-table';

/** One answer with a known cost and a known time. */
export interface ScatterInput {
  readonly label: string;
  readonly name: string;
  readonly seconds: number;
  readonly usd: number;
}

/** The answers of a comparison that have both, and the title of the time: what it is depends on their tasks. */
export function scatterInputs(
  rows: readonly CompareRow[],
  labels: ReadonlyMap<string, string>,
): { readonly inputs: readonly ScatterInput[]; readonly time: string } {
  const { id, title } = headTime(rows.map(({ task }) => task));
  const inputs = rows.flatMap(({ columnId, name, values }): ScatterInput[] => {
    const seconds = values[id];
    const usd = values.cost;
    return seconds === undefined || usd === undefined
      ? []
      : [{ label: labels.get(columnId) ?? '', name, seconds, usd }];
  });
  return { inputs, time: title };
}

/** A point; `x` and `y` from 0 to 1, `y` upwards. */
export interface ScatterPoint extends ScatterInput {
  readonly x: number;
  readonly y: number;
}

/** A point set with the ends of its axes. */
export interface Scatter {
  readonly points: readonly ScatterPoint[];
  readonly xEnd: number;
  readonly yStart: number;
  readonly yEnd: number;
  /** Costs differ so much that the axis is logarithmic. */
  readonly log: boolean;
}

/** Costs further apart than this would crowd at the foot of a linear axis. */
const LOG_FROM = 20;

/** Lays the points out; undefined when there are fewer than two to compare. */
export function scatterOf(inputs: readonly ScatterInput[]): Scatter | undefined {
  if (inputs.length < 2) return undefined;
  const costs = inputs.map(({ usd }) => usd);
  const least = Math.min(...costs);
  const most = Math.max(...costs);
  const log = least > 0 && most / least >= LOG_FROM;
  const xEnd = roundUp(Math.max(...inputs.map(({ seconds }) => seconds)));
  const yStart = log ? 10 ** Math.floor(Math.log10(least)) : 0;
  const yEnd = log ? 10 ** Math.ceil(Math.log10(most * 1.0001)) : roundUp(most);
  const height = (usd: number): number =>
    log ? Math.log(usd / yStart) / Math.log(yEnd / yStart) : yEnd === 0 ? 0 : usd / yEnd;
  const points = inputs.map((input) => ({ ...input, x: xEnd === 0 ? 0 : input.seconds / xEnd, y: height(input.usd) }));
  return { points, xEnd, yStart, yEnd, log };
}

/** The next of 1, 1.5, 2, 3, 5, 7, 10 × a power of ten. */
function roundUp(value: number): number {
  if (value <= 0) return 0;
  const magnitude = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 1.5, 2, 3, 5, 7, 10].find((step) => value <= step * magnitude * 1.000001) ?? 10;
  return Number((factor * magnitude).toPrecision(3));
}
