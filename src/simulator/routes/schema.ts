/**
 * JSON schemas of models, in the breadth that the simulator checks.
 */
import type { SimModel } from '../models';

type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const sampling = {
  stream: { type: 'boolean', default: false },
  temperature: { type: 'number', default: 0.6, minimum: 0, maximum: 5 },
  top_p: { type: 'number', minimum: 0, maximum: 1 },
  seed: { type: 'integer' },
  frequency_penalty: { type: 'number', minimum: -2, maximum: 2 },
  presence_penalty: { type: 'number', minimum: -2, maximum: 2 },
};
const messages = {
  type: 'array',
  items: { type: 'object', properties: { role: text, content: text }, required: ['role', 'content'] },
};

/** `{ input, output }` of a model, or undefined where the simulator knows none. */
export function schemaOf({ model, native }: SimModel): { input: Schema; output: Schema } | undefined {
  switch (model.task) {
    case 'text-generation':
      return {
        input: object(
          native === 'classic' && model.hosting === 'hosted'
            ? { prompt: text, messages, max_tokens: { type: 'integer', default: 256 }, ...sampling }
            : { messages, max_completion_tokens: { type: 'integer' }, ...sampling },
          model.hosting === 'hosted' && native === 'classic' ? [] : ['messages'],
        ),
        output: native === 'classic' ? object({ response: text }, []) : object({ choices: { type: 'array' } }, []),
      };
    case 'text-to-image':
      return {
        input: object(
          {
            prompt: { type: 'string', minLength: 1, maxLength: 2048 },
            width: { type: 'integer', minimum: 64, maximum: 2048 },
            height: { type: 'integer', minimum: 64, maximum: 2048 },
            steps: { type: 'integer', default: 4, minimum: 1, maximum: 50 },
            seed: { type: 'integer' },
          },
          ['prompt'],
        ),
        output: object({ image: text }, []),
      };
    case 'embeddings':
      return {
        input: object({ text: { oneOf: [text, { type: 'array', items: text }] } }, ['text']),
        output: object({ shape: { type: 'array' }, data: { type: 'array' } }, []),
      };
    default:
      return undefined;
  }
}

function object(properties: Schema, required: readonly string[]): Schema {
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required }) };
}
