/**
 * How a project generates the types of its bindings.
 */
import { detectPackageManager, execLine, scriptLine } from '../package-manager';
import { nameOf, parentOf, under } from '../paths';
import type { PlannedCommand, ProjectFiles } from '../plan';
import { readable } from '../readable';
import { parseConfig } from './parse-config';

/**
 * The project's own script where it has one, because its options name the files and types; else wrangler with the very
 * configuration, because an ancestor's could win. None for JavaScript, which has no use for types.
 *
 * @param isAlone whether wrangler finds this configuration without being told
 */
export async function typesCommand(
  files: ProjectFiles,
  path: string,
  main: unknown,
  isAlone: boolean,
): Promise<readonly PlannedCommand[]> {
  const folder = parentOf(path);
  const isTyped =
    (typeof main === 'string' && /\.[cm]?tsx?$/.test(main)) ||
    (await files.list(folder)).some((name) => name === 'tsconfig.json' || name === 'worker-configuration.d.ts');
  if (!isTyped) return [];
  const manager = (await detectPackageManager(files, folder)) ?? 'npm';
  const script = isAlone ? await typesScript(files, folder) : undefined;
  const line =
    script === undefined ? execLine(manager, `wrangler types -c ${nameOf(path)}`) : scriptLine(manager, script);
  return [{ id: 'types', line, folder }];
}

async function typesScript(files: ProjectFiles, folder: string): Promise<string | undefined> {
  const parsed = parseConfig((await readable(files, under(folder, 'package.json'))) ?? '', 'json');
  const scripts: unknown = parsed.ok ? parsed.data['scripts'] : undefined;
  if (typeof scripts !== 'object' || scripts === null) return undefined;
  return Object.entries(scripts).find(
    ([name, line]) =>
      /^[\w:.-]+$/.test(name) &&
      typeof line === 'string' &&
      /^(?:npx )?wrangler types(?: [^&|;]*)?$/.test(line) &&
      !line.includes('--check'),
  )?.[0];
}
