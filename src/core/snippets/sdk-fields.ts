/**
 * Which fields of a body the libraries have names for. The others must be handed over as what the library does not know.
 */
import type { Wire } from '../run/events';

type Test = (value: unknown) => boolean;
type Json = Readonly<Record<string, unknown>>;

const text: Test = (value) => typeof value === 'string';
const number: Test = (value) => typeof value === 'number';
const list: Test = (value) => Array.isArray(value);
const texts: Test = (value) => Array.isArray(value) && value.every(text);
const on: Test = (value) => value === true;
const effort: Test = (value) => ['minimal', 'low', 'medium', 'high'].includes(value as string);
const exactly =
  (name: string, test: Test): Test =>
  (value) =>
    typeof value === 'object' && value !== null && Object.keys(value).length === 1 && test((value as Json)[name]);

/** What both formats of OpenAI know. */
const shared = { model: text, stream: on, temperature: number, top_p: number };

const fields: Readonly<
  Record<'chat-completions' | 'responses' | 'anthropic-messages', Readonly<Record<string, Test>>>
> = {
  'chat-completions': {
    ...shared,
    messages: list,
    stream_options: exactly('include_usage', on),
    max_tokens: number,
    max_completion_tokens: number,
    stop: (value) => text(value) || texts(value),
    seed: number,
    frequency_penalty: number,
    presence_penalty: number,
    reasoning_effort: effort,
  },
  responses: {
    ...shared,
    instructions: text,
    input: list,
    max_output_tokens: number,
    reasoning: exactly('effort', effort),
  },
  // Version 2 of `anthropic` has no names for temperature and top_p, which the wire still takes.
  'anthropic-messages': {
    model: text,
    stream: on,
    system: text,
    messages: list,
    max_tokens: number,
    stop_sequences: texts,
  },
};

/** A body's fields, those that the libraries of its format know by name and type, and the others. */
export function splitFields(wire: Wire, body: Json): { readonly known: Json; readonly others: Json } {
  const tests = wire === 'run' || wire === 'run-model' || wire === 'cog' ? {} : fields[wire];
  const isKnown = ([name, value]: [string, unknown]): boolean =>
    Object.hasOwn(tests, name) && tests[name]?.(value) === true;
  const entries = Object.entries(body);
  return {
    known: Object.fromEntries(entries.filter(isKnown)),
    others: Object.fromEntries(entries.filter((entry) => !isKnown(entry))),
  };
}
