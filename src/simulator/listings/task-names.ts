/**
 * Task names as Cloudflare prints them (cloudflare-api.md 4.3).
 */
import type { Task } from '../../core/catalog/model';

/** Of each task. Cloudflare files rerankers under text classification, and turn detection under "Dumb Pipe". */
export const taskNames: Readonly<Record<Task, string>> = {
  'text-generation': 'Text Generation',
  'text-to-image': 'Text-to-Image',
  'image-to-image': 'Image-to-Image',
  'text-to-video': 'Text-to-Video',
  'image-to-video': 'Image-to-Video',
  'video-to-video': 'video-to-video',
  'text-to-speech': 'Text-to-Speech',
  'speech-recognition': 'Automatic Speech Recognition',
  'music-generation': 'Music Generation',
  embeddings: 'Text Embeddings',
  reranking: 'Text Classification',
  translation: 'Translation',
  summarization: 'Summarization',
  'text-classification': 'Text Classification',
  'image-classification': 'Image Classification',
  'object-detection': 'Object Detection',
  'image-to-text': 'Image-to-Text',
  'turn-detection': 'Dumb Pipe',
  realtime: 'websocket',
  other: 'Other',
};
