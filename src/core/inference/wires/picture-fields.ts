/**
 * Size, steps and seed of a picture in the words of each model: of its schema where there is one, else of its family
 * (cloudflare-api.md 4.4). Many schemas refuse fields they do not know (1.5), so a model of which neither is known gets
 * none.
 */
import { SchemaReader } from '../../catalog/form-schema';
import { alternatives } from '../../catalog/media-property';
import type { Task } from '../../catalog/model';
import type { ParameterReader } from '../parameters';
import type { InferenceRequest } from '../request';
import { ratioLike, ratioOf, sizeLike } from './picture-size';

/** Fields beside texts and media; `undefined` where nothing is set. */
type Fields = Record<string, unknown>;

const painting: ReadonlySet<Task> = new Set<Task>(['text-to-image', 'image-to-image']);

/** The fields of a painting model; none for other tasks, whose parameters are all the model's own. */
export function pictureFields({ model, schema }: InferenceRequest, parameters: ParameterReader): Fields {
  if (!painting.has(model.task)) return {};
  const told = schema && bySchema(schema.input, parameters);
  if (told !== undefined) return told;
  if (model.task !== 'text-to-image') return {};
  return families.find(([prefix]) => model.id.startsWith(prefix))?.[1](parameters) ?? {};
}

/** First match wins. */
const families: readonly (readonly [prefix: string, fields: (parameters: ParameterReader) => Fields])[] = [
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
  ['openai/', (parameters) => inWords(parameters, 'size', (width, height) => `${width}x${height}`)],
  ['google/', (parameters) => inWords(parameters, 'aspect_ratio', ratioOf)],
];

const stepWords = ['num_steps', 'steps', 'num_inference_steps', 'inference_steps'];
const sizeWords = ['size', 'image_size', 'aspect_ratio', 'ratio', 'resolution'];

/** Undefined: the schema tells of no fields. */
function bySchema(input: unknown, parameters: ParameterReader): Fields | undefined {
  const reader = new SchemaReader(input);
  const properties = reader.shapeOf(input)?.properties;
  if (properties === undefined || properties.size === 0 || properties.has('multipart')) return undefined;
  const fields: Fields = {};
  const steps = stepWords.find((word) => properties.has(word));
  if (steps !== undefined) fields[steps] = parameters.take('steps');
  if (properties.has('seed')) fields['seed'] = parameters.take('seed');
  for (const side of ['width', 'height'] as const) {
    if (properties.has(side)) fields[side] = parameters.take(side);
  }
  if (properties.has('width') || properties.has('height')) return fields;
  for (const word of sizeWords) {
    const nodes = (properties.get(word) ?? []).flatMap((schema) => alternatives(schema, reader));
    const choices = nodes.flatMap((node) => (Array.isArray(node['enum']) ? (node['enum'] as unknown[]) : []));
    const isOpen = nodes.some((node) => node['type'] === 'string' && !('enum' in node) && !('const' in node));
    const like = word.includes('ratio') ? ratioOf : sizeLike;
    const sized = inWords(parameters, word, (width, height) => {
      const choice = ratioLike(choices.slice(0, 500), width, height);
      return choice ?? (isOpen && choices.length === 0 ? like(width, height) : undefined);
    });
    if (sized[word] !== undefined) return { ...fields, ...sized };
  }
  return fields;
}

/** Both sides in one word, taken only when the model has one for them. */
function inWords(
  parameters: ParameterReader,
  field: string,
  wordFor: (width: number, height: number) => string | undefined,
): Fields {
  const [width, height] = [parameters.peek('width'), parameters.peek('height')];
  const word = width && height ? wordFor(width, height) : undefined;
  if (word === undefined) return {};
  parameters.take('width');
  parameters.take('height');
  return { [field]: word };
}
