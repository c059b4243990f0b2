/**
 * The exact request with nothing but `fetch`.
 */
import { Expression, sourceLiteral, stringLiteral } from '../scaffold/worker/source-literal';
import type { Wire } from '../run/events';
import { isForm, needsToken, ownHeaders, streams, type SnippetRequest } from './endpoint';
import { mediumOf } from './media-marks';
import { formFields, type RequestFiles } from './request-files';
import { nodeFiles, typescriptHead } from './typescript';

/** A module for Node that sends this request and prints the answer. What is neither text nor JSON goes into a file. */
export function fetchSnippet(request: SnippetRequest): string {
  const { wire, raw } = request;
  const files = nodeFiles();
  const form = isForm(raw);
  const { before, body } = form ? formBody(raw.body, files) : { before: '', body: wholeBody(raw.body, files) };
  const isStream = streams(request);
  const headers = {
    ...(needsToken(request) && { authorization: new Expression('`Bearer ${token}`') }),
    // `fetch` writes the type of a form itself, because it holds the boundary.
    ...(!form && { 'content-type': raw.headers['content-type'] }),
    ...ownHeaders(raw),
  };
  return `${typescriptHead('', [], files, { writes: !isStream, token: needsToken(request) })}
${before}const response = await fetch(${stringLiteral(raw.url)}, {
  method: "POST",
  headers: ${sourceLiteral(headers, 2, 9)},
  body: ${body},
});
if (!response.ok || !response.body) throw new Error(\`HTTP \${response.status}: \${await response.text()}\`);

${isStream ? readStream(wire) : readWhole}`;
}

function wholeBody(body: Readonly<Record<string, unknown>>, files: RequestFiles): string {
  const file = mediumOf(body);
  if (file !== undefined) return files.variable(file);
  return `JSON.stringify(${sourceLiteral(files.written(body), 2, 22)})`;
}

function formBody(body: Readonly<Record<string, unknown>>, files: RequestFiles): { before: string; body: string } {
  const lines = formFields(body).map(([name, value]) => {
    const key = stringLiteral(name);
    if (typeof value === 'string') return `form.append(${key}, ${stringLiteral(value)});\n`;
    const blob = `new Blob([${files.variable(value)}], { type: ${stringLiteral(value.mediaType)} })`;
    return `form.append(${key}, ${blob}, ${stringLiteral(value.name)});\n`;
  });
  return { before: `const form = new FormData();\n${lines.join('')}`, body: 'form' };
}

const readWhole = `const type = response.headers.get("content-type") ?? "";
if (type.startsWith("application/json")) {
  console.log(JSON.stringify(await response.json(), null, 2));
} else {
  const name = \`answer.\${type.split(/[/;]/)[1]}\`;
  await writeFile(name, Buffer.from(await response.arrayBuffer()));
  console.log(\`Written to \${name}\`);
}
`;

interface EventWords {
  /** Whether an event tells of a failure. */
  readonly failed: string;
  /** The text that an event adds. */
  readonly text: string;
}

const classic: EventWords = {
  failed: 'chunk.error || chunk.errors?.length',
  text: 'String(chunk.response ?? chunk.choices?.[0]?.delta?.content ?? "")',
};

const events: Readonly<Record<Wire, EventWords>> = {
  'chat-completions': { ...classic, text: 'chunk.choices?.[0]?.delta?.content ?? ""' },
  responses: {
    failed: 'chunk.type === "error" || chunk.type === "response.failed"',
    text: 'chunk.type === "response.output_text.delta" ? chunk.delta : ""',
  },
  'anthropic-messages': { failed: 'chunk.type === "error"', text: 'chunk.delta?.text ?? ""' },
  cog: { failed: 'chunk.error', text: '"chunk" in chunk ? String(chunk.chunk) : ""' },
  run: classic,
  'run-model': classic,
};

/** Lines may end in the middle of what arrives, so that the last one waits for more. */
function readStream(wire: Wire): string {
  const { failed, text } = events[wire];
  return `function print(line: string): void {
  const data = line.startsWith("data:") ? line.slice(5).trim() : "";
  if (data === "" || data === "[DONE]") return;
  const chunk = JSON.parse(data);
  if (${failed}) throw new Error(data);
  process.stdout.write(${text});
}

if (response.headers.get("content-type")?.startsWith("text/event-stream")) {
  let rest = "";
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\\n");
    rest = lines.pop() ?? "";
    lines.forEach(print);
  }
  print(rest);
} else {
  process.stdout.write(await response.text());
}
console.log();
`;
}
