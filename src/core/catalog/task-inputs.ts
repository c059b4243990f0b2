/**
 * What a task is about, before any model is chosen: which inputs the composer offers, and which tasks can be compared.
 */
import type { MediaKind } from '../media/media';
import type { Task } from './model';

/** What the models of a task are given. */
export interface TaskInputs {
  /** `optional`: most models of the task can do without. */
  readonly prompt: 'required' | 'optional' | 'none';
  readonly system: boolean;
  /** Several texts beside the prompt: more texts to embed, or documents to rank. */
  readonly texts: boolean;
  /** Media that models of the task take. */
  readonly media: readonly MediaKind[];
  /** Media without which no model of the task can work. */
  readonly needs: readonly MediaKind[];
}

const text: TaskInputs = { prompt: 'required', system: false, texts: false, media: [], needs: [] };

const inputs: Readonly<Record<Task, TaskInputs>> = {
  'text-generation': { ...text, system: true, media: ['image', 'audio', 'video', 'file'] },
  'text-to-image': { ...text, media: ['image'] },
  'image-to-image': { ...text, prompt: 'optional', media: ['image'], needs: ['image'] },
  'text-to-video': { ...text, media: ['image'] },
  'image-to-video': { ...text, prompt: 'optional', media: ['image', 'video', 'audio'], needs: ['image'] },
  'video-to-video': { ...text, prompt: 'optional', media: ['video', 'image'], needs: ['video'] },
  'text-to-speech': text,
  'speech-recognition': { ...text, prompt: 'none', media: ['audio'], needs: ['audio'] },
  'music-generation': text,
  embeddings: { ...text, texts: true },
  reranking: { ...text, texts: true },
  translation: text,
  summarization: text,
  'text-classification': text,
  'image-classification': { ...text, prompt: 'none', media: ['image'], needs: ['image'] },
  'object-detection': { ...text, prompt: 'none', media: ['image'], needs: ['image'] },
  'image-to-text': { ...text, prompt: 'optional', media: ['image'], needs: ['image'] },
  'turn-detection': { ...text, prompt: 'none', media: ['audio'], needs: ['audio'] },
  realtime: text,
  other: { ...text, prompt: 'optional', media: ['image', 'audio', 'video', 'file'] },
};

/** Tasks that the playground runs: all but those that need a WebSocket. */
export const runnableTasks: readonly Task[] = (Object.keys(inputs) as Task[]).filter((task) => task !== 'realtime');

/** What the task's models are given. */
export function taskInputs(task: Task): TaskInputs {
  return inputs[task];
}

/**
 * Whether models of these tasks can be given the same input, so that they stand side by side in a comparison: what one
 * cannot do without, the other must be able to take.
 */
export function sharesInput(a: Task, b: Task): boolean {
  if (a === 'realtime' || b === 'realtime') return false;
  const [one, other] = [inputs[a], inputs[b]];
  if (one.texts !== other.texts) return false;
  const takes = ({ media }: TaskInputs, needs: readonly MediaKind[]): boolean =>
    needs.every((kind) => media.includes(kind));
  const bothSpeak = one.prompt !== 'none' && other.prompt !== 'none';
  const isAboutMedia = one.needs.length > 0 || other.needs.length > 0;
  return takes(one, other.needs) && takes(other, one.needs) && (bothSpeak || isAboutMedia);
}
