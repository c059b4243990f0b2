/**
 * Plans the `ai` binding for a Worker that exists.
 */
import { parentOf } from '../paths';
import type { Conflict, ProjectFiles, ScaffoldPlan } from '../plan';
import type { AiEdit, ConfigFormat } from './ai-edit';
import { bindingNameProblem } from './binding-names';
import { bindingTarget, type BindingAnswers, type BindingTarget } from './binding-target';
import { aiSnippet, editConfig } from './edit-config';
import { planEnv } from './env-file';
import { configWarnings, strayWarnings } from './find-configs';
import { aiBindingOf, bindingProblem, freeName, holderOf, type Scope } from './scopes';
import { typesCommand } from './types-command';

/** The plan, and the name that code uses. */
export interface BindingPlan extends ScaffoldPlan {
  readonly binding: string;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Plans the binding at the top level, in the environments and in `previews`, and the member of a hand-written `Env`. What
 * is there stays as it is; planning what was applied gives an empty plan. Throws as `bindingTarget` does.
 */
export async function planAiBinding(files: ProjectFiles, answers: BindingAnswers): Promise<BindingPlan> {
  const target = await bindingTarget(files, answers);
  if ('reason' in target) return { ...nothing, binding: answers.binding ?? 'AI', conflicts: [target] };
  const { path, format, text, data, scopes, variables, existing } = target;
  const binding = existing ?? answers.binding ?? freeName(scopes, variables);
  // `remote` keeps wrangler from warning at each start; no model runs without it (scaffolding.md 0.3).
  const edits = scopes.map(({ at }): AiEdit => ({ at, add: { binding, remote: true } }));

  const conflicts = conflictsOf(target, binding);
  if (conflicts.length > 0) return { ...nothing, binding, conflicts };
  const edited = editConfig(text, format, edits);
  if (!edited.ok) {
    const { reason, place } = edited;
    const snippet = snippetOf(format, edits);
    return { ...nothing, binding, conflicts: [{ path, reason, snippet, ...(place && { place }) }] };
  }
  const isChanged = edited.text !== text;
  const env = await planEnv(files, parentOf(path), data['main'], binding);
  const warnings = await configWarnings(files, path);
  return {
    ...nothing,
    binding,
    edits: [...(isChanged ? [{ path, before: text, after: edited.text }] : []), ...env.edits],
    skips: isChanged ? [] : [{ path, reason: `The AI binding is set up already, as env.${binding}.` }],
    commands: await typesCommand(files, path, data['main'], warnings.length === 0),
    notes: [...notesOn(target, answers, binding), ...warnings, ...strayWarnings(data), ...env.notes],
  };
}

const nothing = { creates: [], edits: [], skips: [], conflicts: [], commands: [], notes: [] } as const;

function conflictsOf(
  { path, format, scopes, variables, existing }: BindingTarget,
  binding: string,
): readonly Conflict[] {
  const odd = scopes.flatMap((scope) => oddName(scope, path, format, binding));
  if (odd.length > 0) return odd;
  const lacking = scopes.filter((scope) => aiBindingOf(scope) === undefined);
  if (lacking.length === 0) return [];
  if (existing === undefined) {
    const problem = bindingProblem(lacking, binding, variables);
    return problem === undefined ? [] : [{ path, reason: problem }];
  }
  // A variable of development stood in its way before, and is no reason to leave it unfinished.
  const holder = holderOf(lacking, existing, new Map());
  if (holder === undefined) return [];
  const reason = `The AI binding is called ${existing}, and that is ${holder} too. Rename one of them, or leave that environment out.`;
  return [{ path, reason }];
}

/** An `ai` whose name wrangler would take and no code could use. */
function oddName({ at, data }: Scope, path: string, format: ConfigFormat, binding: string): readonly Conflict[] {
  const ai = data['ai'];
  if (typeof ai !== 'object' || ai === null || Array.isArray(ai) || !('binding' in ai)) return [];
  const name: unknown = ai.binding;
  if (typeof name === 'string' && bindingNameProblem(name) === undefined) return [];
  const where = [...at, 'ai', 'binding'].join('.');
  const better = bindingNameProblem(binding) === undefined ? binding : 'AI';
  return [
    {
      path,
      reason: `${where} is ${JSON.stringify(name)}, which code cannot write as env.…: give it a name such as AI.`,
      snippet: aiSnippet(format, at, { binding: better, remote: true }),
    },
  ];
}

/** In JSON each block with the place that it belongs to: pasted as a second `env` it would hide the first. */
function snippetOf(format: ConfigFormat, edits: readonly AiEdit[]): string {
  const blocks = edits.map(({ at, add }) => {
    if (format === 'toml') return aiSnippet(format, at, add);
    const block = aiSnippet(format, [], add);
    return edits.length === 1 ? block : `// ${at.length === 0 ? 'top level' : at.join('.')}:\n${block}`;
  });
  return blocks.join('\n\n');
}

function notesOn(
  { scopes, known, variables, existing }: BindingTarget,
  { binding: wanted, environments }: BindingAnswers,
  binding: string,
): readonly string[] {
  const notes: string[] = [];
  if (existing !== undefined && wanted !== undefined && wanted !== existing) {
    notes.push(`The AI binding is called ${existing} already; that name is kept.`);
  }
  const holder = binding === 'AI' ? undefined : holderOf(scopes, 'AI', variables);
  if (existing === undefined && wanted === undefined && holder !== undefined) {
    notes.push(`"AI" is ${holder}, so the binding is called ${binding}.`);
  }
  for (const scope of scopes) {
    const other = aiBindingOf(scope);
    if (other === undefined || other === binding) continue;
    notes.push(`In ${scope.at.join('.')} the AI binding is called ${other}: env.${binding} is undefined there.`);
  }
  if (existing !== undefined && variables.has(existing)) {
    notes.push(`${existing} is a variable in ${variables.get(existing)} too, which takes its place in wrangler dev.`);
  }
  const isLocal = scopes.some(({ data }) => (data['ai'] as Json | null | undefined)?.['remote'] === false);
  if (isLocal) {
    notes.push(
      'ai.remote is false, and stays so: wrangler dev refuses to start with it, because models run on Cloudflare only.',
    );
  }
  const left = environments === undefined ? [] : known.filter((name) => !environments.includes(name));
  if (left.length > 0) {
    notes.push(`${left.join(', ')}: left out, and so without AI, because environments inherit no bindings.`);
  }
  return notes;
}
