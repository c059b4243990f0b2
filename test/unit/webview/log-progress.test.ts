import { describe, expect, it } from 'vitest';
import { logProgress } from '../../../webview/state/log-progress';

describe('logProgress', () => {
  it.each([
    ['', undefined],
    ['loading weights', undefined],
    ['  0%|          | 0/50 [00:00<?, ?it/s]', 0],
    ['\r 10%|█ | 5/50\r 20%|██ | 10/50 [00:01<00:04]', 20],
    ['Denoising: 100%|██████████| 4/4', 100],
    ['240%|', undefined],
    ['accuracy 37%, fine', undefined],
  ])('%j → %s', (log, percent) => {
    expect(logProgress(log)).toBe(percent);
  });
});
