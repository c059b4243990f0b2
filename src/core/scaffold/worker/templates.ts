/**
 * The Worker templates as data: what each is for, which models it takes, what it is made of.
 */
import type { Task } from '../../catalog/model';
import type { WorkerTemplateId } from './answers';

/** Models of one task that a template asks for. */
export interface ModelSlot {
  readonly task: Task;
  /** Most models; the first is tried first. */
  readonly most: number;
  /** What they are called in `src/models.ts`: a list where there may be several. */
  readonly constant: string;
  /** Ids that are taken when none are chosen. */
  readonly otherwise: readonly string[];
}

/** One template. */
export interface WorkerTemplate {
  readonly id: WorkerTemplateId;
  readonly label: string;
  /** One line. */
  readonly description: string;
  readonly slots: readonly ModelSlot[];
  /** Paths under `media/templates/worker/<id>`, the same in the project. */
  readonly files: readonly string[];
  /** Paths under `media/templates/worker/shared`, the same in the project. What is in `files` too is taken from there. */
  readonly shared: readonly string[];
  /** Of the Worker itself, with versions. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** Variables beside those that all templates have. */
  readonly vars: Readonly<Record<string, string>>;
  /** The variable that takes the id of a chosen text model, where no slot does. */
  readonly modelVar?: string;
  /** Name of a Vectorize binding. */
  readonly vectorize?: string;
}

/** Models that chat, on the Free plan (scaffolding.md 0.10). */
const CHAT: ModelSlot = {
  task: 'text-generation',
  most: 3,
  constant: 'MODELS',
  otherwise: ['@cf/zai-org/glm-4.7-flash', '@cf/google/gemma-4-26b-a4b-it'],
};

const TOOLS = ['tsconfig.json', 'gitignore', 'test/tsconfig.json', 'vitest.config.mts', 'offline/index.ts'];
const BASE = [...TOOLS, 'offline/fake-ai.ts', 'src/ai.ts', 'src/errors.ts', 'src/http.ts'];
const CONVERSATION = [...BASE, 'src/conversation.ts', 'src/fallback.ts', 'src/messages.ts', 'test/answers.ts'];
const READING = [...CONVERSATION, 'src/sse.ts', 'src/words.ts'];
const PLAIN = { dependencies: {}, vars: {} };

/** In the order in which they are offered. */
export const WORKER_TEMPLATES: readonly WorkerTemplate[] = [
  {
    id: 'streaming-chat',
    label: 'Streaming chat',
    description: 'Server-sent events, ordered fallback between models, typed errors',
    slots: [CHAT],
    files: ['README.md', 'src/index.ts', 'test/index.spec.ts'],
    shared: READING,
    ...PLAIN,
  },
  {
    id: 'ai-sdk-chat',
    label: 'AI SDK chat',
    description: 'streamText of the ai package with workers-ai-provider',
    slots: [CHAT],
    files: ['README.md', 'src/index.ts', 'src/model.ts', 'src/ui-messages.ts', 'test/index.spec.ts'],
    shared: [...CONVERSATION, 'src/sse.ts'],
    ...PLAIN,
    dependencies: { ai: '^7.0.173', 'workers-ai-provider': '^4.0.0', zod: '^4.6.7' },
  },
  {
    id: 'multi-provider',
    label: 'Multi-provider',
    description: 'Hosted models, third-party models and dynamic routes behind one function',
    slots: [CHAT],
    files: ['README.md', 'src/chat.ts', 'src/index.ts', 'test/chat.spec.ts', 'test/index.spec.ts'],
    shared: READING,
    ...PLAIN,
  },
  {
    id: 'image-generation',
    label: 'Image generation',
    description: 'A picture for a prompt, whatever form the model answers in',
    slots: [{ task: 'text-to-image', most: 1, constant: 'MODEL', otherwise: ['@cf/black-forest-labs/flux-1-schnell'] }],
    files: [
      'README.md',
      'offline/fake-ai.ts',
      'src/index.ts',
      'src/picture.ts',
      'test/index.spec.ts',
      'test/picture.spec.ts',
    ],
    shared: [...BASE, 'src/media.ts'],
    ...PLAIN,
  },
  {
    id: 'structured-output',
    label: 'Structured output',
    description: 'JSON by schema, checked, and asked for again when it does not hold',
    slots: [{ ...CHAT, most: 1, constant: 'MODEL' }],
    files: [
      'README.md',
      'offline/fake-ai.ts',
      'src/event.ts',
      'src/index.ts',
      'src/structured.ts',
      'test/index.spec.ts',
      'test/structured.spec.ts',
    ],
    shared: [...BASE, 'src/conversation.ts'],
    ...PLAIN,
    dependencies: { '@valibot/to-json-schema': '^1.8.0', valibot: '^1.5.0' },
  },
  {
    id: 'embeddings-search',
    label: 'Embeddings search',
    description: 'Documents in Vectorize, found by meaning',
    slots: [{ task: 'embeddings', most: 1, constant: 'MODEL', otherwise: ['@cf/baai/bge-m3'] }],
    files: [
      'README.md',
      'offline/fake-ai.ts',
      'src/documents.ts',
      'src/embed.ts',
      'src/index.ts',
      'test/index.spec.ts',
    ],
    shared: BASE,
    ...PLAIN,
    vectorize: 'VECTORIZE',
  },
  {
    id: 'speech',
    label: 'Speech',
    description: 'Speech to text, and text to speech',
    slots: [
      {
        task: 'speech-recognition',
        most: 1,
        constant: 'TRANSCRIPTION',
        otherwise: ['@cf/openai/whisper-large-v3-turbo'],
      },
      { task: 'text-to-speech', most: 1, constant: 'SPEECH', otherwise: ['@cf/deepgram/aura-2-en'] },
    ],
    files: [
      'README.md',
      'offline/fake-ai.ts',
      'src/index.ts',
      'src/transcription.ts',
      'test/index.spec.ts',
      'test/transcription.spec.ts',
    ],
    shared: [...BASE, 'src/media.ts'],
    ...PLAIN,
  },
  {
    id: 'custom-model',
    label: 'Custom model',
    description: 'A model of your own by an id kept in a variable',
    slots: [],
    files: ['README.md', 'src/index.ts', 'src/model.ts', 'test/index.spec.ts'],
    shared: [...BASE, 'test/answers.ts'],
    ...PLAIN,
    vars: { MODEL_ID: '@cf/zai-org/glm-4.7-flash', MODEL_URL: '' },
    modelVar: 'MODEL_ID',
  },
];
