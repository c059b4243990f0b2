/**
 * A user's message with media, in the words of each chat format (cloudflare-api.md 4.4 A; OpenAI's and Anthropic's
 * public references).
 */
import { mediaInParts, placeholder, type PlacedMedia } from '../media-parts';
import type { Message } from '../request';
import type { BodyInput } from './format';

/** A turn of a conversation as it is sent. */
export interface Turn {
  readonly role: string;
  readonly content: string | readonly unknown[];
}

/** The turns, the last of the user with the media that are parts of the conversation. */
export function withMedia(
  messages: readonly Message[],
  { request, inputs, assigned }: BodyInput,
  parts: (text: string, media: readonly PlacedMedia[]) => readonly unknown[],
): readonly Turn[] {
  const media = mediaInParts(assigned, request.media ?? [], inputs.prompt?.field ?? '');
  const last = messages.findLastIndex(({ role }) => role === 'user');
  return messages.map(({ role, content }, index) => ({
    role,
    content: index === last && media.length > 0 ? parts(content, media) : content,
  }));
}

/** Parts of Chat Completions. */
export function chatParts(text: string, media: readonly PlacedMedia[]): readonly unknown[] {
  return [...textPart('text', text), ...media.map(chatPart)];
}

/** One medium as a part of Chat Completions. */
export function chatPart(one: PlacedMedia): unknown {
  const { kind, mediaType, name } = one.media;
  switch (kind) {
    case 'image':
      return { type: 'image_url', image_url: { url: placeholder(one, 'data-uri') } };
    case 'video':
      return { type: 'video_url', video_url: { url: placeholder(one, 'data-uri') } };
    case 'audio':
      return { type: 'input_audio', input_audio: { data: placeholder(one, 'base64'), format: audioFormat(mediaType) } };
    case 'file':
      return { type: 'file', file: { filename: name, file_data: placeholder(one, 'data-uri') } };
  }
}

/** Parts of Responses. */
export function responsesParts(text: string, media: readonly PlacedMedia[]): readonly unknown[] {
  return [
    ...textPart('input_text', text),
    ...media.map((one) =>
      one.media.kind === 'image'
        ? { type: 'input_image', image_url: placeholder(one, 'data-uri') }
        : { type: 'input_file', filename: one.media.name, file_data: placeholder(one, 'data-uri') },
    ),
  ];
}

/** Blocks of Messages. Anthropic advises to put pictures before the text. */
export function anthropicBlocks(text: string, media: readonly PlacedMedia[]): readonly unknown[] {
  return [
    ...media.map((one) => ({
      type: one.media.kind === 'image' ? 'image' : 'document',
      source: { type: 'base64', media_type: one.media.mediaType, data: placeholder(one, 'base64') },
    })),
    ...textPart('text', text),
  ];
}

/** An empty text is refused as a part. */
function textPart(type: string, text: string): readonly unknown[] {
  return text.trim() === '' ? [] : [{ type, text }];
}

/** `wav` or `mp3`, as OpenAI calls them; others by the second half of their type. */
function audioFormat(mediaType: string): string {
  const type = mediaType.replace(/^audio\/(?:x-)?/, '');
  return type === 'mpeg' ? 'mp3' : type === 'wave' || type === 'vnd.wave' ? 'wav' : type;
}
