/**
 * One function for every chat model: hosted ones (`@cf/…`), those of other providers (`author/model`) and the gateway's
 * dynamic routes (`dynamic/<route>`). What differs between them ends here.
 */
import { runModel } from './ai';
import { conversation, type Message } from './conversation';
import { firstOf } from './fallback';
import type { Model } from './models';
import { wordsIn } from './words';

/** What a model says, and which one it was. */
export interface Chat {
  readonly model: string;
  /** Piece by piece when `stream` was wished, else in one. */
  readonly words: AsyncGenerator<string>;
}

/** What a call may wish. */
export interface ChatOptions {
  readonly stream: boolean;
  readonly signal: AbortSignal;
}

/** Tries the models in their order. Throws a `ModelError`, or an `AbortError` when the client has gone. */
export async function chat(
  env: Env,
  models: readonly [Model, ...Model[]],
  messages: readonly Message[],
  { stream, signal }: ChatOptions,
): Promise<Chat> {
  const { model, answer } = await firstOf(models, (each) =>
    runModel(env, each.id, { ...each.input, ...conversation(each, messages), ...(stream && { stream }) }, { signal }),
  );
  return { model: model.id, words: wordsIn(answer) };
}
