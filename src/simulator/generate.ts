/**
 * From a request for text to the whole answer: its words, its course in time, and what it used.
 */
import { Refusal } from './envelope';
import { type Pace, type Schedule, scheduleAnswer } from './pace';
import { describeMedia, tokensOfMedia } from './inputs/describe';
import type { PrefixCache } from './prefix-cache';
import { createRandom, hash, hex } from './random';
import { type Directives, readDirectives } from './text/directives';
import { type Assignment, writeAnswer, writeAtLeast, writeReasoning } from './text/compose';
import type { TextRequest, Turn } from './text-request';
import { firstTokens, pieces, tokenize, tokensOf } from './tokens';

/** Tokens used, in the simulator's own terms. */
export interface AnswerUsage {
  /** All input, cached tokens included. */
  readonly input: number;
  /** The part of the input that is pictures. */
  readonly images: number;
  /** The part of the input read from the prompt cache. */
  readonly cacheRead: number;
  /** The part of the input written to the prompt cache; only requests that mark their prompt pay for it. */
  readonly cacheWrite: number;
  /** All output, reasoning included. */
  readonly output: number;
  readonly reasoning: number;
}

/** A complete answer, ready to be put on any wire. */
export interface Answer {
  readonly modelId: string;
  /** 24 hexadecimal digits; the same request has the same id. */
  readonly id: string;
  readonly schedule: Schedule;
  readonly reasoningText: string;
  readonly text: string;
  readonly finish: 'stop' | 'length' | 'stop-sequence';
  readonly stopSequence: string | undefined;
  readonly usage: AnswerUsage;
}

/** Characters of input that are tokenized; of more the tokens are estimated, as a tokenizer would take minutes. */
const mostCharacters = 4_000_000;
/** Tokens the frame of one message counts for. */
const tokensPerTurn = 4;

/** Writes the answer to `request`. Throws a `Refusal` (413, code 3006) when the input exceeds the context window. */
export function generate(request: TextRequest, cache: PrefixCache): Answer {
  const { sim } = request;
  const turns = request.turns.map((turn) => ({
    ...turn,
    attachments: turn.attachments.map((seen) => seen.fingerprint).join() || 0,
  }));
  const seed = JSON.stringify([sim.model.id, turns, request.settings]);
  const random = createRandom(hash(`course ${seed}`));
  const id = hex(random, 24);
  const orders = readDirectives(lastUserText(request.turns));
  const assignment = { modelId: sim.model.id, prompt: orders.prompt, seed, settings: request.settings };

  const input = measureInput(request, cache);
  const thinking = thinkingTokens(request);
  const reasoning = thinking === 0 ? [] : pieces(writeReasoning(assignment, thinking));
  const { text, stopSequence } = cutAtStop(answerText(request, orders, assignment), request.stop);
  const answer = pieces(text);
  const ordered = orders.echo === undefined ? (orders.tokens ?? Infinity) : Infinity;
  const wantedReasoning = tokensOf(reasoning);
  const wanted = wantedReasoning + Math.min(tokensOf(answer), ordered);
  const limit = request.maxTokens ?? Infinity;
  // A character cut through by a limit is not shown, but its tokens were made and count.
  const output = Math.min(wanted, limit);
  const reasoningTokens = Math.min(wantedReasoning, limit);
  const limited = output < wanted;

  const hidden = sim.thinking === 'hidden';
  const reasoningPieces = hidden ? [] : firstTokens(reasoning, reasoningTokens);
  const answerPieces = firstTokens(answer, output - reasoningTokens);
  const schedule = scheduleAnswer(
    orderedPace(sim.pace, orders),
    input.total - input.cacheRead,
    { reasoning: reasoningPieces, answer: answerPieces, hiddenTokens: hidden ? reasoningTokens : 0 },
    random,
  );
  return {
    modelId: sim.model.id,
    id,
    schedule,
    reasoningText: reasoningPieces.map((piece) => piece.text).join(''),
    text: answerPieces.map((piece) => piece.text).join(''),
    finish: limited ? 'length' : stopSequence === undefined ? 'stop' : 'stop-sequence',
    stopSequence: limited ? undefined : stopSequence,
    usage: {
      input: input.total,
      images: input.images,
      cacheRead: input.cacheRead,
      cacheWrite: input.cacheWrite,
      output,
      reasoning: reasoningTokens,
    },
  };
}

function lastUserText(turns: readonly Turn[]): string {
  return turns.findLast((turn) => turn.role === 'user')?.text ?? turns.at(-1)?.text ?? '';
}

function answerText({ sim, turns, dictated }: TextRequest, orders: Directives, assignment: Assignment): string {
  if (dictated !== undefined) return dictated;
  if (orders.echo !== undefined) return orders.echo;
  const media = turns.flatMap(({ attachments }) => attachments);
  const seen = media.length === 0 ? '' : `I was given ${describeMedia(media)}.\n\n`;
  if (orders.tokens !== undefined) return seen + writeAtLeast(assignment, orders.tokens * 1.1 + 32);
  return seen + writeAnswer(assignment, sim.answerTokens);
}

function measureInput(
  request: TextRequest,
  cache: PrefixCache,
): { total: number; cacheRead: number; cacheWrite: number; images: number } {
  const { model } = request.sim;
  const characters = request.turns.reduce((sum, turn) => sum + turn.text.length, 0);
  const isHuge = characters > mostCharacters;
  const tokens = isHuge ? [] : request.turns.flatMap((turn) => tokenize(`${turn.role}\n${turn.text}`));
  const textTokens = isHuge ? Math.ceil(characters / 4) : tokens.length;
  const media = request.turns.flatMap(({ attachments }) => attachments);
  const mediaTokens = media.reduce((sum, medium) => sum + tokensOfMedia(medium), 0);
  const images = media.filter(({ kind }) => kind === 'image').reduce((sum, medium) => sum + tokensOfMedia(medium), 0);
  const total = textTokens + request.turns.length * (tokensPerTurn - 2) + mediaTokens;
  if (model.contextWindow !== undefined && total > model.contextWindow) {
    throw new Refusal(413, 3006, `The input has ${total} tokens; the context window holds ${model.contextWindow}.`);
  }
  const mayCache = model.provider !== 'anthropic' || request.marksCache;
  const cacheRead = mayCache ? cache.read(model.id, tokens) : 0;
  const cacheWrite = request.marksCache && cacheRead === 0 && tokens.length >= 1024 ? tokens.length : 0;
  return { total, cacheRead, cacheWrite, images };
}

function thinkingTokens({ sim, effort }: TextRequest): number {
  if (sim.thinking === 'none') return 0;
  const usual = sim.thinking === 'on-request' ? 0 : 1;
  return Math.round(sim.reasoningTokens * (effort ?? usual));
}

function cutAtStop(text: string, stop: readonly string[]): { text: string; stopSequence: string | undefined } {
  let end = text.length;
  let stopSequence: string | undefined;
  for (const sequence of stop) {
    const index = sequence === '' ? -1 : text.indexOf(sequence);
    if (index !== -1 && index < end) {
      end = index;
      stopSequence = sequence;
    }
  }
  return { text: text.slice(0, end), stopSequence };
}

function orderedPace(pace: Pace, { rate, first }: Directives): Pace {
  return {
    ...pace,
    ...(rate === undefined ? {} : { decode: rate, jitter: 0 }),
    ...(first === undefined ? {} : { latency: first, prefill: Infinity, jitter: 0 }),
  };
}
