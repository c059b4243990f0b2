/**
 * Puts a file into a JSON answer.
 */
import { toBase64 } from '../base64';
import type { Directives } from '../text/directives';
import { addressOf, type Recipe } from './address';
import { drawRecipe } from './recipes';
import { spoilBase64, spoilFile } from './spoil';

/** URL, data URI and base64 all occur among third-party families (cloudflare-api.md 4.4). */
export type Carriage = 'url' | 'base64' | 'data-uri';

/** What stands in the answer for the file of `recipe`, spoiled as ordered. `host`: where an address leads. */
export async function carry(
  recipe: Recipe,
  carriage: Carriage,
  { media }: Pick<Directives, 'media'>,
  host: string | undefined,
): Promise<string> {
  if (carriage === 'url') {
    const fault = media === undefined ? {} : { fault: media };
    return addressOf({ ...recipe, settings: { ...recipe.settings, ...fault } }, host);
  }
  const { type, bytes } = await spoilFile(await drawRecipe(recipe), media);
  const base64 = spoilBase64(toBase64(bytes), media);
  return carriage === 'base64' ? base64 : `data:${type};base64,${base64}`;
}
