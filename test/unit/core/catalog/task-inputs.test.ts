import { describe, expect, it } from 'vitest';
import type { Task } from '../../../../src/core/catalog/model';
import { runnableTasks, sharesInput, taskInputs } from '../../../../src/core/catalog/task-inputs';
import { taskTitles } from '../../../../src/core/catalog/tasks';

const tasks = Object.keys(taskTitles) as Task[];

describe('tasks', () => {
  it('are all run, but for those that need a WebSocket', () => {
    expect(tasks.filter((task) => !runnableTasks.includes(task))).toEqual(['realtime']);
  });

  it('need only media that they take', () => {
    for (const task of tasks)
      expect(taskInputs(task).media).toEqual(expect.arrayContaining([...taskInputs(task).needs]));
  });
});

describe('tasks stand side by side', () => {
  it.each<[Task, Task]>([
    ['text-generation', 'text-to-image'],
    ['text-to-image', 'text-to-video'],
    ['text-generation', 'translation'],
    ['text-to-speech', 'music-generation'],
    // One picture, seen by all of them.
    ['text-generation', 'image-to-text'],
    ['image-classification', 'object-detection'],
    ['text-generation', 'image-classification'],
    ['image-to-image', 'image-to-video'],
    ['speech-recognition', 'turn-detection'],
    ['text-generation', 'speech-recognition'],
  ])('%s and %s: the same input serves both', (a, b) => {
    expect(sharesInput(a, b)).toBe(true);
    expect(sharesInput(b, a)).toBe(true);
  });

  it.each<[Task, Task]>([
    ['text-to-speech', 'image-classification'],
    ['speech-recognition', 'text-to-image'],
    ['embeddings', 'text-generation'],
    ['video-to-video', 'text-to-image'],
    ['text-generation', 'realtime'],
  ])('%s and %s: not', (a, b) => {
    expect(sharesInput(a, b)).toBe(false);
    expect(sharesInput(b, a)).toBe(false);
  });

  it('does not depend on the order', () => {
    for (const a of tasks) for (const b of tasks) expect(sharesInput(a, b)).toBe(sharesInput(b, a));
  });
});
