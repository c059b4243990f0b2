/**
 * What is copied for a Worker passes the compiler against the types that `wrangler types` writes, for every model.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import catalog from '../../media/catalog.json';
import { inputsOf } from '../../src/core/catalog/inputs';
import type { Model } from '../../src/core/catalog/model';
import { buildRequest } from '../../src/core/inference/build';
import { helperModule } from '../../src/core/scaffold/worker/helper';
import { sampleMedia, unsent } from '../../src/core/snippets/unsent';
import { workerCall } from '../../src/core/snippets/worker-call';
import { workerSnippet } from '../../src/core/snippets/worker';
import { projectOf, runTool } from './projects';

const models = catalog.models as unknown as readonly Model[];
const METADATA = { feature: 'chat', beta: true, version: 2 };
const MESSAGES = [
  { role: 'system' as const, content: 'Be brief.' },
  { role: 'user' as const, content: 'Hello' },
];
const PARAMETERS = { temperature: 0.2, stop: ['never'], extra: { top_k: 3, odd_thing: { a: [1, null] } } };

/** The request of a column, with what the model needs or, where there is a place for it, with a picture. */
function requestOf(model: Model, withPicture: boolean) {
  const inputs = inputsOf(model);
  const media = inputs.media.flatMap(({ kind, role, least }) => {
    const count = withPicture && kind === 'image' ? Math.max(1, least) : least;
    return Array.from({ length: count }, () => ({ ...sampleMedia[kind], role }));
  });
  const { endpoint, ...others } = unsent('team');
  return {
    ...others,
    endpoint: { ...endpoint, metadata: METADATA },
    model,
    messages: MESSAGES,
    parameters: PARAMETERS,
    media,
    ...(inputs.texts && { texts: ['One.', 'Two.'] }),
  };
}

function helperOf(model: Model): string {
  const column = { model, parameters: PARAMETERS, messages: MESSAGES, media: [], gatewayId: 'team' };
  return helperModule({ ...column, metadata: METADATA }).typescript;
}

/** A call of one line stands in a function of the Worker. */
function moduleOf(call: string): string {
  if (!call.startsWith('const ')) return call;
  return `export async function answer(env: Env): Promise<unknown> {\n${call}\nreturn answer;\n}\n`;
}

let folder: string;
beforeAll(async () => {
  folder = await projectOf('streaming-chat');
  await runTool(folder, 'wrangler', 'types', '-c', 'wrangler.jsonc');
});

/** What the compiler says of a module for each model. */
async function check(name: string, code: (model: Model) => string): Promise<void> {
  await mkdir(path.join(folder, name));
  await Promise.all(models.map((model, at) => writeFile(path.join(folder, name, `${at}.ts`), code(model))));
  // The project's own settings, which are the strictest.
  const settings = { extends: './tsconfig.json', include: [name] };
  await writeFile(path.join(folder, `tsconfig.${name}.json`), JSON.stringify(settings));
  await runTool(folder, 'tsc', '--noEmit', '-p', `tsconfig.${name}.json`);
}

it.each([
  ['copied-worker', (model: Model) => workerSnippet(buildRequest(requestOf(model, false)).raw)],
  ['copied-with-picture', (model: Model) => workerSnippet(buildRequest(requestOf(model, true)).raw)],
  ['copied-call', (model: Model) => moduleOf(workerCall(model, 'team'))],
  ['helper', helperOf],
] as const)('%s', async (name, code) => {
  await check(name, code);
});

it('tells code that does not fit', async () => {
  const wrong = (model: Model) =>
    workerSnippet(buildRequest(requestOf(model, false)).raw).replace('const MODEL: string =', 'const MODEL =');
  await expect(check('wrong', wrong)).rejects.toThrow(/error TS2769/);
});
