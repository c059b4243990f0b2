/**
 * The exact request by Vercel's AI SDK (`ai` 7 with `@ai-sdk/openai-compatible` 3).
 */
import { Expression, sourceLiteral, stringLiteral } from '../scaffold/worker/source-literal';
import { baseUrl, ownHeaders, type SnippetRequest } from './endpoint';
import { mediumOf } from './media-marks';
import type { RequestFiles } from './request-files';
import { splitFields } from './sdk-fields';
import { nodeFiles, typescriptHead } from './typescript';

type Json = Readonly<Record<string, unknown>>;

/** Names of the SDK for fields of the body. What is in neither list is written into the body as it is. */
const WORDS: Readonly<Record<string, string>> = {
  max_tokens: 'maxOutputTokens',
  temperature: 'temperature',
  top_p: 'topP',
  stop: 'stopSequences',
  seed: 'seed',
  frequency_penalty: 'frequencyPenalty',
  presence_penalty: 'presencePenalty',
};
/** Fields that the SDK writes by itself. */
const OWN = new Set(['model', 'messages', 'stream', 'stream_options']);

/** A module for Node that sends this Chat Completions request and prints the answer as it arrives. */
export function aiSdkSnippet({ wire, raw }: SnippetRequest): string {
  const files = nodeFiles();
  const { known, others } = splitFields(wire, raw.body);
  const { conversation, unsaid } = conversationOf(known['messages']);
  const isNamed = ([name, value]: [string, unknown]): boolean =>
    // The SDK knows lists of stop sequences alone.
    Object.hasOwn(WORDS, name) && (name !== 'stop' || Array.isArray(value));
  const entries = Object.entries(known).filter(([name]) => !OWN.has(name));
  const settings = {
    model: new Expression(`cloudflare(${stringLiteral(String(raw.body['model']))})`),
    ...conversation,
    ...Object.fromEntries(entries.filter(isNamed).map(([name, value]) => [WORDS[name] ?? name, value])),
  };
  const byHand = { ...unsaid, ...Object.fromEntries(entries.filter((entry) => !isNamed(entry))), ...others };
  const lines = Object.entries(settings).map(
    ([name, value]) => `  ${name}: ${sourceLiteral(files.written(value), 2, name.length + 2)},\n`,
  );
  const more = `${known['stream_options'] === undefined ? '' : '  includeUsage: true,\n'}${transform(byHand, files)}`;
  return `${typescriptHead('ai @ai-sdk/openai-compatible', imports, files)}
const cloudflare = createOpenAICompatible({
  name: "cloudflare",
  apiKey: token,
  baseURL: ${stringLiteral(baseUrl(raw, '/chat/completions'))},
  headers: ${sourceLiteral(ownHeaders(raw), 2, 9)},
${more}});

const { textStream } = streamText({
${lines.join('')}  onError({ error }) {
    const cause = RetryError.isInstance(error) ? error.lastError : error;
    console.error(APICallError.isInstance(cause) ? \`HTTP \${cause.statusCode}: \${cause.responseBody}\` : cause);
    process.exitCode = 1;
  },
});
for await (const text of textStream) process.stdout.write(text);
console.log();
`;
}

const imports = [
  'import { createOpenAICompatible } from "@ai-sdk/openai-compatible";',
  'import { APICallError, RetryError, streamText } from "ai";',
];

/** The option that writes fields into the body which the SDK has no words for; empty where there are none. */
function transform(fields: Json, files: RequestFiles): string {
  if (Object.keys(fields).length === 0) return '';
  const literal = sourceLiteral(files.written(fields), 2, 46).replace(/^\{(\s+)/, '{$1...body,$1');
  return `  // What the SDK has no words for.\n  transformRequestBody: (body) => (${literal}),\n`;
}

/** The conversation in the words of the SDK, and what must be sent in its place because there are none for it. */
function conversationOf(messages: unknown): { readonly conversation: Json; readonly unsaid: Json } {
  const turns = Array.isArray(messages) ? (messages as readonly Json[]) : [];
  const exact = turns.map(messageOf).filter((message) => message !== undefined);
  const isExact = exact.length === turns.length;
  const [first, ...later] = isExact ? exact : turns.map(plainMessage);
  const conversation =
    first?.['role'] === 'system'
      ? { instructions: first['content'], messages: later }
      : { messages: [first, ...later] };
  return { conversation, unsaid: isExact ? {} : { messages } };
}

/** A turn in the words of the SDK; undefined where it has none. */
function messageOf({ role, content, ...more }: Json): Json | undefined {
  if (Object.keys(more).length > 0) return undefined;
  if (typeof content === 'string') return { role, content };
  if (!Array.isArray(content) || role !== 'user') return undefined;
  const parts = (content as readonly Json[]).map(partOf);
  return parts.every((part) => part !== undefined) ? { role, content: parts } : undefined;
}

/** The text of a turn whose media go into the body by hand. */
function plainMessage({ role, content }: Json): Json {
  const texts = Array.isArray(content) ? (content as readonly Json[]).map(({ text }) => text) : [content];
  return { role, content: texts.filter((text) => typeof text === 'string').join('\n') };
}

/** The SDK's own checks of what may be sent decide what is a part here. */
function partOf(part: Json): Json | undefined {
  if (part['type'] === 'text') return { type: 'text', text: part['text'] };
  const wrapped = part[String(part['type'])] as Json | undefined;
  const medium = Object.values(wrapped ?? {})
    .map(mediumOf)
    .find((one) => one !== undefined);
  if (medium === undefined) return undefined;
  const { kind, mediaType, name } = medium;
  const isKnown =
    kind === 'image' ||
    kind === 'video' ||
    (kind === 'audio' && ['audio/wav', 'audio/mp3', 'audio/mpeg'].includes(mediaType)) ||
    mediaType === 'application/pdf';
  if (!isKnown) return undefined;
  const data = { $media: { ...medium, encoding: 'bytes' } };
  return { type: 'file', mediaType, data, ...(kind === 'file' && { filename: name }) };
}
