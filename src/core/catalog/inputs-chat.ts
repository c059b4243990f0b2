/**
 * What chat models can be given beside text: parts of the user's message, in the words of each format.
 */
import { chooseWire } from '../inference/wire';
import type { MediaKind } from '../media/media';
import { SchemaReader } from './form-schema';
import { place, type MediaPlace } from './media-place';
import { mediaProperty, mentions } from './media-property';
import type { Capability, Model } from './model';
import type { ModelSchema } from './schema';

/** The catalog's word for each kind of input. */
export const capabilityOf: Readonly<Record<MediaKind, Capability>> = {
  image: 'vision',
  audio: 'audio-input',
  video: 'video-input',
  file: 'file-input',
};

/** Field of the conversation, and the media that the format has parts for. */
export function chatPlaces(
  model: Model,
  schema: ModelSchema | undefined,
): { field: string; media: readonly MediaPlace[] } {
  const parts = (field: string, ...kinds: readonly MediaKind[]): MediaPlace[] =>
    kinds.map((kind) => place(field, kind, { isList: true }));
  switch (chooseWire(model)) {
    case 'anthropic-messages':
      // `source: {type: 'base64'}`
      return {
        field: 'messages',
        media: parts('messages', 'image', 'file').map((one) => ({ ...one, encoding: 'base64' })),
      };
    case 'responses':
      return { field: 'input', media: parts('input', 'image', 'file') };
    default: {
      const beside = besideMessages(model, schema);
      const inParts = parts('messages', 'image', 'file', 'audio', 'video');
      return {
        field: 'messages',
        media: beside ? [beside, ...inParts.filter(({ kind }) => kind !== 'image')] : inParts,
      };
    }
  }
}

/** Classic vision models take one `image` beside the messages, whose parts are text alone (cloudflare-api.md 4.4 A). */
function besideMessages(model: Model, schema: ModelSchema | undefined): MediaPlace | undefined {
  if (schema === undefined || model.hosting !== 'hosted') return undefined;
  const reader = new SchemaReader(schema.input);
  const properties = reader.shapeOf(schema.input)?.properties;
  const image = properties?.get('image');
  const messages = properties?.get('messages');
  if (image === undefined || messages === undefined || mentions(messages, 'image_url')) return undefined;
  const found = mediaProperty('image', image, false, reader, model);
  return found?.encoding === 'bytes' ? undefined : found;
}
