import { describe, expect, it } from 'vitest';
import type { MediaRef } from '../../../../src/core/media/media';
import { fileNameOf, picturesOf } from '../../../../webview/components/media/actions';

describe('the name to save under', () => {
  it.each([
    ['FLUX.1 [schnell]', 0, 'abc.png', 'FLUX.1-schnell.png'],
    ['FLUX.1 [schnell]', 2, 'abc.png', 'FLUX.1-schnell-3.png'],
    ['../../etc/passwd', 0, 'abc.mp4', 'etc-passwd.mp4'],
    ['C:\\con "x" | y?', 0, 'abc.mp3', 'C-con-x-y.mp3'],
    ['模型 三', 0, 'abc.webp', '模型-三.webp'],
    ['???', 0, 'abc.wav', 'answer.wav'],
    ['B', 0, 'abc', 'B'],
  ])('%s, %i, %s: %s', (model, index, file, name) => {
    expect(fileNameOf({ file }, model, index)).toBe(name);
  });

  it('is short enough for every file system', () => {
    expect(fileNameOf({ file: 'a.png' }, 'x'.repeat(500), 1).length).toBeLessThan(100);
  });
});

it('the pictures of other columns are numbered by column, sounds left out', () => {
  const media = (kind: MediaRef['kind'], file: string, more: Partial<MediaRef> = {}): MediaRef => ({
    kind,
    mediaType: 'x/y',
    file,
    byteLength: 1,
    ...more,
  });
  const peers = [
    {
      columnId: '1',
      label: 'B',
      name: 'Model',
      media: [media('audio', 's.mp3'), media('image', '1.png'), media('image', '2.png', { width: 200, height: 100 })],
    },
    { columnId: '2', label: 'C', name: '', media: [media('image', '3.png')] },
  ];
  expect(picturesOf(peers, '/media/')).toEqual([
    { label: 'B', name: 'Model', src: '/media/1.png', at: 0, ratio: undefined },
    { label: 'B', name: 'Model', src: '/media/2.png', at: 1, ratio: 2 },
    { label: 'C', name: '', src: '/media/3.png', at: 0, ratio: undefined },
  ]);
});
