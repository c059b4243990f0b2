import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attachment, AttachmentRole, MediaKind } from '../../../../src/core/media/media';
import {
  freeName,
  isUsable,
  keysOf,
  moved,
  rolesOf,
  takenKinds,
  withRole,
} from '../../../../webview/state/attachment-list';

const attachment = (name: string, role: AttachmentRole = 'input', kind: MediaKind = 'image'): Attachment => ({
  media: { kind, mediaType: `${kind}/x`, file: `${name}.bin`, byteLength: 1 },
  name,
  role,
});
const names = (list: readonly Attachment[]): string => list.map(({ name }) => name).join('');
const abc = ['a', 'b', 'c'].map((name) => attachment(name));

describe('order', () => {
  it('moves one and stops at the ends', () => {
    expect(names(moved(abc, 0, 1))).toBe('bac');
    expect(names(moved(abc, 2, -1))).toBe('acb');
    expect(moved(abc, 0, -1)).toBe(abc);
    expect(moved(abc, 2, 1)).toBe(abc);
    expect(moved(abc, 7, 1)).toBe(abc);
  });

  it('never loses or doubles one', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.integer({ min: -6, max: 6 }), (at, by) => {
        expect([...names(moved(abc, at, by))].sort().join('')).toBe('abc');
      }),
    );
  });
});

describe('roles', () => {
  it('gives a role to one alone', () => {
    const masked = withRole(withRole(abc, 0, 'mask'), 1, 'mask');
    expect(masked.map(({ role }) => role)).toEqual(['input', 'mask', 'input']);
    expect(withRole(masked, 2, 'end-frame').map(({ role }) => role)).toEqual(['input', 'mask', 'end-frame']);
    expect(withRole(masked, 1, 'input').map(({ role }) => role)).toEqual(['input', 'input', 'input']);
  });

  it('offers masks for pictures that are changed, end frames for those that move', () => {
    expect(rolesOf('image-to-image', 'image')).toContain('mask');
    expect(rolesOf('image-to-video', 'image')).toContain('end-frame');
    expect(rolesOf('image-to-video', 'video')).toEqual(['input']);
    expect(rolesOf('text-generation', 'image')).toEqual(['input']);
  });
});

describe('use', () => {
  it('follows the tasks of all columns', () => {
    const sound = attachment('a', 'input', 'audio');
    expect(isUsable(sound, ['speech-recognition'])).toBe(true);
    expect(isUsable(attachment('a'), ['speech-recognition'])).toBe(false);
    expect(isUsable(attachment('a'), ['speech-recognition', 'text-generation'])).toBe(true);
    expect(isUsable(attachment('a', 'mask'), ['text-generation'])).toBe(false);
  });

  it('takes what any of the tasks takes', () => {
    expect(takenKinds(['speech-recognition'])).toEqual(['audio']);
    expect(takenKinds(['translation'])).toEqual([]);
    expect(takenKinds(['speech-recognition', 'text-generation'])).toEqual(['audio', 'image', 'video', 'file']);
  });
});

describe('names and keys', () => {
  it('tells what is pasted twice apart', () => {
    expect(freeName('image.png', new Set())).toBe('image.png');
    expect(freeName('image.png', new Set(['image.png']))).toBe('image (2).png');
    expect(freeName('image.png', new Set(['image.png', 'image (2).png']))).toBe('image (3).png');
    expect(freeName('notes', new Set(['notes']))).toBe('notes (2)');
  });

  it('gives the same file twice two keys', () => {
    expect(keysOf([...abc, ...abc])).toHaveLength(new Set(keysOf([...abc, ...abc])).size);
  });
});
