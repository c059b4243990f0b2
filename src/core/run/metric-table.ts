/**
 * The one table of what every metric is called and means, and which tasks show it. Columns and comparison both read it.
 */
import type { Task } from '../catalog/model';
import type { MetricId, MetricInfo } from './metric-info';
import { costMetric, ownMetrics, speedMetrics, timeMetrics, tokenMetrics, wholeMetrics } from './metric-rows';
import type { Metrics } from './metrics';
import { mediaCostMetrics, mediaCountMetrics, mediaSpeedMetrics, mediaTimeMetrics } from './metric-rows-media';

/** All metrics, in the order of the comparison: times, speeds, amounts, money. */
export const metricTable: readonly MetricInfo[] = [
  ...timeMetrics,
  ...mediaTimeMetrics,
  ...speedMetrics,
  ...mediaSpeedMetrics,
  ...wholeMetrics,
  ...ownMetrics,
  ...mediaCountMetrics,
  ...tokenMetrics,
  ...mediaCostMetrics,
  costMetric,
];

/** The metrics of the contract: every column has them, whatever its task. */
export const contractMetrics: readonly MetricId[] = [
  ...(['ttft', 'ttfa', 'decode', 'cost', 'thinking', 'e2e', 'effective', 'retry-wait'] as const),
  ...(['input-tokens', 'output-tokens', 'reasoning-tokens', 'cached-tokens'] as const),
];

const picture: readonly MetricId[] = [
  ...(['ttfa', 'e2e', 'megapixels', 'cost-per-image'] as const),
  ...(['images', 'cost', 'retry-wait'] as const),
];
const video: readonly MetricId[] = [
  ...(['run-time', 'download-time', 'media-seconds', 'cost-per-second'] as const),
  ...(['e2e', 'cost', 'retry-wait'] as const),
];
const shortText: readonly MetricId[] = ['e2e', 'input-tokens', 'output-tokens', 'cost', 'retry-wait'];
const scores: readonly MetricId[] = ['e2e', 'input-tokens', 'cost', 'retry-wait'];
const looking: readonly MetricId[] = ['e2e', 'cost', 'retry-wait'];
const anything: readonly MetricId[] = [
  ...(['ttfa', 'e2e', 'download-time', 'cost'] as const),
  ...(['media-seconds', 'input-tokens', 'output-tokens', 'retry-wait'] as const),
];

const byTask: Readonly<Record<Task, readonly MetricId[]>> = {
  'text-generation': contractMetrics,
  'text-to-image': picture,
  'image-to-image': picture,
  'text-to-video': video,
  'image-to-video': video,
  'video-to-video': video,
  'text-to-speech': [
    ...(['ttfa', 'real-time-factor', 'media-seconds', 'cost'] as const),
    ...(['e2e', 'characters', 'retry-wait'] as const),
  ],
  'speech-recognition': ['real-time-factor', 'audio-minutes', 'words', 'cost', 'e2e', 'retry-wait'],
  'music-generation': ['run-time', 'download-time', 'media-seconds', 'cost', 'e2e', 'retry-wait'],
  embeddings: [
    ...(['e2e', 'vectors-per-second', 'dimensions', 'cost'] as const),
    ...(['vectors', 'input-tokens', 'retry-wait'] as const),
  ],
  reranking: scores,
  translation: shortText,
  summarization: shortText,
  'text-classification': scores,
  'image-classification': looking,
  'object-detection': looking,
  'image-to-text': shortText,
  'turn-detection': looking,
  realtime: anything,
  other: anything,
};

/** How many of a task's metrics are its headline: what stays where there is little room. */
export const HEADLINES = 4;

/** What a run has that others of its task have not. */
export type RunKind = Pick<Metrics, 'sendsPictures' | 'isOwn'>;

/** A server of the user's own is never asked twice, and tells of no such tokens. */
const notOwn: ReadonlySet<MetricId> = new Set(['retry-wait', 'reasoning-tokens', 'cached-tokens']);

const USUAL: RunKind = { sendsPictures: false, isOwn: false };

/**
 * The metrics that a column of this task shows, in order, the headline ones first. `sendsPictures`: to a model that
 * chats, for which their tokens matter.
 */
export function metricsForTask(task: Task, { sendsPictures, isOwn }: RunKind = USUAL): readonly MetricId[] {
  const ids = sendsPictures && task === 'text-generation' ? aboutPictures : byTask[task];
  return isOwn ? [...ids.filter((id) => !notOwn.has(id)), ...ownMetrics.map(({ id }) => id)] : ids;
}

const aboutPictures: readonly MetricId[] = [...contractMetrics, 'image-tokens'];

type Words = Partial<Pick<MetricInfo, 'title' | 'formula' | 'better'>>;

const latency: Words = {
  title: 'Latency',
  formula: 'Whole answer minus the start of the request (tL − t0).',
};
const toImage: Readonly<Partial<Record<MetricId, Words>>> = {
  ttfa: {
    title: 'First byte',
    formula: 'Time to first byte of the first picture since the start of the request (tA − t0).',
  },
  e2e: {
    title: 'Time to image',
    formula: 'Last picture complete minus the start of the request (tL − t0), the download included.',
  },
};
const toVideo: Readonly<Partial<Record<MetricId, Words>>> = {
  e2e: {
    title: 'Time to video',
    formula: 'Video complete minus the start of the request (tL − t0): run time and download.',
  },
};
const toAudio: Words = {
  title: 'Time to audio',
  formula: 'Audio complete minus the start of the request (tL − t0), the download included.',
};
const instant: Readonly<Partial<Record<MetricId, Words>>> = { e2e: latency };

/** What a metric is called where the task makes it mean something more particular. */
const wordsByTask: Readonly<Partial<Record<Task, Readonly<Partial<Record<MetricId, Words>>>>>> = {
  'text-to-image': toImage,
  'image-to-image': toImage,
  'text-to-video': toVideo,
  'image-to-video': toVideo,
  'video-to-video': toVideo,
  'text-to-speech': {
    ttfa: {
      title: 'First audio',
      formula: 'Time to first audio byte since the start of the request (tA − t0).',
    },
    e2e: toAudio,
  },
  'music-generation': { e2e: toAudio },
  'speech-recognition': instant,
  embeddings: instant,
  reranking: instant,
  translation: instant,
  summarization: instant,
  'text-classification': instant,
  'image-classification': instant,
  'object-detection': instant,
  'image-to-text': instant,
  'turn-detection': instant,
};

const general: ReadonlyMap<string, MetricInfo> = new Map(metricTable.map((info) => [info.id, info]));

/** Made once: views compare them by identity while figures run. */
const particular: ReadonlyMap<string, MetricInfo> = new Map(
  Object.entries(wordsByTask).flatMap(([task, words]) =>
    metricTable.filter(({ id }) => words[id]).map((info) => [`${task} ${info.id}`, { ...info, ...words[info.id] }]),
  ),
);

/** A metric in the words of a task. */
export function metricInfo(id: MetricId, task: Task): MetricInfo {
  const info = particular.get(`${task} ${id}`) ?? general.get(id);
  // The table holds all of them.
  if (info === undefined) throw new Error(`There is no metric ${id}.`);
  return info;
}

/** What is compared with what. */
export interface ComparedTask extends RunKind {
  readonly task: Task;
}

/**
 * The metrics of a comparison: those of all its tasks, in the order of the table; in the words of the tasks where those
 * that share a metric call it the same. Without a row: those of text.
 */
export function comparedMetrics(rows: readonly ComparedTask[]): readonly MetricInfo[] {
  const own = rows.map((row) => ({ task: row.task, ids: metricsForTask(row.task, row) }));
  if (own.length === 0) own.push({ task: 'text-generation', ids: contractMetrics });
  return metricTable.flatMap((info) => {
    const sharing = own.filter(({ ids }) => ids.includes(info.id)).map(({ task }) => metricInfo(info.id, task));
    const [first] = sharing;
    if (first === undefined) return [];
    return sharing.every(({ title }) => title === first.title) ? [first] : [info];
  });
}

/** The time that a comparison of these tasks is about: to the first answer where all chat, or all speak, else to the end. */
export function headTime(tasks: readonly Task[]): MetricInfo {
  const [first = 'text-generation', ...others] = tasks;
  const streams = first === 'text-generation' || first === 'text-to-speech';
  if (streams && others.every((task) => task === first)) return metricInfo('ttfa', first);
  const infos = tasks.map((task) => metricInfo('e2e', task));
  const [info = metricInfo('e2e', first)] = infos;
  return infos.every(({ title }) => title === info.title) ? info : metricInfo('e2e', 'text-generation');
}
