import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Model, Task } from '../../../../src/core/catalog/model';
import { parseCatalog } from '../../../../src/core/catalog/parse';
import { defaultColumns, searchModels } from '../../../../src/core/catalog/search';
import { taskOf, taskTitles } from '../../../../src/core/catalog/tasks';

const models = parseCatalog(JSON.parse(readFileSync('media/catalog.json', 'utf8')));
const ids = (list: readonly Model[]): string[] => list.map(({ id }) => id);

describe('searchModels', () => {
  it('lists everything of a task for an empty query, deprecated models last', () => {
    const found = searchModels(models, '  ', { task: 'text-generation' });
    expect(found).toHaveLength(models.filter(({ task }) => task === 'text-generation').length);
    const firstDeprecated = found.findIndex(({ deprecated }) => deprecated);
    expect(firstDeprecated).toBeGreaterThan(0);
    expect(found.slice(firstDeprecated).every(({ deprecated }) => deprecated)).toBe(true);
  });

  it('finds by name, provider, id and task, in any case', () => {
    expect(ids(searchModels(models, 'GLM 4.7'))).toEqual(['@cf/zai-org/glm-4.7-flash']);
    expect(ids(searchModels(models, '@cf/zai-org/glm-4.7-flash'))).toEqual(['@cf/zai-org/glm-4.7-flash']);
    expect(searchModels(models, 'anthropic').every(({ provider }) => provider === 'anthropic')).toBe(true);
    expect(searchModels(models, 'text-to-image').every(({ task }) => task === 'text-to-image')).toBe(true);
  });

  it('wants every word to match', () => {
    const found = searchModels(models, 'claude sonnet');
    expect(found.length).toBeGreaterThan(2);
    expect(found.every(({ id }) => id.includes('claude-sonnet'))).toBe(true);
    expect(searchModels(models, 'claude flux')).toEqual([]);
  });

  it('puts the exact match first, and a word begun before a word that merely holds it', () => {
    expect(ids(searchModels(models, 'gpt-5'))[0]).toBe('openai/gpt-5');
    expect(ids(searchModels(models, 'o3'))[0]).toBe('openai/o3');
    const flux = searchModels(models, 'flux');
    expect(flux[0]?.id).toContain('flux');
  });

  it('keeps to the task asked for', () => {
    expect(searchModels(models, 'flux', { task: 'text-generation' })).toEqual([]);
  });

  it('takes its signs literally', () => {
    for (const query of ['.*', '(', '[a', '\\']) expect(() => searchModels(models, query)).not.toThrow();
    expect(searchModels(models, '.*')).toEqual([]);
  });
});

describe('defaultColumns', () => {
  it('contrasts for text a plain hosted, a reasoning hosted and a third-party model', () => {
    const [plain, thinker, other] = defaultColumns(models);
    expect(plain).toMatchObject({ hosting: 'hosted', task: 'text-generation' });
    expect(plain?.capabilities).not.toContain('reasoning');
    expect(thinker).toMatchObject({ hosting: 'hosted' });
    expect(thinker?.capabilities).toContain('reasoning');
    expect(other).toMatchObject({ hosting: 'third-party' });
  });

  it('takes for pictures a hosted and a third-party model', () => {
    const chosen = defaultColumns(models, 'text-to-image');
    expect(chosen.map(({ hosting }) => hosting).slice(0, 2)).toEqual(['hosted', 'third-party']);
  });

  it('never takes one twice or a deprecated one, for any task and when favourites are gone', () => {
    for (const task of Object.keys(taskTitles) as Task[]) {
      for (let left = models; ; left = left.filter((model) => !defaultColumns(left, task).includes(model))) {
        const chosen = defaultColumns(left, task);
        const fit = left.filter((model) => model.task === task && model.deprecated !== true);
        expect(new Set(chosen).size).toBe(Math.min(3, fit.length));
        expect(chosen.every((model) => fit.includes(model))).toBe(true);
        if (chosen.length === 0) break;
      }
    }
  });

  it('is empty for an empty catalog', () => {
    expect(defaultColumns([])).toEqual([]);
  });
});

describe('taskOf', () => {
  it.each([
    ['Text Generation', 'text-generation'],
    ['Automatic Speech Recognition', 'speech-recognition'],
    ['Text Embeddings', 'embeddings'],
    ['Dumb Pipe', 'turn-detection'],
    ['websocket', 'realtime'],
    ['Mind Reading', 'other'],
    ['constructor', 'other'],
    [undefined, 'other'],
  ])('%s is %s', (label, task) => expect(taskOf(label)).toBe(task));
});
