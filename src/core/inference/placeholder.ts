/**
 * How a request shows its media before they are written into it. The request as views see and store it stays small;
 * the bytes are put in when it is sent.
 */
import type { MediaKind } from '../media/media';

/** How the bytes are written into the body. `bytes`: as they are, as the body itself or a part of a form. */
export type MediaEncoding = 'data-uri' | 'base64' | 'numbers' | 'bytes';

/** What stands in a body in place of one of the call's media. JSON-safe. */
export interface MediaPlaceholder {
  readonly $media: {
    /** Place in `InferenceRequest.media`, from 0. */
    readonly index: number;
    readonly encoding: MediaEncoding;
    readonly kind: MediaKind;
    readonly mediaType: string;
    /** Bytes of the file, before they are encoded. */
    readonly byteLength: number;
    /** Name for people. */
    readonly name: string;
    /** Pixels. */
    readonly width?: number;
    readonly height?: number;
    /** Length of audio or video. */
    readonly seconds?: number;
  };
}

/** Whether a value of a body stands for media. */
export function isPlaceholder(value: unknown): value is MediaPlaceholder {
  return typeof value === 'object' && value !== null && '$media' in value;
}
