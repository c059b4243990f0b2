/**
 * The Worker's models as one model of the AI SDK.
 */
import type { LanguageModel } from 'ai';
import { createWorkersAI } from 'workers-ai-provider';
import { runModel } from './ai';
import { firstOf } from './fallback';
import { MODELS } from './models';

/** Tries the models in their order, with their settings, through the gateway. */
export function chatModel(env: Env): LanguageModel {
  // The provider builds the input and reads the answer. The call between is ours, so that settings of any name reach the
  // model and another one may step in before the answer begins.
  const run = async (_: string, built: object, { signal }: { readonly signal?: AbortSignal }): Promise<unknown> => {
    const input = Object.fromEntries(Object.entries(built).filter(([, value]) => value !== undefined));
    const { answer } = await firstOf(MODELS, (model) =>
      runModel(env, model.id, { ...model.input, ...input }, { signal: signal ?? new AbortController().signal }),
    );
    return answer;
  };
  return createWorkersAI({ binding: { run } as unknown as Ai })(MODELS[0].id);
}
