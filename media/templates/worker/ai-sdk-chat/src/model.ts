/**
 * The Worker's models as one model of the AI SDK.
 */
import type { LanguageModel } from 'ai';
import { createWorkersAI } from 'workers-ai-provider';
import { runModel } from './ai';
import { throwReported } from './errors';
import { firstOf } from './fallback';
import { MODELS } from './models';
import { eventData, streamOf } from './sse';

/** Tries the models in their order, with their settings, through the gateway. */
export function chatModel(env: Env): LanguageModel {
  // The provider builds the input and reads the answer. The call between is ours, so that settings of any name reach the
  // model and another one may step in before the answer begins.
  const run = async (_: string, built: object, { signal }: { readonly signal?: AbortSignal }): Promise<unknown> => {
    const input = Object.fromEntries(Object.entries(built).filter(([, value]) => value !== undefined));
    const { answer } = await firstOf(MODELS, (model) =>
      runModel(env, model.id, { ...model.input, ...input }, { signal: signal ?? new AbortController().signal }),
    );
    return answer instanceof ReadableStream ? streamOf(checkedEvents(answer)) : answer;
  };
  return createWorkersAI({ binding: { run } as unknown as Ai })(MODELS[0].id);
}

/** The same events up to one that reports an error, which is thrown: the provider would pass over it. */
async function* checkedEvents(answer: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  const encoder = new TextEncoder();
  for await (const data of eventData(answer)) {
    throwReported(parsed(data));
    yield encoder.encode(`data: ${data.replaceAll('\n', '\ndata: ')}\n\n`);
  }
  return undefined;
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
