/**
 * How fast a simulated model is, and when each piece of its answer leaves: a pure function of tokens and dice.
 */
import { createRandom, hash, type Random } from './random';
import type { Piece } from './tokens';

/** Speed of one model at natural pace. */
export interface Pace {
  /** Seconds before the model starts reading the prompt: network and queue. */
  readonly latency: number;
  /** Input tokens read per second. */
  readonly prefill: number;
  /** Output tokens written per second. */
  readonly decode: number;
  /** Relative deviation of each gap; 0 for an even pace. */
  readonly jitter: number;
  /** Most tokens in one chunk. */
  readonly chunk: number;
}

/** Text that leaves at `at` seconds after the request was received. */
export interface TimedPiece extends Piece {
  readonly at: number;
}

/** The whole course of one answer, in seconds after the request was received. */
export interface Schedule {
  /** When the response headers leave. */
  readonly headersAt: number;
  readonly reasoning: readonly TimedPiece[];
  readonly answer: readonly TimedPiece[];
  /** When the last piece has left. */
  readonly endsAt: number;
}

const sizeByName: readonly (readonly [RegExp, number])[] = [
  [/micro|nano/, 3],
  [/mini|flash|lite|haiku|luna|small|fast|turbo/, 9],
  [/opus|-pro|max|fable|astra|kimi|405b/, 110],
];

/** Billions of weights at work per token: read off the id where it says so, else guessed from words in it. */
export function activeWeights(modelId: string): number {
  const active = /-a(\d+(?:\.\d+)?)b/.exec(modelId) ?? /(\d+(?:\.\d+)?)b(?![a-z])/.exec(modelId);
  if (active?.[1] !== undefined) return Math.max(0.5, Number(active[1]));
  return sizeByName.find(([pattern]) => pattern.test(modelId))?.[1] ?? 32;
}

/** The pace of a model: the more weights, the slower. The same id always has the same pace. */
export function paceOf(modelId: string, thirdParty: boolean): Pace {
  const random = createRandom(hash(`pace ${modelId}`));
  const size = activeWeights(modelId);
  const vary = (): number => 0.88 + 0.24 * random.next();
  return {
    latency: (0.09 + 0.035 * Math.sqrt(size) + (thirdParty ? 0.16 : 0)) * vary(),
    prefill: 13_000 * size ** -0.3 * vary(),
    decode: 280 * size ** -0.33 * vary(),
    jitter: 0.1 + 0.25 * random.next(),
    chunk: random.pick([1, 1, 2, 4]),
  };
}

/** When every piece leaves. `inputTokens` counts only those that must be read, not those of a cached prefix. */
export function scheduleAnswer(
  pace: Pace,
  inputTokens: number,
  output: { reasoning: readonly Piece[]; answer: readonly Piece[]; hiddenTokens: number },
  random: Random,
): Schedule {
  const headersAt = pace.latency * (1 + pace.jitter * 0.5 * Math.abs(random.normal()));
  let at = headersAt + inputTokens / pace.prefill + output.hiddenTokens / pace.decode;
  const time = (pieces: readonly Piece[]): TimedPiece[] => {
    const timed: TimedPiece[] = [];
    for (const piece of grouped(pieces, pace.chunk, random)) {
      at += (piece.tokens / pace.decode) * Math.max(0.1, 1 + pace.jitter * random.normal());
      timed.push({ ...piece, at });
    }
    return timed;
  };
  const reasoning = time(output.reasoning);
  const answer = time(output.answer);
  return { headersAt, reasoning, answer, endsAt: at };
}

/** Joins neighbouring pieces into chunks of up to `most` tokens, as real servers do under load. */
function* grouped(pieces: readonly Piece[], most: number, random: Random): Generator<Piece> {
  let index = 0;
  while (index < pieces.length) {
    const wanted = random.between(1, most);
    let text = '';
    let tokens = 0;
    while (index < pieces.length && (tokens === 0 || tokens < wanted)) {
      const piece = pieces[index++];
      if (piece === undefined) break;
      text += piece.text;
      tokens += piece.tokens;
    }
    yield { text, tokens };
  }
}
