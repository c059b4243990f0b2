/**
 * The Cog templates as data: what each is for and what it needs.
 */
import type { CogTemplateId } from './answers';

/** One template. Its files are under `media/templates/cog/<id>`. */
export interface CogTemplate {
  readonly id: Exclude<CogTemplateId, 'adopt'>;
  readonly label: string;
  /** One line. */
  readonly description: string;
  /** The file of the model: `predict.py` where it is in the classic spelling only. */
  readonly source: 'run.py' | 'predict.py';
  /** It does not run without a GPU. */
  readonly needsGpu: boolean;
  /** It runs much faster with one: the image has CUDA. */
  readonly gpu: boolean;
  /** Predictions at once, where they are more than one. */
  readonly slots?: number;
  /** A request for the README: the input of the model. */
  readonly sample: Readonly<Record<string, string | number>>;
}

/** In the order in which they are offered. */
export const COG_TEMPLATES: readonly CogTemplate[] = [
  {
    id: 'minimal',
    label: 'Minimal',
    description: 'Streams text on any CPU, needs nothing but Python',
    source: 'run.py',
    needsGpu: false,
    gpu: false,
    sample: { prompt: 'Ada', words: 4 },
  },
  {
    id: 'llm-streaming',
    label: 'Language model',
    description: 'transformers, streamed token by token; GPU or CPU',
    source: 'run.py',
    needsGpu: false,
    gpu: true,
    sample: { prompt: 'Why is the sky blue?', max_tokens: 64 },
  },
  {
    id: 'text-to-image',
    label: 'Text to image',
    description: 'diffusers, a picture as a file; needs a GPU',
    source: 'run.py',
    needsGpu: true,
    gpu: true,
    sample: { prompt: 'a lighthouse in the fog', seed: 7 },
  },
  {
    id: 'image-to-labels',
    label: 'Image to labels',
    description: 'The likeliest labels of a picture; GPU or CPU',
    source: 'run.py',
    needsGpu: false,
    gpu: true,
    sample: { image: 'https://example.com/cat.jpg', top: 3 },
  },
  {
    id: 'embeddings',
    label: 'Embeddings',
    description: 'A vector for a text, with sentence-transformers; CPU',
    source: 'run.py',
    needsGpu: false,
    gpu: false,
    sample: { text: 'The cat sleeps.' },
  },
  {
    id: 'concurrent',
    label: 'Concurrent',
    description: 'Several predictions at once in one process (async), as for vLLM',
    source: 'run.py',
    needsGpu: false,
    gpu: false,
    slots: 4,
    sample: { prompt: 'Ada', words: 3 },
  },
  {
    id: 'predictor',
    label: 'Classic predictor',
    description: "predict.py and BasePredictor, as in Cloudflare's announcement of April 2026",
    source: 'predict.py',
    needsGpu: false,
    gpu: false,
    sample: { image: 'https://example.com/cat.jpg', scale: 2 },
  },
];
