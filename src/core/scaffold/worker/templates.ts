/**
 * The Worker templates as data: what each is for, which models it takes, what it is made of.
 */
import type { Task } from '../../catalog/model';
import type { WorkerTemplateId } from './answers';

/** Models of one task that a template asks for. */
export interface ModelSlot {
  readonly task: Task;
  /** Most models; the first is tried first. None are asked for where this is 0. */
  readonly most: number;
}

/** One template. */
export interface WorkerTemplate {
  readonly id: WorkerTemplateId;
  readonly label: string;
  /** One line. */
  readonly description: string;
  readonly slots: readonly ModelSlot[];
}

/** In the order in which they are offered. */
export const WORKER_TEMPLATES: readonly WorkerTemplate[] = [
  {
    id: 'streaming-chat',
    label: 'Streaming chat',
    description: 'Server-sent events, ordered fallback between models, typed errors',
    slots: [{ task: 'text-generation', most: 3 }],
  },
  {
    id: 'ai-sdk-chat',
    label: 'AI SDK chat',
    description: 'streamText of the ai package with workers-ai-provider',
    slots: [{ task: 'text-generation', most: 3 }],
  },
  {
    id: 'multi-provider',
    label: 'Multi-provider',
    description: 'Hosted models, third-party models and dynamic routes behind one function',
    slots: [{ task: 'text-generation', most: 3 }],
  },
  {
    id: 'image-generation',
    label: 'Image generation',
    description: 'A picture for a prompt, whatever form the model answers in',
    slots: [{ task: 'text-to-image', most: 1 }],
  },
  {
    id: 'structured-output',
    label: 'Structured output',
    description: 'JSON by schema, checked, and asked for again when it does not hold',
    slots: [{ task: 'text-generation', most: 1 }],
  },
  {
    id: 'embeddings-search',
    label: 'Embeddings search',
    description: 'Documents in Vectorize, found by meaning',
    slots: [{ task: 'embeddings', most: 1 }],
  },
  {
    id: 'speech',
    label: 'Speech',
    description: 'Speech to text, and text to speech',
    slots: [
      { task: 'speech-recognition', most: 1 },
      { task: 'text-to-speech', most: 1 },
    ],
  },
  {
    id: 'custom-model',
    label: 'Custom model',
    description: 'A model of your own by an id kept in a variable',
    slots: [],
  },
];
