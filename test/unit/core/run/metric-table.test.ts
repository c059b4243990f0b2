import { describe, expect, it } from 'vitest';
import { taskTitles } from '../../../../src/core/catalog/tasks';
import type { Task } from '../../../../src/core/catalog/model';
import { runnableTasks } from '../../../../src/core/catalog/task-inputs';
import {
  comparedMetrics,
  contractMetrics,
  HEADLINES,
  headTime,
  metricInfo,
  metricsForTask,
  metricTable,
} from '../../../../src/core/run/metric-table';

const tasks = Object.keys(taskTitles) as Task[];
const compared = (...list: Task[]) =>
  comparedMetrics(list.map((task) => ({ task, sendsPictures: false, isOwn: false })));

describe('the table of metrics', () => {
  it('names each metric once, with its formula', () => {
    expect(new Set(metricTable.map(({ id }) => id)).size).toBe(metricTable.length);
    expect(new Set(metricTable.map(({ title }) => title)).size).toBe(metricTable.length);
    expect(metricTable.every(({ formula }) => formula.length > 20)).toBe(true);
  });

  it('holds the twelve of the contract', () => {
    const ids = metricTable.map(({ id }) => id);
    expect(contractMetrics).toHaveLength(12);
    expect(contractMetrics.every((id) => ids.includes(id))).toBe(true);
  });

  it('says which way a real-time factor reads, and that queue and work are one', () => {
    expect(metricInfo('real-time-factor', 'text-to-speech').formula).toContain('Below 1 is faster than real time');
    expect(metricInfo('run-time', 'text-to-video').formula).toContain('does not tell the two apart');
  });
});

describe('a task', () => {
  it.each(tasks)('%s shows its cost, the end of its answer and its retries, each once', (task) => {
    const ids = metricsForTask(task);
    expect(ids).toEqual(expect.arrayContaining(['cost', 'e2e', 'retry-wait']));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(runnableTasks)('%s tells in its headline what it is compared for', (task) => {
    const headline = metricsForTask(task).slice(0, HEADLINES);
    expect(headline.some((id) => id.startsWith('cost'))).toBe(true);
  });

  it('that chats shows the tokens of pictures when there are some', () => {
    expect(metricsForTask('text-generation')).not.toContain('image-tokens');
    expect(metricsForTask('text-generation', { sendsPictures: true, isOwn: false })).toContain('image-tokens');
    expect(metricsForTask('text-to-image', { sendsPictures: true, isOwn: false })).not.toContain('image-tokens');
  });

  it('says in its own words what its times mean', () => {
    expect(metricInfo('e2e', 'text-to-image').title).toBe('Time to image');
    expect(metricInfo('e2e', 'embeddings').title).toBe('Latency');
    expect(metricInfo('ttfa', 'text-to-speech').title).toBe('First audio');
    expect(metricInfo('e2e', 'text-generation').title).toBe('E2E');
  });
});

describe('a comparison', () => {
  it('of text is by the metrics of text; so is one of nothing', () => {
    expect(
      compared('text-generation', 'text-generation')
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...contractMetrics].sort());
    expect(compared()).toEqual(compared('text-generation'));
  });

  it('of several tasks is by all of theirs, in the order of the table', () => {
    const ids = compared('text-to-image', 'text-to-video').map(({ id }) => id);
    expect(ids).toEqual(metricTable.map(({ id }) => id).filter((id) => ids.includes(id)));
    expect(ids).toEqual(expect.arrayContaining(['megapixels', 'run-time', 'cost-per-second', 'cost-per-image']));
    expect(ids).not.toContain('decode');
  });

  it('uses the words of its tasks where they agree, else the general ones', () => {
    const titleOf = (...list: Task[]) => compared(...list).find(({ id }) => id === 'e2e')?.title;
    expect(titleOf('text-to-image', 'image-to-image')).toBe('Time to image');
    expect(titleOf('text-to-image', 'text-to-video')).toBe('E2E');
    // Speech has no run time, so there is nothing to disagree about.
    expect(compared('text-to-speech', 'text-to-video').find(({ id }) => id === 'ttfa')?.title).toBe('First audio');
  });

  it('is about the first answer for text and speech, else about the end', () => {
    expect(headTime(['text-generation', 'text-generation']).title).toBe('First answer');
    expect(headTime(['text-to-speech']).title).toBe('First audio');
    expect(headTime(['text-to-image', 'image-to-image']).title).toBe('Time to image');
    expect(headTime(['text-generation', 'image-to-text'])).toMatchObject({ id: 'e2e', title: 'E2E' });
    expect(headTime([]).id).toBe('ttfa');
  });
});
