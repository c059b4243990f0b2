/**
 * The inference routes `/accounts/{id}/ai/v1/*` and `/accounts/{id}/ai/run*` (cloudflare-api.md 1).
 */
import type { RequestFormat } from '../../core/catalog/model';
import { type SimContext, runOf } from '../context';
import { Refusal } from '../envelope';
import type { Reply, SimRequest } from '../exchange';
import { badInput, Fields, isObject } from '../fields';
import { type BodyForm, formOf, readFile, readForm, readJson } from '../inputs/body';
import type { SimModel } from '../models';
import { problemOf } from '../schemas/check';
import { schemaOf } from '../schemas/schema-of';
import { readChat } from '../wires/chat';
import { readClassic } from '../wires/classic';
import { readMessages } from '../wires/messages';
import { readResponses } from '../wires/responses';
import { openAiEmbeddings } from './embedding';
import { geminiAsChat } from './gemini';
import { isGuard, verdictObject, withVerdict } from './guard';
import { isHosted } from './job';
import { answerTask } from './tasks';
import { answerText, type Wrapping } from './text';

/** Answers `POST /ai/v1/{route}`. */
export function compatible(route: string, request: SimRequest, context: SimContext): Reply {
  const body = readJson(request);
  const sim = findModel(body['model'], context);
  const fields = Fields.of(body, isHosted(sim));
  const run = runOf(request);
  switch (route) {
    case 'chat/completions':
      if (isAskedInChat(sim)) checkInput(sim, body);
      return answerText(readChat(requireText(sim, fields), fields), 'chat', 'none', context, run);
    case 'responses':
      requireFormat(sim, 'responses', fields);
      return answerText(readResponses(requireText(sim, fields), fields), 'responses', 'none', context, run);
    case 'messages':
      if (isHosted(sim)) throw new Refusal(400, 7003, `Model ${sim.model.id} is not supported by /ai/v1/messages`);
      return answerText(readMessages(requireText(sim, fields), fields), 'messages', 'none', context, run);
    case 'embeddings':
      if (sim.model.task !== 'embeddings') throw fields.refuse(`${sim.model.id} makes no embeddings`);
      return openAiEmbeddings(sim, fields);
    default:
      throw new Refusal(404, 7000, 'No route for that URI');
  }
}

/** Answers `POST /ai/run` with its envelope `{model, input, options}`. */
export async function run(request: SimRequest, context: SimContext): Promise<Reply> {
  const body = readJson(request);
  const sim = findModel(body['model'], context);
  const envelope = Fields.of(body, isHosted(sim));
  if (!isObject(body['input'])) throw envelope.refuse("required property 'input' is missing");
  checkInput(sim, body['input']);
  const fields = Fields.of(body['input'], isHosted(sim));
  return isHosted(sim)
    ? runHosted(sim, fields, false, request, context)
    : runThirdParty(sim, body['input'], fields, request, context);
}

/** Answers `POST /ai/run/{model}`: the model's own input as JSON, a form or a bare file; hosted models only. */
export async function runModel(modelId: string, request: SimRequest, context: SimContext): Promise<Reply> {
  const sim = findModel(modelId, context);
  if (!isHosted(sim)) throw new Refusal(400, 7003, `${modelId} must be called through /ai/run with a model field`);
  const form = formOf(request);
  const body = await readBody(sim, request, form);
  // The schema of a model that wants a form describes the form's wrapping, not its fields; a file has no fields.
  if (form === 'json') checkInput(sim, body);
  return runHosted(sim, Fields.of(body, true), form === 'form', request, context);
}

async function readBody(sim: SimModel, request: SimRequest, form: BodyForm): Promise<Record<string, unknown>> {
  switch (form) {
    case 'form':
      return readForm(request);
    case 'file':
      return readFile(request, /speech|turn/.test(sim.model.task) ? 'audio' : 'image');
    case 'json':
      return readJson(request);
  }
}

async function runHosted(
  sim: SimModel,
  fields: Fields,
  isForm: boolean,
  request: SimRequest,
  context: SimContext,
): Promise<Reply> {
  if (sim.model.task !== 'text-generation') return answerTask({ sim, fields, request }, isForm);
  const run = runOf(request);
  if (sim.native === 'openai') return answerText(readChat(sim, fields), 'chat', 'envelope', context, run);
  const asked = readClassic(sim, fields);
  if (!isGuard(sim)) return answerText(asked, 'classic', 'envelope', context, run);
  return verdictObject(asked, fields) ?? answerText(withVerdict(asked), 'classic', 'envelope', context, run);
}

/** Third-party input differs by vendor (cloudflare-api.md 1.5); so does the shape of the answer. */
async function runThirdParty(
  sim: SimModel,
  input: Record<string, unknown>,
  fields: Fields,
  request: SimRequest,
  context: SimContext,
): Promise<Reply> {
  const wrapping: Wrapping = 'envelope-with-metadata';
  const name = runOf(request);
  if (sim.model.task !== 'text-generation') return answerTask({ sim, fields, request }, false);
  if (/^(?:anthropic|thinkingmachines)\//.test(sim.model.id)) {
    return answerText(readMessages(sim, fields), 'messages', wrapping, context, name);
  }
  if (fields.has('input')) return answerText(readResponses(sim, fields), 'responses', wrapping, context, name);
  const chat = fields.has('contents') ? Fields.of(geminiAsChat(input), false) : fields;
  return answerText(readChat(sim, chat), 'chat', wrapping, context, name);
}

/** Throws a `Refusal` (400) when `input` does not match the schema that the model publishes. */
function checkInput(sim: SimModel, input: unknown): void {
  const schema = schemaOf(sim)?.input;
  const problem = schema === undefined ? undefined : problemOf(schema, input);
  if (problem !== undefined) throw badInput(isHosted(sim), problem);
}

/** Whether the model's own schema is that of Chat Completions, so that it holds on that route too. */
function isAskedInChat(sim: SimModel): boolean {
  const properties = schemaOf(sim)?.input['properties'];
  return isObject(properties) && 'max_completion_tokens' in properties;
}

function findModel(id: unknown, { catalog }: SimContext): SimModel {
  if (typeof id !== 'string' || id === '') throw badInput(false, "required property 'model' is missing");
  const sim = catalog.find(id);
  if (sim !== undefined) return sim;
  if (id.startsWith('@')) throw new Refusal(400, 5007, `No such model ${id} or task`);
  throw new Refusal(400, 7003, `Model ${id} not found`);
}

function requireText(sim: SimModel, fields: Fields): SimModel {
  if (sim.model.task !== 'text-generation') throw fields.refuse(`${sim.model.id} is not a text generation model`);
  return sim;
}

/** Of the hosted models only gpt-oss speaks Responses; of the others those that list it or list nothing. */
function requireFormat(sim: SimModel, format: RequestFormat, fields: Fields): void {
  const { id, requestFormats } = sim.model;
  const known = requestFormats.length > 0;
  const speaks = isHosted(sim) && !known ? id.includes('gpt-oss') : !known || requestFormats.includes(format);
  if (!speaks) throw fields.refuse(`${id} does not support the ${format} format`);
}
