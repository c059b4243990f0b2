/**
 * One search, against two well-known libraries over the same models and words in the same run: how long it takes, and
 * whether it finds what was meant when it was typed wrong.
 */
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { mergeListings } from '../../src/core/catalog/merge';
import type { Model } from '../../src/core/catalog/model';
import { providerTitle } from '../../src/core/catalog/providers';
import { createIndex, searchModels } from '../../src/core/catalog/search';
import { parseBundle } from '../../src/core/catalog/sources/bundle';
import { taskTitles } from '../../src/core/catalog/tasks';
import { catalogJson, rounded, spread } from './catalogs';
import type { Row } from './limits';
import { handTyped, mistyped } from './typos';

const SIZES = [300, 3000];
const ROUNDS = 20;
/** What people type on their way to a model: one letter after the other, several words, words that are wrong. */
const QUERIES = [
  ...['g', 'gp', 'gpt', 'gpt-', 'gpt-5', 'gpt-5.4', 'gpt54', 'gpt 5.4 mini', 'claude', 'claude sonnet 4.5', 'llama'],
  ...[
    'llama 3.3 70b',
    'meta',
    'openai',
    'flux',
    'text to image',
    'vision',
    'structured output',
    'deepseek',
    'qwen 30b',
  ],
  ...['@cf/zai-org/glm-4.7-flash', 'whisper', 'embedding', 'nothing like this', ...handTyped.map(([typed]) => typed)],
];

type Search = (typed: string) => readonly string[];
type Contender = (models: readonly Model[]) => Search;

const contenders: Readonly<Record<string, Contender>> = { ours, 'fuse.js': fuse, minisearch };

/** Emits milliseconds of a search at 300 and 3,000 models, and the share of mistyped queries that find their model. */
export function bench(emit: (row: Row) => void): Promise<void> {
  for (const size of SIZES) {
    const models = modelsOf(size);
    const times: Record<string, number[]> = {};
    for (const [name, create] of Object.entries(contenders)) times[name] = timed(create(models));
    const { median, p95 } = spread(times['ours'] ?? []);
    for (const against of Object.keys(contenders).filter((name) => name !== 'ours')) {
      const theirs = spread(times[against] ?? []);
      const row = { unit: 'ms', against };
      emit({
        ...row,
        name: `search, ${size} models, median`,
        value: rounded(median),
        ratio: rounded(median / theirs.median),
      });
      emit({ ...row, name: `search, ${size} models, p95`, value: rounded(p95), ratio: rounded(p95 / theirs.p95) });
    }
  }
  const models = mergeListings([parseBundle(JSON.parse(catalogJson(269)))]);
  const shares = Object.fromEntries(
    Object.entries(contenders).map(([name, create]) => [name, found(create(models), models)]),
  );
  for (const against of Object.keys(contenders).filter((name) => name !== 'ours')) {
    const [mine, theirs] = [shares['ours'] ?? NaN, shares[against] ?? NaN];
    emit({
      name: 'search, mistyped: meant model in first five',
      value: rounded(mine),
      unit: '%',
      against,
      ratio: rounded(mine / theirs),
    });
  }
  return Promise.resolve();
}

function modelsOf(size: number): readonly Model[] {
  return mergeListings([parseBundle(JSON.parse(catalogJson(size)))]);
}

function timed(search: Search): number[] {
  const times: number[] = [];
  // The first rounds warm up.
  for (let round = -3; round < ROUNDS; round += 1) {
    for (const typed of QUERIES) {
      const start = performance.now();
      search(typed);
      const took = performance.now() - start;
      if (round >= 0) times.push(took);
    }
  }
  return times;
}

/** Percent of the mistyped queries that have what was meant among the first five. */
function found(search: Search, models: readonly Model[]): number {
  const queries = [...handTyped, ...mistyped(models)];
  const hits = queries.filter(([typed, meant]) =>
    search(typed)
      .slice(0, 5)
      .some((id) => meant.test(id)),
  );
  return (100 * hits.length) / queries.length;
}

function ours(models: readonly Model[]): Search {
  const index = createIndex(models);
  return (text) => searchModels(index, { text }, { today: '2026-10-20' }).map(({ id }) => id);
}

/** The same words that ours looks at. */
function documentsOf(models: readonly Model[]) {
  return models.map(({ id, name, provider, task, capabilities }) => ({
    id,
    name,
    provider: `${provider} ${providerTitle(provider)}`,
    task: `${task} ${taskTitles[task]}`,
    capabilities: capabilities.join(' '),
  }));
}

/** Anywhere in the text, as stringent as its documentation uses it in its examples; names count double. */
function fuse(models: readonly Model[]): Search {
  const engine = new Fuse(documentsOf(models), {
    keys: [{ name: 'name', weight: 2 }, { name: 'id', weight: 2 }, 'provider', 'task', 'capabilities'],
    threshold: 0.4,
    ignoreLocation: true,
  });
  return (typed) => engine.search(typed).map(({ item }) => item.id);
}

/** As its documentation recommends for search as you type. */
function minisearch(models: readonly Model[]): Search {
  const engine = new MiniSearch({
    idField: 'key',
    fields: ['name', 'id', 'provider', 'task', 'capabilities'],
    storeFields: ['id'],
    searchOptions: { prefix: true, fuzzy: 0.2, combineWith: 'AND', boost: { name: 2, id: 2 } },
  });
  engine.addAll(documentsOf(models).map((document, key) => ({ ...document, key })));
  return (typed) => engine.search(typed).map((result) => result['id'] as string);
}
