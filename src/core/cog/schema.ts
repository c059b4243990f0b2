/**
 * A Cog server's `/openapi.json`: what the model takes, what it answers, and what it is likely to be for.
 */
import { SchemaReader } from '../catalog/form-schema';
import { alternatives, takes } from '../catalog/media-property';
import type { Task } from '../catalog/model';
import type { ModelSchema } from '../catalog/schema';
import { asObject, type Json } from '../inference/json';

/** What a server says of its model. */
export interface CogSchema {
  /** Input and output; each holds the document's other schemas, so that its references lead somewhere. */
  readonly schema: ModelSchema;
  /** It streams server-sent events (`x-cog-streaming`, Cog from 0.21). */
  readonly isStreaming: boolean;
}

/** Undefined: this is not the document of a Cog server. */
export function readCogSchema(openapi: unknown): CogSchema | undefined {
  const document = asObject(openapi);
  const schemas = asObject(asObject(document?.['components'])?.['schemas']);
  const input = asObject(schemas?.['Input']);
  if (document === undefined || schemas === undefined || input === undefined) return undefined;
  const post = asObject(asObject(asObject(document['paths'])?.['/predictions'])?.['post']);
  const output = asObject(schemas['Output']);
  const components = { schemas };
  return {
    schema: { input: { ...input, components }, output: output ? { ...output, components } : null },
    isStreaming: post?.['x-cog-streaming'] === true,
  };
}

/** What an input or output can be, as far as tasks are told apart by it. */
type Shape = 'text' | 'file' | 'vector' | 'numbers' | 'data';

/**
 * The task that the model looks like it has. A guess, which the user can change: text out is text generation (of a
 * picture: its description), labels with numbers are a classification, lists of numbers are embeddings; files are told
 * by their names.
 */
export function taskOf({ schema }: CogSchema): Task {
  const files = filesIn(schema.input);
  const output = shapeOf(schema.output);
  const words = wordsOf(schema);
  const [first] = files;
  switch (output) {
    case 'file':
      return fileTask(first, words);
    case 'vector':
      return 'embeddings';
    case 'numbers':
      return first === 'image' ? 'image-classification' : files.length === 0 ? 'text-classification' : 'other';
    case 'text':
      if (first === 'audio') return 'speech-recognition';
      return first === 'image' ? 'image-to-text' : files.length > 0 ? 'other' : 'text-generation';
    default:
      return first === 'image' && /label|class|score/.test(words.output) ? 'image-classification' : 'other';
  }
}

function fileTask(input: string | undefined, words: { readonly output: string; readonly input: string }): Task {
  const makes = kindOf(words.output) ?? kindOf(words.input) ?? 'image';
  if (makes === 'video')
    return input === 'video' ? 'video-to-video' : input === 'image' ? 'image-to-video' : 'text-to-video';
  if (makes === 'audio') return input === 'audio' ? 'other' : 'text-to-speech';
  return input === undefined ? 'text-to-image' : input === 'image' ? 'image-to-image' : 'other';
}

function kindOf(words: string): 'image' | 'audio' | 'video' | undefined {
  if (/video|movie|clip|fps/.test(words)) return 'video';
  if (/audio|speech|voice|sound|speaker|song|music/.test(words)) return 'audio';
  return /image|picture|photo|mask/.test(words) ? 'image' : undefined;
}

/** Kinds of the files that go in, the required ones first. `file`: nothing tells which. */
function filesIn(input: unknown): readonly string[] {
  const reader = new SchemaReader(input);
  const shape = reader.shapeOf(input);
  const found = [...(shape?.properties ?? [])].flatMap(([name, schemas]) => {
    const nodes = schemas.flatMap((schema) => alternatives(schema, reader));
    const file = nodes.flatMap((node) => [node, ...itemsOf(node, reader)]).find(isFile);
    if (file === undefined) return [];
    const said = [name, file['title'], file['description'], file['accept'], file['x-accept']];
    return [{ kind: kindOf(said.join(' ').toLowerCase()) ?? 'file', required: shape?.required.has(name) === true }];
  });
  return found.toSorted((a, b) => Number(b.required) - Number(a.required)).map(({ kind }) => kind);
}

const isFile = (node: Json): boolean => takes(node, 'string') && node['format'] === 'uri';

function itemsOf(node: Json, reader: SchemaReader): readonly Json[] {
  return takes(node, 'array') ? alternatives(node['items'], reader) : [];
}

function shapeOf(output: unknown): Shape {
  const reader = new SchemaReader(output);
  const nodes = alternatives(output, reader);
  const shapes = nodes.map((node): Shape => {
    if (isFile(node)) return 'file';
    if (takes(node, 'string')) return 'text';
    const items = itemsOf(node, reader);
    if (items.some(isFile)) return 'file';
    // Pieces of one text, or a list of texts.
    if (items.some((item) => takes(item, 'string'))) return 'x-cog-array-type' in node ? 'text' : 'data';
    if (items.some((item) => takes(item, 'number') || takes(item, 'integer'))) return 'vector';
    return ofObject(node, reader);
  });
  return shapes.find((shape) => shape !== 'data') ?? 'data';
}

/** Fields of an object tell: a file in one of them, a vector, or a list of labels with numbers. */
function ofObject(node: Json, reader: SchemaReader): Shape {
  const fields = [...(reader.shapeOf(node)?.properties ?? [])];
  const nodesOf = (schemas: readonly unknown[]) => schemas.flatMap((schema) => alternatives(schema, reader));
  const all = fields.map(([name, schemas]) => ({ name, nodes: nodesOf(schemas) }));
  if (all.some(({ nodes }) => nodes.some((one) => isFile(one) || itemsOf(one, reader).some(isFile)))) return 'file';
  const isNumber = (one: Json) => takes(one, 'number') || takes(one, 'integer');
  const lists = all.filter(({ nodes }) => nodes.some((one) => itemsOf(one, reader).some(isNumber)));
  if (lists.some(({ name }) => /embed|vector/i.test(name))) return 'vector';
  const isLabelled = all.some(({ name }) => /label|class|categor/i.test(name));
  return isLabelled || lists.some(({ name }) => /score|probab|confid/i.test(name)) ? 'numbers' : 'data';
}

/** All names and descriptions of a schema's own level, to look for words in. */
function wordsOf({ input, output }: ModelSchema): { readonly input: string; readonly output: string } {
  const wordsIn = (schema: unknown): string => {
    const { components: _, ...own } = asObject(schema) ?? {};
    return JSON.stringify(own).slice(0, 20_000).toLowerCase();
  };
  return { input: wordsIn(input), output: wordsIn(output) };
}
