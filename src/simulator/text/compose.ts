/**
 * Writes the answer and the reasoning of a model that did not run.
 */
import { createRandom, hash, type Random } from '../random';
import { countTokens } from '../tokens';
import { prose, special, type SectionContext } from './sections';
import { quote, topicWords } from './topic';

/** What an answer is written from. */
export interface Assignment {
  readonly modelId: string;
  /** The last user message, without directives. */
  readonly prompt: string;
  /** Every message and every parameter that changes the text; the same seed text gives the same answer. */
  readonly seed: string;
  /** Parameters as the request gave them, ready to print. */
  readonly settings: readonly (readonly [string, string])[];
}

const shortAnswer =
  /\b(?:one|single) word\b|\bclassif(?:y|ication)\b|\byes or no\b|\btrue or false\b|\bone of\b|\bonly the label\b|\bsentiment\b/i;

/** An answer of about `tokens` tokens, whole blocks only; one line when the prompt asks for a short answer. */
export function writeAnswer(assignment: Assignment, tokens: number): string {
  if (shortAnswer.test(assignment.prompt)) return writeShort(assignment);
  return writeLong(assignment, tokens, false);
}

/** An answer of at least `tokens` tokens, however short an answer the prompt asks for. */
export function writeAtLeast(assignment: Assignment, tokens: number): string {
  return writeLong(assignment, tokens, true);
}

/** The reasoning before an answer: about `tokens` tokens of plain sentences. */
export function writeReasoning(assignment: Assignment, tokens: number): string {
  const random = createRandom(hash(`reasoning ${assignment.seed}`));
  const words = topicWords(assignment.prompt, 6);
  const lines = [`The user says ${quote(assignment.prompt, 80)}. This is simulated reasoning: no model is thinking.`];
  let length = countTokens(lines[0] ?? '');
  while (length < tokens) {
    const line = random.pick([
      `Let me consider ${random.pick(words)} first, then come back to ${random.pick(words)}.`,
      `Wait: is ${random.pick(words)} really what matters here? A real model would check.`,
      `Option ${random.between(1, 9)} keeps ${random.pick(words)} simple, so I lean towards it.`,
      `So far ${random.between(2, 9)} of ${random.between(10, 12)} points hold; ${random.pick(words)} stays open.`,
    ]);
    lines.push(line);
    length += countTokens(line) + 1;
  }
  return lines.join(' ');
}

function writeShort({ modelId, prompt, seed }: Assignment): string {
  const random = createRandom(hash(seed));
  const [first, ...rest] = labels(prompt);
  return `**${random.pick([first, ...rest])}** (simulated: no model ran, \`${modelId}\` was only named)`;
}

/** Labels the prompt offers (`one of a, b or c`), else generic ones. */
function labels(prompt: string): [string, ...string[]] {
  const offered = /\b(?:one of|as|into|either)\b[:\s]+([^.\n?!]{3,160})/i.exec(prompt)?.[1] ?? '';
  const options = offered
    .split(/,|\bor\b|\band\b|\//)
    .map((option) => option.replace(/["'`*]/g, '').trim())
    .filter((option) => option !== '' && option.length <= 24);
  const [first, second, ...rest] = options;
  return first === undefined || second === undefined
    ? ['neutral', 'positive', 'negative', 'unclear']
    : [first, second, ...rest];
}

function writeLong(assignment: Assignment, tokens: number, atLeast: boolean): string {
  const random = createRandom(hash(assignment.seed));
  const context: SectionContext = {
    random,
    modelId: assignment.modelId,
    words: topicWords(assignment.prompt, 6),
    settings: assignment.settings,
  };
  const blocks = [opening(assignment, random)];
  let length = countTokens(blocks[0] ?? '');
  for (const section of sectionOrder(random)) {
    if (length >= tokens) break;
    const block = section(context);
    const cost = countTokens(block) + 1;
    // A block that would overshoot by far is left out, unless the length is a minimum.
    if (!atLeast && length + cost > tokens * 1.25 + 20) continue;
    blocks.push(block);
    length += cost;
  }
  return blocks.join('\n\n');
}

/** Prose and special blocks in turn; after some rounds nothing more, as only a minimum length needs endless blocks. */
function* sectionOrder(random: Random): Generator<(context: SectionContext) => string> {
  for (let round = 0; round < 20_000; round++) {
    const specials = random.shuffle(special);
    for (const section of random.shuffle(prose)) {
      yield section;
      yield* specials.splice(0, 2);
    }
  }
}

function opening({ modelId, prompt }: Assignment, random: Random): string {
  const asked = `The prompt was ${quote(prompt, 60)}.`;
  return random.pick([
    `**Simulated answer.** No model ran; \`${modelId}\` was only named. ${asked}`,
    `This is the simulator, not \`${modelId}\`: no model ran. ${asked}`,
    `*Simulated.* No model ran in place of \`${modelId}\`. ${asked}`,
  ]);
}
