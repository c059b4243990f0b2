/**
 * Task names: the labels of Cloudflare's catalogs, and ours.
 */
import type { Task } from './model';

/** Every task with its title for people. The titles double as the words that a search finds. */
export const taskTitles: Readonly<Record<Task, string>> = {
  'text-generation': 'Text generation',
  'text-to-image': 'Text to image',
  'image-to-image': 'Image to image',
  'text-to-video': 'Text to video',
  'image-to-video': 'Image to video',
  'video-to-video': 'Video to video',
  'text-to-speech': 'Text to speech',
  'speech-recognition': 'Speech recognition',
  'music-generation': 'Music generation',
  embeddings: 'Embeddings',
  reranking: 'Reranking',
  translation: 'Translation',
  summarization: 'Summarization',
  'text-classification': 'Text classification',
  'image-classification': 'Image classification',
  'object-detection': 'Object detection',
  'image-to-text': 'Image to text',
  'turn-detection': 'Turn detection',
  realtime: 'Realtime',
  other: 'Other',
};

/** Labels of `/ai/models/search` and of the third-party catalog (cloudflare-api.md 4.3), in lower case. */
const tasksByLabel: Readonly<Record<string, Task>> = {
  'text generation': 'text-generation',
  'text-to-image': 'text-to-image',
  'image-to-image': 'image-to-image',
  'text-to-video': 'text-to-video',
  'image-to-video': 'image-to-video',
  'video-to-video': 'video-to-video',
  'text-to-speech': 'text-to-speech',
  'automatic speech recognition': 'speech-recognition',
  'music generation': 'music-generation',
  'text embeddings': 'embeddings',
  'text classification (reranking)': 'reranking',
  reranking: 'reranking',
  translation: 'translation',
  summarization: 'summarization',
  'text classification': 'text-classification',
  'image classification': 'image-classification',
  'object detection': 'object-detection',
  'image-to-text': 'image-to-text',
  'dumb pipe': 'turn-detection',
  'dumb pipe (voice activity / turn detection)': 'turn-detection',
  websocket: 'realtime',
};

/**
 * The task that a source states with its label. A label that is new to us says nothing: another source may know better.
 * Rerankers are listed as `Text Classification` (cloudflare-api.md 4.4 A); only their id tells them from classifiers.
 */
export function listedTask(label: unknown, id: string): Task | undefined {
  const key = typeof label === 'string' ? label.trim().toLowerCase() : '';
  const task = Object.hasOwn(tasksByLabel, key) ? tasksByLabel[key] : undefined;
  const mayRerank = task === undefined || task === 'text-classification';
  return mayRerank && /rerank/i.test(id.slice(id.lastIndexOf('/'))) ? 'reranking' : task;
}
