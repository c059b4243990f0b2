/**
 * The parts of a configuration that have bindings of their own: nothing in them is inherited (scaffolding.md 0.4).
 */
import { bindingNameProblem, suggestBinding, takenNames } from './binding-names';

type Json = Readonly<Record<string, unknown>>;

/** One part: the top level, `env.<name>` or `previews`. */
export interface Scope {
  /** Keys from the root; `[]` is the top level. */
  readonly at: readonly string[];
  readonly data: Json;
}

/** Names of the environments of a configuration: of Pages, those that it knows. */
export function environmentsOf(config: Json): readonly string[] {
  const env = config['env'];
  const names = isObject(env) ? Object.keys(env) : [];
  return isPages(config) ? names.filter((name) => PAGES_ENVIRONMENTS.includes(name)) : names;
}

/** Environments that keep wrangler from deploying a Pages project. */
export function strayEnvironments(config: Json): readonly string[] {
  const env = config['env'];
  return isPages(config) && isObject(env) ? Object.keys(env).filter((name) => !PAGES_ENVIRONMENTS.includes(name)) : [];
}

/** Whether a configuration is that of a Pages project. */
export function isPages(config: Json): boolean {
  return config['pages_build_output_dir'] !== undefined;
}

const PAGES_ENVIRONMENTS: readonly string[] = ['preview', 'production'];

/** The top level, these environments, and `previews` where it stands. */
export function scopesOf(config: Json, environments: readonly string[]): readonly Scope[] {
  const env = config['env'];
  const previews = config['previews'];
  return [
    { at: [], data: config },
    ...environments.map((name): Scope => {
      const data = isObject(env) ? env[name] : undefined;
      return { at: ['env', name], data: isObject(data) ? data : {} };
    }),
    ...(isObject(previews) ? [{ at: ['previews'], data: previews }] : []),
  ];
}

/** The name of the AI binding of a scope; undefined where it has none. */
export function aiBindingOf({ data }: Scope): string | undefined {
  const ai = data['ai'];
  const name = isObject(ai) ? ai['binding'] : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** What speaks against a name for the AI binding in these scopes; undefined when nothing does. */
export function bindingProblem(
  scopes: readonly Scope[],
  name: string,
  variables: ReadonlyMap<string, string> = new Map(),
): string | undefined {
  const problem = bindingNameProblem(name);
  if (problem !== undefined) return problem;
  const holder = holderOf(scopes, name, variables);
  return holder && `"${name}" is ${holder}. Choose another, for example ${freeName(scopes, variables)}.`;
}

/** What has a name already, as in "the name of vars in env.staging"; undefined when it is free. */
export function holderOf(
  scopes: readonly Scope[],
  name: string,
  variables: ReadonlyMap<string, string>,
): string | undefined {
  for (const scope of scopes) {
    const key = takenNames(scope.data).get(name);
    if (key !== undefined) return `the name of ${key}${scope.at.length === 0 ? '' : ` in ${scope.at.join('.')}`}`;
  }
  const file = variables.get(name);
  return file === undefined ? undefined : `a variable in ${file}`;
}

/** The first usual name that nothing else has. */
export function freeName(scopes: readonly Scope[], variables: ReadonlyMap<string, string> = new Map()): string {
  const taken = scopes.map(({ data }) => takenNames(data));
  return suggestBinding((name) => variables.has(name) || taken.some((names) => names.has(name)));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
