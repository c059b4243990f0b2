/**
 * About how many tokens media take as input of a model: for estimates before a run, and for the saving of a smaller
 * picture. The answer's own count always goes before.
 */
import type { Model } from '../catalog/model';
import type { MediaKind } from '../media/media';

/** Pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Tokens of a picture of this size in pixels, approximate: by the formulas that the providers publish for their models
 * in general, of which newer or smaller ones differ [inf]. Anthropic: width × height / 750 at no more than 1568 pixels on
 * the long side; OpenAI: 85, and 170 for each tile of 512 pixels, at no more than 2048 on the long and 768 on the short
 * side; Google: 258 for each tile of 768 pixels. Undefined for the models of others, and for those that do not answer
 * with text: nothing is known of them.
 */
export function imageTokens(model: Model, width: number, height: number): number | undefined {
  if (model.hosting !== 'third-party' || model.task !== 'text-generation') return undefined;
  if (!(width > 0 && height > 0)) return undefined;
  switch (model.provider.toLowerCase()) {
    case 'anthropic': {
      const seen = within({ width, height }, 1568);
      return Math.ceil((seen.width * seen.height) / 750);
    }
    case 'openai': {
      const fitting = within({ width, height }, 2048);
      const short = Math.min(fitting.width, fitting.height);
      const scale = Math.min(1, 768 / short);
      return 85 + 170 * tiles({ width: fitting.width * scale, height: fitting.height * scale }, 512);
    }
    case 'google':
      return 258 * tiles({ width, height }, 768);
    default:
      return undefined;
  }
}

/** Something to be sent. */
export interface FileToSend {
  readonly kind: MediaKind;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Length of audio or video. */
  readonly seconds?: number;
}

/** Tokens of the files of a call, approximate; a sentence when they cannot be told of one of them. */
export function fileTokens(model: Model, files: readonly FileToSend[]): number | string {
  let sum = 0;
  for (const { kind, width, height } of files) {
    const tokens = kind === 'image' && width && height ? imageTokens(model, width, height) : undefined;
    if (tokens === undefined)
      return `How many tokens ${wordsFor[kind]} takes as input of this model is not known before.`;
    sum += tokens;
  }
  return sum;
}

const wordsFor: Readonly<Record<MediaKind, string>> = {
  image: 'a picture',
  audio: 'a recording',
  video: 'a video',
  file: 'a document',
};

/** Scaled down to this on the long side, pixels; never up. */
function within({ width, height }: Size, longSide: number): Size {
  const scale = Math.min(1, longSide / Math.max(width, height));
  return { width: width * scale, height: height * scale };
}

/** Squares that cover it. Rounded first: scaling leaves dust of binary fractions. */
function tiles({ width, height }: Size, side: number): number {
  return Math.ceil(Math.round(width) / side) * Math.ceil(Math.round(height) / side);
}
