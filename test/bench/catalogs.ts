/**
 * Catalogs of any size, made of the bundled one.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../tools/setup.mjs';

interface Bundle {
  readonly asOf: string;
  readonly models: readonly { readonly id: string; readonly name: string }[];
}

/** `media/catalog.json` with so many models: beyond the bundled ones, these again as further versions of theirs. */
export function catalogJson(count: number): string {
  const bundle = JSON.parse(readFileSync(path.join(root, 'media/catalog.json'), 'utf8')) as Bundle;
  const { models } = bundle;
  const many = Array.from({ length: count }, (_, at) => {
    const model = models[at % models.length];
    const version = Math.floor(at / models.length);
    if (model === undefined || version === 0) return model;
    return { ...model, id: `${model.id}-r${version}`, name: `${model.name} R${version}` };
  });
  return JSON.stringify({ ...bundle, models: many });
}

/** The middle and the value that 95 of 100 stay under. */
export function spread(values: readonly number[]): { median: number; p95: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { median: at(0.5), p95: at(0.95) };
}

/** Three digits are all that a measurement is worth. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
