/**
 * The grammar of price labels. It knows those of the bundled catalog, of `/ai/models/search` and of the third-party
 * catalog (cloudflare-api.md 4.1, 4.3), tolerant of case, spaces, punctuation and the order of words. A label with one
 * word too many is not understood.
 */
import type { Modality, PriceConditions, PriceKind, PriceTier } from './price';

/** What a label says: a price for so many units of a kind, under these conditions. */
export interface PriceMeaning {
  readonly kind: PriceKind;
  readonly units: number;
  readonly conditions: PriceConditions;
}

const tokenKinds: ReadonlyMap<string, PriceKind> = new Map([
  ['input', 'input-token'],
  ['output', 'output-token'],
  ['cached input', 'cached-input-token'],
  ['cached', 'cached-input-token'],
  ['cache read', 'cached-input-token'],
  ['cache creation', 'cache-write-token'],
  ['cache write', 'cache-write-token'],
  ['reasoning', 'reasoning-token'],
  ['output reasoning', 'reasoning-token'],
]);

/** Kinds whose names hold sizes, which are no resolutions. They come without conditions. */
const partKinds: ReadonlyMap<string, PriceKind> = new Map([
  ['512x512 tile', 'tile'],
  ['step', 'step'],
  ['output 512x512 tile', 'output-tile'],
  ['input 512x512 tile', 'input-tile'],
  ['output 512x512 tile step', 'output-tile-step'],
  ['input 512x512 tile step', 'input-tile-step'],
  ['first mp 1024x1024', 'first-megapixel'],
  ['first mp', 'first-megapixel'],
  ['subsequent mp', 'subsequent-megapixel'],
  ['input image mp', 'input-megapixel'],
]);

const countKinds: ReadonlyMap<string, PriceKind> = new Map([
  ['image', 'image'],
  ['output image', 'image'],
  ['input image', 'input-image'],
  ['second', 'second'],
  ['video second', 'second'],
  ['video', 'video'],
  ['audio second', 'audio-second'],
  ['output audio second', 'audio-second'],
  ['audio minute', 'audio-minute'],
  ['minute', 'audio-minute'],
  ['character', 'character'],
  ['input character', 'character'],
]);

type Condition = keyof PriceConditions;
const looks: readonly Condition[] = ['resolution', 'quality', 'draft', 'isDefault'];

/** The conditions that make sense for a kind. A label with another one means something we do not know. */
const allowedConditions: ReadonlyMap<PriceKind, readonly Condition[]> = new Map([
  ['image', looks],
  ['input-image', ['resolution', 'isDefault']],
  ['second', [...looks, 'audio', 'videoInput']],
  ['video', [...looks, 'audio', 'videoInput', 'clipSeconds']],
  ['audio-second', ['isDefault']],
  ['audio-minute', ['isDefault', 'transport', 'addOn']],
  ['character', ['isDefault']],
]);

/** Catalogs have some hundred labels for thousands of prices, so each is read once. Bounded: labels come from outside. */
const readBefore = new Map<string, PriceMeaning | undefined>();
const MAX_REMEMBERED = 1000;

/** Longer labels are none. Keeps the search for words short. */
const MAX_LENGTH = 200;

/** The meaning of a label, or `undefined`. Never throws. */
export function readPriceLabel(label: string): PriceMeaning | undefined {
  if (label.length > MAX_LENGTH) return undefined;
  if (readBefore.has(label)) return readBefore.get(label);
  const meaning = read(label);
  if (readBefore.size < MAX_REMEMBERED) readBefore.set(label, meaning);
  return meaning;
}

function read(label: string): PriceMeaning | undefined {
  const phrase = new Phrase(label);
  const scale = phrase.take(/\bper (?:1 ?)?(m|million|k|thousand|000)\b/)?.[1];
  const units = scale === undefined ? 1 : scale.startsWith('m') ? 1e6 : 1e3;
  // `per 10k images`: another scale than the two that catalogs use, and no resolution.
  if (phrase.take(/\bper \d+ ?[km]\b/) !== undefined) return undefined;
  return tokenPrice(phrase, units) ?? partPrice(phrase, units) ?? countPrice(phrase, units);
}

/** A label in plain words, from which what was understood is taken away. */
class Phrase {
  private text: string;

  constructor(label: string) {
    this.text = label
      .toLowerCase()
      .replaceAll('≥', '>=')
      .replaceAll('≤', '<=')
      .replaceAll('×', 'x')
      .replace(/(\d),(?=\d{3}\b)/g, '$1')
      .replace(/(\d) ?(?:x|by) ?(?=\d)/g, '$1x')
      .replace(/([<>]=?) +(?=\d)/g, '$1')
      .replace(/\bw\/o\b/g, 'without ')
      .replace(/\bw\//g, 'with ')
      .replace(/[()[\],;:@–—_-]/g, ' ')
      .replace(/\bper 1000\b/g, 'per 1k')
      .replace(/\s+/g, ' ')
      .trim();
  }

  /** Takes away the first match. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    const match = pattern.exec(this.text);
    if (!match) return undefined;
    const before = this.text.slice(0, match.index);
    const after = this.text.slice(match.index + match[0].length);
    this.text = `${before} ${after}`.replace(/\s+/g, ' ').trim();
    return match;
  }

  /** What is left, without `per`. */
  get rest(): string {
    return this.text
      .replace(/\bper\b/g, '')
      .replace(/\s+/g, ' ')
      .trim();
  }

  copy(): Phrase {
    return new Phrase(this.text);
  }
}

/** `per 1M input tokens (<200k)`, `Short-context input (per 1M)`, `per 1M cached input image tokens`. */
function tokenPrice(label: Phrase, units: number): PriceMeaning | undefined {
  // Without a scale one can not tell one token from a million.
  if (units === 1) return undefined;
  const phrase = label.copy();
  const tier = tierOf(phrase.take(/([<>]=?)(\d+)([km])\b|\b(short|long) context\b/));
  const saysTokens = phrase.take(/\btokens?\b/) !== undefined;
  // `input image` alone may be a picture as well as its tokens.
  const modality = saysTokens ? phrase.take(/\b(text|image|audio|video)\b/)?.[1] : undefined;
  const kind = tokenKinds.get(phrase.rest);
  if (kind === undefined) return undefined;
  return {
    kind,
    units,
    conditions: {
      ...(tier !== undefined && { tier }),
      ...(modality !== undefined && { modality: modality as Modality }),
    },
  };
}

/** Limits are in tokens; `>200k` begins at the next token. */
function tierOf(match: RegExpExecArray | undefined): PriceTier | undefined {
  if (!match) return undefined;
  const [, operator, digits, suffix, context] = match;
  if (context === 'short' || context === 'long') return context;
  const limit = Number(digits) * (suffix === 'm' ? 1e6 : 1e3);
  switch (operator) {
    case '<':
      return { below: limit };
    case '<=':
      return { below: limit + 1 };
    case '>':
      return { from: limit + 1 };
    default:
      return { from: limit };
  }
}

/** `per 512x512 tile`, `per input 512x512 tile, per step`, `per first MP (1024x1024)`. */
function partPrice(phrase: Phrase, units: number): PriceMeaning | undefined {
  const kind = units === 1 ? partKinds.get(phrase.rest) : undefined;
  return kind && { kind, units, conditions: {} };
}

/** `per image @1k`, `@4k w/ audio (per second)`, `6s @768p`, `per minute (key terms add-on)`, `Per character`. */
function countPrice(label: Phrase, units: number): PriceMeaning | undefined {
  const phrase = label.copy();
  const conditions = conditionsOf(phrase);
  const { rest } = phrase;
  // A million of something is said in the plural; `Input image (per 1M)` may well mean its tokens.
  if (units > 1 && !rest.endsWith('s')) return undefined;
  const noun = rest.replace(/s$/, '');
  // `6s @768p` leaves the noun out.
  const kind = noun === '' && conditions.clipSeconds !== undefined ? 'video' : countKinds.get(noun);
  if (kind === undefined) return undefined;
  const allowed = allowedConditions.get(kind) ?? [];
  const isSound = (Object.keys(conditions) as Condition[]).every((condition) => allowed.includes(condition));
  return isSound ? { kind, units, conditions } : undefined;
}

/** Takes the conditions out of the phrase. */
function conditionsOf(phrase: Phrase): PriceConditions {
  const addOn = phrase.take(/(?<=\bminute )(.+) add ons?$|^(.+) add ons?(?= per\b)/);
  const without = phrase.take(/\b(?:without|no) (?:audio|sound)\b/);
  const withAudio = phrase.take(/\bwith (?:audio|sound)\b/);
  const videoInput = phrase.take(/\b(?:with )?video input\b/);
  const resolution = phrase.take(/\b(?:\d{3,4}p|[1-9]\d?k|\d{3,4}x\d{3,4})\b/)?.[0];
  const clip = phrase.take(/\b(\d+) ?s\b/)?.[1];
  const quality = phrase.take(/\b(low|medium|standard|high|hd|max)\b(?: quality)?/)?.[1];
  const name = addOn?.[1] ?? addOn?.[2];
  return {
    ...(name !== undefined && { addOn: name }),
    ...((without ?? withAudio) !== undefined && { audio: without === undefined }),
    ...(videoInput && { videoInput: true }),
    ...(resolution !== undefined && { resolution }),
    ...(clip !== undefined && { clipSeconds: Number(clip) }),
    ...(quality !== undefined && { quality }),
    ...(phrase.take(/\bdraft\b/) && { draft: true }),
    ...(phrase.take(/\bweb ?socket\b/) && { transport: 'websocket' }),
    ...(phrase.take(/\bdefault\b/) && { isDefault: true }),
  };
}
