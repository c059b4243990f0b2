/**
 * The exact request by the `openai` package for TypeScript.
 */
import type { RawRequest } from '../run/events';
import { sourceLiteral, stringLiteral } from '../scaffold/worker/source-literal';
import { baseUrl, ownHeaders, type SnippetRequest } from './endpoint';
import { markMedia } from './media-marks';
import { splitFields } from './sdk-fields';
import { nodeFiles, typescriptHead } from './typescript';

/** How a format is called, read, and typed where the types of the library do not know all that can be sent. */
interface Format {
  readonly path: string;
  readonly call: string;
  readonly conversation: string;
  readonly type: string;
  readonly read: string;
}

const chat: Format = {
  path: '/chat/completions',
  call: 'client.chat.completions.create',
  conversation: 'messages',
  type: 'OpenAI.ChatCompletionMessageParam[]',
  read: `for await (const chunk of stream) {
  process.stdout.write(chunk.choices[0]?.delta?.content ?? "");
}`,
};

const responses: Format = {
  path: '/responses',
  call: 'client.responses.create',
  conversation: 'input',
  type: 'OpenAI.Responses.ResponseInput',
  read: `for await (const event of stream) {
  if (event.type === "response.output_text.delta") process.stdout.write(event.delta);
  if (event.type === "error" || event.type === "response.failed") throw new Error(JSON.stringify(event));
}`,
};

/** A module for Node that sends this request, of Chat Completions or Responses, and prints the answer as it arrives. */
export function openAiSnippet({ wire, raw }: SnippetRequest): string {
  const format = wire === 'responses' ? responses : chat;
  const files = nodeFiles();
  const { known, others } = splitFields(wire, raw.body);
  const fields = Object.entries(known).map(([name, value]) => {
    const cast = name === format.conversation && !isTyped(raw, format) ? ` as unknown as ${format.type}` : '';
    return `  ${name}: ${sourceLiteral(files.written(value), 2, name.length + 2)}${cast},\n`;
  });
  const unknown =
    Object.keys(others).length === 0
      ? ''
      : `  // What the types of the library do not know.\n  ...(${sourceLiteral(files.written(others), 2, 4)} as object),\n`;
  return `${typescriptHead('openai', ['import OpenAI from "openai";'], files)}
const client = new OpenAI({
  apiKey: token,
  baseURL: ${stringLiteral(baseUrl(raw, format.path))},
  defaultHeaders: ${sourceLiteral(ownHeaders(raw), 2, 16)},
});

const stream = await ${format.call}({
${fields.join('')}${unknown}});
${format.read}
console.log();
`;
}

/** Pictures and documents of a chat have types; video and formats of sound do not, nor do inputs without their extras. */
function isTyped({ body }: RawRequest, format: Format): boolean {
  const media = [...markMedia(body[format.conversation]).media.values()];
  return media.every(({ kind }) => format === chat && (kind === 'image' || kind === 'file'));
}
