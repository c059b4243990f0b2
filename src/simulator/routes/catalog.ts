/**
 * The catalog routes (cloudflare-api.md 4.1 to 4.3), healthy or in the form that the account has.
 */
import type { SimCatalog } from '../catalog';
import { conditional } from '../conditional';
import { ok, paged, Refusal } from '../envelope';
import { jsonReply, type Reply, type SimRequest } from '../exchange';
import { listCompat } from '../listings/compat';
import type { CatalogForm } from '../listings/forms';
import { searchHosted } from '../listings/hosted';
import { hostileCompat, hostileHosted, hostileSchema, hostileThirdParty, weave } from '../listings/hostile';
import { spoil } from '../listings/spoil';
import { listThirdParty } from '../listings/third-party';
import { schemaOf } from '../schemas/schema-of';

/** A catalog as one account sees it. */
export interface CatalogView {
  readonly catalog: SimCatalog;
  /** Undefined: healthy. */
  readonly form: CatalogForm | undefined;
}

/** Answers a GET under `/accounts/{id}`; undefined when it is no catalog route. Throws a `Refusal` (404). */
export function readCatalog(path: string, request: SimRequest, view: CatalogView): Reply | undefined {
  if (path === '/ai/models/search') return searchModels(request, view);
  if (path === '/ai/models/schema') return schemaReply(request.query.get('model') ?? '', view, (schema) => schema);
  if (path !== '/ai/catalog/models' && !path.startsWith('/ai/catalog/models/')) return undefined;
  if (view.form === 'catalog-missing') throw new Refusal(404, 7000, 'No route for that URI');
  if (path === '/ai/catalog/models') return listCatalog(request, view);
  const modelId = /^\/ai\/catalog\/models\/(.+)\/schema$/.exec(path)?.[1];
  return modelId === undefined ? undefined : schemaReply(modelId, view, (schema) => ({ schema }));
}

/** Answers `GET /v1/{account}/{gateway}/compat/models`. */
export function readCompatModels(request: SimRequest, view: CatalogView): Reply {
  const entries = inForm(listCompat(view.catalog.all), view, () => hostileCompat('openai/gpt-4.1'));
  const healthy = jsonReply(200, { object: 'list', data: entries });
  return conditional(spoil(view.form, 'compat', healthy), request);
}

function searchModels(request: SimRequest, { catalog, form }: CatalogView): Reply {
  // A permission check asks for one entry: an account can be connected though its listing is broken.
  const view = { catalog, form: request.query.get('per_page') === '1' ? undefined : form };
  const repeated = '@cf/meta/llama-3.3-70b-instruct-fp8-fast';
  const items = inForm(searchHosted(catalog.all, request.query), view, () => hostileHosted(repeated));
  return conditional(spoil(view.form, 'search', pageOf(items, request, view, 1000)), request);
}

function listCatalog(request: SimRequest, view: CatalogView): Reply {
  const items = inForm(listThirdParty(view.catalog.all), view, () => hostileThirdParty('openai/gpt-4.1'));
  return conditional(spoil(view.form, 'catalog', pageOf(items, request, view, 50)), request);
}

function inForm(good: readonly unknown[], { form }: CatalogView, bad: () => readonly unknown[]): readonly unknown[] {
  if (form === 'catalog-empty') return [];
  return form === 'catalog-hostile' ? weave(good, bad()) : good;
}

function pageOf(items: readonly unknown[], { query }: SimRequest, { form }: CatalogView, largestPage: number): Reply {
  if (form !== 'catalog-looping') return paged(items, query, { usual: 50, largest: largestPage });
  const slice = items.slice(0, 50);
  const page = Number(query.get('page')) || 1;
  return ok(slice, { page, per_page: 50, count: slice.length, total_count: 1_000_000, total_pages: 20_000 });
}

function schemaReply(modelId: string, { catalog, form }: CatalogView, wrap: (schema: unknown) => unknown): Reply {
  const sim = catalog.find(modelId);
  const found = sim === undefined || form === 'catalog-empty' ? undefined : schemaOf(sim);
  if (found === undefined) throw new Refusal(404, 7003, `No schema for ${modelId}`);
  return spoil(form, 'schema', ok(wrap(form === 'catalog-hostile' ? hostileSchema : found)));
}
