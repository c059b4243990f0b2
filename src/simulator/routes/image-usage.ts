/**
 * What OpenAI's image models report to have used: tokens, those of pictures apart (OpenAI's images API).
 */
import type { Fields } from '../fields';
import type { Size } from '../images/size';
import { tokensOfMedia } from '../inputs/describe';
import type { GivenPictures } from '../inputs/pictures';
import type { SimModel } from '../models';
import { countTokens } from '../tokens';

/** Tokens of a picture of 1024 by 1024 pixels by quality. */
const outputTokens: Readonly<Record<string, number>> = { low: 272, medium: 1056, high: 4160, xhigh: 6240, max: 8320 };

/** `{usage}` of a model that reports it; nothing for the others. */
export function imageUsage(
  { model }: SimModel,
  fields: Fields,
  { orders, pictures, recipes, size }: UsedForImages,
): Record<string, unknown> {
  if (!model.id.startsWith('openai/')) return {};
  const text = countTokens(orders.prompt);
  const image = pictures.images.reduce((sum, picture) => sum + tokensOfMedia(picture), 0);
  const one = outputTokens[fields.string('quality') ?? ''] ?? outputTokens['medium'] ?? 0;
  const output = Math.round((one * recipes.length * size.width * size.height) / 1_048_576);
  return {
    usage: {
      input_tokens: text + image,
      input_tokens_details: { text_tokens: text, image_tokens: image },
      output_tokens: output,
      output_tokens_details: { text_tokens: 0, image_tokens: output },
      total_tokens: text + image + output,
    },
  };
}

/** What counts. */
interface UsedForImages {
  readonly orders: { readonly prompt: string };
  readonly pictures: GivenPictures;
  readonly recipes: readonly unknown[];
  readonly size: Size;
}
