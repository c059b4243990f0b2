/**
 * The README of a new project: how to run it, then what its template says.
 */
import { execLine, installLine, scriptLine } from '../package-manager';
import type { WorkerAnswers } from './answers';
import type { WorkerTemplate } from './templates';

/** Its text. `body` is the template's part. */
export function readmeText(
  { name, extras, packageManager: manager, format }: WorkerAnswers,
  { description }: WorkerTemplate,
  body: string,
): string {
  const run = (script: string): string => scriptLine(manager, script);
  const lines: readonly (readonly [line: string, does: string])[] = [
    [installLine(manager), ''],
    [run('types'), 'writes worker-configuration.d.ts: the types of bindings and of the runtime'],
    ...(extras.includes('offline')
      ? [[run('dev:offline'), 'runs it with made-up models: no account, no costs'] as const]
      : []),
    [run('dev'), 'runs it on this machine; models run at Cloudflare and are paid for'],
    [run('check'), 'checks types'],
    ...(extras.includes('tests') ? [[run('test'), 'runs the tests, which call no model'] as const] : []),
    [run('deploy'), 'puts it on the internet'],
  ];
  const width = Math.max(...lines.map(([line]) => line.length));
  const commands = lines.map(([line, does]) => (does === '' ? line : `${line.padEnd(width)}  # ${does}`)).join('\n');
  return `# ${name}

A Cloudflare Worker: ${description.charAt(0).toLowerCase()}${description.slice(1)}.

## Run

Node.js 22.12 or later is needed. Types are missing until \`${run('types')}\` has run.

\`\`\`sh
${commands}
\`\`\`

${body
  .replaceAll(/\bnpm run (\w+)/g, (_, script: string) => run(script))
  .replaceAll(/\bnpx (wrangler [a-z])/g, (_, line: string) => execLine(manager, line))
  .trimEnd()}

## Gateway and costs

Calls go through the AI Gateway that \`AI_GATEWAY_ID\` in \`wrangler.${format}\` names, where they are logged with the entries of \`METADATA\` in \`src/models.ts\`. The gateway \`default\` is made when it is first used; others are made in the dashboard. Errors of models are described in \`src/errors.ts\`.
`;
}
