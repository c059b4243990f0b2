import { describe, expect, it } from 'vitest';
import { logProgress, shownLog } from '../../../webview/state/log-progress';

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

describe('shownLog', () => {
  it.each([
    ['one\ntwo\n', 'one\ntwo\n'],
    ['one\r\ntwo\r\n', 'one\ntwo\n'],
    ['start\n\r 10%|█ \r 20%|██\r 30%|███', 'start\n 30%|███'],
    [' 10%|█\r 100%|████\ndone', ' 100%|████\ndone'],
    ['waiting\r', 'waiting'],
  ])('%j is shown as %j', (log, shown) => {
    expect(shownLog(log)).toBe(shown);
  });
});
