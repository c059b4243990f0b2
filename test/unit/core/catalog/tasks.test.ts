import { describe, expect, it } from 'vitest';
import { listedTask } from '../../../../src/core/catalog/tasks';

describe('listedTask', () => {
  it.each([
    ['Text Generation', 'text-generation'],
    ['Automatic Speech Recognition', 'speech-recognition'],
    ['Text Embeddings', 'embeddings'],
    ['Dumb Pipe', 'turn-detection'],
    ['websocket', 'realtime'],
    [' video-to-video ', 'video-to-video'],
    ['Mind Reading', undefined],
    ['constructor', undefined],
    [7, undefined],
    [undefined, undefined],
  ])('%s is %s', (label, task) => expect(listedTask(label, '@cf/a/b')).toBe(task));
});
