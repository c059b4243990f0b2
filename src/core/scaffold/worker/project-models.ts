/**
 * The models of a project: which of the chosen ones a template takes, and the file that they stand in.
 */
import type { ChosenModel, WorkerAnswers } from './answers';
import { sourceLiteral, stringLiteral, type Notation } from './source-literal';
import type { ModelSlot, WorkerTemplate } from './templates';

/** What goes into code of a model. */
export type ProjectModel = Pick<ChosenModel, 'id' | 'input'>;

/** A slot with its models, of which there is at least one. */
export interface FilledSlot {
  readonly slot: ModelSlot;
  readonly models: readonly ProjectModel[];
}

/** The chosen models by slot, in their order; those of the template where none fits. */
export function fillSlots({ slots }: WorkerTemplate, chosen: readonly ChosenModel[]): readonly FilledSlot[] {
  return slots.map((slot) => {
    const fitting = chosen.filter(({ task }) => task === slot.task).slice(0, slot.most);
    const otherwise = slot.otherwise.slice(0, slot.most).map((id) => ({ id, input: {} }));
    return { slot, models: fitting.length > 0 ? fitting : otherwise };
  });
}

/** The text of `src/models.ts`. */
export function modelsFile(
  slots: readonly FilledSlot[],
  { binding, metadata }: Pick<WorkerAnswers, 'binding' | 'metadata'>,
): string {
  const head =
    slots.length === 0
      ? '/**\n * What the gateway is told of each call.\n */\n'
      : `/**
 * The models that the Worker calls, and what the gateway is told of each call.
 */

/** A model and its settings. */
export interface Model {
  /** \`@cf/…\` runs at Cloudflare, \`author/model\` elsewhere; \`dynamic/<route>\` is a route of the gateway. */
  readonly id: string;
  /** Fields of the input of \`env.${binding}.run\` that are the same in each call. */
  readonly input: Readonly<Record<string, unknown>>;
  /** For models that take OpenAI's Responses format and nothing else. */
  readonly format?: 'responses';
}
`;
  return `${head}${slots.map(constant).join('')}
/** Goes into the gateway's log with each call: at most five entries. */
export const METADATA: Readonly<Record<string, string | number | boolean>> = ${literal(metadata, 0, 76)};
`;
}

function constant({ slot, models }: FilledSlot): string {
  if (slot.most === 1) {
    const start = `export const ${slot.constant}: Model = `;
    return `\n${start}${literal(entry(models[0] ?? { id: '', input: {} }), 0, start.length)};\n`;
  }
  const entries = models.map((model) => `  ${literal(entry(model), 2)},\n`).join('');
  return `\n/** In the order in which they are tried. */\nexport const ${slot.constant}: readonly [Model, ...Model[]] = [\n${entries}];\n`;
}

function entry(model: ProjectModel): object {
  const { id, input } = model;
  return { id, input, ...(isResponses(model) && { format: 'responses' }) };
}

/** Whether a chat model takes the Responses format: settings carry its own name of the output limit. */
export function isResponses({ input }: ProjectModel): boolean {
  return 'max_output_tokens' in input;
}

/** As the rest of the project is written. */
const singleQuotes: Notation = {
  atom: (value) => (typeof value === 'string' ? quoted(value) : JSON.stringify(value)),
  key: (name) => (/^[A-Za-z_]\w*$/.test(name) && name !== '__proto__' ? name : keyQuoted(name)),
  roomy: true,
  shorthand: true,
  step: 2,
};

function literal(value: unknown, indent: number, before = 0): string {
  return sourceLiteral(value, indent, before, singleQuotes);
}

/** A literal key that is `__proto__` would set the prototype. */
function keyQuoted(name: string): string {
  return name === '__proto__' ? "['__proto__']" : quoted(name);
}

function quoted(text: string): string {
  const literal = stringLiteral(text);
  return text.includes("'") ? literal : `'${literal.slice(1, -1).replaceAll('\\"', '"')}'`;
}
