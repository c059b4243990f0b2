/**
 * The models' own descriptions of their parameters (cloudflare-api.md 4.2 and 4.3), asked for when they are needed.
 */
import type { Model } from '../core/catalog/model';
import type { ModelSchema } from '../core/catalog/schema';
import { asObject } from '../core/inference/json';
import type { Endpoint } from '../core/inference/request';
import { RpcError } from '../protocol/rpc';
import type { Connection } from './connection';
import { apiGet, resultOf } from './http';
import { ownerOf } from './owner';
import type { AppPorts } from './ports';

/** Schemas that are kept, and bytes of one. The largest known has 60 KB. */
const KEPT = 200;
const MAX_BYTES = 1024 * 1024;

/** Which model. */
type Described = Pick<Model, 'id' | 'hosting'>;

/** The schemas of this session. */
export interface Schemas {
  /**
   * The model's own schema; undefined when the server has none. Rejects with `RpcError`: `network` or `server` when it
   * could not be read, or why there is no connection.
   */
  get(model: Described): Promise<ModelSchema | undefined>;
  /** The schema, if it was asked for before and there is one. */
  known(model: Described): ModelSchema | undefined;
  /** The schema; undefined when there is none, or none after so many seconds. Never rejects. */
  soon(model: Described, seconds: number): Promise<ModelSchema | undefined>;
}

/** Makes the store. Schemas of different accounts are kept apart: a model may be another there. */
export function createSchemas(
  { clock, fetch, settings }: Pick<AppPorts, 'clock' | 'fetch' | 'settings'>,
  connection: Pick<Connection, 'endpoint'>,
): Schemas {
  /** Null: the server has none. The oldest first. */
  const kept = new Map<string, ModelSchema | null>();
  const asking = new Map<string, Promise<ModelSchema | null>>();
  const keyOf = ({ id }: Described): string => `${ownerOf(settings.get())} ${id}`;

  async function ask(key: string, model: Described): Promise<ModelSchema | null> {
    const schema = await readSchema(fetch, await connection.endpoint(), model);
    kept.set(key, schema);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return schema;
  }

  async function get(model: Described): Promise<ModelSchema | undefined> {
    const key = keyOf(model);
    const known = kept.get(key);
    if (known !== undefined) return known ?? undefined;
    let answer = asking.get(key);
    if (answer === undefined) {
      answer = ask(key, model).finally(() => asking.delete(key));
      asking.set(key, answer);
    }
    return (await answer) ?? undefined;
  }

  return {
    get,
    known: (model) => kept.get(keyOf(model)) ?? undefined,
    soon: (model, seconds) =>
      new Promise((resolve) => {
        const cancel = clock.after(seconds, () => resolve(undefined));
        void get(model)
          .then(resolve, () => resolve(undefined))
          .finally(cancel);
      }),
  };
}

function urlOf({ baseUrl, accountId }: Endpoint, { id, hosting }: Described): string {
  const ai = `${baseUrl}/accounts/${encodeURIComponent(accountId)}/ai`;
  if (hosting === 'hosted') return `${ai}/models/schema?model=${encodeURIComponent(id)}`;
  return `${ai}/catalog/models/${id.split('/').map(encodeURIComponent).join('/')}/schema`;
}

async function readSchema(
  fetch: typeof globalThis.fetch,
  endpoint: Endpoint,
  model: Described,
): Promise<ModelSchema | null> {
  const answer = await apiGet(fetch, urlOf(endpoint, model), endpoint.token, { maxBytes: MAX_BYTES });
  if (answer.status === 404) return null;
  const result = asObject(resultOf(answer));
  if (result === undefined) {
    const what = answer.status >= 400 ? `the server answered with HTTP ${answer.status}` : 'it was not understood';
    throw new RpcError('server', `The schema of ${model.id} was not read: ${what}.`, answer.status >= 500);
  }
  const schema = model.hosting === 'hosted' ? result : asObject(result['schema']);
  if (asObject(schema?.['input']) === undefined && asObject(schema?.['output']) === undefined) return null;
  return { input: schema?.['input'] ?? null, output: schema?.['output'] ?? null };
}
