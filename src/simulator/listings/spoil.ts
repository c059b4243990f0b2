/**
 * Spoils whole answers of catalog routes, by account.
 */
import { bodyReply, type Reply, type Step } from '../exchange';
import type { CatalogForm } from './forms';

/** A route of the catalog. */
export type CatalogRoute = 'search' | 'catalog' | 'compat' | 'schema';

/** What an account of `form` gets instead of `healthy` on `route`; `healthy` itself where the form leaves it alone. */
export function spoil(form: CatalogForm | undefined, route: CatalogRoute, healthy: Reply): Reply {
  switch (form) {
    case 'catalog-malformed':
      return malformed(route, healthy);
    case 'catalog-slow':
      return slow(route, healthy);
    case 'catalog-huge':
      return huge(route);
    default:
      return healthy;
  }
}

function malformed(route: CatalogRoute, healthy: Reply): Reply {
  if (route === 'catalog') {
    const page =
      '<!DOCTYPE html>\n<html lang="en-US"><head><title>Just a moment...</title></head><body></body></html>\n';
    return bodyReply(200, 'text/html; charset=UTF-8', page);
  }
  if (route === 'compat') return bodyReply(200, 'application/json', '{"object":"list","data":"none"}');
  const text = textOf(healthy);
  return bodyReply(200, 'application/json', text.slice(0, Math.ceil(text.length * 0.6)));
}

/** No answer at all; on `catalog` headers and first bytes come, and then silence. */
function slow(route: CatalogRoute, healthy: Reply): Reply {
  if (route !== 'catalog') return { ...healthy, headersAt: Infinity };
  const start: Step = { type: 'write', at: 0, kind: 'body', data: textOf(healthy).slice(0, 200) };
  return { ...healthy, steps: [start, { type: 'hang' }] };
}

const largePart = 64 * 1024;
const largeParts = 340;

/** Valid JSON of more than 20 MB: the same 64 KB again and again, so that the whole never stands in memory. */
function huge(route: CatalogRoute): Reply {
  const [start, part, end] = hugeText(route);
  const filler = part.repeat(Math.ceil(largePart / part.length));
  const write = (data: string): Step => ({ type: 'write', at: 0, kind: 'body', data });
  const steps = [write(start), ...Array.from({ length: largeParts }, () => write(filler)), write(end)];
  return { status: 200, headers: { 'content-type': 'application/json' }, headersAt: 0, steps };
}

function hugeText(route: CatalogRoute): readonly [start: string, part: string, end: string] {
  switch (route) {
    case 'search':
      return ['{"success":true,"result":[', '{"name":"@cf/simulator/huge"},', '{}]}'];
    case 'catalog':
      return ['{"success":true,"result":[', '{"model_id":"simulator/huge"},', '{}]}'];
    case 'compat':
      return ['{"object":"list","data":[', '{"id":"simulator/huge"},', '{}]}'];
    case 'schema':
      return ['{"success":true,"result":{"input":{"type":"object","description":"', 'huge ', '"},"output":{}}}'];
  }
}

function textOf({ steps }: Reply): string {
  const [step] = steps;
  return step?.type === 'write' && typeof step.data === 'string' ? step.data : '';
}
