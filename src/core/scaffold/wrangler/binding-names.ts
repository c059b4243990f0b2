/**
 * Names that a configuration gives to bindings and variables: each environment has one namespace for all of them.
 */

type Json = Readonly<Record<string, unknown>>;

// Where names stand (scaffolding.md 1.2).
const OBJECTS = ['analytics', 'assets', 'browser', 'images', 'media', 'stream', 'version_metadata'];
const LISTS = [
  ...['agent_memory', 'ai_search', 'ai_search_namespaces', 'analytics_engine_datasets', 'artifacts', 'd1_databases'],
  ...['dispatch_namespaces', 'flagship', 'hyperdrive', 'k2', 'kv_namespaces', 'mtls_certificates', 'pipelines'],
  ...['r2_buckets', 'secrets_store_secrets', 'services', 'unsafe_hello_world', 'vectorize', 'vpc_networks'],
  ...['vpc_services', 'worker_loaders', 'workflows'],
];
const LISTS_BY_NAME: readonly (readonly string[])[] = [
  ['ratelimits'],
  ['send_email'],
  ['durable_objects', 'bindings'],
  ['logfwdr', 'bindings'],
  ['unsafe', 'bindings'],
];
/** Objects whose keys are the names. */
const MAPS = ['vars', 'wasm_modules', 'text_blobs', 'data_blobs'];

/** Each name that is taken in a scope (the top level, an environment or `previews`), with the key that takes it. */
export function takenNames(scope: Json): ReadonlyMap<string, string> {
  const taken = new Map<string, string>();
  const take = (name: unknown, key: string) => {
    if (typeof name === 'string' && !taken.has(name)) taken.set(name, key);
  };
  for (const key of OBJECTS) take(at(scope, [key, 'binding']), key);
  for (const key of LISTS) for (const item of listAt(scope, [key])) take(at(item, ['binding']), key);
  for (const path of LISTS_BY_NAME) for (const item of listAt(scope, path)) take(at(item, ['name']), path.join('.'));
  for (const item of listAt(scope, ['queues', 'producers'])) take(at(item, ['binding']), 'queues.producers');
  for (const name of listAt(scope, ['secrets', 'required'])) take(name, 'secrets.required');
  for (const key of MAPS) {
    const names = scope[key];
    if (isObject(names)) for (const name of Object.keys(names)) take(name, key);
  }
  // Of Pages itself; wrangler refuses the name there.
  if (scope['pages_build_output_dir'] !== undefined) take('ASSETS', 'the files of Pages');
  return taken;
}

/** What is wrong with a name as such; undefined when nothing is. Wrangler takes names that no code can write. */
export function bindingNameProblem(name: string): string | undefined {
  if (name === '') return 'The binding needs a name, for example AI.';
  return /^[A-Za-z_$][\w$]*$/.test(name)
    ? undefined
    : `"${name}" cannot be written as env.${name}: use letters, digits and _ only, and do not begin with a digit.`;
}

/** The first of `AI`, `AI_2`, `AI_3` … that is free. */
export function suggestBinding(isTaken: (name: string) => boolean): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? 'AI' : `AI_${count}`;
    if (!isTaken(name)) return name;
  }
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

function listAt(value: unknown, path: readonly string[]): readonly unknown[] {
  const found = at(value, path);
  return Array.isArray(found) ? found : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
