/**
 * Entity tags: who has a listing already need not get it again (RFC 9110, 13.1.2).
 */
import type { Reply, SimRequest } from './exchange';
import { hash } from './random';

/** `reply` with the tag of its body; 304 without a body when the request's `If-None-Match` names that tag. */
export function conditional(reply: Reply, request: SimRequest): Reply {
  const [step, ...more] = reply.steps;
  if (reply.status !== 200 || more.length > 0 || step?.type !== 'write' || typeof step.data !== 'string') return reply;
  const tag = `"${hash(step.data).toString(16).padStart(8, '0')}-${step.data.length}"`;
  const known = (request.headers['if-none-match'] ?? '').split(',').map((entry) => entry.trim().replace(/^W\//, ''));
  if (known.includes(tag) || known.includes('*')) return { ...reply, status: 304, headers: { etag: tag }, steps: [] };
  return { ...reply, headers: { ...reply.headers, etag: tag } };
}
