import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignMedia, type Assignable } from '../../../../src/core/catalog/assign-media';
import type { MediaSlot } from '../../../../src/core/catalog/inputs';

const slot = (field: string, more: Partial<MediaSlot> = {}): MediaSlot => ({
  field,
  kind: 'image',
  role: 'input',
  least: 0,
  most: 1,
  encoding: 'data-uri',
  isList: false,
  confirmed: true,
  ...more,
});
const image: Assignable = { kind: 'image', role: 'input' };
const mask: Assignable = { kind: 'image', role: 'mask' };

describe('attachments find their places', () => {
  it('fills places in their order, and a list up to its most', () => {
    const slots = [slot('person_image', { least: 1 }), slot('garment_images', { least: 1, most: 2, isList: true })];
    const { placed, left, missing } = assignMedia(slots, [image, image, image, image]);
    expect(placed.map(({ slot: { field }, indices }) => [field, indices])).toEqual([
      ['person_image', [0]],
      ['garment_images', [1, 2]],
    ]);
    expect(left).toEqual([3]);
    expect(missing).toEqual([]);
  });

  it('keeps roles apart, and tells what is missing', () => {
    const slots = [slot('image', { least: 1 }), slot('mask', { role: 'mask', least: 1 })];
    expect(assignMedia(slots, [mask]).missing.map(({ field }) => field)).toEqual(['image']);
    expect(assignMedia(slots, [image]).missing.map(({ field }) => field)).toEqual(['mask']);
    expect(assignMedia(slots, [mask, image]).placed.map(({ slot: { field } }) => field)).toEqual(['image', 'mask']);
  });

  it('places every attachment at most once, and none where it does not belong', () => {
    const kinds = fc.constantFrom('image' as const, 'audio' as const, 'video' as const, 'file' as const);
    const roles = fc.constantFrom('input' as const, 'mask' as const, 'end-frame' as const);
    const slots = fc.array(
      fc.record({ kind: kinds, role: roles, least: fc.nat(2), most: fc.nat(4) }).map((more) => slot('f', more)),
    );
    fc.assert(
      fc.property(slots, fc.array(fc.record({ kind: kinds, role: roles })), (places, attachments) => {
        const { placed, left } = assignMedia(places, attachments);
        const all = [...placed.flatMap(({ indices }) => indices), ...left];
        expect([...all].sort((a, b) => a - b)).toEqual([...attachments.keys()]);
        for (const { slot: place, indices } of placed) {
          expect(indices.length).toBeLessThanOrEqual(place.most);
          for (const index of indices) expect(attachments[index]).toEqual({ kind: place.kind, role: place.role });
        }
      }),
    );
  });
});
