/**
 * Makes `media/catalog.json`, the catalog used before and without the live one, from a compiled list of models:
 *
 *   node test/tools/catalog.mjs <models.json>
 *
 * Every row is checked; a word that is not understood is an error, so that nothing is dropped in silence.
 * Plain Node 20 without dependencies.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Task labels of the source in lower case, and our `Task`. */
const TASKS = {
  'text generation': 'text-generation',
  'text-to-image': 'text-to-image',
  'image-to-image': 'image-to-image',
  'text-to-video': 'text-to-video',
  'image-to-video': 'image-to-video',
  'video-to-video': 'video-to-video',
  'text-to-speech': 'text-to-speech',
  'automatic speech recognition': 'speech-recognition',
  'music generation': 'music-generation',
  'text embeddings': 'embeddings',
  'text classification (reranking)': 'reranking',
  'text classification': 'text-classification',
  translation: 'translation',
  summarization: 'summarization',
  'image classification': 'image-classification',
  'object detection': 'object-detection',
  'image-to-text': 'image-to-text',
  'dumb pipe (voice activity / turn detection)': 'turn-detection',
  websocket: 'realtime',
  'decision model (task label not seen)': 'other',
};

/** Capability labels of the source, and ours. `undefined`: says nothing that `Capability` holds. */
const CAPABILITIES = {
  reasoning: 'reasoning',
  vision: 'vision',
  // Models that take a picture beside the prompt: for a text model that is vision, for an image model its task says it.
  'image-input': 'vision',
  tools: 'tools',
  'structured-output': 'structured-output',
  lora: 'lora',
  batch: 'batch',
  // How the model is called, which `requestFormats`, the task and the note tell.
  'multipart-only': undefined,
  'responses-api': undefined,
  websocket: undefined,
  'websocket-only': undefined,
};

const HOSTING = { 'cloudflare-hosted': 'hosted', 'third-party': 'third-party' };
const REQUEST_FORMATS = ['chat-completions', 'responses', 'anthropic-messages'];

/** @typedef {Record<string, unknown>} Row */

/**
 * @param {Row} row
 * @param {(problem: string) => void} problem
 */
function convert(row, problem) {
  const text = (/** @type {string} */ key) => {
    const value = row[key];
    if (typeof value === 'string' && value.trim() !== '') return value;
    problem(`${key} must be text`);
    return '';
  };
  const optional = (/** @type {string} */ key, /** @type {(value: unknown) => boolean} */ holds) => {
    const value = row[key];
    if (value === undefined || holds(value)) return value;
    problem(`${key} is not valid: ${JSON.stringify(value)}`);
    return undefined;
  };
  const list = (/** @type {string} */ key) => {
    const value = row[key] ?? [];
    if (Array.isArray(value)) return value;
    problem(`${key} must be a list`);
    return [];
  };
  const translate = (
    /** @type {Record<string, string | undefined>} */ table,
    /** @type {string} */ word,
    /** @type {string} */ what,
  ) => {
    if (Object.hasOwn(table, word)) return table[word];
    problem(`unknown ${what} ${JSON.stringify(word)}`);
    return undefined;
  };

  const positive = (/** @type {unknown} */ value) => Number.isSafeInteger(value) && Number(value) > 0;
  const flag = (/** @type {unknown} */ value) => typeof value === 'boolean';
  const id = text('id');

  const pricing = list('pricing').map((price) => {
    if (typeof price?.unit !== 'string' || !Number.isFinite(price?.usd) || price.usd < 0) {
      problem(`price is not valid: ${JSON.stringify(price)}`);
    }
    return { label: price?.unit, usd: price?.usd };
  });

  const capabilities = list('capabilities').map((word) => translate(CAPABILITIES, word, 'capability'));
  const requestFormats = list('requestFormats');
  for (const format of requestFormats) {
    if (!REQUEST_FORMATS.includes(format)) problem(`unknown request format ${JSON.stringify(format)}`);
  }

  return {
    id,
    provider: text('provider'),
    name: text('name'),
    // No label seen: the task is not known, and guessing it would put the model among the wrong ones.
    task: row['task'] === undefined ? 'other' : translate(TASKS, text('task').toLowerCase(), 'task'),
    hosting: translate(HOSTING, text('hosting'), 'hosting'),
    contextWindow: optional('contextWindow', positive),
    maxOutputTokens: optional('maxOutputTokens', positive),
    capabilities: [...new Set(capabilities)].filter((word) => word !== undefined).sort(),
    requestFormats,
    pricing,
    deprecated: optional('deprecated', flag),
    deprecationDate: optional(
      'deprecationDate',
      (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value),
    ),
    zeroDataRetention: optional('zeroDataRetention', flag),
    note: optional('note', (value) => typeof value === 'string'),
  };
}

/**
 * Converts the whole list. Throws one error that lists every problem.
 * @param {{ asOf?: unknown, models?: unknown }} source
 * @returns {{ asOf: string, models: Row[] }}
 */
export function convertCatalog(source) {
  /** @type {string[]} */
  const problems = [];
  if (typeof source.asOf !== 'string' || !/^\d{4}-\d\d$/.test(source.asOf))
    problems.push('asOf must be a month, YYYY-MM');
  const rows = Array.isArray(source.models) ? source.models : [];
  if (rows.length === 0) problems.push('models must be a list with entries');

  const models = rows.map((row, index) =>
    convert(row, (problem) => problems.push(`${row?.id ?? `row ${index}`}: ${problem}`)),
  );
  const seen = new Set();
  for (const { id } of models) {
    if (seen.has(id)) problems.push(`${id}: appears twice`);
    seen.add(id);
  }
  if (problems.length > 0) throw new Error(`The list cannot be used:\n  ${problems.join('\n  ')}`);
  return { asOf: String(source.asOf), models };
}

/**
 * One model a line, so that a change of one model is a change of one line.
 * @param {{ asOf: string, models: Row[] }} catalog
 */
export function formatCatalog({ asOf, models }) {
  const lines = models.map((model) => `    ${JSON.stringify(model)}`);
  return `{\n  "asOf": ${JSON.stringify(asOf)},\n  "models": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

async function main() {
  const [input] = process.argv.slice(2);
  if (input === undefined) {
    console.error('Usage: node test/tools/catalog.mjs <models.json>');
    process.exitCode = 2;
    return;
  }
  const output = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..', 'media', 'catalog.json');
  const catalog = convertCatalog(JSON.parse(await readFile(input, 'utf8')));
  await writeFile(output, formatCatalog(catalog));
  console.log(`${output}: ${catalog.models.length} models as of ${catalog.asOf}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
