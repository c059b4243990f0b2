/**
 * What every wire asks of a text model, once its own field names are read.
 */
import { type Fields, isObject } from './fields';
import type { Seen } from './inputs/describe';
import { seenIn } from './inputs/parts';
import type { SimModel } from './models';

/** One turn, its parts joined. */
export interface Turn {
  readonly role: string;
  readonly text: string;
  /** Pictures, recordings and files among its parts. */
  readonly attachments: readonly Seen[];
}

/** A request for text in the simulator's own terms. */
export interface TextRequest {
  readonly sim: SimModel;
  readonly turns: readonly Turn[];
  readonly stream: boolean;
  /** Whether an OpenAI stream ends with a usage chunk (`stream_options.include_usage`). */
  readonly includeUsage: boolean;
  /** Most output tokens, reasoning included. */
  readonly maxTokens: number | undefined;
  readonly stop: readonly string[];
  /** Relative length of the reasoning: 0 turns it off, 1 is usual. `undefined`: the model decides. */
  readonly effort: number | undefined;
  /** Whether the request marks its prompt for caching (`cache_control`), as Anthropic's models want it. */
  readonly marksCache: boolean;
  /** Parameters that change the text, as names and printed values. */
  readonly settings: readonly (readonly [string, string])[];
  /** The whole answer, word for word, whatever the prompt says. */
  readonly dictated?: string;
}

const efforts: Readonly<Record<string, number>> = {
  none: 0,
  minimal: 0.25,
  low: 0.5,
  medium: 1,
  high: 2,
  xhigh: 3,
  max: 3,
};

/** Relative length of reasoning that a `reasoning_effort` word asks for. Throws a `Refusal` for an unknown word. */
export function effortOf(fields: Fields, name: string): number | undefined {
  const word = fields.string(name);
  if (word === undefined) return undefined;
  const effort = efforts[word];
  if (effort === undefined) throw fields.refuse(`'${name}' must be one of ${Object.keys(efforts).join(', ')}`);
  return effort;
}

/** The sampling parameters that `fields` sets, checked, ready to print. */
export function samplingSettings(fields: Fields, names: readonly string[]): [string, string][] {
  const bounds: Readonly<Record<string, { min?: number; max?: number; integer?: boolean }>> = {
    temperature: { min: 0, max: 5 },
    top_p: { min: 0, max: 1 },
    top_k: { min: 0, integer: true },
    seed: { integer: true },
    frequency_penalty: { min: -2, max: 2 },
    presence_penalty: { min: -2, max: 2 },
    repetition_penalty: { min: 0, max: 2 },
  };
  return names.flatMap((name): [string, string][] => {
    const value = fields.number(name, bounds[name]);
    return value === undefined ? [] : [[name, String(value)]];
  });
}

const roles = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function']);

/** Turns of a `messages` list, OpenAI or Anthropic. Throws a `Refusal` for a list that is not one. */
export function readTurns(fields: Fields, name: string): Turn[] {
  const list = fields.list(name);
  if (list === undefined) throw fields.refuse(`required property '${name}' is missing`);
  if (list.length === 0) throw fields.refuse(`'${name}' must not be empty`);
  return list.map((item, index) => readTurn(fields, item, `${name}[${index}]`));
}

/** Text and attachments of a `content` value: a string, a list of parts, or nothing. */
export function readContent(fields: Fields, content: unknown, where: string): Pick<Turn, 'text' | 'attachments'> {
  if (content === undefined || content === null) return { text: '', attachments: [] };
  if (typeof content === 'string') return { text: content, attachments: [] };
  if (!Array.isArray(content)) throw fields.refuse(`'${where}' must be a string or an array of parts`);
  const texts: string[] = [];
  const attachments: Seen[] = [];
  for (const part of content) {
    if (!isObject(part)) throw fields.refuse(`'${where}' must hold objects`);
    if (typeof part['text'] === 'string') texts.push(part['text']);
    else attachments.push(...seenIn(fields, part, where));
  }
  return { text: texts.join('\n'), attachments };
}

function readTurn(fields: Fields, item: unknown, where: string): Turn {
  if (!isObject(item)) throw fields.refuse(`'${where}' must be an object`);
  const role = item['role'];
  if (typeof role !== 'string' || !roles.has(role)) {
    throw fields.refuse(`'${where}.role' must be one of ${[...roles].join(', ')}`);
  }
  if (item['content'] === undefined && item['tool_calls'] === undefined) {
    throw fields.refuse(`required property '${where}.content' is missing`);
  }
  return { role, ...readContent(fields, item['content'], `${where}.content`) };
}
