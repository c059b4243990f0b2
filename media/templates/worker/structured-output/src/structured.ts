/**
 * JSON that holds what it promises: the model is given a schema, its answer is checked, and what is wrong with it is told
 * to the model, which may try again.
 */
import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { conversation, type Message } from './conversation';
import { ModelError } from './errors';
import type { Model } from './models';

/** Asks the model once with such an input; answers what `env.AI.run` answered. */
export type Ask = (input: Record<string, unknown>) => Promise<unknown>;

/** What came out, and how many calls it took. */
export interface Structured<T> {
  readonly value: T;
  readonly attempts: number;
}

/** The first answer and two corrections. */
const MOST_ATTEMPTS = 3;

/** Throws a `ModelError` with code `invalid-output` when no attempt holds. */
export async function structured<const Schema extends v.GenericSchema>(
  model: Model,
  schema: Schema,
  instructions: string,
  text: string,
  ask: Ask,
): Promise<Structured<v.InferOutput<Schema>>> {
  const { $schema: _, ...json } = toJsonSchema(schema);
  const task = `${instructions}\nAnswer with JSON alone, by this schema:\n${JSON.stringify(json)}`;
  const messages: Message[] = [
    { role: 'system', content: task },
    { role: 'user', content: text },
  ];
  let problem = '';
  for (let attempts = 1; attempts <= MOST_ATTEMPTS; attempts++) {
    const answer = answerOf(await ask({ ...conversation(model, messages), ...responseFormat(model, json) }));
    const checked = checkedAnswer(schema, answer);
    if (checked.ok) return { value: checked.value, attempts };
    problem = checked.problem;
    messages.push(
      // Providers refuse empty turns.
      { role: 'assistant', content: typeof answer === 'string' ? answer || '-' : JSON.stringify(answer) },
      { role: 'user', content: `That is not valid:\n${problem}\nAnswer again with the corrected JSON alone.` },
    );
  }
  throw new ModelError(`The model gave no valid answer in ${MOST_ATTEMPTS} attempts: ${problem}`, 'invalid-output');
}

/**
 * How a model is told the schema: hosted models take it as it is, those that speak OpenAI's format with a name around it.
 * Anthropic's and Google's go by the instructions alone.
 */
function responseFormat({ id, format }: Model, schema: Record<string, unknown>): Record<string, unknown> {
  if (/^(?:anthropic|google)\//.test(id)) return {};
  if (format === 'responses')
    return { text: { format: { type: 'json_schema', name: 'answer', strict: true, schema } } };
  const json_schema = id.startsWith('@cf/') ? schema : { name: 'answer', strict: true, schema };
  return { response_format: { type: 'json_schema', json_schema } };
}

/** Text or, in the JSON mode of older hosted models, the object itself. Empty when the model said nothing. */
function answerOf(answer: unknown): unknown {
  const { response, choices, content, output } = asObject(answer);
  if (Array.isArray(choices)) return asObject(asObject(choices[0])['message'])['content'] ?? '';
  const parts = Array.isArray(output) ? output.flatMap((item) => asObject(item)['content'] ?? []) : content;
  if (Array.isArray(parts)) return parts.map((part) => asObject(part)['text'] ?? '').join('');
  return response ?? '';
}

type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

function checkedAnswer<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: unknown,
): Checked<v.InferOutput<Schema>> {
  let value = answer;
  if (typeof answer === 'string') {
    try {
      value = JSON.parse(withoutFence(answer));
    } catch {
      return { ok: false, problem: 'It is not JSON.' };
    }
  }
  const { success, output, issues } = v.safeParse(schema, value);
  if (success) return { ok: true, value: output };
  const lines = issues.map((issue) => `${v.getDotPath(issue) ?? 'The whole'}: ${issue.message}`);
  return { ok: false, problem: lines.join('\n') };
}

/** Some models put JSON into a Markdown block even when told not to. */
function withoutFence(text: string): string {
  return /^\s*```(?:json)?\s*\n(.*)\n\s*```\s*$/s.exec(text)?.[1] ?? text;
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
