/**
 * Snippets as they read. That they do what they say is shown by running them: `test/scaffold/snippets.test.ts`.
 */
import { describe, expect, it } from 'vitest';
import type { Model } from '../../../../src/core/catalog/model';
import { buildRequest } from '../../../../src/core/inference/build';
import type { RequestMedia, RunParameters } from '../../../../src/core/inference/request';
import type { SnippetKind } from '../../../../src/core/snippets/kinds';
import { pythonLiteral, wellFormed } from '../../../../src/core/snippets/python-literal';
import { splitFields } from '../../../../src/core/snippets/sdk-fields';
import { snippetOf } from '../../../../src/core/snippets/snippet';
import { Expression } from '../../../../src/core/scaffold/worker/source-literal';
import { requestTo } from '../inference/support';

const CHAT: Partial<Model> = { id: '@cf/acme/chat', requestFormats: ['chat-completions'] };
const FLUX: Partial<Model> = { id: '@cf/black-forest-labs/flux-2-dev', task: 'text-to-image', requestFormats: [] };
const CLAUDE: Partial<Model> = { id: 'anthropic/x', hosting: 'third-party', requestFormats: ['anthropic-messages'] };
const picture: RequestMedia = {
  kind: 'image',
  name: 'cat.png',
  mediaType: 'image/png',
  role: 'input',
  bytes: new Uint8Array(3000).fill(7),
};
const audio = (name: string, mediaType: string): RequestMedia => ({ ...picture, kind: 'audio', name, mediaType });
const OMNI: Partial<Model> = { ...CHAT, capabilities: ['vision', 'audio-input'] };

function code(
  kind: SnippetKind,
  model: Partial<Model>,
  parameters: RunParameters = {},
  media: readonly RequestMedia[] = [],
): string {
  return snippetOf(kind, buildRequest(requestTo(model, { parameters, media })));
}

describe('a snippet', () => {
  it('for the AI SDK is one that one would write by hand', () => {
    expect(code('ts-ai-sdk', CHAT, { maxOutputTokens: 200, temperature: 0.2, extra: { top_k: 4 } }))
      .toBe(`// npm install ai @ai-sdk/openai-compatible && CLOUDFLARE_API_TOKEN=… node ask.mts
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { APICallError, RetryError, streamText } from "ai";

const token = process.env.CLOUDFLARE_API_TOKEN;
if (!token) throw new Error("CLOUDFLARE_API_TOKEN is not set.");

const cloudflare = createOpenAICompatible({
  name: "cloudflare",
  apiKey: token,
  baseURL: "https://api.example.com/client/v4/accounts/acc/ai/v1",
  headers: { "cf-aig-gateway-id": "default", "cf-aig-metadata": "{\\"run_id\\":\\"run-1\\"}" },
  includeUsage: true,
  // What the SDK has no words for.
  transformRequestBody: (body) => ({ ...body, top_k: 4 }),
});

const { textStream } = streamText({
  model: cloudflare("@cf/acme/chat"),
  instructions: "Be brief.",
  messages: [{ role: "user", content: "Hello" }],
  maxOutputTokens: 200,
  temperature: 0.2,
  onError({ error }) {
    const cause = RetryError.isInstance(error) ? error.lastError : error;
    console.error(APICallError.isInstance(cause) ? \`HTTP \${cause.statusCode}: \${cause.responseBody}\` : cause);
    process.exitCode = 1;
  },
});
for await (const text of textStream) process.stdout.write(text);
console.log();
`);
  });

  it('for anthropic is one that one would write by hand', () => {
    expect(code('py-anthropic', CLAUDE, { maxOutputTokens: 200, temperature: 0.2 }, [picture]))
      .toBe(`# pip install "anthropic>=2" && CLOUDFLARE_API_TOKEN=… python ask.py
import base64
import os
import sys
from pathlib import Path

from anthropic import Anthropic, APIStatusError

file = Path("cat.png").read_bytes()

client = Anthropic(
    auth_token=os.environ["CLOUDFLARE_API_TOKEN"],
    base_url="https://api.example.com/client/v4/accounts/acc/ai",
    default_headers={"cf-aig-gateway-id": "default", "cf-aig-metadata": "{\\"run_id\\":\\"run-1\\"}"},
)

try:
    stream = client.messages.create(
        model="anthropic/x",
        system="Be brief.",
        messages=[
            {
                "role": "user",
                "content": [
                    {
                        "type": "image",
                        "source": {
                            "type": "base64",
                            "media_type": "image/png",
                            "data": base64.b64encode(file).decode(),
                        },
                    },
                    {"type": "text", "text": "Hello"},
                ],
            },
        ],
        stream=True,
        max_tokens=200,
        extra_body={"temperature": 0.2},
    )
    for event in stream:
        if event.type == "content_block_delta" and event.delta.type == "text_delta":
            print(event.delta.text, end="", flush=True)
    print()
except APIStatusError as error:
    sys.exit(f"HTTP {error.status_code}: {error.body}")
`);
  });

  it('imports what it uses and no more', () => {
    expect(code('ts-fetch', CHAT)).not.toContain('import');
    expect(code('ts-fetch', FLUX, {}, [picture])).toContain('import { readFile, writeFile } from "node:fs/promises";');
    expect(code('py-requests', CHAT)).not.toMatch(/base64|pathlib/);
    expect(code('py-requests', FLUX, {}, [picture])).not.toContain('base64');
  });

  it('reads a file once that stands in it twice', () => {
    const same = { $media: { index: 4, encoding: 'base64', kind: 'image', mediaType: 'image/png', name: 'a.png' } };
    const { raw, wire } = buildRequest(requestTo(CHAT));
    const request = { wire, raw: { ...raw, body: { ...raw.body, first: same, second: same } } };
    expect(snippetOf('ts-fetch', request).match(/readFile\(/g)).toHaveLength(1);
  });

  it('repeats the name of a form field for each of its values', () => {
    const { raw, wire } = buildRequest(requestTo(FLUX, { media: [picture] }));
    const body = { tag: ['a', 'b'], pictures: [raw.body['input_image_0']] };
    const request = { wire, raw: { ...raw, body } };
    expect(snippetOf('curl', request).match(/--form-string 'tag=.'|-F '[^']+'/g)).toEqual([
      "--form-string 'tag=a'",
      "--form-string 'tag=b'",
      "-F 'pictures=@cat.png;type=image/png'",
    ]);
    expect(snippetOf('ts-fetch', request).match(/form\.append\("\w+"/g)).toHaveLength(3);
    expect(snippetOf('py-requests', request)).toContain('("tag", (None, "b")),');
  });

  it('tells the AI SDK of media in its own words where it has some', () => {
    const known = code('ts-ai-sdk', OMNI, {}, [picture, audio('a.wav', 'audio/wav')]);
    expect(known).toContain('{ type: "file", mediaType: "audio/wav", data: file2 }');
    expect(known).not.toContain('image_url');
    const unknown = code('ts-ai-sdk', OMNI, {}, [picture, audio('a.ogg', 'audio/ogg')]);
    expect(unknown).toContain('format: "ogg"');
    expect(unknown).toContain('messages: [{ role: "user", content: "Hello" }],');
  });
});

describe('a literal of Python', () => {
  it('has its words and indentation', () => {
    const long = 'x'.repeat(90);
    expect(pythonLiteral({ a: true, 'b c': [null, false, 1.5], d: new Expression('file') }, 0)).toBe(
      '{"a": True, "b c": [None, False, 1.5], "d": file}',
    );
    expect(pythonLiteral({ a: [long] }, 4)).toBe(`{
        "a": [
            "${long}",
        ],
    }`);
  });

  it('has no character that one does not see, and none that is half', () => {
    expect(pythonLiteral('a\u2028b\u202ec\ud83d', 0)).toBe('"a\\u2028b\\u202ec\\ud83d"');
    const value = { 'k\udc4b': ['a\ud83d', '👋', 3, null, new Expression('x')] };
    expect(wellFormed(value)).toEqual({ 'k\ufffd': ['a\ufffd', '👋', 3, null, new Expression('x')] });
  });
});

describe('fields that libraries know', () => {
  it.each([
    ['chat-completions', { temperature: 0.5, seed: 1, stop: 'END' }, { top_k: 3, temperature_x: 1 }],
    ['chat-completions', { stop: ['a'], reasoning_effort: 'low' }, {}],
    ['chat-completions', {}, { temperature: 'hot', stop: 5, reasoning_effort: 'most', stream_options: { a: 1 } }],
    ['responses', { instructions: 'x', reasoning: { effort: 'low' } }, { messages: [] }],
    ['responses', {}, { reasoning: { effort: 'low', summary: 'auto' } }],
    ['anthropic-messages', { stop_sequences: ['a'] }, { temperature: 1, top_p: 1 }],
    ['run', {}, { model: 'x', constructor: 1, toString: 2 }],
  ] as const)('of %s are those of the right name and type', (wire, known, others) => {
    expect(splitFields(wire, { ...known, ...others })).toEqual({ known, others });
  });
});
