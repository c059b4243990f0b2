/**
 * The same call as a Cloudflare Worker with an AI binding.
 */
import type { RawRequest } from '../run/events';
import { bindingCall, type BindingCall } from './binding-call';

/** A TypeScript module for a Worker with `"ai": { "binding": "AI" }`. It holds no token: the binding needs none. */
export function workerSnippet(raw: RawRequest): string {
  const call = bindingCall(raw);
  const isForm = raw.headers['content-type']?.startsWith('multipart/form-data') ?? false;
  const body = isForm ? formBody(call) : call.input['stream'] === true ? streamBody(call) : wholeBody(call);
  return `export interface Env {
  AI: Ai;
}

export default {
  async fetch(_request: Request, env: Env): Promise<Response> {
${body}
  },
} satisfies ExportedHandler<Env>;
`;
}

function streamBody(call: BindingCall): string {
  return `    const stream: unknown = await ${runCall(call)};
    return new Response(stream as ReadableStream, { headers: { "content-type": "text/event-stream" } });`;
}

/** Some models answer with the bytes of a picture, others with JSON that holds it. */
function wholeBody(call: BindingCall): string {
  return `    const answer: unknown = await ${runCall(call)};
    return answer instanceof ReadableStream ? new Response(answer) : Response.json(answer);`;
}

function runCall({ model, input, gateway }: BindingCall): string {
  return `env.AI.run(
      ${literal(model, 6)},
      ${literal(input, 6)},
      ${literal({ gateway }, 6)},
    )`;
}

/** The models that take form data only. The binding refuses a stream together with a gateway, so none is named. */
function formBody({ model, input }: BindingCall): string {
  const fields = Object.entries(input).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `    form.append(${literal(name, 4)}, ${literal(text, 4)});\n`;
  });
  return `    const form = new FormData();
${fields.join('')}    // A gateway cannot be named here: it does not take streamed input.
    const encoded = new Response(form);
    const answer: unknown = await env.AI.run(${literal(model, 4)}, {
      multipart: { body: encoded.body, contentType: encoded.headers.get("content-type") },
    });
    return Response.json(answer);`;
}

/**
 * A value as a literal of TypeScript, its further lines indented. JSON is one, but for a key that sets a prototype; keys
 * that need no quotes lose them. Only keys stand at the beginning of a line: JSON escapes the line breaks of strings.
 */
function literal(value: unknown, indent: number): string {
  return JSON.stringify(value, null, 2)
    .replace(/^( *)"(__proto__|[a-z_]\w*)":/gim, (_, space: string, key: string) =>
      key === '__proto__' ? `${space}["__proto__"]:` : `${space}${key}:`,
    )
    .replaceAll('\n', `\n${' '.repeat(indent)}`);
}
