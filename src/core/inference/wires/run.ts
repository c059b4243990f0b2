/**
 * `/ai/run`, the envelope in which third-party models that do not chat are called (cloudflare-api.md 1.5, 4.4 B).
 */
import type { BodyInput, WireFormat } from './format';
import { imageInput } from './image-input';
import { readImages } from './image-output';

export const run: WireFormat = {
  path: () => 'ai/run',

  body(input: BodyInput) {
    return { model: input.request.model.id, input: imageInput(input) };
  },

  decoder: (answer) => ({
    event: (chunk) => readImages(chunk, answer),
    whole: (body) => readImages(body, answer),
  }),
};
