/**
 * The same call as a Cloudflare Worker with an AI binding.
 */
import type { RawRequest } from '../run/events';
import { bindingCall, type BindingCall } from './binding-call';
import { markMedia, mediumOf, type Medium } from './media-marks';

/**
 * A TypeScript module for a Worker with `"ai": { "binding": "AI" }`. It holds no token: the binding needs none. It holds
 * no media either: one file is the body of the Worker's own request, several are fields of its form.
 */
export function workerSnippet(raw: RawRequest): string {
  const call = bindingCall(raw);
  const isForm = raw.headers['content-type']?.startsWith('multipart/form-data') ?? false;
  const files = new Files(call.input, isForm);
  const body = isForm
    ? formBody(call, files)
    : call.input['stream'] === true
      ? streamBody(call, files)
      : wholeBody(call, files);
  return `export interface Env {
  AI: Ai;
}

export default {
  async fetch(${files.isEmpty ? '_request' : 'request'}: Request, env: Env): Promise<Response> {
${files.reading}${body}
  },
} satisfies ExportedHandler<Env>;
${files.helpers}`;
}

/** The files that a call needs, and how they get into its input. */
class Files {
  private readonly names = new Map<number, string>();
  private readonly media: readonly Medium[];
  /** One stream goes through as it is: nothing reads it. */
  private readonly isStream: boolean;

  constructor(input: unknown, isForm: boolean) {
    this.media = [...markMedia(input).media.values()];
    for (const { index } of this.media) {
      if (!this.names.has(index)) this.names.set(index, `file${this.names.size === 0 ? '' : this.names.size + 1}`);
    }
    this.isStream = !isForm && this.media.length === 1 && this.media[0]?.encoding === 'bytes';
  }

  get isEmpty(): boolean {
    return this.media.length === 0;
  }

  /** Statements that read the files. */
  get reading(): string {
    const unique = [...new Map(this.media.map((medium) => [medium.index, medium])).values()];
    const [first] = unique;
    if (first === undefined) return '';
    if (unique.length === 1) {
      const note = `    // The body of the request is the file: ${described(first)}.\n`;
      return this.isStream ? note : `${note}    const file = new Uint8Array(await request.arrayBuffer());\n`;
    }
    const lines = unique.map((medium) => {
      const name = this.nameOf(medium);
      return `    const ${name} = await bytesOf(files.get(${literal(name, 4)})); // ${described(medium)}\n`;
    });
    return `    // The request is a form with the files.\n    const files = await request.formData();\n${lines.join('')}`;
  }

  /** Functions that the module needs. */
  get helpers(): string {
    const isForm = this.names.size > 1;
    const isBase64 = this.media.some(({ encoding }) => encoding === 'base64' || encoding === 'data-uri');
    return `${isForm ? readHelper : ''}${isBase64 ? base64Helper : ''}`;
  }

  nameOf({ index }: Medium): string {
    return this.names.get(index) ?? 'file';
  }

  /** The expression for a medium. */
  valueOf(medium: Medium): string {
    const name = this.nameOf(medium);
    switch (medium.encoding) {
      case 'numbers':
        return `[...${name}]`;
      case 'base64':
        return `base64(${name})`;
      case 'data-uri':
        return `${JSON.stringify(`data:${medium.mediaType};base64,`)} + base64(${name})`;
      case 'bytes':
        return this.isStream ? 'request.body' : name;
    }
  }

  /** A literal in which files stand. */
  literal(value: unknown, indent: number): string {
    const { value: marked, media } = markMedia(value);
    let text = literal(marked, indent);
    for (const [mark, medium] of media) text = text.replace(`"${mark}"`, () => this.valueOf(medium));
    return text;
  }
}

/** A comment ends with its line. */
function described({ name, mediaType }: Medium): string {
  return `${JSON.stringify(name)
    .slice(1, -1)
    .replaceAll(/[\u2028\u2029]/g, ' ')} (${mediaType})`;
}

const readHelper = `
async function bytesOf(file: File | string | null): Promise<Uint8Array> {
  return new Uint8Array(await new Response(file).arrayBuffer());
}
`;

const base64Helper = `
function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
`;

function streamBody(call: BindingCall, files: Files): string {
  return `    const stream: unknown = await ${runCall(call, files)};
    return new Response(stream as ReadableStream, { headers: { "content-type": "text/event-stream" } });`;
}

/** Some models answer with the bytes of a file, others with JSON. */
function wholeBody(call: BindingCall, files: Files): string {
  return `    const answer: unknown = await ${runCall(call, files)};
    return answer instanceof ReadableStream ? new Response(answer) : Response.json(answer);`;
}

function runCall({ model, input, gateway }: BindingCall, files: Files): string {
  // A gateway does not take streamed input (cloudflare-api.md 3.2).
  const hasStream = [...markMedia(input).media.values()].some(({ encoding }) => encoding === 'bytes');
  return `env.AI.run(
      ${literal(model, 6)},
      ${files.literal(input, 6)},
${hasStream ? '      // No gateway can be named here: it does not take streamed input.\n' : `      ${literal({ gateway }, 6)},\n`}    )`;
}

/** The models that take form data only. The binding refuses a stream together with a gateway, so none is named. */
function formBody({ model, input }: BindingCall, files: Files): string {
  const fields = Object.entries(input).map(([name, value]) => {
    const medium = mediumOf(value);
    if (medium !== undefined) {
      const blob = `new Blob([${files.nameOf(medium)}], ${literal({ type: medium.mediaType }, 4)})`;
      return `    form.append(${literal(name, 4)}, ${blob}, ${literal(medium.name, 4)});\n`;
    }
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
