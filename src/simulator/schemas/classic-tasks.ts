/**
 * Embeddings and the smaller tasks of Workers AI (cloudflare-api.md 4.4 A).
 */
import {
  choice,
  fileBody,
  fileNumbers,
  flag,
  integer,
  list,
  number,
  object,
  type Schema,
  type SchemaPair,
  text,
} from './parts';

const texts = (what: string): Schema => ({
  oneOf: [
    { type: 'string', minLength: 1, description: what },
    { type: 'array', items: { type: 'string', minLength: 1 }, maxItems: 100, description: `${what} A batch of them.` },
  ],
});

const vectors = object({
  shape: list('Number of vectors and of their dimensions.', { type: 'number' }),
  data: list('Vectors.', { type: 'array', items: { type: 'number' } }),
  pooling: choice('How a vector is made from tokens.', ['mean', 'cls']),
});

const bge: SchemaPair = {
  input: object(
    {
      text: texts('The text to embed.'),
      pooling: choice('How a vector is made from tokens.', ['mean', 'cls'], { default: 'mean' }),
    },
    ['text'],
  ),
  output: vectors,
};

const contexts = list('Texts to compare with.', object({ text: text('A text.', { minLength: 1 }) }, ['text']));
const truncate = flag('Cuts inputs that are too long rather than refuse them.', false);

const bgeM3: SchemaPair = {
  input: {
    type: 'object',
    oneOf: [
      {
        title: 'Query and contexts',
        ...object({ query: text('What to look for.', { minLength: 1 }), contexts, truncate_inputs: truncate }, [
          'contexts',
        ]),
      },
      { title: 'Embedding', ...object({ text: texts('The text to embed.'), truncate_inputs: truncate }, ['text']) },
    ],
  },
  output: vectors,
};

const qwenEmbedding: SchemaPair = {
  input: object({
    queries: texts('What to look for.'),
    documents: texts('What to look in.'),
    text: texts('The text to embed.'),
    instruction: text('What the vectors are for.'),
  }),
  output: vectors,
};

/** The schema of an embeddings model. */
export function embeddingSchema(modelId: string): SchemaPair {
  if (modelId.endsWith('bge-m3')) return bgeM3;
  return modelId.includes('qwen3-embedding') ? qwenEmbedding : bge;
}

const scores = list('Labels with scores.', object({ label: text('A label.'), score: number('Confidence.', 0, 1) }));
const imageBytes = fileNumbers('The picture.');

/** Scores texts by how well they answer a query. */
export const reranking: SchemaPair = {
  input: object(
    {
      query: text('What to look for.', { minLength: 1 }),
      top_k: integer('How many of the best to give.', 1),
      contexts,
    },
    ['query', 'contexts'],
  ),
  output: object({ response: list('Scores.', object({ id: { type: 'integer' }, score: { type: 'number' } })) }),
};

/** Translates by language names or codes. */
const translation: SchemaPair = {
  input: object(
    {
      text: text('The text to translate.', { minLength: 1 }),
      source_lang: text('Its language.', { default: 'en' }),
      target_lang: text('The language wanted.'),
    },
    ['text', 'target_lang'],
  ),
  output: object({ translated_text: text('The translation.') }),
};

const indic: SchemaPair = {
  input: object(
    {
      text: texts('The text to translate.'),
      target_language: choice(
        'The language wanted, with its script.',
        [
          'asm_Beng',
          'ben_Beng',
          'guj_Gujr',
          'hin_Deva',
          'kan_Knda',
          'mal_Mlym',
          'mar_Deva',
          'pan_Guru',
          'tam_Taml',
          'tel_Telu',
          'urd_Arab',
        ],
        { default: 'hin_Deva' },
      ),
    },
    ['text', 'target_language'],
  ),
  output: object({ translations: list('Translations.', { type: 'string' }) }),
};

/** The schema of a translation model. */
export function translationSchema(modelId: string): SchemaPair {
  return /indictrans/.test(modelId) ? indic : translation;
}

/** Makes a text shorter. */
export const summarization: SchemaPair = {
  input: object(
    {
      input_text: text('The text to sum up.', { minLength: 1 }),
      max_length: integer('Most tokens of the summary.', undefined, undefined, { default: 1024 }),
    },
    ['input_text'],
  ),
  output: object({ summary: text('The summary.') }),
};

/** Says what a text is. */
export const textClassification: SchemaPair = {
  input: object({ text: text('The text to classify.', { minLength: 1 }) }, ['text']),
  output: scores,
};

/** Says what a picture shows. */
export const imageClassification: SchemaPair = {
  input: object({ image: imageBytes }, ['image']),
  output: scores,
};

/** Says what is where in a picture. */
export const objectDetection: SchemaPair = {
  input: object({ image: imageBytes }, ['image']),
  output: list('Things found.', object({ label: text('What.'), score: { type: 'number' }, box: { type: 'object' } })),
};

const moondream: SchemaPair = {
  input: object(
    {
      image: text('The picture, base64 or a data URI.', { minLength: 1 }),
      prompt: text('What to say about it.'),
      max_tokens: integer('Most tokens of the answer.', 1, undefined, { default: 512 }),
    },
    ['image'],
  ),
  output: object({ response: text('The answer.') }),
};

/** The schema of a model that describes pictures. */
export function imageToTextSchema(modelId: string): SchemaPair {
  return /moondream/.test(modelId) ? moondream : imageToText;
}

const imageToText: SchemaPair = {
  input: object(
    {
      image: { oneOf: [imageBytes, text('The picture, base64.')] },
      prompt: text('What to say about it.'),
      max_tokens: integer('Most tokens of the answer.', 1, undefined, { default: 512 }),
      temperature: number('Higher values make the answer more random.', 0, 5),
    },
    ['image'],
  ),
  output: object({ description: text('The answer.') }),
};

/** Hears whether somebody has finished speaking. */
export const turnDetection: SchemaPair = {
  input: object(
    {
      audio: { oneOf: [text('The recording, base64.'), fileBody('The recording.')] },
      dtype: choice('Type of its samples.', ['uint8', 'float32', 'float64'], { default: 'float32' }),
    },
    ['audio'],
  ),
  output: object({ is_complete: { type: 'boolean' }, probability: { type: 'number' } }),
};
