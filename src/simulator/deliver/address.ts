/**
 * Addresses of media that third-party answers point to. An address carries all that is drawn or said, so that the
 * server remembers nothing.
 */
import { fromBase64, toBase64 } from '../base64';
import { deflate, inflate } from '../deflate';
import { hash } from '../random';

/** Path of everything that is served by address; no token is needed, as none is for a provider's storage. */
export const mediaRoute = '/client/v4/simulator/media/';

/** Kinds of file by their ending. */
export const endings = {
  png: 'image/png',
  jpg: 'image/jpeg',
  svg: 'image/svg+xml',
  mp4: 'video/mp4',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
} as const;

/** Ending of a file's name. */
export type Ending = keyof typeof endings;

/** What a file shows or says. */
export interface Recipe {
  readonly ending: Ending;
  /** Prompt or spoken text. */
  readonly text: string;
  /** Everything else, by name. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Characters that stand in an address as they are; longer texts are packed. */
const plainCharacters = 240;

/** The address of `recipe` on the origin of `host`. */
export async function addressOf(recipe: Recipe, host: string | undefined): Promise<string> {
  const isLong = recipe.text.length > plainCharacters;
  const text = isLong
    ? { packed: toBase64(await deflate(new TextEncoder().encode(recipe.text))) }
    : { text: recipe.text };
  const query = new URLSearchParams({ ...text, ...recipe.settings }).toString();
  const name = hash(query).toString(16).padStart(8, '0');
  return `http://${host ?? '127.0.0.1'}${mediaRoute}${name}.${recipe.ending}?${query}`;
}

/** Reads what `addressOf` wrote; undefined for an address that it did not write. */
export async function readAddress(path: string, query: URLSearchParams): Promise<Recipe | undefined> {
  const ending = /\.(\w+)$/.exec(path)?.[1];
  if (ending === undefined || !Object.hasOwn(endings, ending)) return undefined;
  const { text, packed, ...settings } = Object.fromEntries(query);
  const plain = text ?? (packed === undefined ? undefined : await unpack(packed));
  return plain === undefined ? undefined : { ending: ending as Ending, text: plain, settings: onlyStrings(settings) };
}

async function unpack(packed: string): Promise<string | undefined> {
  const bytes = fromBase64(packed);
  if (bytes === undefined) return undefined;
  return inflate(bytes).then(
    (plain) => new TextDecoder().decode(plain),
    () => undefined,
  );
}

function onlyStrings(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
