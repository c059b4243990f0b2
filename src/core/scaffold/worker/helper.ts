/**
 * The exact call of one column as a module with one function, for a Worker that exists.
 */
import type { Task } from '../../catalog/model';
import { helperCall, type HelperCall, type HelperColumn } from './helper-call';
import { Expression, sourceLiteral, stringLiteral } from './source-literal';

/** A module in both languages. It names no binding: the caller passes `env.AI` to its function. */
export interface HelperModule {
  /** Name of the one exported function, for example `ask`. */
  readonly functionName: string;
  /** Names of its parameters after the first, which is the binding; for example `['prompt', 'image']`. */
  readonly parameters: readonly string[];
  readonly typescript: string;
  readonly javascript: string;
}

const functionNames: Readonly<Record<Task, string>> = {
  'text-generation': 'ask',
  'text-to-image': 'makeImage',
  'image-to-image': 'editImage',
  'text-to-video': 'makeVideo',
  'image-to-video': 'animateImage',
  'video-to-video': 'editVideo',
  'text-to-speech': 'speak',
  'speech-recognition': 'transcribe',
  'music-generation': 'makeMusic',
  embeddings: 'embed',
  reranking: 'rank',
  translation: 'translate',
  summarization: 'summarize',
  'text-classification': 'classify',
  'image-classification': 'classifyImage',
  'object-detection': 'detectObjects',
  'image-to-text': 'describeImage',
  'turn-detection': 'detectTurn',
  realtime: 'runModel',
  other: 'runModel',
};

/** The annotation in TypeScript, nothing in JavaScript. */
type Typed = (annotation: string) => string;

/**
 * The module for a column: what it sends, with its prompt, texts and media as parameters. The function answers with a
 * `Response`, so that the Worker needs one line. It holds no token: the binding needs none.
 */
export function helperModule(column: HelperColumn): HelperModule {
  const call = helperCall(column);
  const functionName = functionNames[column.model.task];
  return {
    functionName,
    parameters: call.parameters.map(({ name }) => name),
    typescript: source(functionName, call, (annotation) => annotation),
    javascript: source(functionName, call, () => ''),
  };
}

function source(functionName: string, call: HelperCall, typed: Typed): string {
  const parameters = call.parameters.map(({ name, type }) => `${name}${typed(`: ${type}`)}`);
  const note = typed('// A plain string, because the types of `Ai` do not know every model and field.\n');
  return `${note}const MODEL${typed(': string')} = ${stringLiteral(call.model)};

${comment(call)}
export async function ${functionName}(${[`ai${typed(': Ai')}`, ...parameters].join(', ')})${typed(': Promise<Response>')} {
${call.isForm ? formBody(call, typed) : runBody(call, typed)}}
${base64Helper(call, typed)}`;
}

/** Says what the function answers with, and as what each file is sent. */
function comment({ input, parameters }: HelperCall): string {
  const answer = isStream(input)
    ? "Answers with the model's server-sent events."
    : "Answers with the model's file, or with its JSON.";
  const files = parameters.flatMap(({ name, mediaType }) =>
    mediaType === undefined ? [] : [` * \`${name}\` is sent as ${mediaType.replaceAll(/[^\w.+/-]/g, '')}.`],
  );
  const lines = [' * The call that was set up in the playground of Unified Inference.', ` * ${answer}`, ...files];
  return `/**\n${lines.join('\n')}\n */`;
}

function isStream(input: HelperCall['input']): boolean {
  return input['stream'] === true;
}

const NO_GATEWAY = '// No gateway can be named here: it does not take streamed input.';

function runBody({ input, gateway }: HelperCall, typed: Typed): string {
  const options = gateway === undefined ? NO_GATEWAY : `${sourceLiteral({ gateway }, 4)},`;
  const name = isStream(input) ? 'stream' : 'answer';
  const answer = isStream(input)
    ? `  return new Response(stream${typed(' as ReadableStream')}, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-cache, no-transform" },
  });`
    : ANSWER;
  return `  const ${name}${typed(': unknown')} = await ai.run(
    MODEL,
    ${sourceLiteral(input, 4)},
    ${options}
  );
${answer}
`;
}

/** Some models answer with the bytes of a file, others with JSON. */
const ANSWER = '  return answer instanceof ReadableStream ? new Response(answer) : Response.json(answer);';

/** The models that take form data only, in which every value is a file or text. */
function formBody({ input }: HelperCall, typed: Typed): string {
  const fields = Object.entries(input).map(([field, value]) => {
    const isText = typeof value === 'string' || value instanceof Expression;
    return `  form.append(${stringLiteral(field)}, ${sourceLiteral(isText ? value : JSON.stringify(value), 2)});\n`;
  });
  return `  const form = new FormData();
${fields.join('')}  const encoded = new Response(form);
  ${NO_GATEWAY}
  const answer${typed(': unknown')} = await ai.run(MODEL, {
    multipart: { body: encoded.body, contentType: encoded.headers.get("content-type") },
  });
${ANSWER}
`;
}

function base64Helper({ needsBase64 }: HelperCall, typed: Typed): string {
  if (!needsBase64) return '';
  return `
function base64(file${typed(': ArrayBuffer')})${typed(': string')} {
  const bytes = new Uint8Array(file);
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
`;
}
