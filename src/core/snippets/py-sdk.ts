/**
 * The exact request by the `openai` and `anthropic` packages for Python.
 */
import { baseUrl, ownHeaders, type SnippetRequest } from './endpoint';
import { namedArguments, pythonFiles, pythonHead } from './python';
import { pythonLiteral, pythonString, wellFormed } from './python-literal';
import { splitFields } from './sdk-fields';

/** How a library is called and read. */
interface Library {
  readonly packages: string;
  readonly imported: string;
  readonly client: string;
  /** Name of the argument that holds the token. */
  readonly token: string;
  /** The path that it adds to its base address. */
  readonly path: string;
  readonly call: string;
  /** The body of the loop over `event`. */
  readonly read: string;
}

const openAi = {
  packages: 'openai',
  imported: 'from openai import APIStatusError, OpenAI',
  client: 'OpenAI',
  token: 'api_key',
};

const chat: Library = {
  ...openAi,
  path: '/chat/completions',
  call: 'client.chat.completions.create',
  read: `        if event.choices:
            print(event.choices[0].delta.content or "", end="", flush=True)`,
};

const responses: Library = {
  ...openAi,
  path: '/responses',
  call: 'client.responses.create',
  read: `        if event.type == "response.output_text.delta":
            print(event.delta, end="", flush=True)
        elif event.type in ("error", "response.failed"):
            sys.exit(event.to_json())`,
};

const messages: Library = {
  packages: '"anthropic>=2"',
  imported: 'from anthropic import Anthropic, APIStatusError',
  client: 'Anthropic',
  token: 'auth_token',
  // cloudflare-api.md, clients: the documented base address would name the version twice.
  path: '/v1/messages',
  call: 'client.messages.create',
  read: `        if event.type == "content_block_delta" and event.delta.type == "text_delta":
            print(event.delta.text, end="", flush=True)`,
};

/** A script that sends this request by the library of its format, and prints the answer as it arrives. */
export function pythonSdkSnippet({ wire, raw }: SnippetRequest): string {
  const library = wire === 'anthropic-messages' ? messages : wire === 'responses' ? responses : chat;
  const files = pythonFiles();
  const { known, others } = splitFields(wire, wellFormed(files.written(raw.body)) as Record<string, unknown>);
  const values = { ...known, ...(Object.keys(others).length > 0 && { extra_body: others }) };
  const code = `client = ${library.client}(
    ${library.token}=os.environ["CLOUDFLARE_API_TOKEN"],
    base_url=${pythonString(baseUrl(raw, library.path))},
    default_headers=${pythonLiteral(ownHeaders(raw), 4, 16)},
)

try:
    stream = ${library.call}(
${namedArguments(values, 8)}    )
    for event in stream:
${library.read}
    print()
except APIStatusError as error:
    sys.exit(f"HTTP {error.status_code}: {error.body}")
`;
  return pythonHead(library.packages, ['os', 'sys'], library.imported, code, files) + code;
}
