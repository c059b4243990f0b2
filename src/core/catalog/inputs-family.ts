/**
 * What models without a schema take: by family and task, as the documentation tells (cloudflare-api.md 4.4).
 */
import type { TextPlace } from './inputs-schema';
import { place, type MediaPlace } from './media-place';
import type { Model, Task } from './model';

/** What is known of a family. */
export interface FamilyInputs {
  /** Field of the prompt; absent: there is none. */
  readonly prompt?: TextPlace;
  readonly texts?: TextPlace & { readonly as: 'strings' | 'objects' };
  readonly media: readonly MediaPlace[];
  readonly body: 'json' | 'form' | 'bytes';
  /** Told by the documentation. Otherwise it is what most models of the task take. */
  readonly known: boolean;
}

const must = (field: string): TextPlace => ({ field, required: true });
const may = (field: string): TextPlace => ({ field, required: false });
const image = (field: string, more: Partial<MediaPlace> = {}): MediaPlace => place(field, 'image', more);
const one = { least: 1 } as const;
const base64 = { encoding: 'base64' } as const;
const numbers = { encoding: 'numbers' } as const;

function family(
  pattern: RegExp,
  prompt: TextPlace | undefined,
  media: readonly MediaPlace[] = [],
  more: Partial<FamilyInputs> = {},
): [RegExp, FamilyInputs] {
  return [pattern, { ...(prompt && { prompt }), media, body: 'json', known: true, ...more }];
}

const guess = { known: false } as const;
/** Form fields of hosted FLUX.2; their names are a third party's observation. */
const fluxImages = [0, 1, 2, 3].map((index) => image(`input_image_${index}`, { encoding: 'bytes' }));
const painted = [image('image_b64', base64), image('mask', numbers)];
const recording = (encoding: MediaPlace['encoding']): MediaPlace => place('audio', 'audio', { ...one, encoding });

/** First match wins; the last of each task fits all. */
const families: Readonly<Partial<Record<Task, readonly (readonly [RegExp, FamilyInputs])[]>>> = {
  'text-to-image': [
    family(/^@cf\/black-forest-labs\/flux-2/, must('prompt'), fluxImages, { body: 'form' }),
    family(/^@cf\/runwayml\/.*inpainting/, must('prompt'), [
      image('image_b64', { ...one, ...base64 }),
      image('mask', { ...one, ...numbers }),
    ]),
    family(/^@cf\/(?:black-forest-labs|leonardo)\//, must('prompt')),
    family(/^@cf\//, must('prompt'), painted),
    family(/^openai\//, must('prompt'), [image('images', { isList: true, most: 16 })]),
    family(/^google\/nano-banana/, must('prompt'), [image('image_input', { isList: true, most: 14 })]),
    family(/^google\//, must('prompt')),
    family(/^xai\//, must('prompt'), [image('image', { inObject: 'url' })]),
    family(/^(?:recraft|bytedance)\//, must('prompt'), [image('image')]),
    family(/^/, must('prompt'), [image('image')], guess),
  ],
  'image-to-image': [
    family(/^bria\/fibo-edit/, must('instruction'), [image('images', { isList: true, ...one })]),
    family(/try-on/, may('prompt'), [image('person_image', one), image('garment_images', { isList: true, ...one })]),
    family(/^@cf\//, may('prompt'), [image('image_b64', { ...one, ...base64 }), image('mask', numbers)], guess),
    family(/^/, may('prompt'), [image('image', one)], guess),
  ],
  'text-to-video': [
    family(/^vidu\//, may('prompt'), [image('start_image'), image('end_image')]),
    family(/^runwayml\//, must('prompt'), [image('image_input')]),
    family(/^minimax\/hailuo/, may('prompt'), [image('first_frame_image', one)]),
    family(/^minimax\/h3/, { ...must('content'), shape: 'parts' }),
    family(/^/, must('prompt'), [], guess),
  ],
  'image-to-video': [
    family(/^alibaba\/wan/, may('prompt'), [image('image', one)]),
    family(/avatar/, may('prompt'), [image('image', one), place('audio', 'audio')], guess),
    family(/animate|replace/, may('prompt'), [image('image', one), place('video', 'video')], guess),
    family(/^/, may('prompt'), [image('image', one)], guess),
  ],
  'video-to-video': [family(/^/, may('prompt'), [place('video', 'video', one)], guess)],
  'text-to-speech': [family(/melotts/, must('prompt')), family(/^/, must('text'))],
  'speech-recognition': [
    family(/whisper-large-v3-turbo/, undefined, [recording('base64')]),
    family(/^@cf\//, undefined, [recording('bytes')], { body: 'bytes' }),
    family(/^assemblyai\//, undefined, [place('audio_url', 'audio', one)]),
    family(/^/, undefined, [place('file', 'audio', one)]),
  ],
  'turn-detection': [family(/^/, undefined, [recording('base64')])],
  embeddings: [family(/^/, must('text'), [], { texts: { ...may('text'), as: 'strings' } })],
  reranking: [family(/^/, must('query'), [], { texts: { ...must('contexts'), as: 'objects' } })],
  translation: [family(/^/, must('text'))],
  summarization: [family(/^/, must('input_text'))],
  'text-classification': [family(/^/, must('text'))],
  'image-classification': [family(/^/, undefined, [image('image', { ...one, ...numbers })])],
  'object-detection': [family(/^/, undefined, [image('image', { ...one, ...numbers })])],
  'image-to-text': [family(/^/, may('prompt'), [image('image', { ...one, ...base64 })])],
  other: [family(/^/, may('prompt'), [], guess)],
};

const usual: FamilyInputs = { prompt: must('prompt'), media: [], body: 'json', known: true };

/** What the model takes as far as its id and task tell. */
export function familyInputs({ id, task }: Pick<Model, 'id' | 'task'>): FamilyInputs {
  return families[task]?.find(([pattern]) => pattern.test(id))?.[1] ?? usual;
}
