/**
 * The `package.json` of a new project.
 */
import { offlineDevArguments } from './offline';
import type { WorkerAnswers } from './answers';
import type { WorkerTemplate } from './templates';

/** What the test plugin pins, so that it is installed once (scaffolding.md 0.2 and 1.5). */
const WRANGLER = '4.156.2';

/** Its text. Scripts name the tools, not the program that installs them. */
export function manifestText(
  { name, extras, format }: Pick<WorkerAnswers, 'name' | 'extras' | 'format'>,
  template: WorkerTemplate,
): string {
  const hasTests = extras.includes('tests');
  const isOffline = extras.includes('offline');
  // An ancestor's configuration of an earlier format would win (scaffolding.md 0.5).
  const config = `-c wrangler.${format}`;
  const manifest = {
    name,
    version: '0.0.0',
    private: true,
    type: 'module',
    scripts: {
      dev: `wrangler dev ${config}`,
      ...(isOffline && { 'dev:offline': offlineDevArguments(`wrangler.${format}`) }),
      deploy: `wrangler deploy ${config}`,
      types: `wrangler types ${config}`,
      check: hasTests ? 'tsc && tsc -p test' : 'tsc',
      ...(hasTests && { test: 'vitest run' }),
    },
    ...(Object.keys(template.dependencies).length > 0 && { dependencies: template.dependencies }),
    devDependencies: {
      ...(hasTests && { '@cloudflare/vitest-plugin': '^1.5.0' }),
      typescript: '^5.9.3',
      ...(hasTests && { vitest: '~4.1.0' }),
      wrangler: hasTests ? WRANGLER : `^${WRANGLER}`,
    },
    engines: { node: '>=22.12.0' },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
