/**
 * What the routes of pictures, sound and video share.
 */
import { success } from '../envelope';
import { jsonReply, type Reply, type SimRequest } from '../exchange';
import type { Fields } from '../fields';
import type { SimModel } from '../models';
import { createRandom, hash } from '../random';
import type { Directives } from '../text/directives';
import { gatewayMetadata } from './text';

/** A request to one model, its input read. */
export interface Job {
  readonly sim: SimModel;
  readonly fields: Fields;
  readonly request: SimRequest;
}

/** Whether the model is one of Cloudflare's own platform. */
export function isHosted({ model }: SimModel): boolean {
  return model.hosting === 'hosted';
}

/** A third-party answer in its double wrapping (cloudflare-api.md 1.5); in another state than `Completed` there is none. */
export function thirdPartyReply(
  result: unknown,
  at: number,
  { state, first }: Pick<Directives, 'state' | 'first'> = {},
): Reply {
  const whole =
    state === undefined || state === 'Completed'
      ? { state: 'Completed', result, gatewayMetadata }
      : { state, result: null, error: `Simulated: the run is in the state ${state}.`, gatewayMetadata };
  return jsonReply(200, success(whole), { at: first ?? at });
}

/** A hosted answer: `result` is the task's own output (cloudflare-api.md 1.5). */
export function hostedReply(result: unknown, at: number): Reply {
  return jsonReply(200, success(result), { at });
}

/** A factor around 1 that is the same for every job of a model: some are quick, some are slow. */
export function habit(sim: SimModel, what: string): number {
  return 0.7 + 0.8 * createRandom(hash(`${what} ${sim.model.id}`)).next();
}

/** The seed asked for, else one by the prompt. Throws a `Refusal` (400) for one that is no whole number. */
export function seedOf(fields: Fields, prompt: string): number {
  return fields.number('seed', { integer: true }) ?? hash(prompt) % 100_000;
}
