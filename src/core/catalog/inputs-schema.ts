/**
 * What a model takes by its own schema: where prompt, texts and media stand. The schema is untrusted.
 */
import type { Json } from '../inference/json';
import { SchemaReader, type ObjectShape } from './form-schema';
import { place, stemOf, wordsOf, type MediaPlace } from './media-place';
import { alternatives, mediaProperty, mentions, takes } from './media-property';
import type { Model, Task } from './model';
import type { ModelSchema } from './schema';
import { taskInputs } from './task-inputs';

/** A place for text. Fields as in `TextSlot` (`inputs.ts`). */
export interface TextPlace {
  readonly field: string;
  readonly required: boolean;
  readonly maxLength?: number;
  readonly shape?: 'parts' | 'messages' | 'contents';
}

/** What a schema says. */
export interface SchemaInputs {
  readonly prompt?: TextPlace;
  readonly texts?: TextPlace & { readonly as: 'strings' | 'objects' };
  readonly media: readonly MediaPlace[];
  readonly body: 'json' | 'bytes';
  /** All fields that it names. */
  readonly names: ReadonlySet<string>;
}

/** Longer names are no names. */
const LONGEST_NAME = 100;
/** Media properties of one schema. */
const MOST_PLACES = 30;

const anyPrompt = [
  ...['prompt', 'text', 'input_text', 'instruction', 'query', 'input', 'text_prompt', 'prompt_text', 'instructions'],
  ...['content', 'messages', 'contents'],
];
/** Tasks whose models know their prompt by another word first. */
const promptsOf: Readonly<Partial<Record<Task, readonly string[]>>> = {
  'text-to-speech': ['text', 'prompt', 'input', 'input_text', 'content', 'messages', 'contents'],
  embeddings: ['text', 'input', 'texts', 'inputs', 'queries', 'documents', 'prompt'],
  reranking: ['query', 'text', 'prompt'],
  summarization: ['input_text', 'text', 'prompt', 'input', 'messages'],
  translation: ['text', 'input_text', 'prompt', 'input', 'messages'],
  'text-classification': ['text', 'input_text', 'prompt', 'input', 'messages'],
};
const documents = ['contexts', 'documents', 'texts', 'passages'];

/** What the schema says of a model that does not chat; undefined when it describes no input. Never throws. */
export function schemaInputs(model: Model, schema: ModelSchema | undefined): SchemaInputs | undefined {
  if (schema === undefined) return undefined;
  const reader = new SchemaReader(schema.input);
  const shape = reader.shapeOf(schema.input);
  // `multipart` says only that the fields are sent as a form.
  if (shape === undefined || shape.properties.size === 0 || shape.properties.has('multipart')) return undefined;
  const prompt = promptIn(shape, model.task, reader);
  const texts = textsIn(shape, model.task, prompt, reader);
  const media = placesIn(shape, model, reader);
  if (reader.spent) return undefined;
  const [only] = media;
  const isAlone = only !== undefined && media.length === 1 && prompt === undefined && texts === undefined;
  const body = isAlone && (only.encoding === 'bytes' || takesFile(schema.input, reader)) ? 'bytes' : 'json';
  return {
    ...(prompt && { prompt }),
    ...(texts && { texts }),
    media: body === 'bytes' ? media.map((one) => ({ ...one, encoding: 'bytes' as const })) : media.map(inJson),
    body,
    names: new Set(shape.properties.keys()),
  };
}

/** A stream beside other fields cannot be the body: what is left over REST is base64. */
function inJson(one: MediaPlace): MediaPlace {
  return one.encoding === 'bytes' ? { ...one, encoding: 'base64' } : one;
}

/** Whether the input may be the file itself. */
function takesFile(input: unknown, reader: SchemaReader): boolean {
  return alternatives(input, reader).some((node) => takes(node, 'string') && node['format'] === 'binary');
}

function promptIn({ properties, required }: ObjectShape, task: Task, reader: SchemaReader): TextPlace | undefined {
  if (taskInputs(task).prompt === 'none') return undefined;
  for (const field of promptsOf[task] ?? anyPrompt) {
    const nodes = (properties.get(field) ?? []).flatMap((schema) => alternatives(schema, reader));
    const text = nodes.find((node) => takes(node, 'string') && !('enum' in node) && !('const' in node));
    const list = nodes.some((node) => takes(node, 'array'));
    const shape = list ? listShapes[field] : undefined;
    const isTexts = list && task === 'embeddings';
    if (text === undefined && shape === undefined && !isTexts) continue;
    return {
      field,
      required: required.has(field),
      ...(text !== undefined && lengthOf(text)),
      ...(text === undefined && shape && { shape }),
    };
  }
  return undefined;
}

const listShapes: Readonly<Record<string, NonNullable<TextPlace['shape']>>> = {
  content: 'parts',
  messages: 'messages',
  contents: 'contents',
};

function textsIn(
  { properties, required }: ObjectShape,
  task: Task,
  prompt: TextPlace | undefined,
  reader: SchemaReader,
): SchemaInputs['texts'] {
  if (!taskInputs(task).texts) return undefined;
  for (const field of task === 'embeddings' ? [prompt?.field ?? 'text'] : documents) {
    const nodes = (properties.get(field) ?? []).flatMap((schema) => alternatives(schema, reader));
    const list = nodes.find((node) => takes(node, 'array'));
    if (list === undefined) continue;
    const items = alternatives(list['items'], reader);
    const as = items.some((item) => takes(item, 'object')) ? 'objects' : 'strings';
    const item = items.find((one) => takes(one, 'string'));
    return { field, required: task === 'reranking' || required.has(field), ...(item && lengthOf(item)), as };
  }
  return undefined;
}

function lengthOf({ maxLength }: Json): { maxLength?: number } {
  return typeof maxLength === 'number' && Number.isInteger(maxLength) && maxLength > 0 ? { maxLength } : {};
}

function placesIn({ properties, required }: ObjectShape, model: Model, reader: SchemaReader): MediaPlace[] {
  const found: MediaPlace[] = [];
  for (const [field, schemas] of properties) {
    if (field.length > LONGEST_NAME || found.length === MOST_PLACES) continue;
    const one = mediaProperty(field, schemas, required.has(field), reader, model);
    if (one !== undefined) found.push(one);
  }
  const parts = properties.get('content');
  for (const kind of ['image', 'video', 'audio'] as const) {
    // As in a chat: `content: [{type: 'text'}, {type: 'image_url'}]`.
    if (found.length === 0 && parts && mentions(parts, `${kind}_url`))
      found.push(place('content', kind, { isList: true }));
  }
  return needed(withoutTwins(found), model.task).toSorted((a, b) => rankOf(a) - rankOf(b) || b.least - a.least);
}

/** Of two spellings of one place (`image`, `image_b64`) one is filled: the required one, else base64, which is short. */
function withoutTwins(places: readonly MediaPlace[]): MediaPlace[] {
  const worth = ({ field, least }: MediaPlace): number => least * 10 + (/(?:b64|base64)$/i.test(field) ? 1 : 0);
  const best = new Map<string, MediaPlace>();
  for (const one of places) {
    const known = best.get(stemOf(one.field));
    if (known === undefined || worth(one) > worth(known)) best.set(stemOf(one.field), one);
  }
  return [...best.values()];
}

/** A task that is about media needs it even where its schema requires nothing. */
function needed(places: readonly MediaPlace[], task: Task): readonly MediaPlace[] {
  const { needs } = taskInputs(task);
  if (places.some(({ least }) => least > 0)) return places;
  const first = places.find(({ kind, role }) => needs.includes(kind) && role === 'input');
  return places.map((one) => (one === first ? { ...one, least: 1 } : one));
}

/** The first attachment is the person to dress, or the first frame; what it is combined with follows. */
function rankOf({ field }: MediaPlace): number {
  const words = wordsOf(field);
  if (words.some((word) => ['first', 'start', 'person'].includes(word))) return 0;
  return words.some((word) => ['reference', 'style', 'control', 'garment', 'garments', 'character'].includes(word))
    ? 2
    : 1;
}
