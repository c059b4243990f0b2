/**
 * Finds Cog's command line and a Docker that answers.
 */
import { childEnvironment, runProgram } from './program';

/** Usable, or a sentence telling why not. `version` is Cog's. */
export type FoundCog = { readonly version: string } | { readonly problem: string };

const HOW = 'Install Cog from its releases page (github.com/replicate/cog).';

/** Looks for `cog` alone. */
export async function findCog(env: NodeJS.ProcessEnv = childEnvironment()): Promise<FoundCog> {
  const { code, output } = await runProgram('cog', ['--version'], { env, timeout: 10_000 });
  if (code === -1) return { problem: `Cog's command line is not on the search path. ${HOW}` };
  const version = /cog version v?(\d+\.\d+\.\d+\S*)/i.exec(output)?.[1];
  if (version !== undefined) return { version };
  // Debian has a web browser of this name.
  return { problem: `The program "cog" on the search path is another one, not the Cog that packs models. ${HOW}` };
}

/** Looks for Cog and for a Docker daemon. */
export async function findCogAndDocker(env: NodeJS.ProcessEnv = childEnvironment()): Promise<FoundCog> {
  const [cog, docker] = await Promise.all([
    findCog(env),
    runProgram('docker', ['info', '--format', '{{.ServerVersion}}'], { env, timeout: 10_000 }),
  ]);
  if ('problem' in cog) return cog;
  if (docker.code === 0) return cog;
  if (docker.code === -1) return { problem: 'Docker is not installed.' };
  return { problem: 'Docker is installed and does not answer. Start it, or ask for the right to use it.' };
}
