/**
 * Text generation: the classic schema of Workers AI, OpenAI's, Anthropic's and Gemini's (cloudflare-api.md 1.5, 4.4).
 */
import {
  choice,
  fileNumbers,
  fileText,
  flag,
  integer,
  list,
  number,
  object,
  type Schema,
  type SchemaPair,
  text,
} from './parts';

const sampling = {
  temperature: number('Higher values make the answer more random.', 0, 5, { default: 0.6 }),
  top_p: number('Samples among the likeliest tokens that make up this share of probability.', 0, 1),
  top_k: integer('Samples among this many likeliest tokens.', 1, 50),
  seed: integer('The same seed makes the same answer likelier.', 1, 9_999_999_999),
  repetition_penalty: number('Above 1 it makes repetition less likely.', 0, 2),
  frequency_penalty: number('Lowers the likelihood of tokens by how often they stand already.', -2, 2),
  presence_penalty: number('Lowers the likelihood of tokens that stand already.', -2, 2),
};

const classicShared = {
  stream: flag('Sends the answer as server-sent events while it is made.', false),
  max_tokens: integer('Most tokens of the answer.', undefined, undefined, { default: 256 }),
  ...sampling,
};

const classicMessages = list(
  'The conversation so far.',
  object(
    {
      role: text('Who speaks: user, assistant, system or tool.'),
      content: {
        oneOf: [
          text('What is said.'),
          list(
            'Parts of what is said.',
            object({
              type: text('Kind of part: text or image_url.'),
              text: text('What is said.'),
              image_url: { ...object({ url: fileText('The picture.') }), description: 'A picture.' },
            }),
          ),
        ],
      },
    },
    ['role', 'content'],
  ),
);

const functionTool = object(
  {
    type: text('The kind of tool.'),
    function: object(
      {
        name: text('Name to call it by.'),
        description: text('When to call it.'),
        parameters: { type: 'object', description: 'JSON schema of its arguments.' },
      },
      ['name', 'description', 'parameters'],
    ),
  },
  ['type', 'function'],
);

const responseFormat = (words: readonly string[]): Schema => ({
  ...object({ type: choice('The form of the answer.', words), json_schema: { description: 'A JSON schema.' } }),
  title: 'JSON Mode',
  description: 'Makes the model answer in JSON.',
});

const tokenCounts = object({
  prompt_tokens: number('Tokens of the input.', undefined, undefined, { default: 0 }),
  completion_tokens: number('Tokens of the output.', undefined, undefined, { default: 0 }),
  total_tokens: number('Both together.', undefined, undefined, { default: 0 }),
});

/** Older hosted models: a prompt, or messages; those that see take a picture beside. */
export function classic(sees: boolean): SchemaPair {
  const picture = {
    image: { oneOf: [fileNumbers('A picture to talk about.'), text('A picture to talk about, base64.')] },
  };
  return withFields(classicPair, sees ? picture : {});
}

function withFields(pair: SchemaPair, fields: Readonly<Record<string, Schema>>): SchemaPair {
  const branches = (pair.input['oneOf'] as readonly Schema[]).map((branch) => ({
    ...branch,
    properties: { ...(branch['properties'] as object), ...fields },
  }));
  return { ...pair, input: { ...pair.input, oneOf: branches } };
}

const classicPair: SchemaPair = {
  input: {
    type: 'object',
    oneOf: [
      {
        title: 'Prompt',
        ...object(
          {
            prompt: text('The text that the model goes on from.', { minLength: 1 }),
            lora: text('Name of a fine-tune (LoRA) to apply.'),
            response_format: responseFormat(['json_object', 'json_schema']),
            raw: flag('Leaves out the chat template of the model.', false),
            ...classicShared,
          },
          ['prompt'],
        ),
      },
      {
        title: 'Messages',
        ...object(
          {
            messages: classicMessages,
            functions: list('Functions with their code.', object({ name: text('Name.'), code: text('Code.') })),
            tools: list('Tools that the model may call.', functionTool),
            response_format: responseFormat(['json_object', 'json_schema']),
            ...classicShared,
          },
          ['messages'],
        ),
      },
    ],
  },
  output: {
    oneOf: [
      object(
        {
          response: text('The answer.'),
          usage: tokenCounts,
          tool_calls: list('Calls that the model wants.', object({ name: text('Name.'), arguments: {} })),
        },
        ['response'],
      ),
      { type: 'string', format: 'binary' },
    ],
  },
};

const contentPart: Schema = {
  oneOf: [
    object({ type: { type: 'string', const: 'text' }, text: text('Text.') }, ['type', 'text']),
    object(
      {
        type: { type: 'string', const: 'input_audio' },
        input_audio: object({ data: text('The recording, base64.'), format: choice('Its format.', ['wav', 'mp3']) }, [
          'data',
          'format',
        ]),
      },
      ['type', 'input_audio'],
    ),
    object(
      {
        type: { type: 'string', const: 'file' },
        file: object({ filename: text('Its name.'), file_data: fileText('The file.'), file_id: text('Id of a file.') }),
      },
      ['type', 'file'],
    ),
    object(
      {
        type: { type: 'string', const: 'image_url' },
        image_url: object({ url: fileText('The picture.'), detail: choice('Detail.', ['auto', 'low', 'high']) }, [
          'url',
        ]),
      },
      ['type', 'image_url'],
    ),
  ],
};

const openAiMessages = list(
  'The conversation so far.',
  object(
    {
      role: choice('Who speaks.', ['system', 'developer', 'user', 'assistant', 'tool']),
      content: { anyOf: [{ type: 'string' }, { type: 'array', items: contentPart }, { type: 'null' }] },
    },
    ['role'],
  ),
  { minItems: 1 },
);

const stop = {
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, maxItems: 4 }, { type: 'null' }],
  description: 'Up to four texts at which the answer ends.',
};

const chatCompletion: Schema = object(
  {
    id: text('Id of the answer.'),
    choices: list('Answers.', object({ index: { type: 'integer' }, message: { type: 'object' } })),
    usage: tokenCounts,
  },
  ['choices'],
);

const openAiShared = {
  messages: openAiMessages,
  stream: flag('Sends the answer as server-sent events while it is made.', false),
  stream_options: object({ include_usage: flag('Ends the stream with the token counts.') }),
  temperature: number('Higher values make the answer more random.', 0, 2, { default: 1, nullable: true }),
  top_p: number('Samples among the likeliest tokens that make up this share of probability.', 0, 1, { default: 1 }),
  seed: { type: ['integer', 'null'], description: 'The same seed makes the same answer likelier.' },
  stop,
  frequency_penalty: number('Lowers the likelihood of frequent tokens.', -2, 2, { default: 0 }),
  presence_penalty: number('Lowers the likelihood of tokens that stand already.', -2, 2, { default: 0 }),
  response_format: responseFormat(['text', 'json_object', 'json_schema']),
  tools: list('Tools that the model may call.', functionTool),
  tool_choice: { oneOf: [{ type: 'string', enum: ['none', 'auto', 'required'] }, { type: 'object' }] },
  parallel_tool_calls: flag('Lets the model call several tools at once.', true),
};

const effort = (words: readonly (string | null)[]): Schema => ({
  type: ['string', 'null'],
  enum: words,
  description: 'How long the model thinks.',
});

/** Newer hosted models, in OpenAI's words. `limit`: their most output tokens, where known. */
export function openAiHosted(limit: number | undefined): SchemaPair {
  return {
    input: object(
      {
        ...openAiShared,
        max_completion_tokens: integer('Most tokens of the answer, thinking included.', 1, limit),
        max_tokens: integer('Most tokens of the answer: the old name of max_completion_tokens.', 1, limit, {
          deprecated: true,
        }),
        reasoning_effort: effort(['low', 'medium', 'high', null]),
        chat_template_kwargs: {
          ...object({
            enable_thinking: flag('Thinks before it answers.', true),
            thinking: flag('As enable_thinking.'),
          }),
          description: 'Arguments of the chat template.',
        },
      },
      ['messages'],
    ),
    output: chatCompletion,
  };
}

/** Third-party models that are asked as OpenAI's are. */
export function openAiThirdParty(limit: number | undefined): SchemaPair {
  return {
    input: object(
      {
        ...openAiShared,
        max_completion_tokens: integer('Most tokens of the answer, thinking included.', 1, limit),
        reasoning_effort: effort(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', null]),
      },
      ['messages'],
    ),
    output: chatCompletion,
  };
}

/** The newest OpenAI models: Responses. */
export function openAiResponses(limit: number | undefined): SchemaPair {
  return {
    input: object(
      {
        input: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'object' } }], description: 'The input.' },
        instructions: text('What holds for the whole conversation.'),
        max_output_tokens: integer('Most tokens of the answer, thinking included.', 16, limit),
        reasoning: object({ effort: effort(['none', 'low', 'medium', 'high', 'xhigh']) }),
        stream: flag('Sends the answer as server-sent events while it is made.', false),
        temperature: number('Higher values make the answer more random.', 0, 2),
        top_p: number('Samples among the likeliest tokens that make up this share of probability.', 0, 1),
      },
      ['input'],
    ),
    output: object({ id: text('Id of the answer.'), output: { type: 'array' }, usage: { type: 'object' } }, ['output']),
  };
}

/** Anthropic's models and those asked like them: Messages. */
export function anthropicMessages(limit: number | undefined): SchemaPair {
  return {
    input: object(
      {
        messages: list(
          'The conversation so far.',
          object({ role: choice('Who speaks.', ['user', 'assistant']), content: {} }, ['role', 'content']),
          { minItems: 1 },
        ),
        max_tokens: integer('Most tokens of the answer, thinking included.', 1, limit),
        system: { anyOf: [{ type: 'string' }, { type: 'array' }], description: 'What holds for the conversation.' },
        stream: flag('Sends the answer as server-sent events while it is made.', false),
        temperature: number('Higher values make the answer more random.', 0, 1, { default: 1 }),
        top_p: number('Samples among the likeliest tokens that make up this share of probability.', 0, 1),
        top_k: integer('Samples among this many likeliest tokens.', 0),
        stop_sequences: list('Texts at which the answer ends.', { type: 'string' }),
        thinking: object({
          type: choice('Whether it thinks.', ['enabled', 'disabled', 'adaptive']),
          budget_tokens: integer('Most tokens to think with.', 1024),
        }),
      },
      ['messages', 'max_tokens'],
    ),
    output: object({ content: { type: 'array' }, stop_reason: { type: 'string' }, usage: { type: 'object' } }),
  };
}

/** Gemini's own words. */
export function gemini(limit: number | undefined): SchemaPair {
  const content = object({
    role: choice('Who speaks.', ['user', 'model']),
    parts: list(
      'Parts of what is said.',
      object({
        text: text('Text.'),
        inlineData: {
          ...object({ mimeType: text('Type of the file.'), data: text('The file, base64.') }, ['mimeType', 'data']),
          description: 'A picture, recording, video or document.',
        },
      }),
    ),
  });
  return {
    input: object(
      {
        contents: list('The conversation so far.', content),
        systemInstruction: content,
        generationConfig: object({
          maxOutputTokens: integer('Most tokens of the answer.', 1, limit),
          temperature: number('Higher values make the answer more random.', 0, 2, { default: 1 }),
          topP: number('Samples among the likeliest tokens that make up this share of probability.', 0, 1),
          topK: integer('Samples among this many likeliest tokens.', 1),
          seed: integer('The same seed makes the same answer likelier.'),
          stopSequences: list('Texts at which the answer ends.', { type: 'string' }, { maxItems: 5 }),
        }),
      },
      ['contents'],
    ),
    output: chatCompletion,
  };
}
