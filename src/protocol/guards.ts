/**
 * Checks everything the host accepts from a view or a command. Nothing past this file trusts a shape it was not given
 * here. Unknown fields are dropped; limits are generous but finite, so that no view can exhaust the host.
 *
 * Guards throw `RpcError` with code `bad-request` and a message naming the field, and nothing else.
 * Built on valibot rather than by hand: the schema states the limit once and the path in the message comes with it.
 */
import * as v from 'valibot';
import type { Task } from '../core/catalog/model';
import type { RunParameters } from '../core/inference/request';
import type { MediaKind } from '../core/media/media';
import type { SnippetKind } from '../core/snippets/kinds';
import { UPLOAD_CHUNK } from './api';
import type { CogServerChange, ColumnIntent, ParkedColumns, PlaygroundIntent, RunPlan, RunVote } from './api';
import { attachmentList, fileName, mediaFile, mediaKinds, uploadId } from './media-guards';
import { extraParameters } from './extra-parameters';
import { RpcError } from './rpc';

/** Most columns of a playground. */
export const MAX_COLUMNS = 12;

/** Characters of a prompt: about the largest context window there is. */
const MAX_TEXT = 4_000_000;

const tasks: Record<Task, true> = {
  'text-generation': true,
  'text-to-image': true,
  'image-to-image': true,
  'text-to-video': true,
  'image-to-video': true,
  'video-to-video': true,
  'text-to-speech': true,
  'speech-recognition': true,
  'music-generation': true,
  embeddings: true,
  reranking: true,
  translation: true,
  summarization: true,
  'text-classification': true,
  'image-classification': true,
  'object-detection': true,
  'image-to-text': true,
  'turn-detection': true,
  realtime: true,
  other: true,
};

const number = (min: number, max: number) => v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));
const integer = (min: number, max: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(min), v.maxValue(max));
const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const modelId = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const taskName = v.picklist(Object.keys(tasks) as Task[]);

/** Structured clones keep keys whose value is undefined; JSON does not. Both mean absent. */
const compact = v.pipe(
  v.looseObject({}),
  v.transform((value) => Object.fromEntries(Object.entries(value).filter((entry) => entry[1] !== undefined))),
);

/** Whatever is too large or too small for a model is told at its field (`core/catalog/form-check.ts`), not here. */
const finite = v.pipe(v.number(), v.finite());

const parameterFields = v.object({
  temperature: v.exactOptional(finite),
  topP: v.exactOptional(finite),
  maxOutputTokens: v.exactOptional(number(1, Number.MAX_SAFE_INTEGER)),
  stop: v.exactOptional(v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(500))), v.maxLength(16))),
  seed: v.exactOptional(finite),
  frequencyPenalty: v.exactOptional(finite),
  presencePenalty: v.exactOptional(finite),
  reasoningEffort: v.exactOptional(v.picklist(['low', 'medium', 'high'])),
  width: v.exactOptional(finite),
  height: v.exactOptional(finite),
  steps: v.exactOptional(finite),
  extra: v.exactOptional(extraParameters),
});

const parameters: v.GenericSchema<unknown, RunParameters> = v.pipe(compact, parameterFields);

const columns: v.GenericSchema<unknown, readonly ColumnIntent[]> = v.pipe(
  v.array(v.object({ id, modelId, parameters })),
  v.minLength(1, 'There must be at least one column.'),
  v.maxLength(MAX_COLUMNS, `There can be at most ${MAX_COLUMNS} columns.`),
  v.check((list) => new Set(list.map((column) => column.id)).size === list.length, 'Two columns have the same id.'),
);

const parked: v.GenericSchema<unknown, ParkedColumns> = v.record(taskName, columns);

/** More than any model takes; what one takes is told by its plan. */
const texts = v.pipe(v.array(text(MAX_TEXT)), v.maxLength(200, 'There can be at most 200 texts.'));

const intent: v.GenericSchema<unknown, PlaygroundIntent> = v.pipe(
  compact,
  v.object({
    task: taskName,
    prompt: text(MAX_TEXT),
    system: text(MAX_TEXT),
    attachments: v.exactOptional(attachmentList),
    texts: v.exactOptional(texts),
    reference: v.exactOptional(text(MAX_TEXT)),
    blind: v.exactOptional(v.boolean()),
    columns,
    parked: v.exactOptional(parked),
  }),
);

const plan: v.GenericSchema<unknown, RunPlan> = v.pipe(
  compact,
  v.object({
    prompt: text(MAX_TEXT),
    system: text(MAX_TEXT),
    attachments: v.exactOptional(attachmentList),
    texts: v.exactOptional(texts),
    blind: v.exactOptional(v.boolean()),
    columns,
  }),
);

const votes: v.GenericSchema<unknown, readonly RunVote[]> = v.pipe(
  v.array(v.object({ runId: id, verdict: v.picklist(['won', 'lost', 'tie', 'bad'] as const), comment: text(10_000) })),
  v.minLength(1, 'There must be at least one vote.'),
  v.maxLength(MAX_COLUMNS, `There can be at most ${MAX_COLUMNS} votes.`),
);

const openArgumentFields = v.object({
  models: v.exactOptional(
    v.pipe(v.array(modelId), v.minLength(1), v.maxLength(MAX_COLUMNS, `There can be at most ${MAX_COLUMNS} columns.`)),
  ),
  task: v.exactOptional(taskName),
  prompt: v.exactOptional(text(MAX_TEXT)),
  system: v.exactOptional(text(MAX_TEXT)),
  run: v.exactOptional(v.boolean()),
});

const openArguments = v.pipe(compact, openArgumentFields);

function check<T>(what: string, schema: v.GenericSchema<unknown, T>, value: unknown): T {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  // valibot's own messages quote the value received: keep the expectation, not the data.
  const reason =
    issue.type === 'check' || issue.message.startsWith('There ')
      ? issue.message
      : `expected ${issue.expected ?? 'something else'}.`;
  throw new RpcError('bad-request', `${path === null ? what : `${what}: ${path}`}: ${reason}`);
}

/** Drafts and columns. */
export const checkIntent = (value: unknown): PlaygroundIntent => check('Playground', intent, value);

/** What Run sends. */
export const checkPlan = (value: unknown): RunPlan => check('Run', plan, value);

/** Run ids, or undefined for all. */
export const checkRunIds = (value: unknown): readonly string[] | undefined =>
  // JSON has no undefined: a WebSocket delivers null in its place.
  check('Stop', v.nullish(v.pipe(v.array(id), v.maxLength(1000))), value) ?? undefined;

/** A batch number. */
export const checkSeq = (value: unknown): number =>
  check('Acknowledgement', integer(0, Number.MAX_SAFE_INTEGER), value);

/** A column id. */
export const checkColumnId = (value: unknown): string => check('Column', id, value);

/** A model id; whether there is such a model is for the catalog to say. */
export const checkModelId = (value: unknown): string => check('Model', modelId, value);

/** On or off. */
export const checkFlag = (value: unknown): boolean => check('Favourite', v.boolean(), value);

const snippetKinds: Record<SnippetKind, true> = {
  curl: true,
  worker: true,
  'ts-openai': true,
  'ts-fetch': true,
  'ts-ai-sdk': true,
  'py-openai': true,
  'py-anthropic': true,
  'py-requests': true,
};

/** A kind of snippet. */
export const checkSnippetKind = (value: unknown): SnippetKind =>
  check('Snippet', v.picklist(Object.keys(snippetKinds) as SnippetKind[]), value);

/** A piece of an upload. Bytes cross as an array of any kind that holds bytes. */
export function checkChunk(value: unknown): Uint8Array {
  const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : value;
  if (!(bytes instanceof Uint8Array) || bytes.byteLength > UPLOAD_CHUNK) {
    throw new RpcError('bad-request', `Upload: expected at most ${UPLOAD_CHUNK} bytes.`);
  }
  return bytes;
}

/** Name of an upload, made by the view. */
export const checkUploadId = (value: unknown): string => check('Upload', uploadId, value);

/** Whether a piece of an upload is the last. */
export const checkLast = (value: unknown): boolean => check('Upload', v.boolean(), value);

/** An address to attach; whether it may be fetched is for the policy of downloads to say. */
export const checkAddress = (value: unknown): string => check('Address', text(8192), value);

/** Where files are chosen. */
export const checkPlace = (value: unknown): 'disk' | 'workspace' =>
  check('Files', v.picklist(['disk', 'workspace'] as const), value);

/** Kinds of files that are of use. */
export const checkKinds = (value: unknown): readonly MediaKind[] => check('Files', mediaKinds, value);

/** Name of a stored file: a hash and an extension, so that no path can be made of it. */
export const checkMediaFile = (value: unknown): string => check('File', mediaFile, value);

/** A name for a file that is saved: one that every system accepts. */
export const checkFileName = (value: unknown): string => check('File name', fileName, value);

/** Text to save. */
export const checkText = (value: unknown): string => check('Text', text(4 * MAX_TEXT), value);

/** Id of a Cog server. */
export const checkCogServerId = (value: unknown): string => check('Cog server', id, value);

/** Address of a Cog server; whether it may be used is for its policy to say. */
export const checkCogUrl = (value: unknown): string => check('Cog server', text(2048), value);

/** Whether the user has agreed to an address that is not on this machine. */
export const checkConfirmed = (value: unknown): boolean => check('Cog server', v.boolean(), value);

/** How a Cog server is started. */
export const checkCogStart = (value: unknown): 'docker' | 'python' =>
  check('Cog server', v.picklist(['docker', 'python'] as const), value);

/** A folder as the user typed it, or undefined. */
export const checkFolder = (value: unknown): string | undefined =>
  check('Folder', v.nullish(v.pipe(v.string(), v.minLength(1), v.maxLength(4096))), value) ?? undefined;

const cogServerChange: v.GenericSchema<unknown, CogServerChange> = v.pipe(
  compact,
  v.object({
    name: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(100))),
    task: v.exactOptional(v.nullable(taskName)),
    pricePerHourUsd: v.exactOptional(v.nullable(number(0, 1_000_000))),
  }),
);

/** What the user changes of a Cog server. */
export const checkCogServerChange = (value: unknown): CogServerChange => check('Cog server', cogServerChange, value);

/** What the user thinks of runs. */
export const checkVotes = (value: unknown): readonly RunVote[] => check('Vote', votes, value);

/** Arguments of `openPlayground`. */
export const checkOpenArguments = (value: unknown): v.InferOutput<typeof openArguments> =>
  check('openPlayground', openArguments, value ?? {});

/** An absolute `https:` URL without credentials in it. */
export function checkLink(value: unknown): string {
  const href = check('Link', text(8192), value);
  const url = URL.canParse(href) ? new URL(href) : undefined;
  if (url === undefined || url.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new RpcError('bad-request', 'Link: only plain https: addresses are opened.');
  }
  return url.href;
}
