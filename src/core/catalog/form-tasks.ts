/**
 * The form of a model that has no schema: that of its task. Fields other than those of text and pictures are what each
 * family of models takes (cloudflare-api.md 4.4); nothing is required unless all of the family require it.
 */
import { outputLimit } from '../inference/limits';
import type { FormField, KnownName } from './form-field';
import { knownParameters } from './form-known';
import { labelOf } from './form-words';
import type { Model, Task } from './model';

/** The fields of a model's task and family. */
export function taskForm(model: Model): readonly FormField[] {
  if (model.task === 'text-generation') return textForm(model);
  if (model.task === 'text-to-image') return imageForm;
  const families = familiesOf[model.task] ?? [];
  return families.find(([prefix]) => model.id.startsWith(prefix))?.[1] ?? [];
}

function shared(name: KnownName, more: Partial<FormField> & Pick<FormField, 'kind'>): FormField {
  const { label, step, unit, aliases } = knownParameters[name];
  return {
    name,
    wireName: aliases[0] ?? name,
    extra: false,
    label,
    required: false,
    ...(step !== undefined && { step }),
    ...(unit !== undefined && { unit }),
    ...more,
  };
}

const SEED = shared('seed', { kind: 'integer', min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });

function textForm(model: Model): FormField[] {
  const reasons = model.capabilities.includes('reasoning');
  return [
    shared('temperature', { kind: 'number', min: 0, max: 2 }),
    shared('topP', { kind: 'number', min: 0, max: 1 }),
    shared('maxOutputTokens', {
      kind: 'integer',
      min: 1,
      ...(model.maxOutputTokens === undefined && { max: 10_000_000 }),
      ...limitHint(model),
      default: outputLimit(model, {}).tokens,
    }),
    SEED,
    shared('frequencyPenalty', { kind: 'number', min: -2, max: 2 }),
    shared('presencePenalty', { kind: 'number', min: -2, max: 2 }),
    shared('reasoningEffort', {
      kind: 'choice',
      choices: ['low', 'medium', 'high'],
      ...(!reasons && { description: 'The catalog does not list reasoning for this model.' }),
    }),
    shared('stop', { kind: 'list' }),
  ];
}

/** More than the model gives is not refused: `outputLimit` asks for less. */
export function limitHint({ maxOutputTokens }: Model): { description?: string } {
  if (maxOutputTokens === undefined) return {};
  return { description: `The model gives at most ${maxOutputTokens}; a higher limit is sent as that.` };
}

/** From 0 on, and not from 1: arrow keys then lead from 8 to 8, as pictures are made. */
const side: Pick<FormField, 'kind' | 'exclusiveMin' | 'max'> = { kind: 'integer', exclusiveMin: 0, max: 8192 };

const imageForm: readonly FormField[] = [
  shared('width', side),
  shared('height', side),
  shared('steps', { kind: 'integer', min: 1, max: 1000 }),
  SEED,
];

function own(wireName: string, more: Partial<FormField> = {}): FormField {
  const kind = more.kind ?? (more.choices ? 'choice' : 'text');
  const step = kind === 'integer' ? { step: 1 } : {};
  return { name: wireName, wireName, extra: true, label: labelOf(wireName), required: false, ...step, ...more, kind };
}

const whole = (wireName: string, more: Partial<FormField> = {}): FormField =>
  own(wireName, { kind: 'integer', ...more });
const number = (wireName: string, more: Partial<FormField> = {}): FormField =>
  own(wireName, { kind: 'number', ...more });
const onOff = (wireName: string, more: Partial<FormField> = {}): FormField =>
  own(wireName, { kind: 'boolean', ...more });
const oneOf = (wireName: string, choices: readonly string[], more: Partial<FormField> = {}): FormField =>
  own(wireName, { choices, ...more });
const seconds = (min: number, max: number): Partial<FormField> => ({ min, max, unit: 's' });
const required = { required: true } as const;

const videoFamilies: Families = [
  [
    'alibaba/',
    [
      oneOf('resolution', ['480P', '720P', '1080P']),
      whole('duration', seconds(3, 15)),
      own('ratio'),
      whole('seed'),
      onOff('watermark'),
    ],
  ],
  [
    'bytedance/',
    [
      own('aspect_ratio'),
      onOff('camera_fixed'),
      whole('duration', { min: 1, unit: 's' }),
      whole('fps', { min: 1 }),
      own('resolution'),
      onOff('watermark'),
    ],
  ],
  [
    'google/',
    [
      own('aspect_ratio'),
      own('duration', { description: 'With its unit, for example 8s.' }),
      onOff('generate_audio'),
      own('resolution'),
    ],
  ],
  [
    'pixverse/',
    [own('aspect_ratio'), whole('duration', { min: 1, unit: 's' }), onOff('generate_audio'), own('quality')],
  ],
  [
    'runwayml/',
    [
      whole('duration', { ...seconds(2, 10), ...required }),
      own('ratio', { description: 'For example 1280:720.', ...required }),
      whole('seed'),
    ],
  ],
  [
    'vidu/',
    [
      whole('duration', { ...seconds(1, 16), ...required }),
      oneOf('resolution', ['540p', '720p', '1080p'], required),
      own('aspect_ratio'),
      onOff('audio'),
    ],
  ],
  ['', [own('aspect_ratio'), whole('duration', { min: 1, unit: 's' }), own('resolution')]],
];

/** Fields by the beginning of the model's id; the first match wins. */
type Families = readonly (readonly [prefix: string, fields: readonly FormField[]])[];

const familiesOf: Readonly<Partial<Record<Task, Families>>> = {
  'image-to-image': [
    [
      '@cf/',
      [
        number('guidance', { min: 0 }),
        whole('height', { unit: 'px' }),
        own('negative_prompt', { kind: 'multiline' }),
        whole('num_steps', { min: 1 }),
        whole('seed'),
        number('strength', { min: 0, max: 1, step: 0.05 }),
        whole('width', { unit: 'px' }),
      ],
    ],
    ['', []],
  ],
  'text-to-video': videoFamilies,
  'image-to-video': videoFamilies,
  'video-to-video': videoFamilies,
  'text-to-speech': [
    ['@cf/myshell-ai/', [own('lang')]],
    ['@cf/deepgram/', [whole('bit_rate'), own('container'), own('encoding'), whole('sample_rate'), own('speaker')]],
    [
      'inworld/',
      [
        oneOf('output_format', ['mp3', 'opus', 'wav', 'flac'], required),
        number('temperature', { step: 0.1, ...required }),
        oneOf('timestamp_type', ['none', 'word', 'character'], required),
        own('voice_id', required),
        whole('bit_rate'),
        whole('sample_rate'),
        number('speaking_rate', { step: 0.1 }),
      ],
    ],
    ['openai/', [own('response_format'), number('speed', { step: 0.1 }), own('voice')]],
    ['minimax/', [own('format'), number('pitch'), number('speed', { step: 0.1 }), own('voice_id'), number('volume')]],
    ['elevenlabs/', [own('language_code'), own('output_format'), own('voice_id')]],
  ],
  'speech-recognition': [
    [
      '@cf/openai/whisper-large-v3-turbo',
      [
        own('initial_prompt', { kind: 'multiline' }),
        own('language'),
        own('prefix'),
        oneOf('task', ['transcribe', 'translate']),
        onOff('vad_filter'),
      ],
    ],
    [
      '@cf/deepgram/nova',
      ['detect_language', 'diarize', 'punctuate', 'smart_format', 'utterances'].map((name) => onOff(name)),
    ],
    ['assemblyai/', [own('keyterms_prompt', { kind: 'list' }), own('language_code')]],
  ],
  'music-generation': [
    [
      'elevenlabs/',
      [onOff('force_instrumental'), whole('music_length_ms', { min: 1, unit: 'ms' }), own('output_format')],
    ],
    [
      'minimax/',
      [
        onOff('is_instrumental', required),
        onOff('lyrics_optimizer', required),
        own('format'),
        own('lyrics', { kind: 'multiline' }),
      ],
    ],
  ],
  embeddings: [
    ['@cf/baai/bge-m3', [onOff('truncate_inputs')]],
    ['@cf/qwen/', [own('instruction', { kind: 'multiline' })]],
  ],
  reranking: [['', [whole('top_k', { min: 1 })]]],
  translation: [
    ['@cf/ai4bharat/', [own('target_language', required)]],
    ['', [own('target_lang', required), own('source_lang')]],
  ],
  summarization: [['', [whole('max_length', { min: 1, unit: 'tokens' })]]],
  'turn-detection': [['', [oneOf('dtype', ['uint8', 'float32', 'float64'])]]],
};
