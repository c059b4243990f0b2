/**
 * Plans the `ai` binding for a Worker that exists.
 */
import { detectPackageManager, execLine } from '../package-manager';
import { nameOf, parentOf, under } from '../paths';
import { ScaffoldError, type Conflict, type FileEdit, type ProjectFiles, type ScaffoldPlan } from '../plan';
import type { AiEdit, ConfigFormat } from './ai-edit';
import { dotVarNames } from './binding-names';
import { aiSnippet, editConfig } from './edit-config';
import { addToEnv } from './env-interface';
import { configWarnings, isGenerated, isNewKind, newKindConflict } from './find-configs';
import { formatOf, parseConfig } from './parse-config';
import { aiBindingOf, bindingProblem, environmentsOf, freeName, scopesOf, type Scope } from './scopes';

/** What the planner must know. */
export interface BindingAnswers {
  /** Path of the configuration. */
  readonly config: string;
  /** Absent: the name there already, else the first free one of AI, AI_2 … */
  readonly binding?: string;
  /** Absent: all. */
  readonly environments?: readonly string[];
}

/** The plan, and the name that code uses. */
export interface BindingPlan extends ScaffoldPlan {
  readonly binding: string;
}

type Json = Readonly<Record<string, unknown>>;

/** A configuration as it was read. */
interface Config {
  readonly path: string;
  readonly format: ConfigFormat;
  readonly text: string;
  readonly data: Json;
}

/**
 * Plans the binding at the top level, in the environments and in `previews`. What is there stays as it is; planning what
 * was applied gives an empty plan. Throws `ScaffoldError`: `no-config`, `not-a-config`, `unknown-environment`.
 */
export async function planAiBinding(files: ProjectFiles, answers: BindingAnswers): Promise<BindingPlan> {
  const { config: path } = answers;
  if (isNewKind(path)) return refusal(answers, newKindConflict(path, answers.binding ?? 'AI'));
  const format = formatOf(path);
  if (format === undefined) {
    throw new ScaffoldError('not-a-config', `${path} is no configuration of wrangler: wrangler.jsonc, .json or .toml.`);
  }
  if (isGenerated(path)) {
    const reason = 'A tool writes this file, so a change would be lost. Change the configuration it is made from.';
    return refusal(answers, { path, reason });
  }
  const text = await files.read(path);
  if (text === undefined) throw new ScaffoldError('no-config', `There is no ${path}.`);
  const parsed = parseConfig(text, format);
  if (!parsed.ok) {
    const { reason, place } = parsed;
    return refusal(answers, { path, reason: `${reason} Nothing was changed.`, ...(place && { place }) });
  }
  return planFor(files, { path, format, text, data: parsed.data }, answers);
}

async function planFor(files: ProjectFiles, config: Config, answers: BindingAnswers): Promise<BindingPlan> {
  const { path, format, text, data } = config;
  const known = environmentsOf(data);
  const environments = answers.environments ?? known;
  const unknown = environments.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const others = known.length === 0 ? 'It has none.' : `It has ${known.join(', ')}.`;
    throw new ScaffoldError('unknown-environment', `${path} has no environment "${unknown}". ${others}`);
  }
  const scopes = scopesOf(data, environments);
  const variables = await variablesNear(files, parentOf(path), environments);
  const existing = scopes.map(aiBindingOf).find((name) => name !== undefined);
  const binding = existing ?? answers.binding ?? freeName(scopes, variables);
  const edits = scopes.map((scope) => editFor(scope, binding));

  const odd = scopes.flatMap((scope) => oddName(scope, path, format, binding));
  const lacking = scopes.filter((scope) => aiBindingOf(scope) === undefined);
  const problem = odd.length > 0 || lacking.length === 0 ? undefined : bindingProblem(lacking, binding, variables);
  const conflicts = problem === undefined ? odd : [{ path, reason: problem }];
  if (conflicts.length > 0) return { ...nothing, binding, conflicts };
  const edited = editConfig(text, format, edits);
  if (!edited.ok) {
    const { reason, place } = edited;
    const snippet = edits.map(({ at, add }) => aiSnippet(format, at, add)).join('\n\n');
    return { ...nothing, binding, conflicts: [{ path, reason, snippet, ...(place && { place }) }] };
  }
  const isChanged = edited.text !== text;
  const env = await envEdit(files, config, binding);
  return {
    ...nothing,
    binding,
    edits: [...(isChanged ? [{ path, before: text, after: edited.text }] : []), ...env.edits],
    skips: isChanged ? [] : [{ path, reason: `The AI binding is set up already, as env.${binding}.` }],
    commands: await commandsFor(files, config),
    notes: [...notesOn(scopes, answers, existing, known), ...(await configWarnings(files, path)), ...env.notes],
  };
}

const nothing = { creates: [], edits: [], skips: [], conflicts: [], commands: [], notes: [] } as const;

function refusal({ binding }: BindingAnswers, conflict: Conflict): BindingPlan {
  return { ...nothing, binding: binding ?? 'AI', conflicts: [conflict] };
}

/** `remote` keeps wrangler from warning at each start; without a remote model nothing runs (scaffolding.md 0.3). */
function editFor(scope: Scope, binding: string): AiEdit {
  return { at: scope.at, add: { binding, remote: true } };
}

/** An `ai` whose name wrangler would take and no code could use, or that has none where it stands. */
function oddName({ at, data }: Scope, path: string, format: ConfigFormat, binding: string): readonly Conflict[] {
  const ai = data['ai'];
  if (typeof ai !== 'object' || ai === null || Array.isArray(ai) || !('binding' in ai)) return [];
  const name: unknown = ai.binding;
  if (typeof name === 'string' && /^[A-Za-z_$][\w$]*$/.test(name)) return [];
  const where = [...at, 'ai', 'binding'].join('.');
  const snippet = aiSnippet(format, at, { binding: /^[A-Za-z_$][\w$]*$/.test(binding) ? binding : 'AI', remote: true });
  return [
    {
      path,
      reason: `${where} is ${JSON.stringify(name)}, which code cannot write as env.…: give it a name such as AI.`,
      snippet,
    },
  ];
}

function notesOn(
  scopes: readonly Scope[],
  { binding, environments }: BindingAnswers,
  existing: string | undefined,
  known: readonly string[],
): readonly string[] {
  const notes: string[] = [];
  if (existing !== undefined && binding !== undefined && binding !== existing) {
    notes.push(`The AI binding is called ${existing} already; that name is kept.`);
  }
  const local = scopes.filter(({ data }) => (data['ai'] as Json | undefined)?.['remote'] === false);
  if (local.length > 0) {
    notes.push(
      'ai.remote is false, and stays so: wrangler dev refuses to start with it, because models run on Cloudflare only.',
    );
  }
  const left = environments === undefined ? [] : known.filter((name) => !environments.includes(name));
  if (left.length > 0)
    notes.push(`${left.join(', ')}: left out, and so without AI, because environments inherit no bindings.`);
  return notes;
}

/** Variables of `.dev.vars` and `.env`, with the file of each. */
async function variablesNear(
  files: ProjectFiles,
  folder: string,
  environments: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const names = ['.dev.vars', '.env'].flatMap((name) => [name, ...environments.map((one) => `${name}.${one}`)]);
  const there = new Set(await files.list(folder));
  const found = new Map<string, string>();
  for (const name of names.filter((one) => there.has(one))) {
    const text = (await files.read(under(folder, name))) ?? '';
    for (const variable of dotVarNames(text)) if (!found.has(variable)) found.set(variable, name);
  }
  return found;
}

async function envEdit(
  files: ProjectFiles,
  { path, data }: Config,
  binding: string,
): Promise<{ readonly edits: readonly FileEdit[]; readonly notes: readonly string[] }> {
  for (const file of await typeScriptNear(files, parentOf(path), data['main'])) {
    const before = await files.read(file);
    if (before === undefined) continue;
    const result = addToEnv(before, binding);
    if (result.kind === 'edited') return { edits: [{ path: file, before, after: result.text }], notes: [] };
    if (result.kind === 'none') continue;
    const isAi = /^Ai(?:<.*>)?$/.test(result.type);
    const note = `Env in ${file} declares ${binding} as ${result.type}, not as Ai: it is left as it is.`;
    return { edits: [], notes: isAi ? [] : [note] };
  }
  return { edits: [], notes: [] };
}

/** More would be a project with another way of keeping its types. */
const MOST_FILES = 40;

/** The entry of the Worker, then its neighbours and the usual places of types. */
async function typeScriptNear(files: ProjectFiles, folder: string, main: unknown): Promise<readonly string[]> {
  const isInside =
    typeof main === 'string' && /\.[cm]?tsx?$/.test(main) && !main.includes('..') && !main.startsWith('/');
  const entry = isInside ? under(folder, main.replace(/^(?:\.\/)+/, '')) : undefined;
  const places = [
    ...new Set([entry === undefined ? under(folder, 'src') : parentOf(entry), folder, under(folder, 'src')]),
  ];
  const found = entry === undefined ? [] : [entry];
  for (const place of places) {
    const names = (await files.list(place)).filter((name) => /\.[cm]?tsx?$/.test(name));
    found.push(
      ...names
        .filter((name) => !/\.(?:test|spec)\./.test(name) && name !== 'worker-configuration.d.ts')
        .map((name) => under(place, name)),
    );
  }
  return [...new Set(found)].filter((file) => !isGenerated(file)).slice(0, MOST_FILES);
}

/** Types are of use to TypeScript only. */
async function commandsFor(files: ProjectFiles, { path, data }: Config): Promise<ScaffoldPlan['commands']> {
  const folder = parentOf(path);
  const isTyped =
    /\.[cm]?tsx?$/.test(String(data['main'] ?? '')) || (await files.list(folder)).includes('tsconfig.json');
  if (!isTyped) return [];
  const manager = (await detectPackageManager(files, folder)) ?? 'npm';
  return [{ id: 'types', line: execLine(manager, `wrangler types -c ${nameOf(path)}`), folder }];
}
