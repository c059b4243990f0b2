import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultColumns } from '../../../../src/core/catalog/default-columns';
import { lifecycleOf } from '../../../../src/core/catalog/lifecycle';
import { mergeListings } from '../../../../src/core/catalog/merge';
import type { Model, Task } from '../../../../src/core/catalog/model';
import { parseBundle } from '../../../../src/core/catalog/sources/bundle';
import { taskTitles } from '../../../../src/core/catalog/tasks';

const models: readonly Model[] = mergeListings([parseBundle(JSON.parse(readFileSync('media/catalog.json', 'utf8')))]);

const TODAY = '2026-11-22';

describe('defaultColumns', () => {
  it('contrasts for text a plain hosted, a reasoning hosted and a third-party model', () => {
    const [plain, thinker, other] = defaultColumns(models, TODAY);
    expect(plain).toMatchObject({ hosting: 'hosted', task: 'text-generation' });
    expect(plain?.capabilities).not.toContain('reasoning');
    expect(thinker).toMatchObject({ hosting: 'hosted' });
    expect(thinker?.capabilities).toContain('reasoning');
    expect(other).toMatchObject({ hosting: 'third-party' });
  });

  it('takes for pictures a hosted and a third-party model', () => {
    const chosen = defaultColumns(models, TODAY, 'text-to-image');
    expect(chosen.map(({ hosting }) => hosting).slice(0, 2)).toEqual(['hosted', 'third-party']);
  });

  it('never takes one twice or a deprecated one, for any task and when favourites are gone', () => {
    for (const task of Object.keys(taskTitles) as Task[]) {
      for (
        let left: readonly Model[] = models;
        ;
        left = left.filter((model) => !defaultColumns(left, TODAY, task).includes(model))
      ) {
        const chosen = defaultColumns(left, TODAY, task);
        const fit = left.filter((model) => model.task === task && lifecycleOf(model, TODAY) === 'current');
        expect(new Set(chosen).size).toBe(Math.min(3, fit.length));
        expect(chosen.every((model) => fit.includes(model))).toBe(true);
        if (chosen.length === 0) break;
      }
    }
  });

  it('leaves out what has ended since, though no list says that it is deprecated', () => {
    const [first] = defaultColumns(models, TODAY);
    if (!first) throw new Error('no model');
    const ended = models.map((model) => (model.id === first.id ? { ...model, retirementDate: '2026-11-01' } : model));
    expect(defaultColumns(ended, TODAY).map(({ id }) => id)).not.toContain(first.id);
    expect(defaultColumns(ended, '2026-10-31').map(({ id }) => id)).not.toContain(first.id);
  });

  it('is empty for an empty catalog', () => {
    expect(defaultColumns([], TODAY)).toEqual([]);
  });
});
