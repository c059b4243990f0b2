/**
 * Words for the figures of media, and for how far a long job has come.
 */
import type { MetricUnit } from '../src/core/run/metric-info';

const units: Readonly<Record<MetricUnit, string>> = {
  seconds: 's',
  minutes: 'min',
  'tokens-per-second': 'tokens/s',
  'vectors-per-second': 'vectors/s',
  tokens: 'tokens',
  count: '',
  megapixels: 'megapixels',
  factor: '',
  usd: 'USD',
};

export const metricStrings = {
  units,
  step: {
    working: 'The model works',
    downloading: (received: string) => `Downloading ${received}`,
    downloadingOf: (received: string, total: string) => `Downloading ${received} of ${total}`,
  },
  download: 'download',

  announce: {
    downloading: (label: string) => `Column ${label}: the file is on its way.`,
    firstPicture: (label: string) => `First picture in column ${label}.`,
  },

  chart: {
    label: (time: string) => `Scatter chart of cost against ${time}; the table beside it holds the same figures.`,
    xAxis: (time: string) => `${time} (s)`,
  },

  /** The words of an axis, by the title of its metric. */
  times: {
    'First answer': 'time to first answer',
    'First audio': 'time to first audio',
    'Time to image': 'time to image',
    'Time to video': 'time to video',
    'Time to audio': 'time to audio',
    Latency: 'latency',
    E2E: 'end-to-end time',
  } as Readonly<Record<string, string>>,
} as const;
