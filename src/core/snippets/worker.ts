/**
 * The same call as a Cloudflare Worker with an AI binding.
 */
import type { RawRequest } from '../run/events';
import { sourceLiteral, stringLiteral } from '../scaffold/worker/source-literal';
import { bindingCall, type BindingCall } from './binding-call';
import { isForm } from './endpoint';
import type { Medium } from './media-marks';
import { formFields, RequestFiles } from './request-files';

/**
 * A TypeScript module for a Worker with `"ai": { "binding": "AI" }`. It holds no token: the binding needs none. It holds
 * no media either: one file is the body of the Worker's own request, several are fields of its form.
 */
export function workerSnippet(raw: RawRequest): string {
  const call = bindingCall(raw);
  const form = isForm(raw);
  const helpers = new Set<string>();
  const files = new RequestFiles({
    read(variable, medium) {
      helpers.add(READ_HELPER);
      return `    const ${variable} = await bytesOf(files.get(${stringLiteral(variable)})); // ${described(medium)}`;
    },
    base64(variable) {
      helpers.add(BASE64_HELPER);
      return `base64(${variable})`;
    },
    numbers: (variable) => `[...${variable}]`,
    text: stringLiteral,
  });
  const body = form ? formBody(call, files) : runBody(call, files);
  const reading = readFiles(files, form);
  return `// A plain string, because the types of \`Ai\` do not know every model and field.
const MODEL: string = ${stringLiteral(call.model)};

export interface Env {
  AI: Ai;
}

export default {
  async fetch(${files.isEmpty ? '_request' : 'request'}: Request, env: Env): Promise<Response> {
${reading}${body}
  },
} satisfies ExportedHandler<Env>;
${[...helpers].join('')}`;
}

/** Statements that take the files out of the Worker's own request. */
function readFiles(files: RequestFiles, form: boolean): string {
  const [first, ...others] = files.all;
  if (first === undefined) return '';
  if (others.length > 0) {
    return `    // The request is a form with the files.\n    const files = await request.formData();\n${files.reading}`;
  }
  const { variable, medium } = first;
  const bytes = isStream(medium, form) ? 'request.body' : 'new Uint8Array(await request.arrayBuffer())';
  return `    // The body of the request is the file: ${described(medium)}.\n    const ${variable} = ${bytes};\n`;
}

/** Bytes outside of a form go through as a stream: nothing reads them. */
function isStream({ encoding }: Medium, form: boolean): boolean {
  return !form && encoding === 'bytes';
}

/** A comment ends with its line. */
function described({ name, mediaType }: Medium): string {
  return stringLiteral(`${name} (${mediaType})`).slice(1, -1);
}

const READ_HELPER = `
async function bytesOf(file: File | string | null): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(file).arrayBuffer());
}
`;

const BASE64_HELPER = `
function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
`;

/** See cloudflare-api.md 3.2. */
const NO_GATEWAY = '// No gateway can be named here: it does not take streamed input.';

/** Some models answer with a stream of events, some with the bytes of a file, others with JSON. */
const ANSWER = 'return answer instanceof ReadableStream ? new Response(answer) : Response.json(answer);';
const EVENTS = `return new Response(stream as ReadableStream, {
      headers: { "content-type": "text/event-stream", "cache-control": "no-cache, no-transform" },
    });`;

function runBody({ input, gateway }: BindingCall, files: RequestFiles): string {
  const written = sourceLiteral(files.written(input), 6);
  const streamed = files.all.some(({ medium }) => isStream(medium, false));
  const isEvents = input['stream'] === true;
  return `    const ${isEvents ? 'stream' : 'answer'}: unknown = await env.AI.run(
      MODEL,
      ${written},
      ${streamed ? NO_GATEWAY : `${sourceLiteral({ gateway }, 6)},`}
    );
    ${isEvents ? EVENTS : ANSWER}`;
}

/** The models that take form data only. */
function formBody({ input }: BindingCall, files: RequestFiles): string {
  const fields = formFields(input).map(([name, value]) => {
    const key = stringLiteral(name);
    if (typeof value === 'string') return `    form.append(${key}, ${stringLiteral(value)});\n`;
    const blob = `new Blob([${files.variable(value)}], { type: ${stringLiteral(value.mediaType)} })`;
    return `    form.append(${key}, ${blob}, ${stringLiteral(value.name)});\n`;
  });
  return `    const form = new FormData();
${fields.join('')}    const encoded = new Response(form);
    ${NO_GATEWAY}
    const answer: unknown = await env.AI.run(MODEL, {
      multipart: { body: encoded.body, contentType: encoded.headers.get("content-type") },
    });
    ${ANSWER}`;
}
