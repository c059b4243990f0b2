/**
 * The wrangler configuration of a new project, in any of its formats.
 */
import { stringify } from 'smol-toml';
import type { ConfigFormat } from '../wrangler/ai-edit';
import type { WorkerAnswers } from './answers';
import type { WorkerTemplate } from './templates';

type Json = Readonly<Record<string, unknown>>;

/** The variable that names the gateway. */
export const GATEWAY_VAR = 'AI_GATEWAY_ID';

/** The configuration as data. */
export function projectConfig(
  { name, binding, compatibilityDate }: WorkerAnswers,
  { vectorize }: WorkerTemplate,
  vars: Readonly<Record<string, string>>,
): Json {
  return {
    $schema: 'node_modules/wrangler/config-schema.json',
    name,
    main: 'src/index.ts',
    compatibility_date: compatibilityDate,
    // Without it a Worker is not told that its client has left (seen with workerd 1.20261102).
    compatibility_flags: ['enable_request_signal'],
    // Without `remote` wrangler warns of costs each time it starts (scaffolding.md 0.3).
    ai: { binding, remote: true },
    ...(vectorize !== undefined && { vectorize: [{ binding: vectorize, index_name: name, remote: true }] }),
    vars,
    observability: { enabled: true },
  };
}

const COMMENTS: Readonly<Record<string, string>> = {
  compatibility_date: 'Behaviour of the runtime stays that of this day until you change it.',
  compatibility_flags: 'The model stops when the client leaves.',
  ai: 'Models run at Cloudflare in development too, and are paid for. Environments (`env`) need it again.',
  vectorize: 'The index is made once, as the README says.',
  vars: 'After a change: `wrangler types`. Secrets do not belong here: `wrangler secret put`.',
  observability: 'Logs, in the dashboard.',
};

/** The text of a configuration. Only JSONC and TOML can hold comments. */
export function configText(config: Json, format: ConfigFormat, comments = COMMENTS): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(config, null, 2)}\n`;
    case 'jsonc':
      return `{\n${Object.entries(config)
        .map(([key, value]) => `${comment(comments[key], '  // ')}  ${property(key, value)}`)
        .join(',\n')}\n}\n`;
    case 'toml':
      return toml(config, comments);
  }
}

function comment(text: string | undefined, start: string): string {
  return text === undefined ? '' : `${start}${text}\n`;
}

function property(key: string, value: unknown): string {
  const isShort = Array.isArray(value) && value.every((item) => typeof item === 'string');
  const text = isShort ? JSON.stringify(value) : JSON.stringify(value, null, 2);
  return `${JSON.stringify(key)}: ${text.replaceAll('\n', '\n  ')}`;
}

/** Editors take the schema from a comment. Tables come last: what follows one would be in it. */
function toml({ $schema, ...config }: Json, comments: Readonly<Record<string, string>>): string {
  const isTable = ([, value]: readonly [string, unknown]): boolean =>
    typeof value === 'object' && (!Array.isArray(value) || typeof value[0] === 'object');
  const entries = Object.entries(config);
  const write = ([key, value]: readonly [string, unknown]): string =>
    `${comment(comments[key], '# ')}${stringify({ [key]: value }).trimEnd()}\n`;
  const tables = entries.filter(isTable).map((entry) => `\n${write(entry)}`);
  return [`#:schema ${String($schema)}\n`, ...entries.filter((entry) => !isTable(entry)).map(write), ...tables].join(
    '',
  );
}
