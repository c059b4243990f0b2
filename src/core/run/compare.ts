/**
 * The comparison of columns: rows, sorting, best marks and the Markdown table.
 */
import type { Task } from '../catalog/model';
import {
  formatCount,
  formatFactor,
  formatMegapixels,
  formatMinutes,
  formatRate,
  formatSeconds,
  formatUsd,
  formatVectorRate,
} from './format';
import type { MetricId, MetricInfo } from './metric-info';
import { comparedMetrics, metricsForTask, metricTable } from './metric-table';
import type { Metrics } from './metrics';
import type { Money } from './money';

/** One column to compare. */
export interface Compared {
  readonly columnId: string;
  /** Name of the column for people. */
  readonly name: string;
  /** Answered by the simulator: no model ran. */
  readonly simulated: boolean;
  /** Of the model that ran. */
  readonly task: Task;
  readonly metrics: Metrics;
  readonly money: Money;
}

/** One row of the comparison: a column with its figures. */
export interface CompareRow extends Compared {
  /** Raw values in the unit of the metric. Absent: unknown, or it makes no sense for the task. */
  readonly values: Readonly<Partial<Record<MetricId, number>>>;
  /** Metrics in which this row is the best. */
  readonly best: ReadonlySet<MetricId>;
}

/** Makes the rows, in the order given, and marks the best of each metric. */
export function compareRows(columns: readonly Compared[]): CompareRow[] {
  const rows = columns.map((column) => ({ ...column, values: valuesOf(column), best: new Set<MetricId>() }));
  for (const info of metricTable) {
    for (const row of bestOf(rows, info)) row.best.add(info.id);
  }
  return rows;
}

function valuesOf({ task, metrics, money }: Compared): Partial<Record<MetricId, number>> {
  const own = metricsForTask(task);
  const values: Partial<Record<MetricId, number>> = {};
  for (const { id, unit, field, streamed } of metricTable) {
    if (streamed && !own.includes(id)) continue;
    const figure = field && metrics[field];
    const value = unit === 'usd' ? share(usdOf(money), field && (figure ?? 0)) : figure;
    if (value !== undefined) values[id] = value;
  }
  return values;
}

function usdOf(money: Money): number | undefined {
  return money.provenance === 'unknown' ? undefined : money.usd;
}

/** All of an amount, or that for one of so many; of none there is no share. */
function share(usd: number | undefined, among: number | undefined): number | undefined {
  if (usd === undefined || among === undefined) return usd;
  return among > 0 ? usd / among : undefined;
}

/** The metrics that these rows are compared by, in order. */
export function metricsOfRows(rows: readonly CompareRow[]): readonly MetricInfo[] {
  return comparedMetrics(rows.map(({ task, metrics: { sendsPictures, isOwn } }) => ({ task, sendsPictures, isOwn })));
}

/**
 * The best among the ranked rows whose tasks have this metric, ties included; none when fewer than two are known or all
 * are equal.
 */
function bestOf<Row extends Pick<CompareRow, 'values' | 'metrics' | 'task'>>(
  rows: readonly Row[],
  info: MetricInfo,
): Row[] {
  const { id, better } = info;
  if (better === undefined) return [];
  const ranked = rows.filter((row) => !row.metrics.unranked && row.values[id] !== undefined && belongsTo(row, info));
  const values = ranked.map((row) => row.values[id] ?? 0);
  if (values.length < 2 || values.every((value) => value === values[0])) return [];
  const best = better === 'lower' ? Math.min(...values) : Math.max(...values);
  return ranked.filter((row) => row.values[id] === best);
}

/** How the rows are ordered. */
export interface Sorting {
  readonly by: MetricId | 'name';
  readonly descending: boolean;
}

/** Sorts a copy. Rows that are equal keep their order, and unknown values come last in both directions. */
export function sortRows(rows: readonly CompareRow[], { by, descending }: Sorting): CompareRow[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    if (by === 'name') return sign * a.name.localeCompare(b.name);
    const x = a.values[by];
    const y = b.values[by];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    return sign * (x - y);
  });
}

/** Writes a raw value of this metric with its unit, or `–`. */
export function formatMetric({ unit }: Pick<MetricInfo, 'unit'>, value: number | undefined): string {
  switch (unit) {
    case 'seconds':
      return formatSeconds(value);
    case 'minutes':
      return formatMinutes(value);
    case 'tokens-per-second':
      return formatRate(value);
    case 'vectors-per-second':
      return formatVectorRate(value);
    case 'tokens':
    case 'count':
      return formatCount(value);
    case 'megapixels':
      return formatMegapixels(value);
    case 'factor':
      return formatFactor(value);
    case 'usd':
      return formatUsd(value);
  }
}

/** The comparison as a Markdown table, one line a row, with `★` at the best values and every doubt in words. */
export function comparisonMarkdown(rows: readonly CompareRow[]): string {
  const infos = metricsOfRows(rows);
  const heads = ['Model', ...infos.map(({ title }) => title)];
  const lines = [
    heads,
    heads.map((_, index) => (index === 0 ? '---' : '---:')),
    ...rows.map((row) => [nameCell(row), ...infos.map((info) => metricCell(row, info))]),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function nameCell({ name, simulated }: CompareRow): string {
  return escapeCell(name) + (simulated ? ' (simulated)' : '');
}

function metricCell(row: CompareRow, info: MetricInfo): string {
  const value = row.values[info.id];
  const star = row.best.has(info.id) ? ' ★' : '';
  if (info.unit === 'usd' && (value !== undefined || belongsTo(row, info))) {
    return value === undefined ? 'unknown' : `${formatUsd(value)} (${row.money.provenance})${star}`;
  }
  const counts = info.unit === 'tokens-per-second' || info.id === 'input-tokens' || info.id === 'output-tokens';
  const approximate = value !== undefined && counts && row.metrics.approximate ? ' (approx)' : '';
  if (info.id === 'decode' && value === undefined && row.metrics.notStreamed && belongsTo(row, info))
    return 'not streamed';
  return formatMetric(info, value) + approximate + star;
}

/** Whether the row's own task has this metric. */
function belongsTo({ task }: Pick<CompareRow, 'task'>, { id }: MetricInfo): boolean {
  return metricsForTask(task).includes(id);
}

/** Text that stays within its cell and is not taken for markup. */
function escapeCell(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|~]/g, '\\$&');
}
