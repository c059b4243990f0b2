/**
 * A playground of which only the catalog and what is personal work.
 */
import type { Connection } from '../../../../src/app/connection';
import { createEmitter } from '../../../../src/app/emitter';
import type { CatalogModel, CatalogStatus } from '../../../../src/core/catalog/entry';
import type { CatalogChange, Personal } from '../../../../src/protocol/api';
import { RpcError } from '../../../../src/protocol/rpc';

/** A day on which nothing of the fixtures is retired but what says so. */
export const TODAY = '2026-11-22';

/** Makes a model of the merged catalog, listed by the account. */
export function entry(id: string, more: Partial<CatalogModel> = {}): CatalogModel {
  return {
    id,
    provider: id.replace(/^@cf\//, '').split('/')[0] ?? id,
    name: id.slice(id.lastIndexOf('/') + 1),
    task: 'text-generation',
    hosting: id.startsWith('@cf/') ? 'hosted' : 'third-party',
    capabilities: [],
    requestFormats: [],
    pricing: [
      { label: 'per M input tokens', usd: 1 },
      { label: 'per M output tokens', usd: 2 },
    ],
    origins: { pricing: 'models-search' },
    confirmed: true,
    ...more,
  };
}

/** Models of three providers and two tasks; one is retired and one was never confirmed. */
export const MODELS: readonly CatalogModel[] = [
  entry('@cf/meta/llama-3.1-8b', { name: 'Llama 3.1 8B', contextWindow: 32_000 }),
  entry('meta-llama/llama-4', { name: 'Llama 4', contextWindow: 1_000_000, confirmed: false }),
  entry('@cf/zai-org/glm-4.7-flash', {
    name: 'GLM 4.7 Flash',
    capabilities: ['tools'],
    termsUrl: 'https://z.ai/terms',
  }),
  entry('openai/gpt-image', { name: 'GPT Image', task: 'text-to-image', pricing: [{ label: 'Per image', usd: 0.04 }] }),
  entry('openai/gpt-old', { name: 'GPT Old', retirementDate: '2026-01-31', pricing: [] }),
];

/** A live and a bundled list. */
export const LIVE: CatalogStatus = {
  sources: [
    { source: 'models-search', asOf: '2026-11-20T10:00:00Z', models: 4, leftOut: 0 },
    { source: 'bundle', asOf: '2026-10', models: 5, leftOut: 0 },
  ],
  refreshing: false,
};

/** The bundled list alone. */
export const OFFLINE: CatalogStatus = {
  sources: [{ source: 'bundle', asOf: '2026-10', models: 5, leftOut: 0 }],
  refreshing: false,
};

/** Nothing personal. */
export const NOBODY: Personal = { favourites: [], recent: [], measured: {} };

/** Makes one; its events count their listeners. */
export function fakePlayground(models: readonly CatalogModel[] = MODELS) {
  const changed = createEmitter<void>();
  const changedPersonal = createEmitter<Personal>();
  let listeners = 0;
  const counted =
    <T>(event: (listener: (value: T) => void) => { dispose(): void }) =>
    (listener: (value: T) => void) => {
      const subscription = event(listener);
      listeners++;
      return {
        dispose() {
          listeners--;
          subscription.dispose();
        },
      };
    };
  const state = { models, status: LIVE, personal: NOBODY };
  const calls: string[] = [];
  const playground = {
    connection: {
      info: { kind: 'cloudflare' },
      warm: () => Promise.resolve(void calls.push('warm')),
    } as unknown as Connection,
    catalog: {
      get models() {
        return state.models;
      },
      get status() {
        return state.status;
      },
      onDidChange: counted(changed.event),
      load: () => Promise.resolve(void calls.push('load')),
      follow: () => Promise.resolve(void calls.push('follow')),
      refresh: (signal?: AbortSignal): Promise<CatalogChange> => {
        calls.push('refresh');
        if (!signal?.aborted) return Promise.resolve({ models: state.models.length, added: 1, removed: 0 });
        return Promise.reject(new RpcError('cancelled', 'Cancelled.'));
      },
    },
    get personal() {
      return state.personal;
    },
    onDidChangePersonal: counted(changedPersonal.event),
    setFavourite: (id: string, on: boolean) => {
      const favourites = state.personal.favourites.filter((known) => known !== id);
      state.personal = { ...state.personal, favourites: on ? [id, ...favourites] : favourites };
      changedPersonal.fire(state.personal);
    },
    showModel: (id: string) => Promise.resolve(void calls.push(`page ${id}`)),
    addColumn: (id: string) => Promise.resolve(void calls.push(`column ${id}`)),
  };
  return {
    playground,
    /** What was asked of it, in order. */
    calls,
    get listeners() {
      return listeners;
    },
    setCatalog(next: { readonly models?: readonly CatalogModel[]; readonly status?: CatalogStatus }) {
      Object.assign(state, next);
      changed.fire();
    },
    setPersonal(next: Partial<Personal>) {
      state.personal = { ...state.personal, ...next };
      changedPersonal.fire(state.personal);
    },
  };
}
