/**
 * The call of one column with code in the places of prompt, texts and media.
 */
import { assignMedia } from '../../catalog/assign-media';
import { inputsOf, type ModelInputs } from '../../catalog/inputs';
import type { Model, Task } from '../../catalog/model';
import type { ModelSchema } from '../../catalog/schema';
import { buildRequest } from '../../inference/build';
import { acceptedMetadata } from '../../inference/metadata';
import type { GatewayMetadata, Message, RequestMedia, RunParameters } from '../../inference/request';
import { promptText } from '../../inference/wires/messages';
import { bindingCall } from '../../snippets/binding-call';
import { sampleMedia, unsent } from '../../snippets/unsent';
import { CallWriter, type HelperParameter, type Marks, type Words } from './call-writer';

/** A column as it is set up. */
export interface HelperColumn {
  readonly model: Model;
  /** Absent: there is none, or it is not known. */
  readonly schema?: ModelSchema;
  /** Those that are sent (`sentParameters`). */
  readonly parameters: RunParameters;
  /** The last one of the user is the prompt; it may be blank. */
  readonly messages: readonly Message[];
  /** What is attached; what the model needs beside is added. */
  readonly media: readonly Omit<RequestMedia, 'bytes'>[];
  readonly gatewayId: string;
  readonly metadata: GatewayMetadata;
}

/** Arguments of `ai.run`, with expressions over the parameters in them. */
export interface HelperCall {
  readonly model: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Absent: none can be named, because the input is streamed (cloudflare-api.md 3.2). */
  readonly gateway?: { readonly id: string; readonly metadata?: GatewayMetadata };
  /** The input is multipart/form-data. */
  readonly isForm: boolean;
  /** An expression calls a function `base64`, which the module must have. */
  readonly needsBase64: boolean;
  readonly parameters: readonly HelperParameter[];
}

/** Builds the column's request around marks, and puts code where the marks came out. */
export function helperCall(column: HelperColumn): HelperCall {
  const { model, schema } = column;
  const inputs = inputsOf(model, schema);
  const media = withNeeded(inputs, column.media);
  const marks = marksFor(column);
  const isOneList = inputs.texts !== undefined && inputs.texts.field === inputs.prompt?.field;
  const prompt = isOneList ? marks.texts : wantsPrompt(inputs, column) ? marks.prompt : '';
  const last = column.messages.findLastIndex(({ role }) => role === 'user');
  const { raw } = buildRequest({
    ...unsent(column.gatewayId),
    model,
    messages: column.messages.map((message, at) => (at === last ? { ...message, content: prompt } : message)),
    parameters: column.parameters,
    ...(inputs.texts && !isOneList && { texts: [marks.texts] }),
    media,
    ...(schema && { schema }),
  });
  const isForm = inputs.body === 'form';
  const words = parameterWords(model.task);
  const writer = new CallWriter(marks, words, fileNames(media), isForm);
  const call = bindingCall(raw);
  const input = writer.written(call.input) as Record<string, unknown>;
  const { kept } = acceptedMetadata(column.metadata);
  const gateway = { id: column.gatewayId, ...(Object.keys(kept).length > 0 && { metadata: kept }) };
  return {
    model: call.model,
    input,
    ...(!isForm && !writer.isStreamed && { gateway }),
    isForm,
    needsBase64: writer.needsBase64,
    parameters: writer.parameters,
  };
}

function marksFor({ parameters, messages }: HelperColumn): Marks {
  const text = JSON.stringify([parameters, messages]);
  let word = 'HELPER';
  while (text.includes(word)) word += '_';
  return { prompt: `${word}_PROMPT`, texts: `${word}_TEXTS` };
}

/** An optional prompt that was left blank is none. */
function wantsPrompt({ prompt }: ModelInputs, { messages }: HelperColumn): boolean {
  return prompt !== undefined && (prompt.required || promptText(messages).trim() !== '');
}

/** The media with a sample in each place that must not be empty. None has bytes, because none is sent. */
function withNeeded({ media: slots }: ModelInputs, media: HelperColumn['media']): readonly RequestMedia[] {
  const { placed, missing } = assignMedia(slots, media);
  const samples = missing.flatMap((slot) => {
    const given = placed.find((one) => one.slot === slot)?.indices.length ?? 0;
    return Array.from({ length: slot.least - given }, () => ({ ...sampleMedia[slot.kind], role: slot.role }));
  });
  return [...media, ...samples].map((one) => ({ ...one, bytes: new Uint8Array() }));
}

function parameterWords(task: Task): Words {
  if (task === 'reranking') return { prompt: 'query', texts: 'documents' };
  return { prompt: speaksText.has(task) ? 'text' : 'prompt', texts: 'texts' };
}

/** Tasks whose prompt is the material itself. */
const speaksText: ReadonlySet<Task> = new Set<Task>([
  'text-to-speech',
  'embeddings',
  'translation',
  'summarization',
  'text-classification',
]);

/** A name for each file, by what it is for: `image`, `image2`, `mask`. */
function fileNames(media: readonly RequestMedia[]): readonly string[] {
  const used = new Map<string, number>();
  return media.map(({ kind, role }) => {
    const word = role === 'input' ? kind : role === 'mask' ? 'mask' : 'endFrame';
    const count = (used.get(word) ?? 0) + 1;
    used.set(word, count);
    return count === 1 ? word : `${word}${count}`;
  });
}
