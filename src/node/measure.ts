/**
 * Measures sound and video. Bundled apart, because the library that reads their containers is twice as large as the
 * whole extension.
 */
import {
  ADTS,
  BufferSource,
  FLAC,
  Input,
  Logging,
  LogLevel,
  MATROSKA,
  MP3,
  MP4,
  OGG,
  QTFF,
  WAVE,
  WEBM,
} from 'mediabunny';

/** What a file holds, as far as it tells. */
export interface Measures {
  readonly seconds?: number;
  /** Pixels of a video, as shown. */
  readonly width?: number;
  readonly height?: number;
}

/** Bytes up to which every packet is counted; that takes 7 milliseconds a MiB. Of larger files the header is believed. */
const COUNTED = 8 * 1024 * 1024;

// What cannot be decoded can be measured all the same; nobody reads it on a console.
Logging.level = LogLevel.Silent;

/** Length and size of a file. Rejects when it cannot be read. */
export async function measure(bytes: Uint8Array): Promise<Measures> {
  const formats = [MP4, QTFF, WEBM, MATROSKA, MP3, WAVE, OGG, FLAC, ADTS];
  const input = new Input({ source: new BufferSource(bytes), formats });
  try {
    const told = bytes.length > COUNTED ? await input.getDurationFromMetadata() : null;
    const seconds = told ?? (await input.computeDuration());
    const video = await input.getPrimaryVideoTrack();
    const [width, height] = video ? [await video.getDisplayWidth(), await video.getDisplayHeight()] : [0, 0];
    return {
      ...(seconds > 0 && Number.isFinite(seconds) && { seconds }),
      ...(width > 0 && height > 0 && { width: Math.round(width), height: Math.round(height) }),
    };
  } finally {
    input.dispose();
  }
}
