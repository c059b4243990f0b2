/**
 * What a model on a server of the user's own takes, by its OpenAPI input (Cog): every field is in the schema, and files
 * are addresses or data URIs (`format: uri`).
 */
import type { Json } from '../inference/json';
import type { MediaKind } from '../media/media';
import { SchemaReader, type ObjectShape } from './form-schema';
import type { TextPlace } from './inputs-schema';
import { kindByName, place, wordsOf, type MediaPlace } from './media-place';
import { alternatives, takes } from './media-property';
import type { ModelSchema } from './schema';

/** Fields that are the prompt, the likeliest first. */
const prompts = ['prompt', 'text', 'input', 'query', 'question', 'instruction', 'message', 'input_text', 'sentence'];
const systems = ['system_prompt', 'system', 'system_message'];

/** What a model of one's own is given beside parameters. Fields as in `ModelInputs` (`inputs.ts`). */
export interface OwnInputs {
  readonly prompt?: TextPlace;
  readonly system?: string;
  readonly media: readonly MediaPlace[];
}

/** Where prompt, system prompt and files stand. Without a schema the prompt is in `prompt`: Cog's own habit. */
export function ownInputs(schema: ModelSchema | undefined): OwnInputs {
  const reader = new SchemaReader(schema?.input);
  const shape = reader.shapeOf(schema?.input);
  if (shape === undefined) return { prompt: { field: 'prompt', required: true }, media: [] };
  const prompt = promptOf(shape, reader);
  const system = systems.find((field) => isText(shape, field, reader));
  return {
    ...(prompt && { prompt }),
    ...(prompt && system !== undefined && { system }),
    media: [...shape.properties.keys()]
      .flatMap((field) => mediaOf(shape, field, reader) ?? [])
      .toSorted((a, b) => b.least - a.least),
  };
}

function promptOf(shape: ObjectShape, reader: SchemaReader): TextPlace | undefined {
  const texts = [...shape.properties.keys()].filter((field) => isText(shape, field, reader));
  const required = texts.filter((field) => shape.required.has(field));
  const field = prompts.find((name) => texts.includes(name)) ?? (required.length === 1 ? required[0] : undefined);
  if (field === undefined) return undefined;
  const { maxLength } = nodesOf(shape, field, reader)[0] ?? {};
  return {
    field,
    required: shape.required.has(field),
    ...(typeof maxLength === 'number' && maxLength > 0 && { maxLength }),
  };
}

/** Free text: no choice of words, no file, no secret. */
function isText(shape: ObjectShape, field: string, reader: SchemaReader): boolean {
  return nodesOf(shape, field, reader).some(
    (node) => takes(node, 'string') && !('enum' in node) && !('const' in node) && !('format' in node),
  );
}

function mediaOf(shape: ObjectShape, field: string, reader: SchemaReader) {
  const nodes = nodesOf(shape, field, reader);
  const single = nodes.find(isFile);
  const list = nodes.find((node) => takes(node, 'array') && alternatives(node['items'], reader).some(isFile));
  const node = single ?? list;
  if (node === undefined) return undefined;
  const least = shape.required.has(field) ? 1 : 0;
  return place(field, kindOf(field, node), { least, ...(single === undefined && { isList: true }) });
}

const isFile = (node: Json): boolean => takes(node, 'string') && node['format'] === 'uri';

function nodesOf(shape: ObjectShape, field: string, reader: SchemaReader): readonly Json[] {
  return (shape.properties.get(field) ?? []).flatMap((schema) => alternatives(schema, reader));
}

/** By what the model accepts, then by its name, then by what is said of it; `file`: nothing tells. */
function kindOf(field: string, node: Json): MediaKind {
  const accepted = /^(image|audio|video)\//.exec(String(node['x-accept'] ?? node['accept'] ?? ''))?.[1];
  const said = `${String(node['title'] ?? '')} ${String(node['description'] ?? '')}`.slice(0, 500);
  return (
    (accepted as MediaKind | undefined) ??
    notFile(kindByName(field)) ??
    notFile(
      wordsOf(said.replaceAll(/\W+/g, '_').toLowerCase())
        .map(kindByName)
        .find((kind) => notFile(kind)),
    ) ??
    'file'
  );
}

const notFile = (kind: MediaKind | undefined): MediaKind | undefined => (kind === 'file' ? undefined : kind);
