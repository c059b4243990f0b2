/**
 * What the wrangler configurations of a workspace are, for choosing one.
 */
import { nameOf, parentOf, under, upwards } from '../paths';
import { ScaffoldError, type Conflict, type ProjectFiles } from '../plan';
import { isOfflineConfig } from '../worker/offline';
import type { ConfigFormat } from './ai-edit';
import { formatOf, parseConfig } from './parse-config';
import { aiBindingOf, environmentsOf, isPages, strayEnvironments } from './scopes';

/** One configuration. */
export interface WranglerConfig {
  readonly path: string;
  /** Undefined for `cloudflare.config.ts`, which is not edited. */
  readonly format: ConfigFormat | undefined;
  /** Of the Worker. */
  readonly name?: string;
  readonly environments: readonly string[];
  readonly kind: 'worker' | 'pages';
  /** Name of the AI binding at the top level, where there is one. */
  readonly binding?: string;
  /** Why it cannot be edited. */
  readonly problem?: Conflict;
  /** Sentences about what may surprise. */
  readonly warnings: readonly string[];
}

/** For searching a workspace: files that tools write, and those of others. */
export const GENERATED_FOLDERS = [
  ...['node_modules', '.git', '.wrangler', 'dist', '.output', '.open-next', '.svelte-kit', '.next'],
] as const;

const GENERATED = new RegExp(`(?:^|/)(?:${GENERATED_FOLDERS.map((name) => name.replace('.', '\\.')).join('|')})/`);

/** Wrangler looks for each name up to the root before it looks for the next (scaffolding.md 0.5). */
export const CONFIG_ORDER: readonly ConfigFormat[] = ['json', 'jsonc', 'toml'];

/** The format of a configuration that was chosen by hand, which may be called `wrangler.production.jsonc`. */
export function chosenFormatOf(path: string): ConfigFormat | undefined {
  return formatOf(path) ?? (/^wrangler[.\w-]*\.(jsonc?|toml)$/.exec(nameOf(path))?.[1] as ConfigFormat | undefined);
}

/** Whether a file is written by a tool, so that an edit would be lost. */
export function isGenerated(path: string): boolean {
  return GENERATED.test(path);
}

/**
 * Describes the configurations among these paths, those nearest to the root first. Left out is what a tool wrote, and
 * what makes up its AI for offline development: a real binding is not for them.
 */
export async function describeConfigs(
  files: ProjectFiles,
  paths: readonly string[],
): Promise<readonly WranglerConfig[]> {
  const configs = paths.filter((path) => !isGenerated(path) && (formatOf(path) !== undefined || isNewKind(path)));
  configs.sort((a, b) => upwards(parentOf(a)).length - upwards(parentOf(b)).length || (a < b ? -1 : 1));
  const described = await Promise.all(configs.map((path) => describe(files, path)));
  return described.filter((config) => config !== undefined);
}

/** Whether a tool wrote this configuration: such ones name the one that they were made from. */
export function isBuilt(data: Readonly<Record<string, unknown>>): boolean {
  return typeof data['userConfigPath'] === 'string' || Array.isArray(data['definedEnvironments']);
}

/** Sentences about environments that Pages has not. */
export function strayWarnings(data: Readonly<Record<string, unknown>>): readonly string[] {
  const names = strayEnvironments(data);
  if (names.length === 0) return [];
  return [`Pages has the environments preview and production only: wrangler refuses ${names.join(', ')}.`];
}

/** Sentences about files that wrangler would read rather than this one. */
export async function configWarnings(files: ProjectFiles, path: string): Promise<readonly string[]> {
  const format = formatOf(path);
  if (format === undefined) return [];
  const folder = parentOf(path);
  const warnings: string[] = [];
  for (const each of upwards(folder)) {
    const names = await files.list(each);
    const winner = CONFIG_ORDER.slice(0, CONFIG_ORDER.indexOf(format)).find((earlier) =>
      names.includes(`wrangler.${earlier}`),
    );
    if (winner === undefined) continue;
    warnings.push(
      `Wrangler reads ${under(each, `wrangler.${winner}`)} rather than ${path}, unless it is told: -c ${nameOf(path)}.`,
    );
    break;
  }
  if ((await files.read(under(folder, '.wrangler/deploy/config.json'))) !== undefined) {
    warnings.push(
      `A build has redirected wrangler (${under(folder, '.wrangler/deploy/config.json')}): build again after this change.`,
    );
  }
  return warnings;
}

/** The newer kind of configuration, in TypeScript (scaffolding.md 1.2). */
export function isNewKind(path: string): boolean {
  return nameOf(path) === 'cloudflare.config.ts';
}

/** Why `cloudflare.config.ts` is not edited, with what to paste. */
export function newKindConflict(path: string, binding: string): Conflict {
  return {
    path,
    reason: 'cloudflare.config.ts is code, and is not edited. Add the binding by hand.',
    snippet: `// import { bindings } from "wrangler/experimental-config";\nenv: {\n  ${binding}: bindings.ai({ dev: { remote: true } }),\n},`,
  };
}

async function describe(files: ProjectFiles, path: string): Promise<WranglerConfig | undefined> {
  const format = formatOf(path);
  const nothing = { path, format, environments: [], kind: 'worker', warnings: [] } as const;
  if (format === undefined) return { ...nothing, problem: newKindConflict(path, 'AI') };
  let text: string | undefined;
  try {
    text = await files.read(path);
  } catch (error) {
    if (!(error instanceof ScaffoldError)) throw error;
    return { ...nothing, problem: { path, reason: error.message } };
  }
  if (text === undefined) return { ...nothing, problem: { path, reason: 'The file is gone.' } };
  const parsed = parseConfig(text, format);
  if (!parsed.ok) {
    const { reason, place } = parsed;
    return { ...nothing, problem: { path, reason, ...(place && { place }) } };
  }
  const { data } = parsed;
  if (isBuilt(data) || isOfflineConfig(path, data)) return undefined;
  const binding = aiBindingOf({ at: [], data });
  return {
    path,
    format,
    ...(typeof data['name'] === 'string' && { name: data['name'] }),
    environments: environmentsOf(data),
    kind: isPages(data) ? 'pages' : 'worker',
    ...(binding !== undefined && { binding }),
    warnings: [...(await configWarnings(files, path)), ...strayWarnings(data)],
  };
}
