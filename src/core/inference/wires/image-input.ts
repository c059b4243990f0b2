/**
 * How each family of image models wants to be asked (cloudflare-api.md 4.4). Many schemas refuse fields they do not
 * know (1.5), so a family that is not listed gets the prompt alone.
 */
import { present, type ParameterReader } from '../parameters';
import type { BodyInput } from './format';
import { promptText } from './messages';

/** Fields beside the prompt. */
type Fields = (parameters: ParameterReader) => Record<string, unknown>;

/** First match wins. */
const FAMILIES: readonly (readonly [prefix: string, fields: Fields])[] = [
  ['@cf/black-forest-labs/flux-1', (parameters) => ({ steps: parameters.take('steps') })],
  [
    '@cf/black-forest-labs/flux-2',
    (parameters) => ({ width: parameters.take('width'), height: parameters.take('height') }),
  ],
  [
    '@cf/',
    (parameters) => ({
      width: parameters.take('width'),
      height: parameters.take('height'),
      num_steps: parameters.take('steps'),
      seed: parameters.take('seed'),
    }),
  ],
  ['openai/', (parameters) => ({ size: pixelSize(parameters) })],
  ['google/', (parameters) => ({ aspect_ratio: aspectRatio(parameters) })],
];

/** The model's input: prompt and what of the parameters its family understands. */
export function imageInput({ request, parameters }: BodyInput): Record<string, unknown> {
  const family = FAMILIES.find(([prefix]) => request.model.id.startsWith(prefix));
  return { prompt: promptText(request.messages), ...present(family?.[1](parameters) ?? {}) };
}

/** Whether a model takes form data only, not JSON (the hosted FLUX.2 models). */
export function wantsFormData(modelId: string): boolean {
  return modelId.startsWith('@cf/black-forest-labs/flux-2');
}

/** `1024x1536`; needs both sides. */
function pixelSize(parameters: ParameterReader): string | undefined {
  if (parameters.peek('width') === undefined || parameters.peek('height') === undefined) return undefined;
  return `${parameters.take('width')}x${parameters.take('height')}`;
}

const ASPECT_RATIOS: readonly (readonly [number, number])[] = [
  [1, 1],
  [3, 4],
  [4, 3],
  [9, 16],
  [16, 9],
];
/** A picture this much off the asked shape, relatively, is not what was asked. */
const RATIO_TOLERANCE = 0.05;

/** The ratio that the asked size has; undefined when the model offers none like it. */
function aspectRatio(parameters: ParameterReader): string | undefined {
  const width = parameters.peek('width');
  const height = parameters.peek('height');
  if (!width || !height) return undefined;
  const match = ASPECT_RATIOS.find(([w, h]) => Math.abs((width * h) / (height * w) - 1) <= RATIO_TOLERANCE);
  if (!match) return undefined;
  parameters.take('width');
  parameters.take('height');
  return match.join(':');
}
