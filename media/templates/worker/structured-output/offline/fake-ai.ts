/**
 * Stands in for the AI binding: fills in the schema that it is given, without understanding a word.
 */
import { WorkerEntrypoint } from 'cloudflare:workers';

/** The first answer to a text with this word in it breaks the schema, so that one sees a correction. */
const TROUBLE = 'trouble';

export class FakeAi extends WorkerEntrypoint {
  run(_model: string, { system, systemInstruction, messages, contents }: Record<string, unknown>): unknown {
    const texts = textsIn([system, systemInstruction, messages, contents]);
    const [task = '', text = ''] = texts;
    const schema: unknown = JSON.parse(task.slice(task.lastIndexOf('\n')));
    const isFirst = texts.length === 2;
    const content = isFirst && text.includes(TROUBLE) ? '{}' : JSON.stringify(example(schema));
    return { choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }] };
  }
}

/** Instructions and turns in their order, in the words of every provider. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { content, parts, text } = value as Record<string, unknown>;
  return textsIn(content ?? parts ?? text);
}

/** A value that a JSON schema allows. */
function example(schema: unknown): unknown {
  const { type, properties, items, anyOf, format, enum: words } = schema as Record<string, unknown>;
  if (Array.isArray(words)) return words[0];
  if (Array.isArray(anyOf)) return example(anyOf[0]);
  switch (type) {
    case 'object':
      return Object.fromEntries(Object.entries(properties ?? {}).map(([name, inner]) => [name, example(inner)]));
    case 'array':
      return [example(items)];
    case 'string':
      return format === 'date' ? '2026-01-31' : 'made up';
    case 'number':
    case 'integer':
      return 1;
    case 'boolean':
      return true;
    default:
      return null;
  }
}
