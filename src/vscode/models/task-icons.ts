import type { Task } from '../../core/catalog/model';

/** Codicon of each task; all of them are in the oldest VS Code that we accept. */
export const taskIcons: Readonly<Record<Task, string>> = {
  'text-generation': 'comment-discussion',
  'text-to-image': 'file-media',
  'image-to-image': 'paintcan',
  'text-to-video': 'device-camera-video',
  'image-to-video': 'device-camera-video',
  'video-to-video': 'device-camera-video',
  'text-to-speech': 'unmute',
  'speech-recognition': 'mic',
  'music-generation': 'play-circle',
  embeddings: 'symbol-array',
  reranking: 'list-ordered',
  translation: 'globe',
  summarization: 'note',
  'text-classification': 'tag',
  'image-classification': 'tag',
  'object-detection': 'inspect',
  'image-to-text': 'eye',
  'turn-detection': 'pulse',
  realtime: 'broadcast',
  other: 'symbol-misc',
};
