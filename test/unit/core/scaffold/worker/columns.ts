/**
 * Columns for the tests of what goes into a Worker.
 */
import bundle from '../../../../../media/catalog.json';
import type { Model, Task } from '../../../../../src/core/catalog/model';
import type { HelperColumn } from '../../../../../src/core/scaffold/worker/helper-call';
import { modelOf } from '../../inference/support';

/** The models that come with the extension. */
export const catalogModels = (bundle as unknown as { models: readonly Model[] }).models;

export const hosted = (id: string, task: Task): Partial<Model> => ({ id, task, requestFormats: [] });

export const third = (id: string, task: Task): Partial<Model> => ({ ...hosted(id, task), hosting: 'third-party' });

/** A column of this model that says hello. */
export function columnOf(model: Partial<Model> = {}, changes: Partial<HelperColumn> = {}): HelperColumn {
  return {
    model: modelOf(model),
    parameters: {},
    messages: [{ role: 'user', content: 'Hello' }],
    media: [],
    gatewayId: 'team',
    metadata: {},
    ...changes,
  };
}
