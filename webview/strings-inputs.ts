/**
 * The words of the composer: what is shown before anything is attached or opened.
 */
import type { Task } from '../src/core/catalog/model';
import { MAX_ATTACHMENTS, MAX_INPUT } from '../src/core/media/limits';
import type { MediaKind } from '../src/core/media/media';

/** An example of the empty playground. */
export interface Example {
  readonly title: string;
  readonly about: string;
  /** Codicon. */
  readonly icon: string;
  readonly prompt: string;
  readonly system?: string;
  /** Texts beside the prompt. */
  readonly texts?: readonly string[];
  /** What a recording of it should be transcribed to. */
  readonly reference?: string;
}

/** What stands at the prompt of a task. */
interface PromptWords {
  readonly label: string;
  readonly placeholder: string;
}

const kinds: Readonly<Record<MediaKind, readonly [one: string, many: string]>> = {
  image: ['a picture', 'pictures'],
  audio: ['a recording', 'recordings'],
  video: ['a video', 'videos'],
  file: ['a PDF', 'PDFs'],
};

const prompts: Readonly<Record<Task, PromptWords>> = {
  'text-generation': { label: 'Prompt', placeholder: 'Ask every model…' },
  'text-to-image': { label: 'Prompt', placeholder: 'Describe a picture for every model…' },
  'image-to-image': { label: 'Prompt', placeholder: 'Say what to change in the picture…' },
  'text-to-video': { label: 'Prompt', placeholder: 'Describe a video for every model…' },
  'image-to-video': { label: 'Prompt', placeholder: 'Say what happens in the picture…' },
  'video-to-video': { label: 'Prompt', placeholder: 'Say what to change in the video…' },
  'text-to-speech': { label: 'Text to speak', placeholder: 'Write what every voice says…' },
  'speech-recognition': { label: 'Prompt', placeholder: '' },
  'music-generation': { label: 'Prompt', placeholder: 'Describe the music: style, mood, instruments…' },
  embeddings: { label: 'Text 1', placeholder: 'The first text to embed…' },
  reranking: { label: 'Query', placeholder: 'What the documents are ranked by…' },
  translation: { label: 'Text to translate', placeholder: 'Write what every model translates…' },
  summarization: { label: 'Text to summarise', placeholder: 'Paste what every model sums up…' },
  'text-classification': { label: 'Text to classify', placeholder: 'Write what every model judges…' },
  'image-classification': { label: 'Prompt', placeholder: '' },
  'object-detection': { label: 'Prompt', placeholder: '' },
  'image-to-text': { label: 'Prompt', placeholder: 'Ask about the picture, or leave it to the model…' },
  'turn-detection': { label: 'Prompt', placeholder: '' },
  realtime: { label: 'Prompt', placeholder: '' },
  other: { label: 'Prompt', placeholder: 'What the model is given…' },
};

const recordable: ReadonlySet<Task> = new Set<Task>(['speech-recognition', 'turn-detection']);

/** `pictures, recordings and videos`. */
export function listWords(words: readonly string[], last = 'and'): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;

export const inputStrings = {
  kinds,
  prompts,
  examples: 'Examples',
  examplesFailed: 'The examples could not be loaded.',

  /** What can be attached, and how large it may be. */
  limits: (takes: readonly MediaKind[]) =>
    `${sentence(listWords(takes.map((kind) => `${kinds[kind][1]} up to ${mebibytes(MAX_INPUT[kind])}`)))}; at most ${MAX_ATTACHMENTS} files.`,
  attach: 'Attach…',
  attachTitle: (limits: string) => `Attach files. ${limits}`,
  attachMenu: 'Attach',
  attachKind: (takes: readonly MediaKind[]) =>
    `Attach ${listWords(
      takes.map((kind) => kinds[kind][0]),
      'or',
    )}…`,
  fromComputer: 'From this computer…',
  fromWorkspace: 'From workspace…',
  fromAddress: 'From an address…',
  record: 'Record sound…',
  note: (limits: string) => `Or paste files into the prompt, or drop them here. ${limits}`,
  drop: 'Drop to attach',
  dropNone: (title: string) => `${title} takes no files`,
  toolFailed: 'A part of the page could not be loaded. Reload the page.',
  /** Nothing is attached yet. */
  needed: (title: string, needs: readonly MediaKind[], task: Task) =>
    `${title} needs ${listWords(needs.map((kind) => kinds[kind][0]))}. ${recordable.has(task) ? 'Attach or record one' : 'Attach one'}; dropping and pasting work too.`,

  reference: 'Reference transcript',
  referenceShort: 'Reference',
  referencePlaceholder: 'What is really said, to count word errors (optional)',
  needs: 'What the columns still need',

  attached: (name: string) => `${name} attached.`,
  removed: (name: string) => `${name} removed.`,
  moved: (name: string, place: number, of: number) => `${name}: place ${place} of ${of}.`,
} as const;

/** With a capital at its beginning. */
export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
