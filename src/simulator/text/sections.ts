/**
 * Markdown blocks that simulated answers are built of. Each exercises something a renderer must get right.
 */
import type { Random } from '../random';

/** What a block may mention. */
export interface SectionContext {
  readonly random: Random;
  readonly modelId: string;
  /** Content words of the prompt. */
  readonly words: readonly [string, ...string[]];
  /** Parameters as the request gave them, ready to print. */
  readonly settings: readonly (readonly [string, string])[];
}

/** Writes one block, without trailing newline. */
export type Section = (context: SectionContext) => string;

const headings = ['What this would cover', 'In short', 'A closer look', 'Step by step', 'Points to weigh'] as const;
const verbs = ['compare', 'measure', 'sketch', 'question', 'summarise', 'test', 'outline'] as const;
const claims = [
  'a real model would reason about this here',
  'this sentence only fills the space a real answer would take',
  'the pace, the length and the token counts are simulated too',
  'nothing here was inferred from your data',
  'a different seed or temperature gives different filler',
] as const;

const paragraph: Section = ({ random, words }) => {
  const sentences = random.shuffle(claims).slice(0, random.between(2, 3));
  const opening = `On **${random.pick(words)}**: `;
  return opening + sentences.map((text) => `${text[0]?.toUpperCase()}${text.slice(1)}.`).join(' ');
};

const heading: Section = (context) => {
  const level = '#'.repeat(context.random.between(2, 3));
  return `${level} ${context.random.pick(headings)}: ${context.random.pick(context.words)}\n\n${paragraph(context)}`;
};

const bullets: Section = ({ random, words }) =>
  Array.from({ length: random.between(2, 4) }, (_, index) => {
    const nested = index === 1 ? `\n  - and ${random.pick(verbs)} it once more, *slowly*` : '';
    return `- ${random.pick(verbs)} the \`${random.pick(words)}\` part${nested}`;
  }).join('\n');

const steps: Section = ({ random, words }) =>
  [1, 2, 3]
    .map((step) => `${step}. Begin to ${random.pick(verbs)}, then ${random.pick(verbs)} ${random.pick(words)}.`)
    .join('\n');

const table: Section = ({ modelId, settings }) =>
  [
    '| Setting | Value |',
    '| :-- | --: |',
    `| model | \`${modelId}\` |`,
    ...settings.map(([name, value]) => `| ${name} | ${value} |`),
  ].join('\n');

const typescript: Section = ({ random, modelId, words }) =>
  [
    '```ts',
    `// ${words.join(', ')}`,
    `const answer = await env.AI.run('${modelId}', { prompt: '${random.pick(words)}' });`,
    `if (answer.length > ${random.between(10, 99)}) console.log(answer);`,
    '```',
  ].join('\n');

const python: Section = ({ random, words }) =>
  [
    '```python',
    `def score(text: str) -> float:`,
    `    """Share of words that mention ${random.pick(words)}."""`,
    `    hits = [word for word in text.split() if "${random.pick(words)}" in word]`,
    `    return len(hits) / max(1, len(text.split()))`,
    '```',
  ].join('\n');

const quotation: Section = ({ random, words }) =>
  `> "${random.pick(words)}" is quoted here only because a quotation must look like one.\n>\n> — the simulator`;

const longLine: Section = ({ random, words }) => {
  const path = Array.from({ length: 9 }, () => random.pick(words)).join('_');
  return `A long line without a break: \`/workspace/${path}/${random.between(1000, 9999)}.json\``;
};

const rightToLeft: Section = ({ random }) =>
  random.pick([
    'שלום עולם! זו תשובה מדומה, ושום מודל לא הופעל כדי לכתוב אותה.',
    'مرحبا بالعالم! هذه إجابة محاكاة، ولم يعمل أي نموذج لكتابتها.',
  ]);

const emoji: Section = ({ random }) =>
  `Mood of the dice: ${random.pick(['🎲', '🧪', '🛰️', '👩‍🚀'])} ${random.pick(['✅ steady', '⚠️ wobbly', '🚀 brisk'])} · naïve café, 東京, €${random.between(1, 9)}.`;

const link: Section = ({ random }) =>
  `Real models are listed in the [${random.pick(['model catalog', 'list of models'])}](https://developers.cloudflare.com/ai/models/).`;

/** Blocks of ordinary prose, which every answer has some of. */
export const prose: readonly Section[] = [heading, bullets, paragraph, steps];

/** Blocks that answers take turns at showing. */
export const special: readonly Section[] = [table, typescript, python, quotation, longLine, rightToLeft, emoji, link];
