/**
 * Reads the whole answer of a task that is no chat, in whichever shape its family gives it (cloudflare-api.md 4.4).
 */
import type { Task } from '../../catalog/model';
import { mediaMadeBy } from '../../catalog/task-media';
import { describeEmbeddings } from '../../run/embeddings';
import type { Answer } from '../answer';
import { asList, asObject, asText } from '../json';
import type { AskedTask } from './context';
import { jsonAnswer, jsonFile } from './json-answer';
import { mediaSources } from './media-sources';
import { readBoxes, readLabels, readRanking, readTurn } from './scores';
import { taskUsage } from './task-usage';
import { readTranscript } from './transcript';
import { readVectors } from './vectors';

type Reader = (body: unknown, asked: AskedTask, answer: Answer) => boolean;

/** Fields in which tasks answer with text. */
const textFields = [
  'translated_text',
  'translation_text',
  'summary',
  'description',
  'caption',
  'response',
  'text',
  'output_text',
];
const moreTextFields = ['generated_text', 'answer', 'output', 'content'];

/** Fields with one text for each that was given. */
const listFields = ['translations', 'summaries'];

const readText: Reader = (body, _, answer) => {
  const fields = asObject(body);
  const listed = listFields.flatMap((field) => asList(fields?.[field])).flatMap((one) => textIn(one) ?? []);
  const text = listed.length > 0 ? listed.join('\n') : textIn(body);
  answer.text(text);
  return text !== undefined;
};

function textIn(value: unknown): string | undefined {
  const fields = asObject(value);
  const texts = [...textFields, ...moreTextFields].map((field) => asText(fields?.[field]));
  return asText(value) ?? texts.find((one) => one !== undefined);
}

const readMedia: Reader = (body, { task }, answer) => {
  const sources = mediaSources(body, task);
  answer.media.push(...sources);
  return sources.length > 0;
};

const transcript: Reader = (body, _, answer) => {
  const read = readTranscript(body);
  if (read === undefined) return false;
  answer.text(read.text);
  answer.result(read.result);
  const { seconds } = read.result;
  if (seconds !== undefined) answer.report({ ...answer.usage, audioSeconds: seconds });
  return true;
};

const embeddings: Reader = (body, { labels }, answer) => {
  const vectors = readVectors(body);
  if (vectors === undefined) return false;
  const names = vectors.map((_, index) => labels[index] ?? `Text ${index + 1}`);
  answer.result(describeEmbeddings(vectors, names));
  const rows = vectors.map((embedding, index) => ({ text: names[index], embedding }));
  answer.file(jsonFile(new TextEncoder().encode(JSON.stringify(rows))));
  return true;
};

const scored =
  (read: (body: unknown) => Parameters<Answer['result']>[0] | undefined): Reader =>
  (body, _, answer) => {
    const result = read(body);
    if (result !== undefined) answer.result(result);
    return result !== undefined;
  };

const ranking = scored(readRanking);
const labels = scored(readLabels);
const boxes = scored(readBoxes);
const turn = scored(readTurn);

const mayBeCut: ReadonlySet<Task> = new Set<Task>(['image-to-text', 'other']);

/** What a task's answer is, the likeliest first. */
const readers: Readonly<Partial<Record<Task, readonly Reader[]>>> = {
  'speech-recognition': [transcript],
  embeddings: [embeddings],
  reranking: [ranking],
  'text-classification': [labels, readText],
  'image-classification': [labels],
  'object-detection': [boxes, labels],
  'turn-detection': [turn],
  'image-to-text': [readText],
  translation: [readText],
  summarization: [readText],
};
/** A model published tomorrow. A transcript is one only with its times: any answer may have a `text`. */
const anyTask: readonly Reader[] = [readMedia, boxes, labels, turn, readText];

/**
 * Reads an answer, its envelopes removed. False: it is nothing that the task answers with, and the formats of chats are
 * still to be tried.
 */
export function readTaskAnswer(body: unknown, asked: AskedTask, answer: Answer): boolean {
  const { task } = asked;
  const known = mediaMadeBy(task) === undefined ? (readers[task] ?? anyTask) : [readMedia];
  if (!known.some((read) => read(body, asked, answer))) return false;
  const usage = taskUsage(body);
  if (usage !== undefined) answer.report({ ...answer.usage, ...usage });
  answer.keySource(asObject(asObject(body)?.['gatewayMetadata'])?.['keySource']);
  // What is made in one piece has one way to end; a model that writes may have been cut short.
  if (!mayBeCut.has(task)) answer.finishReason ??= 'stop';
  return true;
}

/** Takes an answer that no one understood: shown as it is, but in place of media nothing else is shown. */
export function keepUnknown(body: unknown, { task }: AskedTask, answer: Answer): boolean {
  if (body === undefined || body === null) return false;
  if (mediaMadeBy(task) !== undefined) return asObject(body) !== undefined || Array.isArray(body);
  answer.finishReason ??= 'stop';
  const { result, file } = jsonAnswer(body);
  answer.result(result);
  if (file !== undefined) answer.file(file);
  return true;
}
