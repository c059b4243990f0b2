/**
 * What goes into the image that should not, and what does not though it should.
 */
import dockerignore from '@balena/dockerignore';
import type { ProjectFiles } from '../scaffold/plan';
import type { Problem } from './problem';
import { reporter } from './report';

const FILE = '.dockerignore';
const START = { line: 1, column: 1, endLine: 1, endColumn: 1 };

/** Files that hold secrets; their examples do not. */
const SECRET = /^(?:\.env(?:\..+)?|\.dev\.vars(?:\..+)?|\.netrc|id_(?:rsa|ed25519|ecdsa)|.+\.pem)$/;
const EXAMPLE = /\.(?:example|sample|template|dist)$/;

/** Folders that are looked into beside the project's own; environments and caches hold files of others. */
const MOST_FOLDERS = 50;
const NEVER = /^(?:\..+|node_modules|venv|env|__pycache__|site-packages)\/$/;

/** Calls that open a file of weights by a path that is written out. */
const OPENS =
  /\b(?:open|load|load_file|from_pretrained|load_state_dict|safe_open|read_bytes)\(\s*(["'])((?!hf:|https?:|\/|~)[^"'\n{}]+)\1/g;

/** The problems of what `.dockerignore` leaves out, and of what it does not. `source`: the model's own file. */
export async function dockerignoreProblems(
  files: ProjectFiles,
  model: { readonly file: string; readonly source: string } | undefined,
): Promise<readonly Problem[]> {
  const text = await files.read(FILE).catch(() => undefined);
  const rules = dockerignore().add(text ?? '');
  const root = await files.list('');
  const folders = root.filter((name) => name.endsWith('/') && !NEVER.test(name)).slice(0, MOST_FOLDERS);
  const below = await Promise.all(
    folders.map(async (folder) => (await files.list(folder.slice(0, -1))).map((name) => folder + name)),
  );
  const secrets = [...root, ...below.flat()].filter((path) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return SECRET.test(name) && !EXAMPLE.test(name) && !rules.ignores(path);
  });
  return [
    ...(secrets.length > 0 ? [secretProblem(text, secrets)] : []),
    ...(model === undefined ? [] : await weightProblems(files, model, text, rules)),
  ];
}

function secretProblem(text: string | undefined, secrets: readonly string[]): Problem {
  const report = reporter(FILE);
  const listed = secrets.slice(0, 3).join(', ');
  const verb = secrets.length === 1 ? 'goes' : 'go';
  const message = `${listed}${secrets.length > 3 ? ' and more' : ''} ${verb} into the image, for everybody who has it. Leave ${secrets.length === 1 ? 'it' : 'them'} out.`;
  const lines = secrets.join('\n');
  if (text === undefined) {
    const fix = { title: `Create ${FILE}`, edits: [{ kind: 'create', file: FILE, text: `${lines}\n` } as const] };
    return { ...reporter('cog.yaml')('secret-in-image', 'warning', START, message), fixes: [fix] };
  }
  const all = text.split(/\r\n|\r|\n/);
  const last = all.at(-1) ?? '';
  const span = { line: all.length, column: last.length + 1, endLine: all.length, endColumn: last.length + 1 };
  const edits = [{ kind: 'replace', file: FILE, span, text: `${last === '' ? '' : '\n'}${lines}\n` } as const];
  return report('secret-in-image', 'warning', START, message, [{ title: `Leave out ${listed}`, edits }]);
}

async function weightProblems(
  files: ProjectFiles,
  { file, source }: { readonly file: string; readonly source: string },
  text: string | undefined,
  rules: ReturnType<typeof dockerignore>,
): Promise<readonly Problem[]> {
  if (text === undefined) return [];
  const problems: Problem[] = [];
  for (const match of source.matchAll(OPENS)) {
    const path = (match[2] ?? '').replace(/^\.\//, '').replace(/\/$/, '');
    if (path === '' || path.startsWith('..') || !(await isThere(files, path)) || !rules.ignores(path)) continue;
    const line = source.slice(0, match.index).split(/\r\n|\r|\n/).length;
    const message = `${FILE} leaves ${path} out of the image, and this opens it.`;
    problems.push(
      reporter(file)('weights-ignored', 'info', { line, column: 1, endLine: line, endColumn: 200 }, message),
    );
  }
  return problems;
}

async function isThere(files: ProjectFiles, path: string): Promise<boolean> {
  const at = path.lastIndexOf('/');
  const names = await files.list(at < 0 ? '' : path.slice(0, at));
  const name = path.slice(at + 1);
  return names.includes(name) || names.includes(`${name}/`);
}
