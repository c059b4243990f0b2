/**
 * What handing over a model wants to know of its project. It is for words of advice and for a text that people read
 * before they send it: what cannot be read is left out.
 */
import { openapiOf } from '../cog/openapi';
import { readCogSchema, taskOf } from '../cog/schema';
import { nameOf, resolve } from '../scaffold/paths';
import type { ProjectFiles } from '../scaffold/plan';
import { readable } from '../scaffold/readable';
import type { ReadPython } from './python-facts';

/** What is known of a project. */
export interface ModelFacts {
  readonly name: string;
  /** The class that runs: `run.py:Runner`. */
  readonly reference?: string;
  readonly hasGpu: boolean;
  readonly cuda?: string;
  readonly pythonVersion?: string;
  /** With versions where they are pinned: `torch 2.10.0`. */
  readonly frameworks: readonly string[];
  /** What it is for, by its inputs and outputs: `text-to-image`. */
  readonly task?: string;
  readonly isStreaming?: boolean;
}

/** Packages that say what kind of model it is. */
const FRAMEWORKS = [
  ...['torch', 'tensorflow', 'jax', 'onnxruntime', 'onnxruntime-gpu', 'vllm', 'transformers', 'diffusers'],
  ...['sentence-transformers', 'ctranslate2', 'faster-whisper', 'llama-cpp-python', 'scikit-learn', 'xgboost'],
];

/** Reads the project whose own folder is the root of `files`. Undefined: it has no `cog.yaml`. */
export async function modelFacts(
  files: ProjectFiles,
  readPython: ReadPython,
  name: string,
): Promise<ModelFacts | undefined> {
  const config = await readable(files, 'cog.yaml');
  if (config === undefined) return undefined;
  const values = (key: string) => scalars(config, key);
  const [listed] = values('python_requirements');
  const requirements = listed === undefined ? undefined : await readIn(files, listed);
  const reference = [...values('run'), ...values('predict')].find((value) => /\.py:./.test(value));
  const [cuda] = values('cuda');
  const [pythonVersion] = values('python_version');
  return {
    name: nameOf(name),
    hasGpu: /^(?:true|yes|on)$/i.test(values('gpu')[0] ?? ''),
    // Packages may stand in the configuration as well.
    frameworks: frameworksIn(`${requirements ?? ''}\n${config}`),
    ...(reference !== undefined && { reference, ...(await interfaceOf(files, readPython, reference)) }),
    ...(cuda !== undefined && { cuda }),
    ...(pythonVersion !== undefined && { pythonVersion }),
  };
}

async function readIn(files: ProjectFiles, path: string): Promise<string | undefined> {
  const inside = resolve('', path);
  return inside === undefined ? undefined : readable(files, inside);
}

async function interfaceOf(
  files: ProjectFiles,
  readPython: ReadPython,
  reference: string,
): Promise<Pick<ModelFacts, 'task' | 'isStreaming'>> {
  const at = reference.lastIndexOf(':');
  const source = await readIn(files, reference.slice(0, at));
  const openapi = source && openapiOf(await readPython(source), reference.slice(at + 1));
  const schema = readCogSchema(openapi);
  if (schema === undefined) return {};
  const task = taskOf(schema);
  return { isStreaming: schema.isStreaming, ...(task !== 'other' && { task }) };
}

/** The values of a key, each on a line of its own or between braces, in their order. */
function scalars(yaml: string, key: string): readonly string[] {
  const pattern = new RegExp(
    String.raw`(?:^|[{,])[ \t]*(["']?)${key}\1[ \t]*:[ \t]*("[^"\n]*"|'[^'\n]*'|[^\s#,}"'][^#,}\r\n]*)`,
    'gm',
  );
  const text = yaml.replace(/^\uFEFF/, '').replaceAll(/(?<=^|[ \t])#.*$/gm, '');
  return [...text.matchAll(pattern)].map(([, , value = '']) => value.trim().replace(/^(["'])(.*)\1$/, '$2'));
}

function frameworksIn(text: string): readonly string[] {
  return FRAMEWORKS.flatMap((name) => {
    const pattern = new RegExp(
      String.raw`^\s*(?:-\s*)?["']?${name}(?:\[[^\]]*\])?\s*(?:==\s*([\w.+!-]+))?(?![\w-])`,
      'im',
    );
    const found = pattern.exec(text);
    return found === null ? [] : [found[1] === undefined ? name : `${name} ${found[1]}`];
  });
}
