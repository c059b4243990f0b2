/**
 * Rebuilds `media/catalog.json` from what a live account lists, for maintainers.
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { parseBaseUrl } from '../../src/app/base-url';
import { listingOf } from '../../src/app/catalog-copies';
import { apiGet } from '../../src/app/http';
import { readLiveCatalog } from '../../src/app/live-catalog';
import { createRedactor } from '../../src/app/redact';
import { diffText } from '../../src/core/catalog/bundle-diff';
import type { Listing } from '../../src/core/catalog/entry';
import { rebuildBundle } from '../../src/core/catalog/rebuild';
import { parseBundle } from '../../src/core/catalog/sources/bundle';
import type { Endpoint } from '../../src/core/inference/request';
import { RpcError } from '../../src/protocol/rpc';

/** How the script ends. */
export const exitCodes = { done: 0, refused: 1, usage: 2, unauthorised: 3, failed: 4 } as const;

const usage = `Usage: npm run catalog:update [-- --dry-run] [-- --force]
  --dry-run  shows what would change and writes nothing
  --force    writes even when more than a tenth of the models would be dropped
Environment: CLOUDFLARE_API_TOKEN (permission Workers AI: Read), CLOUDFLARE_ACCOUNT_ID, and optionally
  CLOUDFLARE_API_BASE_URL and CLOUDFLARE_AI_GATEWAY_ID ("default")
Exit codes: ${exitCodes.done} done, ${exitCodes.refused} refused to drop models, ${exitCodes.usage} wrong use or environment, ${exitCodes.unauthorised} token refused, ${exitCodes.failed} could not read or write`;

const defaultBase = 'https://api.cloudflare.com/client/v4';

/** The share of models that may vanish in one update. */
const LARGEST_DROP = 0.1;

/** What the script borrows from the process. */
export interface UpdateOptions {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Path of the bundle. */
  readonly file: string;
  readonly now: Date;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
  /** Writes a line of the result. */
  readonly print: (text: string) => void;
  /** Writes a line about a problem. */
  readonly complain: (text: string) => void;
}

/** Ends the script with a message and an exit code. */
class Failure extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** Runs the script and answers with its exit code. No line that it prints holds the token. */
export async function updateCatalog(options: UpdateOptions): Promise<number> {
  const redactor = createRedactor();
  redactor.register(options.env['CLOUDFLARE_API_TOKEN'] ?? '');
  const quiet: UpdateOptions = {
    ...options,
    print: (text) => options.print(redactor.redact(text)),
    complain: (text) => options.complain(redactor.redact(text)),
  };
  try {
    return await update(quiet);
  } catch (error) {
    quiet.complain(messageOf(error));
    return error instanceof Failure ? error.code : exitCodes.failed;
  }
}

async function update(options: UpdateOptions): Promise<number> {
  const { dryRun, force } = readArguments(options.args);
  const endpoint = readEnvironment(options.env);
  const previous = await readBundle(options.file);
  await checkAccess(endpoint, options);
  const live = await readLive(endpoint, options);

  const today = options.now.toISOString().slice(0, 10);
  const { content, diff } = rebuildBundle(previous, live, today);
  options.print(diffText(diff) || 'No model has changed.');
  const allowed = Math.floor(previous.models.length * LARGEST_DROP);
  if (diff.removed.length > allowed && !force) {
    throw new Failure(
      exitCodes.refused,
      `Refused: ${diff.removed.length} of ${previous.models.length} models would be dropped, and at most ${allowed} may be. ` +
        'Nothing was written. If the list above is right, run it again with --force.',
    );
  }
  if (dryRun) {
    options.print('Dry run: nothing was written.');
  } else {
    await writeWhole(options.file, content);
    options.print(
      `Wrote ${options.file} as of ${today}. Read the difference, then run the unit tests: they know prices.`,
    );
  }
  return exitCodes.done;
}

/** Damage must not pass for models that are new. */
async function readBundle(file: string): Promise<Listing> {
  try {
    const bundle = parseBundle(JSON.parse(await readFile(file, 'utf8')));
    if (bundle.leftOut === 0 && bundle.models.length > 0) return bundle;
    throw new Error(`it has models that are not valid: ${bundle.leftOut}.`);
  } catch (error) {
    throw new Failure(exitCodes.failed, `${file} cannot be used: ${messageOf(error)}`);
  }
}

/** One small question first, because a refused token is worth a sentence of its own. */
async function checkAccess(endpoint: Endpoint, { fetch, signal }: UpdateOptions): Promise<void> {
  const account = `${endpoint.baseUrl}/accounts/${encodeURIComponent(endpoint.accountId)}`;
  const { status } = await apiGet(fetch, `${account}/ai/models/search?per_page=1`, endpoint.token, { signal }).catch(
    (error: unknown) => {
      const isToken = error instanceof RpcError && error.code === 'bad-token';
      throw new Failure(isToken ? exitCodes.usage : exitCodes.failed, messageOf(error));
    },
  );
  if (status === 401 || status === 403) {
    throw new Failure(
      exitCodes.unauthorised,
      `The token was refused (HTTP ${status}). It needs the permission Workers AI: Read on account ${endpoint.accountId}.`,
    );
  }
}

/** Every list that could be read; why another could not is told. */
async function readLive(endpoint: Endpoint, options: UpdateOptions): Promise<Listing[]> {
  const { fetch, now, signal, complain, print } = options;
  const log = { info: complain, warn: complain, error: complain };
  const readings = await readLiveCatalog({ fetch, epoch: () => now.getTime(), log }, endpoint, [], signal);
  const live = readings.flatMap((reading) => ('copy' in reading ? [listingOf(reading.copy)] : []));
  if (live.length === 0) throw new Failure(exitCodes.failed, 'No live list could be read. Nothing was written.');
  for (const { source, models } of live) print(`Read ${source}: ${models.length} models.`);
  return live;
}

/** Replaces the file in one step: whoever reads it meanwhile sees the old or the new one. */
async function writeWhole(file: string, content: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(draft, content);
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function readArguments(args: readonly string[]): { dryRun: boolean; force: boolean } {
  const unknown = args.find((word) => word !== '--dry-run' && word !== '--force');
  if (unknown !== undefined) throw new Failure(exitCodes.usage, `Unknown option ${unknown}.\n${usage}`);
  return { dryRun: args.includes('--dry-run'), force: args.includes('--force') };
}

function readEnvironment(env: UpdateOptions['env']): Endpoint {
  const token = env['CLOUDFLARE_API_TOKEN']?.trim() ?? '';
  const accountId = env['CLOUDFLARE_ACCOUNT_ID']?.trim() ?? '';
  const missing = [token === '' && 'CLOUDFLARE_API_TOKEN', accountId === '' && 'CLOUDFLARE_ACCOUNT_ID'].filter(Boolean);
  if (missing.length > 0)
    throw new Failure(exitCodes.usage, `Missing in the environment: ${missing.join(', ')}.\n${usage}`);
  const base = env['CLOUDFLARE_API_BASE_URL']?.trim() || defaultBase;
  try {
    return {
      baseUrl: parseBaseUrl(base).href,
      accountId,
      gatewayId: env['CLOUDFLARE_AI_GATEWAY_ID']?.trim() || 'default',
      token,
      metadata: {},
    };
  } catch (error) {
    throw new Failure(exitCodes.usage, `CLOUDFLARE_API_BASE_URL: ${messageOf(error)}`);
  }
}
