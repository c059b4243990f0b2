/**
 * The models the simulator answers for, and how each of them behaves on the wire.
 */
import type { Model } from '../core/catalog/model';
import { type Fault, faultDescriptions, faultPrefix } from './faults';
import { paceOf, type Pace } from './pace';
import { createRandom, hash } from './random';

/**
 * How a model shows its reasoning: in which field of an OpenAI delta, not at all (`hidden`: usage alone tells),
 * only when the request asks (`on-request`), or it does not reason (`none`).
 */
export type Thinking = 'none' | 'hidden' | 'on-request' | 'reasoning' | 'reasoning_content';

/** A model and its habits. */
export interface SimModel {
  readonly model: Model;
  readonly description: string;
  readonly pace: Pace;
  readonly thinking: Thinking;
  /** What the native path `/ai/run/@cf/…` speaks: newer models use the OpenAI shape there too (cloudflare-api.md 2.2). */
  readonly native: 'classic' | 'openai';
  /** Usual length of an answer in tokens. */
  readonly answerTokens: number;
  /** Usual length of the reasoning in tokens. */
  readonly reasoningTokens: number;
  readonly fault?: Fault;
}

const openAiShapedOnNative = /kimi|glm|nemotron|gemma-4|gpt-oss|deepseek-v4|qwen3\.8|^@cf\/simulator\//;
const reasonsThoughUnlisted =
  /glm-5\.3|deepseek-v4|qwen3\.8|gpt-5\.6|gpt-6|gemini-3|grok-4\.\d$|kimi-k|-r1-|claude-(?:opus|sonnet|fable)-5/;
// OpenAI gives no reasoning text; the newest family, which the catalog lists for the Responses format alone, does here.
const hidesReasoning = /^openai\/(?:o\d|gpt-5(?!\.6)|gpt-6)/;
// Anthropic's models up to 4.6 think only when asked; later ones do by themselves.
const thinksOnRequest = /^anthropic\/claude-(?:haiku|opus|sonnet)-4/;
const namesItReasoning = /gpt-oss|nemotron|gemini|minimax/;

/** A catalog model with the habits its id suggests. */
export function simulate(model: Model): SimModel {
  const random = createRandom(hash(`habits ${model.id}`));
  return {
    model,
    description: `${model.name}, simulated: no model runs.`,
    pace: paceOf(model.id, model.hosting === 'third-party'),
    thinking: thinkingOf(model),
    native: openAiShapedOnNative.test(model.id) ? 'openai' : 'classic',
    answerTokens: random.between(130, 330),
    reasoningTokens: random.between(60, 160),
  };
}

/** The fault models, priced so that cost works on them too. */
export function faultModels(): SimModel[] {
  return faultDescriptions.map(([fault, about]) => {
    const model: Model = {
      id: `${faultPrefix}${fault}`,
      provider: 'simulator',
      name: `Fault: ${fault}`,
      task: 'text-generation',
      hosting: 'hosted',
      contextWindow: 32_000,
      capabilities: ['streaming'],
      requestFormats: [],
      pricing: [
        { label: 'per 1M input tokens', usd: 0.1 },
        { label: 'per 1M output tokens', usd: 0.4 },
      ],
    };
    const answerTokens = fault === 'byte-split' ? 60 : 160;
    return { ...simulate(model), description: `Simulated fault: ${about}`, thinking: 'none', answerTokens, fault };
  });
}

/** Models of the tasks that the bundled catalog has none of any more. */
export function taskModels(): SimModel[] {
  const tasks = [
    ['detr-resnet-50', 'DETR', 'object-detection'],
    ['bart-large-cnn', 'BART', 'summarization'],
  ] as const;
  return tasks.map(([name, title, task]) => {
    const model: Model = {
      id: `${faultPrefix}${name}`,
      provider: 'simulator',
      name: `Simulated ${title}`,
      task,
      hosting: 'hosted',
      capabilities: [],
      requestFormats: [],
      pricing: [],
    };
    return simulate(model);
  });
}

function thinkingOf(model: Model): Thinking {
  if (model.task !== 'text-generation') return 'none';
  if (!model.capabilities.includes('reasoning') && !reasonsThoughUnlisted.test(model.id)) return 'none';
  if (/non-reasoning/.test(model.id)) return 'none';
  if (hidesReasoning.test(model.id)) return 'hidden';
  if (thinksOnRequest.test(model.id)) return 'on-request';
  return namesItReasoning.test(model.id) ? 'reasoning' : 'reasoning_content';
}
