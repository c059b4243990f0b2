/**
 * Answers a text model gives, on the wire that was asked for.
 */
import type { SimContext } from '../context';
import { disturbAnswer, disturbStream, disturbWhole } from '../disturb';
import { success, Refusal } from '../envelope';
import { bodyReply, jsonReply, type Reply, type Step, streamReply } from '../exchange';
import { type Disturbance, isRefusal, refusals } from '../faults';
import { type Answer, generate } from '../generate';
import type { SimModel } from '../models';
import type { TextRequest } from '../text-request';
import { streamChat, wholeChat } from '../wires/chat';
import { streamClassic, wholeClassic } from '../wires/classic';
import { streamMessage, wholeMessage } from '../wires/messages';
import { streamResponse, wholeResponse } from '../wires/responses';

/** The shape of an answer. */
export type TextWire = 'chat' | 'classic' | 'messages' | 'responses';

/** How a whole answer is wrapped: bare, or in the v4 envelope, for third-party models with `gatewayMetadata` beside it. */
export type Wrapping = 'none' | 'envelope' | 'envelope-with-metadata';

/** Which API key paid; the simulator always says Unified Billing (cloudflare-api.md 1.5). */
export const gatewayMetadata = { keySource: 'Unified' };

/** Answers `request`. Throws a `Refusal` where the model is a fault that refuses, or the input is too long. */
export function answerText(
  request: TextRequest,
  wire: TextWire,
  wrapping: Wrapping,
  context: SimContext,
  run: string | undefined,
): Reply {
  const disturbance = disturbanceOf(request.sim, context, run);
  if (disturbance === 'reset') return { ...jsonReply(500, null), reset: true };
  if (disturbance === 'html-error') return htmlError();
  const answer = disturbAnswer(disturbance, generate(request, context.prefixes));
  if (request.stream && disturbance !== 'plain-json') {
    const steps = streamOf(answer, request, wire);
    return streamReply(disturbStream(disturbance, steps), answer.schedule.headersAt);
  }
  const whole = wholeOf(answer, request.sim, wire);
  if (disturbance === 'no-usage') delete whole['usage'];
  return disturbWhole(disturbance, jsonReply(200, wrapped(whole, wrapping), { at: answer.schedule.endsAt }));
}

function wrapped(whole: Record<string, unknown>, wrapping: Wrapping): Record<string, unknown> {
  if (wrapping === 'none') return whole;
  return success(wrapping === 'envelope' ? whole : { ...whole, gatewayMetadata });
}

function streamOf(answer: Answer, request: TextRequest, wire: TextWire): Iterable<Step> {
  switch (wire) {
    case 'chat':
      return streamChat(answer, request.sim, request.includeUsage);
    case 'classic':
      return streamClassic(answer);
    case 'messages':
      return streamMessage(answer);
    case 'responses':
      return streamResponse(answer);
  }
}

function wholeOf(answer: Answer, sim: SimModel, wire: TextWire): Record<string, unknown> {
  switch (wire) {
    case 'chat':
      return wholeChat(answer, sim);
    case 'classic':
      return wholeClassic(answer);
    case 'messages':
      return wholeMessage(answer);
    case 'responses':
      return wholeResponse(answer);
  }
}

/** How the model spoils its answer. Throws a `Refusal` where it gives none. */
function disturbanceOf(sim: SimModel, context: SimContext, run: string | undefined): Disturbance | undefined {
  if (sim.fault === undefined) return undefined;
  if (isRefusal(sim.fault)) {
    const { status, code, message } = refusals[sim.fault];
    throw new Refusal(status, code, message);
  }
  if (sim.fault === 'flaky') countFlaky(context, run ?? '');
  return sim.fault;
}

/** Refuses the first two attempts of a run. */
function countFlaky({ flakyAttempts, speed }: SimContext, run: string): void {
  const attempt = (flakyAttempts.get(run) ?? 0) + 1;
  if (attempt > 2) {
    flakyAttempts.delete(run);
    return;
  }
  flakyAttempts.set(run, attempt);
  const seconds = speed === 0 ? 0 : Math.round(1 / speed);
  throw new Refusal(429, 2003, 'Rate limited', { 'retry-after': String(seconds) });
}

function htmlError(): Reply {
  const page =
    '<!DOCTYPE html>\n<html lang="en-US"><head><title>simulator | 502: Bad gateway</title></head>' +
    '<body><h1>Bad gateway <span>Error code 502</span></h1><p>Simulated error page.</p></body></html>\n';
  return bodyReply(502, 'text/html; charset=UTF-8', page);
}
