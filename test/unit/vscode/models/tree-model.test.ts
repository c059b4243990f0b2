import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CatalogModel } from '../../../../src/core/catalog/entry';
import type { Task } from '../../../../src/core/catalog/model';
import { createIndex } from '../../../../src/core/catalog/search';
import { taskTitles } from '../../../../src/core/catalog/tasks';
import { buildTree, type GroupNode, type TreeInput } from '../../../../src/vscode/models/tree-model';
import { entry, MODELS, NOBODY, TODAY } from './fake-catalog';

const tree = (more: Partial<TreeInput> = {}, models: readonly CatalogModel[] = MODELS) =>
  buildTree({
    index: createIndex(models),
    personal: NOBODY,
    grouping: 'provider',
    query: { sort: 'name' },
    today: TODAY,
    ...more,
  });
const shape = (groups: readonly GroupNode[]) =>
  groups.map(({ id, children }) => [id, children.map(({ modelId }) => modelId)]);

describe('the tree of models', () => {
  it('groups by provider, one group for all spellings of a name, by title', () => {
    expect(shape(tree())).toEqual([
      ['provider:meta', ['@cf/meta/llama-3.1-8b', 'meta-llama/llama-4']],
      ['provider:openai', ['openai/gpt-image', 'openai/gpt-old']],
      ['provider:zai-org', ['@cf/zai-org/glm-4.7-flash']],
    ]);
    expect(tree()[0]?.of).toEqual({ by: 'provider', key: 'meta', title: 'Meta' });
  });

  it('groups by task, in the order of the tasks, the retired last', () => {
    expect(shape(tree({ grouping: 'task' }))).toEqual([
      [
        'task:text-generation',
        ['@cf/zai-org/glm-4.7-flash', '@cf/meta/llama-3.1-8b', 'meta-llama/llama-4', 'openai/gpt-old'],
      ],
      ['task:text-to-image', ['openai/gpt-image']],
    ]);
  });

  it('begins with favourites and recently used in their own order, without models that are gone', () => {
    const personal = {
      ...NOBODY,
      favourites: ['openai/gpt-image', 'gone/model', '@cf/meta/llama-3.1-8b'],
      recent: ['@cf/zai-org/glm-4.7-flash'],
    };
    expect(shape(tree({ personal })).slice(0, 2)).toEqual([
      ['favourites', ['openai/gpt-image', '@cf/meta/llama-3.1-8b']],
      ['recent', ['@cf/zai-org/glm-4.7-flash']],
    ]);
    const favourite = tree({ personal }).flatMap(({ children }) => children.filter((child) => child.favourite));
    expect(favourite.map(({ id }) => id)).toEqual([
      'favourites/openai/gpt-image',
      'favourites/@cf/meta/llama-3.1-8b',
      'provider:meta/@cf/meta/llama-3.1-8b',
      'provider:openai/openai/gpt-image',
    ]);
  });

  it('leaves out what the query leaves out, among favourites too', () => {
    const personal = { ...NOBODY, favourites: ['openai/gpt-old', 'openai/gpt-image'] };
    expect(shape(tree({ personal, query: { task: 'text-to-image', hideRetired: true } }))).toEqual([
      ['favourites', ['openai/gpt-image']],
      ['provider:openai', ['openai/gpt-image']],
    ]);
    expect(tree({ query: { minContext: 2_000_000 } })).toEqual([]);
  });

  it('sorts within groups by what this machine measured, the unmeasured last', () => {
    const personal = { ...NOBODY, measured: { 'meta-llama/llama-4': { runs: 3, ttft: 0.2 } } };
    const [meta] = tree({ personal, query: { sort: 'ttft' } });
    expect(meta?.children.map(({ modelId, measured }) => [modelId, measured?.ttft])).toEqual([
      ['meta-llama/llama-4', 0.2],
      ['@cf/meta/llama-3.1-8b', undefined],
    ]);
  });

  it('marks what is retired today', () => {
    const lifecycles = tree().flatMap(({ children }) => children.map(({ modelId, lifecycle }) => [modelId, lifecycle]));
    expect(Object.fromEntries(lifecycles)).toMatchObject({
      'openai/gpt-old': 'retired',
      'openai/gpt-image': 'current',
    });
  });

  it('has every model in exactly one provider and exactly one task, whatever is personal, with ids that differ', () => {
    const provider = fc.constantFrom('meta', 'meta-llama', 'Meta', 'mistralai', 'constructor', '__proto__', 'x:y/z');
    const models = fc.uniqueArray(
      fc.record({
        id: fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('constructor', '__proto__', 'a/b', 'b')),
        provider,
        task: fc.constantFrom(...(Object.keys(taskTitles) as Task[])),
      }),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(models, fc.array(fc.nat(30)), fc.array(fc.nat(30)), (drawn, liked, used) => {
        const all = drawn.map(({ id, ...more }) => entry(id, more));
        const pick = (positions: readonly number[]) => positions.flatMap((position) => all[position]?.id ?? []);
        const personal = { ...NOBODY, favourites: pick(liked), recent: pick(used) };
        for (const grouping of ['provider', 'task'] as const) {
          const groups = tree({ personal, grouping }, all);
          const own = groups.filter(({ of }) => of.by === grouping);
          const listed = own.flatMap(({ children }) => children.map(({ modelId }) => modelId));
          expect(listed.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
          const ids = groups.flatMap((group) => [group.id, ...group.children.map(({ id }) => id)]);
          expect(new Set(ids).size).toBe(ids.length);
          expect(groups.every(({ children }) => children.length > 0)).toBe(true);
        }
      }),
    );
  });
});
