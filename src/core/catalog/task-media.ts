/**
 * Which media a task is about.
 */
import type { Task } from './model';

/** What an answer is beside text. */
export type MadeMedia = 'image' | 'audio' | 'video';

const made: Readonly<Partial<Record<Task, MadeMedia>>> = {
  'text-to-image': 'image',
  'image-to-image': 'image',
  'text-to-video': 'video',
  'image-to-video': 'video',
  'video-to-video': 'video',
  'text-to-speech': 'audio',
  'music-generation': 'audio',
};

const heard: ReadonlySet<Task> = new Set<Task>(['speech-recognition', 'turn-detection', 'realtime']);

/** What the task makes; undefined when it answers with text, numbers or anything else. */
export function mediaMadeBy(task: Task): MadeMedia | undefined {
  return made[task];
}

/** Whether sound is heard, and nothing is made of it but words and numbers. */
export function isHeard(task: Task): boolean {
  return heard.has(task);
}

/** Whether sound is made or heard: then a price per second or minute is for sound. */
export function isAboutSound(task: Task): boolean {
  return made[task] === 'audio' || heard.has(task);
}
