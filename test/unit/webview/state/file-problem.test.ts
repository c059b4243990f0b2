import { describe, expect, it } from 'vitest';
import { MAX_INPUT } from '../../../../src/core/media/limits';
import type { MediaKind } from '../../../../src/core/media/media';
import { acceptOf, possibleKinds } from '../../../../webview/state/file-kinds';
import { fileProblem } from '../../../../webview/state/file-problem';

const file = (name: string, type = '', size = 10) => ({ name, type, size });
const chat = { title: 'Text generation', kinds: ['image', 'audio', 'video', 'file'] as readonly MediaKind[] };
const speech = { title: 'Speech recognition', kinds: ['audio'] as readonly MediaKind[] };

describe('what a file may be', () => {
  it('goes by the type, then by the name', () => {
    expect(possibleKinds(file('a.png', 'image/png'))).toEqual(['image']);
    expect(possibleKinds(file('a.JPG'))).toEqual(['image']);
    expect(possibleKinds(file('a.pdf', 'application/pdf'))).toEqual(['file']);
    expect(possibleKinds(file('a.xyz'))).toEqual([]);
  });

  it('knows containers that hold sound or pictures', () => {
    expect(possibleKinds(file('a.webm', 'video/webm'))).toContain('audio');
    expect(possibleKinds(file('a.mp4', 'video/mp4'))).toContain('audio');
    expect(possibleKinds(file('a.ogg'))).toContain('audio');
    expect(acceptOf(['audio'])).toContain('video/webm');
  });
});

describe('problems before anything is sent', () => {
  it('lets good files through, and such as the host must judge', () => {
    expect(fileProblem(file('a.png', 'image/png'), chat, 1)).toBeUndefined();
    expect(fileProblem(file('a.webm', 'video/webm'), speech, 1)).toBeUndefined();
    expect(fileProblem(file('a.xyz'), speech, 1)).toBeUndefined();
    expect(fileProblem(file('a.png', 'image/png'), undefined, 1)).toBeUndefined();
  });

  it('names the file, what it is and what is taken', () => {
    expect(fileProblem(file('cat.png', 'image/png'), speech, 1)).toBe(
      'cat.png is a picture; Speech recognition takes recordings.',
    );
    expect(fileProblem(file('a.pdf', 'application/pdf'), { title: 'Translation', kinds: [] }, 1)).toContain(
      'Translation takes no files',
    );
    expect(fileProblem(file('a.png', 'image/png', 0), chat, 1)).toContain('is empty');
    expect(fileProblem(file('a.png', 'image/png'), chat, 0)).toContain('Remove one');
  });

  it('holds each kind to its own limit', () => {
    for (const [kind, type] of [
      ['image', 'image/png'],
      ['audio', 'audio/wav'],
      ['file', 'application/pdf'],
    ] as const) {
      expect(fileProblem(file('a', type, MAX_INPUT[kind]), chat, 1)).toBeUndefined();
      expect(fileProblem(file('a', type, MAX_INPUT[kind] + 1), chat, 1)).toContain('at most');
    }
    // A container may be a video in chat, but only sound where sound alone is taken.
    const between = MAX_INPUT.audio + 1;
    expect(fileProblem(file('a.webm', 'video/webm', between), chat, 1)).toBeUndefined();
    expect(fileProblem(file('a.webm', 'video/webm', between), speech, 1)).toContain('64 MB at most');
    expect(fileProblem(file('a', '', 5_000_000_000), undefined, 1)).toContain('4.7 GB');
  });
});
