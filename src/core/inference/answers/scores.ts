/**
 * Reads rankings, labels, boxes and turns (cloudflare-api.md 4.4 A).
 */
import type { BoxesResult, LabelsResult, RankingResult, TurnResult } from '../../run/result';
import { asCount, asList, asObject, asText, type Json } from '../json';

/** Entries that are kept. */
const MOST = 1000;

/** `{response: [{id, score}]}`, or `{results: [{index, relevance_score}]}`, the best first. */
export function readRanking(body: unknown): RankingResult | undefined {
  const items = entriesOf(body, 'response', 'results', 'data').flatMap((entry) => {
    const index = asCount(entry['index'] ?? entry['id']);
    const score = scoreOf(entry['score'] ?? entry['relevance_score']);
    return index === undefined || !Number.isInteger(index) || score === undefined ? [] : [{ index, score }];
  });
  return items.length === 0 ? undefined : { kind: 'ranking', items: items.toSorted((a, b) => b.score - a.score) };
}

/** `[{label, score}]`, the highest first. */
export function readLabels(body: unknown): LabelsResult | undefined {
  const items = entriesOf(body, 'labels', 'predictions', 'response', 'results', 'output').flatMap((entry) => {
    const label = asText(entry['label']) ?? asText(entry['class']) ?? asText(entry['name']);
    const score = scoreOf(entry['score'] ?? entry['probability'] ?? entry['confidence']);
    return label === undefined || score === undefined ? [] : [{ label, score }];
  });
  return items.length === 0 ? undefined : { kind: 'labels', items: items.toSorted((a, b) => b.score - a.score) };
}

/** `[{label, score, box: {xmin, ymin, xmax, ymax}}]`. A list without entries found nothing. */
export function readBoxes(body: unknown): BoxesResult | undefined {
  const entries = entriesOf(body, 'objects', 'detections', 'predictions', 'response', 'results', 'output');
  const items = entries.flatMap((entry) => {
    const box = boxOf(entry['box'] ?? entry['bbox']);
    const label = asText(entry['label']) ?? asText(entry['class']);
    const score = scoreOf(entry['score'] ?? entry['confidence']);
    return box === undefined || label === undefined || score === undefined ? [] : [{ label, score, box }];
  });
  if (items.length === 0 && !(Array.isArray(body) && body.length === 0)) return undefined;
  return { kind: 'boxes', items };
}

/** `{is_complete, probability}`. */
export function readTurn(body: unknown): TurnResult | undefined {
  const answer = asObject(body);
  const complete = answer?.['is_complete'] ?? answer?.['complete'];
  if (typeof complete !== 'boolean') return undefined;
  const probability = asCount(answer?.['probability']);
  return { kind: 'turn', complete, ...(probability !== undefined && { probability }) };
}

/** The objects of a list, which stands alone or in one of these fields. */
function entriesOf(body: unknown, ...fields: readonly string[]): readonly Json[] {
  const answer = asObject(body);
  const list = Array.isArray(body) ? body : fields.map((field) => answer?.[field]).find(Array.isArray);
  // Batches of one are lists in lists.
  return asList(list)
    .flatMap((entry): readonly unknown[] => (Array.isArray(entry) ? entry : [entry]))
    .slice(0, MOST)
    .map(asObject)
    .filter((entry) => entry !== undefined);
}

function scoreOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function boxOf(value: unknown): BoxesResult['items'][number]['box'] | undefined {
  const named = asObject(value);
  const sides = named
    ? [
        named['xmin'] ?? named['x1'],
        named['ymin'] ?? named['y1'],
        named['xmax'] ?? named['x2'],
        named['ymax'] ?? named['y2'],
      ]
    : asList(value);
  const [xmin, ymin, xmax, ymax] = sides.map(scoreOf);
  if (xmin === undefined || ymin === undefined || xmax === undefined || ymax === undefined) return undefined;
  return { xmin, ymin, xmax, ymax };
}
