/**
 * The exact request by Python's `requests`.
 */
import type { RawRequest, Wire } from '../run/events';
import { Expression } from '../scaffold/worker/source-literal';
import { isForm, needsToken, ownHeaders, streams, type SnippetRequest } from './endpoint';
import { mediumOf } from './media-marks';
import { namedArguments, pythonFiles, pythonHead } from './python';
import { pythonLiteral, pythonString, wellFormed } from './python-literal';
import { formFields, type RequestFiles } from './request-files';

/** A script that sends this request and prints the answer. What is neither text nor JSON goes into a file. */
export function requestsSnippet(request: SnippetRequest): string {
  const { wire, raw } = request;
  const files = pythonFiles();
  const isStream = streams(request);
  const token = needsToken(request);
  const form = isForm(raw);
  const headers = {
    ...(token && { authorization: new Expression(`f"Bearer {os.environ['CLOUDFLARE_API_TOKEN']}"`) }),
    // `requests` writes the type of a form itself, because it holds the boundary.
    ...(!form && { 'content-type': raw.headers['content-type'] }),
    ...ownHeaders(raw),
  };
  const values = { headers, ...bodyArgument(raw, form, files), ...(isStream && { stream: true }), timeout: 600 };
  const code = `response = requests.post(
    ${pythonString(raw.url)},
${namedArguments(values, 4)})
if not response.ok:
    sys.exit(f"HTTP {response.status_code}: {response.text}")

${isStream ? readStream(wire) : readWhole}`;
  const modules = token ? ['json', 'os', 'sys'] : ['json', 'sys'];
  return pythonHead('requests', modules, 'import requests', code, files, token) + code;
}

function bodyArgument({ body }: RawRequest, form: boolean, files: RequestFiles): Record<string, unknown> {
  if (form) return { files: formFields(body).map(([name, value]) => field(name, value, files)) };
  const file = mediumOf(body);
  return file === undefined ? { json: files.written(body) } : { data: new Expression(files.variable(file)) };
}

/** A field without a file name is text. */
function field(name: string, value: ReturnType<typeof formFields>[number][1], files: RequestFiles): Expression {
  const words = (text: string): string => pythonLiteral(wellFormed(text), 0);
  if (typeof value === 'string') return new Expression(`(${words(name)}, (None, ${words(value)}))`);
  return new Expression(
    `(${words(name)}, (${words(value.name)}, ${files.variable(value)}, ${pythonString(value.mediaType)}))`,
  );
}

const readWhole = `content_type = response.headers.get("content-type", "")
if content_type.startswith("application/json"):
    print(json.dumps(response.json(), indent=2))
else:
    path = Path("answer." + content_type.split(";")[0].split("/")[-1])
    path.write_bytes(response.content)
    print(f"Written to {path}")
`;

interface EventWords {
  /** Whether an event tells of a failure. */
  readonly failed: string;
  /** Statements that print what an event adds, for the inside of a loop. */
  readonly print: string;
}

const classic: EventWords = {
  failed: 'chunk.get("error") or chunk.get("errors")',
  print: `    if "response" in chunk:
        print(chunk["response"] or "", end="", flush=True)
    for choice in chunk.get("choices") or []:
        print((choice.get("delta") or {}).get("content") or "", end="", flush=True)`,
};

const events: Readonly<Record<Wire, EventWords>> = {
  'chat-completions': {
    ...classic,
    print: `    for choice in chunk.get("choices") or []:
        print((choice.get("delta") or {}).get("content") or "", end="", flush=True)`,
  },
  responses: {
    failed: 'chunk["type"] in ("error", "response.failed")',
    print: `    if chunk["type"] == "response.output_text.delta":
        print(chunk["delta"], end="", flush=True)`,
  },
  'anthropic-messages': {
    failed: 'chunk["type"] == "error"',
    print: `    if chunk["type"] == "content_block_delta":
        print(chunk["delta"].get("text", ""), end="", flush=True)`,
  },
  cog: {
    failed: 'chunk.get("error")',
    print: `    if "chunk" in chunk:
        print(chunk["chunk"], end="", flush=True)`,
  },
  run: classic,
  'run-model': classic,
};

function readStream(wire: Wire): string {
  const { failed, print } = events[wire];
  return `if not response.headers.get("content-type", "").startswith("text/event-stream"):
    print(response.text)
    sys.exit()
for line in response.iter_lines():
    data = line[5:].strip() if line.startswith(b"data:") else b""
    if data in (b"", b"[DONE]"):
        continue
    chunk = json.loads(data)
    if ${failed}:
        sys.exit(data.decode())
${print}
print()
`;
}
