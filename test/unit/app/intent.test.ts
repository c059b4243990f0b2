import { describe, expect, it } from 'vitest';
import { columnIdsOf, withArguments } from '../../../src/app/intent';
import type { Model } from '../../../src/core/catalog/model';
import type { PlaygroundIntent } from '../../../src/protocol/api';
import { checkIntent } from '../../../src/protocol/guards';

const column = (id: string, modelId = `model/${id}`) => ({ id, modelId, parameters: {} });
const text: PlaygroundIntent = {
  task: 'text-generation',
  prompt: 'p',
  system: '',
  columns: [column('a'), column('b')],
};
const flux: Model = {
  id: 'model/flux',
  provider: 'model',
  name: 'flux',
  task: 'text-to-image',
  hosting: 'hosted',
  capabilities: [],
  requestFormats: [],
  pricing: [],
};
let made = 0;
const newId = () => `new-${++made}`;

describe('a command that changes the task', () => {
  it('parks the columns shown and brings them back with their ids', () => {
    const images = withArguments(text, { models: [flux] }, newId);
    expect(images.task).toBe('text-to-image');
    expect(images.columns.map((shown) => shown.modelId)).toEqual(['model/flux']);
    expect(images.parked).toEqual({ 'text-generation': text.columns });
    const back = withArguments(images, { task: 'text-generation' }, newId);
    expect(back.columns).toEqual(text.columns);
    expect(back.parked).toEqual({ 'text-to-image': images.columns });
  });

  it('leaves every column in exactly one place, in a shape that the guards accept', () => {
    for (const change of [{ models: [flux] }, { task: 'text-to-image' as const }]) {
      const next = withArguments(text, change, newId);
      expect(new Set(columnIdsOf(next)).size).toBe(columnIdsOf(next).length);
      expect(checkIntent(structuredClone(next))).toEqual(next);
    }
  });
});
