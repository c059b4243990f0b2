/**
 * Which program installs packages in a project, and how its commands are typed (scaffolding.md 1.7).
 */
import { under, upwards } from './paths';
import type { ProjectFiles } from './plan';
import { readable } from './readable';
import type { PackageManager } from './worker/answers';

const LOCK_FILES: readonly (readonly [string, PackageManager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
];

/** The one that the nearest `package.json` names, else that of the nearest lock file; undefined where neither is. */
export async function detectPackageManager(files: ProjectFiles, folder: string): Promise<PackageManager | undefined> {
  const folders = upwards(folder);
  for (const each of folders) {
    const named = nameIn(await readable(files, under(each, 'package.json')));
    if (named !== undefined) return named;
  }
  for (const each of folders) {
    const names = await files.list(each);
    const lock = LOCK_FILES.find(([file]) => names.includes(file));
    if (lock !== undefined) return lock[1];
  }
  return undefined;
}

function nameIn(text: string | undefined): PackageManager | undefined {
  const name = /"packageManager"\s*:\s*"(npm|pnpm|yarn|bun)@/.exec(text ?? '')?.[1];
  return name as PackageManager | undefined;
}

/** Installs what `package.json` lists. */
export function installLine(manager: PackageManager): string {
  return `${manager} install`;
}

/** Runs a program of an installed package. */
export function execLine(manager: PackageManager, line: string): string {
  const prefix: Readonly<Record<PackageManager, string>> = { npm: 'npx', pnpm: 'pnpm exec', yarn: 'yarn', bun: 'bunx' };
  return `${prefix[manager]} ${line}`;
}

/** Runs a script of `package.json`. */
export function scriptLine(manager: PackageManager, script: string): string {
  return `${manager} run ${script}`;
}
