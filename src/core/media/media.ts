/**
 * Media that go into a call and come out of it.
 */

/** What a file is, for the question of who can show or take it. `file` is a document (PDF) or data (JSON). */
export type MediaKind = 'image' | 'audio' | 'video' | 'file';

/** Media in memory: as received from the wire, or on its way there. */
export interface MediaBytes {
  readonly kind: MediaKind;
  /** Sniffed from the bytes, for example `image/png`. */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Pixels, read from the bytes. */
  readonly width?: number;
  readonly height?: number;
}

/** Media as kept by the host: a reference that a view can show. JSON-safe. */
export interface MediaRef {
  readonly kind: MediaKind;
  readonly mediaType: string;
  /** Name of the file in the media folder (content hash and extension). The view's host turns it into a URI. */
  readonly file: string;
  readonly byteLength: number;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Length of audio or video, measured in the file. */
  readonly seconds?: number;
}

/** What an attachment is for, where a request has several places for its kind. `input` is the usual one. */
export type AttachmentRole = 'input' | 'mask' | 'end-frame';

/** Something the user attached to the prompt. JSON-safe. */
export interface Attachment {
  readonly media: MediaRef;
  /** Name for people, for example `cat.png`. */
  readonly name: string;
  readonly role: AttachmentRole;
}
