/**
 * A playground of which only what scaffolds ask for works: the catalog, favourites, what is shown and how it is set up.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CatalogModel } from '../../../../src/core/catalog/entry';
import type { Task } from '../../../../src/core/catalog/model';
import type { ChosenModel } from '../../../../src/core/scaffold/worker/answers';
import { RpcError } from '../../../../src/protocol/rpc';
import type { NewWorkerPorts } from '../../../../src/vscode/scaffold/new-worker';
import { entry, TODAY } from '../models/fake-catalog';
import { journalAt } from './plans';

/** Chat models: liked, shown, paid, old and others; and one of another task. */
export const MODELS: readonly CatalogModel[] = [
  entry('@cf/a/zebra', { name: 'Zebra' }),
  entry('@cf/a/liked', { name: 'Liked' }),
  entry('openai/shown', { name: 'Shown', requiresPaidPlan: true }),
  entry('@cf/zai-org/glm-4.7-flash', { name: 'GLM' }),
  entry('@cf/a/aardvark', { name: 'Aardvark' }),
  entry('@cf/a/gone', { name: 'Gone', retirementDate: '2026-01-31' }),
  entry('@cf/a/going', { name: 'Going', retirementDate: '2027-01-31' }),
  entry('@cf/a/painter', { name: 'Painter', task: 'text-to-image' }),
];

/** A model as the playground's column has it. */
export function chosen(id: string): ChosenModel {
  const model = MODELS.find((one) => one.id === id);
  if (model === undefined) throw new RpcError('unknown-model', `There is no model ${id}.`);
  return { id, task: model.task, hosting: 'hosted', input: { max_tokens: 77 } };
}

const TEMPLATES = path.resolve(import.meta.dirname, '../../../../media/templates/worker');

/** An empty memory of a workspace. */
export function memoryOf(): NewWorkerPorts['remembered'] {
  const memory = new Map<string, unknown>();
  return {
    keys: () => [...memory.keys()],
    get: (key: string) => memory.get(key),
    // As VS Code does: what is remembered goes through JSON.
    update: (key: string, value: unknown) => Promise.resolve(void memory.set(key, JSON.parse(JSON.stringify(value)))),
  } as NewWorkerPorts['remembered'];
}

/** What the commands borrow, with a memory that lasts as long as this. */
export function scaffoldPorts(): NewWorkerPorts {
  return {
    journal: journalAt('/storage'),
    nodeVersion: () => Promise.resolve('v24.0.0'),
    readTemplate: (file) => readFile(path.join(TEMPLATES, file), 'utf8'),
    settings: () => ({ gatewayId: 'mine', metadata: { team: 'shop' } }),
    today: () => TODAY,
    remembered: memoryOf(),
    playground: {
      catalog: { models: MODELS, load: () => Promise.resolve() } as unknown as NewWorkerPorts['playground']['catalog'],
      personal: {
        favourites: ['@cf/a/liked', '@cf/a/gone'],
        recent: [],
      } as unknown as NewWorkerPorts['playground']['personal'],
      shownModels: (task: Task) => Promise.resolve(task === 'text-generation' ? ['openai/shown'] : []),
      chosenModels: async (ids) => ids.map(chosen),
    },
  };
}
