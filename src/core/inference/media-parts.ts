/**
 * Media as they stand in a body that is built: placeholders, in the wrapping that each place wants.
 */
import type { Assignment } from '../catalog/assign-media';
import type { MediaEncoding, MediaPlaceholder } from './placeholder';
import type { RequestMedia } from './request';

/** One medium of a call at its place. */
export interface PlacedMedia {
  readonly index: number;
  readonly media: RequestMedia;
}

/** What stands for a medium until the request is sent. */
export function placeholder({ index, media }: PlacedMedia, encoding: MediaEncoding): MediaPlaceholder {
  const { kind, mediaType, bytes, name, width, height, seconds } = media;
  return {
    $media: {
      index,
      encoding,
      kind,
      mediaType,
      byteLength: bytes.byteLength,
      name,
      ...(width !== undefined && { width }),
      ...(height !== undefined && { height }),
      ...(seconds !== undefined && { seconds }),
    },
  };
}

/** The media of each place, with the place. */
export function placedMedia(
  { placed }: Assignment,
  media: readonly RequestMedia[],
): readonly { readonly slot: Assignment['placed'][number]['slot']; readonly media: readonly PlacedMedia[] }[] {
  return placed.map(({ slot, indices }) => ({
    slot,
    media: indices.flatMap((index) => {
      const one = media[index];
      return one === undefined ? [] : [{ index, media: one }];
    }),
  }));
}

/** Fields of the model's own input that are media: all places but those within the field of the conversation. */
export function mediaFields(
  assigned: Assignment,
  media: readonly RequestMedia[],
  conversation?: string,
): Record<string, unknown> {
  return Object.fromEntries(
    placedMedia(assigned, media)
      .filter(({ slot }) => slot.field !== conversation)
      .map(({ slot, media: placed }) => {
        const values = placed.map((one) => {
          const value = placeholder(one, slot.encoding);
          return slot.inObject === undefined ? value : { [slot.inObject]: value };
        });
        return [slot.field, slot.isList ? values : values[0]];
      }),
  );
}

/** The media that are parts of the conversation, in their order. */
export function mediaInParts(
  assigned: Assignment,
  media: readonly RequestMedia[],
  conversation: string,
): readonly PlacedMedia[] {
  return placedMedia(assigned, media)
    .filter(({ slot }) => slot.field === conversation)
    .flatMap(({ media: placed }) => placed)
    .toSorted((a, b) => a.index - b.index);
}
