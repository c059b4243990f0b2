/**
 * How a Worker calls a model, in one line where one line can do.
 */
import { formOf } from '../catalog/form';
import type { FormField } from '../catalog/form-field';
import { sentParameters } from '../catalog/form-sent';
import { inputsOf } from '../catalog/inputs';
import type { Model, Task } from '../catalog/model';
import type { JsonValue, ModelSchema } from '../catalog/schema';
import { buildRequest } from '../inference/build';
import type { RunParameters } from '../inference/request';
import { Expression, sourceLiteral, stringLiteral } from '../scaffold/worker/source-literal';
import { bindingCall } from './binding-call';
import { sampleMedia, unsent } from './unsent';
import { workerSnippet } from './worker';

/**
 * The call of `env.AI` for this model with an example as its input. For a model whose input we do not know, a comment
 * stands in its place; one that takes a file or a form gets a whole module, because that takes more than a line.
 */
export function workerCall(model: Model, gatewayId: string, schema?: ModelSchema): string {
  const isUnknown = model.task === 'realtime' || (model.task === 'other' && schema === undefined);
  if (isUnknown) return line(model, new Expression('{ /* the fields of its schema */ }'), gatewayId);
  const inputs = inputsOf(model, schema);
  const needed = inputs.media.filter(({ least }) => least > 0);
  const media = needed.flatMap(({ kind, role, least }) =>
    Array.from({ length: least }, () => ({ ...sampleMedia[kind], role })),
  );
  const { raw } = buildRequest({
    ...unsent(gatewayId),
    model,
    messages: [{ role: 'user', content: prompts[model.task] ?? 'A lighthouse at dawn' }],
    parameters: exampleParameters(model, schema),
    ...(inputs.texts && { texts: ['The sky is blue.', 'Grass is green.'] }),
    media,
    ...(schema && { schema }),
  });
  if (media.length > 0 || inputs.body === 'form') return workerSnippet(raw);
  const { stream: _, stream_options: __, ...input } = bindingCall(raw).input;
  return line(model, input, gatewayId);
}

const prompts: Readonly<Partial<Record<Task, string>>> = {
  'text-generation': 'Why is the sky blue?',
  'text-to-speech': 'The sky is blue.',
  'music-generation': 'A calm piano at dawn',
  embeddings: 'Why is the sky blue?',
  reranking: 'Why is the sky blue?',
  translation: 'Why is the sky blue?',
  summarization: 'The sky is blue because air scatters blue light more than red.',
  'text-classification': 'What a beautiful day!',
  'image-to-text': 'What is in this picture?',
};

/** What the model requires: its defaults, else the first thing that is allowed. */
function exampleParameters(model: Model, schema: ModelSchema | undefined): RunParameters {
  if (model.task === 'text-generation') return {};
  const fields = formOf(model, schema);
  const sent = sentParameters(model, fields, {}, schema);
  const missing = fields.filter((field) => field.required && field.extra && field.default === undefined);
  const examples = missing.flatMap((field) => {
    const value = exampleOf(field);
    return value === undefined ? [] : [[field.wireName, value] as const];
  });
  return examples.length === 0 ? sent : { ...sent, extra: { ...sent.extra, ...Object.fromEntries(examples) } };
}

function exampleOf({ kind, wireName, choices, min }: FormField): JsonValue | undefined {
  if (choices?.[0] !== undefined) return choices[0];
  if (kind === 'boolean') return false;
  if (kind === 'integer' || kind === 'number') return min ?? 1;
  return languages[wireName];
}

/** French, and Hindi for the models that know the languages of India. */
const languages: Readonly<Record<string, string>> = { target_lang: 'fr', target_language: 'hin_Deva' };

function line({ id, task }: Model, input: unknown, gatewayId: string): string {
  // The types of `Ai` know no query of the models that rank. Of all others they know the result, so no other loses its name.
  const model = `${stringLiteral(id)}${task === 'reranking' ? ' as string' : ''}`;
  const gateway = sourceLiteral({ gateway: { id: gatewayId } }, 0);
  return `const answer = await env.AI.run(${model}, ${sourceLiteral(input, 0)}, ${gateway});`;
}
