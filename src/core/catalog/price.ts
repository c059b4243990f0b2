/**
 * What a price is once its label was understood.
 */

/** What one unit of a price is. A megapixel is 1024 × 1024 pixels; a tile is 512 × 512. */
export type PriceKind =
  | 'input-token'
  | 'output-token'
  | 'cached-input-token'
  | 'cache-write-token'
  /** Only where reasoning has a price of its own; elsewhere it is part of the output. */
  | 'reasoning-token'
  /** A picture made or, where the task is to look at one, a picture looked at. */
  | 'image'
  | 'input-image'
  | 'tile'
  | 'step'
  | 'output-tile'
  | 'input-tile'
  | 'output-tile-step'
  | 'input-tile-step'
  | 'first-megapixel'
  | 'subsequent-megapixel'
  | 'input-megapixel'
  /** A second of what the model makes or works on. */
  | 'second'
  /** A whole video; with `clipSeconds`, one of that length. */
  | 'video'
  | 'audio-second'
  | 'audio-minute'
  | 'character';

/** The input sizes that a price holds for. `short` and `long` have a limit that the catalog does not tell. */
export type PriceTier = { readonly below: number } | { readonly from: number } | 'short' | 'long';

/** What a token stands for, where that makes a difference to its price. */
export type Modality = 'text' | 'image' | 'audio' | 'video';

/** When a price holds. An absent condition does not narrow it. */
export interface PriceConditions {
  readonly tier?: PriceTier;
  readonly modality?: Modality;
  /** In lower case, as printed: `720p`, `4k`, `1024x1024`. */
  readonly resolution?: string;
  /** In lower case: `low`, `hd`. */
  readonly quality?: string;
  /** With or without sound. */
  readonly audio?: boolean;
  readonly draft?: true;
  /** A video is sent along. */
  readonly videoInput?: true;
  /** Length of the clip that a price per video is for, seconds. */
  readonly clipSeconds?: number;
  readonly transport?: 'websocket';
  /** Charged on top when asked for: `speaker diarization`. In lower case. */
  readonly addOn?: string;
  /** The price of a request that leaves the choice to the model. */
  readonly isDefault?: true;
}

/** A price that was understood. */
export interface Price extends PriceConditions {
  readonly kind: PriceKind;
  /** USD for one unit: one token, not a million. */
  readonly usdPer: number;
}
