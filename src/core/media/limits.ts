/**
 * How large media may be. Generous, but finite: a file is held in memory while it is sent or kept.
 */
import type { MediaKind } from './media';

const MIB = 1024 * 1024;

/** Largest file that can be attached, bytes. */
export const MAX_INPUT: Readonly<Record<MediaKind, number>> = {
  image: 20 * MIB,
  audio: 64 * MIB,
  video: 100 * MIB,
  file: 32 * MIB,
};

/** Largest file that is taken from an answer, bytes. */
export const MAX_OUTPUT: Readonly<Record<MediaKind, number>> = {
  image: 32 * MIB,
  audio: 64 * MIB,
  video: 256 * MIB,
  file: 16 * MIB,
};

/** Most pixels of a picture: more would take gigabytes to show, however small the file is. */
export const MAX_PIXELS = 100_000_000;

/** Most attachments of a prompt. */
export const MAX_ATTACHMENTS = 20;

/** Most texts of a request, the prompt included: hosted embeddings take 100 (their schema). */
export const MAX_TEXTS = 100;
