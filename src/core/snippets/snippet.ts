/**
 * Code for a request, in whichever words one wants it.
 */
import { curlSnippet } from './curl';
import type { SnippetRequest } from './endpoint';
import type { SnippetKind } from './kinds';
import { requestsSnippet } from './py-requests';
import { pythonSdkSnippet } from './py-sdk';
import { aiSdkSnippet } from './ts-ai-sdk';
import { fetchSnippet } from './ts-fetch';
import { openAiSnippet } from './ts-openai';
import { workerSnippet } from './worker';

const writers: Readonly<Record<SnippetKind, (request: SnippetRequest) => string>> = {
  curl: curlSnippet,
  worker: ({ raw }) => workerSnippet(raw),
  'ts-openai': openAiSnippet,
  'ts-fetch': fetchSnippet,
  'ts-ai-sdk': aiSdkSnippet,
  'py-openai': pythonSdkSnippet,
  'py-anthropic': pythonSdkSnippet,
  'py-requests': requestsSnippet,
};

/**
 * Code that sends this request and prints the answer as it arrives. The kind must be one that the model's wire can be
 * written in (`snippetKindsFor`). The token is read from the environment, and media from files of their names: neither
 * is ever part of the text.
 */
export function snippetOf(kind: SnippetKind, request: SnippetRequest): string {
  return writers[kind](request);
}
