/**
 * The metrics of media and of numbers: what no peer defines in its interface, so the formulas say it (metrics.md 2).
 */
import type { MetricInfo } from './metric-info';

/** When a file came. */
export const mediaTimeMetrics: readonly MetricInfo[] = [
  {
    id: 'run-time',
    title: 'Run time',
    unit: 'seconds',
    formula:
      'First byte of the file minus the start of the request (tA − t0): the wait in the queue and the work. The API does not tell the two apart.',
    better: 'lower',
    field: 'runTime',
  },
  {
    id: 'download-time',
    title: 'Download',
    unit: 'seconds',
    formula: 'Last byte of the last file minus the first byte of the first (tL − tA). Run time and download are E2E.',
    field: 'downloadTime',
  },
];

/** How fast it was made. */
export const mediaSpeedMetrics: readonly MetricInfo[] = [
  {
    id: 'vectors-per-second',
    title: 'Vectors/s',
    unit: 'vectors-per-second',
    formula: 'Vectors per second since the start of the request: vectors / (tL − t0). One call, not the peak rate.',
    better: 'higher',
    field: 'vectorsPerSecond',
  },
  {
    id: 'real-time-factor',
    title: 'RTF',
    unit: 'factor',
    formula:
      'Real-time factor: seconds from the start of the request to the last output (tL − t0) / seconds of audio. Below 1 is faster than real time.',
    better: 'lower',
    field: 'realTimeFactor',
  },
];

/** How much was made, or heard. */
export const mediaCountMetrics: readonly MetricInfo[] = [
  { id: 'images', title: 'Images', unit: 'count', formula: 'Pictures in the answer.', field: 'images' },
  {
    id: 'megapixels',
    title: 'Megapixels',
    unit: 'megapixels',
    formula:
      'Width × height in millions of pixels, over all pictures, measured in the files. Prices count 1024 × 1024 as a megapixel.',
    field: 'megapixels',
  },
  {
    id: 'media-seconds',
    title: 'Length',
    unit: 'seconds',
    formula: 'Seconds of video or audio in the answer, measured in the files.',
    field: 'mediaSeconds',
  },
  {
    id: 'audio-minutes',
    title: 'Heard',
    unit: 'minutes',
    formula: 'Minutes of audio heard, as the answer tells them; else the length of the file sent, measured here.',
    field: 'audioMinutes',
  },
  {
    id: 'characters',
    title: 'Characters',
    unit: 'count',
    formula: 'Characters billed, where the answer tells them; else the Unicode code points of the text sent.',
    field: 'characters',
  },
  {
    id: 'words',
    title: 'Words',
    unit: 'count',
    formula: 'Words of the transcript: those with a time, or those of the text where the model gives no times.',
    field: 'words',
  },
  { id: 'vectors', title: 'Vectors', unit: 'count', formula: 'Vectors in the answer, one a text.', field: 'vectors' },
  {
    id: 'dimensions',
    title: 'Dimensions',
    unit: 'count',
    formula: 'Numbers in each vector.',
    field: 'dimensions',
  },
];

/** Money for one of what was made. */
export const mediaCostMetrics: readonly MetricInfo[] = [
  {
    id: 'cost-per-image',
    title: 'Per image',
    unit: 'usd',
    formula: 'Cost of the run / pictures in the answer.',
    better: 'lower',
    field: 'images',
  },
  {
    id: 'cost-per-second',
    title: 'Per second',
    unit: 'usd',
    formula: 'Cost of the run / seconds of video or audio in the answer, measured in the files.',
    better: 'lower',
    field: 'mediaSeconds',
  },
];
