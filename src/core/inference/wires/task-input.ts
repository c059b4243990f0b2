/**
 * The model's own input for a task that is no chat: texts and media where the model wants them
 * (`catalog/inputs.ts`), and of the shared parameters those that it has a word for.
 */
import { SchemaReader } from '../../catalog/form-schema';
import type { ModelInputs } from '../../catalog/inputs';
import { alternatives } from '../../catalog/media-property';
import type { Task } from '../../catalog/model';
import { mediaFields, mediaInParts } from '../media-parts';
import { present } from '../parameters';
import type { InferenceRequest } from '../request';
import { chatPart } from './content-parts';
import type { BodyInput } from './format';
import { promptText } from './messages';
import { pictureFields } from './picture-fields';

/** Texts, media and shared parameters. */
export function taskInput(input: BodyInput): Record<string, unknown> {
  const { request, inputs, assigned, parameters } = input;
  const within = inputs.prompt?.shape === 'parts' ? inputs.prompt.field : undefined;
  return {
    ...textFields(request, inputs, partsOf(input, within)),
    ...mediaFields(assigned, request.media ?? [], within),
    ...present(pictureFields(request, parameters)),
    ...(mayStream(request) && { stream: true }),
  };
}

/** Models that write and whose schema has a switch for it. */
function mayStream({ model, schema }: InferenceRequest): boolean {
  if (!writing.has(model.task)) return false;
  const reader = new SchemaReader(schema?.input);
  return (reader.shapeOf(schema?.input)?.properties.get('stream') ?? [])
    .flatMap((one) => alternatives(one, reader))
    .some((node) => node['type'] === 'boolean');
}

const writing: ReadonlySet<Task> = new Set<Task>(['image-to-text', 'translation', 'summarization']);

function partsOf({ assigned, request }: BodyInput, field: string | undefined): readonly unknown[] {
  return field === undefined ? [] : mediaInParts(assigned, request.media ?? [], field).map(chatPart);
}

function textFields(
  request: InferenceRequest,
  { prompt, texts }: ModelInputs,
  parts: readonly unknown[],
): Record<string, unknown> {
  const text = promptText(request.messages);
  const more = request.texts ?? [];
  const isBlank = text.trim() === '';
  if (texts !== undefined && texts.field === prompt?.field) {
    const all = isBlank && more.length > 0 ? more : [text, ...more];
    return { [texts.field]: texts.as === 'objects' ? all.map(asObjects) : all };
  }
  const fields: Record<string, unknown> = {};
  if (prompt !== undefined && (prompt.required || !isBlank || parts.length > 0)) {
    fields[prompt.field] = wrapped(prompt, request, text, parts);
  }
  if (texts !== undefined) fields[texts.field] = texts.as === 'objects' ? more.map(asObjects) : more;
  return fields;
}

function asObjects(text: string): { text: string } {
  return { text };
}

function wrapped(
  { shape }: NonNullable<ModelInputs['prompt']>,
  { messages }: InferenceRequest,
  text: string,
  parts: readonly unknown[],
): unknown {
  switch (shape) {
    case 'parts':
      return [...(text.trim() === '' ? [] : [{ type: 'text', text }]), ...parts];
    case 'messages':
      return messages.map(({ role, content }) => ({ role, content }));
    case 'contents':
      return [{ role: 'user', parts: [{ text }] }];
    default:
      return text;
  }
}
