import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseBundle } from '../../src/core/catalog/sources/bundle';
import { type RunningServer, serve } from '../../src/simulator/http';
import { goneId, newModel, repriced } from '../../src/simulator/listings/changed';
import { updateCatalog, type UpdateOptions } from '../tools/update-catalog';

// Sockets and a child process on a machine that others keep busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

const root = path.resolve(import.meta.dirname, '../..');
const bundle = path.join(root, 'media/catalog.json');
const token = 'token-of-the-maintainer';
const now = new Date('2026-11-22T10:00:00Z');

let server: RunningServer;
let folder: string;
let file: string;
let before: string;
beforeAll(async () => {
  server = await serve({ port: 0, speed: 0 });
  before = await readFile(bundle, 'utf8');
});
afterAll(() => server.close());
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'unified-inference-update-'));
  file = path.join(folder, 'catalog.json');
  await writeFile(file, before);
});
afterEach(() => rm(folder, { recursive: true }));

const environment = (accountId: string, rest: Record<string, string> = {}): Record<string, string> => ({
  CLOUDFLARE_API_TOKEN: token,
  CLOUDFLARE_ACCOUNT_ID: accountId,
  CLOUDFLARE_API_BASE_URL: server.baseUrl,
  ...rest,
});

async function update(
  env: Record<string, string>,
  args: readonly string[] = [],
  rest: Partial<UpdateOptions> = {},
): Promise<{ code: number; printed: string; complaints: string; written: string }> {
  const printed: string[] = [];
  const complaints: string[] = [];
  const code = await updateCatalog({
    args,
    env,
    file,
    now,
    fetch,
    signal: new AbortController().signal,
    print: (text) => printed.push(text),
    complain: (text) => complaints.push(text),
    ...rest,
  });
  const everything = [...printed, ...complaints].join('\n');
  expect(everything).not.toContain(token);
  // Nothing but the bundle is left behind, drafts neither.
  expect(await readdir(folder)).toEqual(['catalog.json']);
  return {
    code,
    printed: printed.join('\n'),
    complaints: complaints.join('\n'),
    written: await readFile(file, 'utf8'),
  };
}

/** Facts by id, the simulator's own fault models left out. */
function factsOf(text: string): Map<string, Record<string, unknown>> {
  const { models, leftOut } = parseBundle(JSON.parse(text));
  expect(leftOut).toBe(0);
  return new Map(
    models.filter(({ id }) => !id.startsWith('@cf/simulator/')).map(({ id, facts }) => [id, { ...facts }]),
  );
}

describe('updating the bundle from a live account', () => {
  it('changes no price and drops nothing where the account has what the bundle says', async () => {
    const { code, printed, complaints, written } = await update(environment('simulator'));
    expect([code, complaints]).toEqual([0, '']);
    expect(printed).not.toMatch(/Removed|pricing|contextWindow/);
    expect(JSON.parse(written).asOf).toBe('2026-11-22');
    const [old, made] = [factsOf(before), factsOf(written)];
    expect([...made.keys()]).toEqual([...old.keys()]);
    for (const [id, facts] of old) expect({ id, ...made.get(id) }).toMatchObject({ id, ...facts });
  });

  it('says no model has changed when it runs again, and writes the same but for the date', async () => {
    const first = await update(environment('simulator'));
    const second = await update(environment('simulator'), [], { now: new Date('2026-11-23T10:00:00Z') });
    expect(second.printed).toContain('No model has changed.');
    expect(second.written).toBe(first.written.replace('2026-11-22', '2026-11-23'));
  });

  it('tells what is new, gone and dearer, and writes it one model a line', async () => {
    await update(environment('simulator'));
    const { code, printed, written } = await update(environment('catalog-changed'));
    expect(code).toBe(0);
    expect(printed).toMatch(new RegExp(`Added \\(1\\)\n\\s+${newModel.id}\n`));
    expect(printed).toMatch(new RegExp(`Removed \\(1\\)\n\\s+${goneId}\n`));
    expect(printed).toMatch(/Changed \(1\)\n\s+anthropic\/claude-haiku-4\.5: pricing: .*"usd":1}.* → .*"usd":1\.25}/);
    const made = factsOf(written);
    expect(made.has(goneId)).toBe(false);
    expect(made.get(newModel.id)).toMatchObject({ contextWindow: newModel.contextWindow });
    expect(made.get(repriced.id)?.['pricing']).toContainEqual({ label: expect.anything(), usd: repriced.usd });
    expect(written.split('\n').filter((line) => line.startsWith('    {"id":'))).toHaveLength(
      JSON.parse(written).models.length,
    );
  });

  it('shows the same on a dry run and writes nothing', async () => {
    const { code, printed, written } = await update(environment('catalog-changed'), ['--dry-run']);
    expect(code).toBe(0);
    expect(printed).toContain(goneId);
    expect(printed).toContain('nothing was written');
    expect(written).toBe(before);
  });

  it('refuses to drop more than a tenth of the models, unless forced', async () => {
    const refused = await update(environment('catalog-empty'));
    expect([refused.code, refused.written]).toEqual([1, before]);
    expect(refused.complaints).toMatch(/^Refused: \d+ of 269 models would be dropped.*--force\.$/);
    // A list that ends after its first page is no reason to drop the rest either.
    expect((await update(environment('catalog-looping'))).code).toBe(1);
    const forced = await update(environment('catalog-empty'), ['--force']);
    expect(forced.code).toBe(0);
    expect(factsOf(forced.written).size).toBeLessThan(30);
  });

  it('keeps the models of a list that could not be read, and tells so', async () => {
    const { code, complaints, written } = await update(environment('catalog-missing'));
    expect(code).toBe(0);
    expect(complaints).toContain('The third-party catalog was not read');
    expect([...factsOf(written).keys()]).toEqual([...factsOf(before).keys()]);
  });

  it.each(['catalog-malformed', 'catalog-huge'])('changes nothing when no list can be read (%s)', async (account) => {
    const { code, complaints, written } = await update(environment(account));
    expect([code, written]).toEqual([4, before]);
    expect(complaints).toContain('No live list could be read.');
  });

  it('refuses wrong options and a wrong environment, and tells how it is used', async () => {
    for (const [env, args, problem] of [
      [{}, [], 'Missing in the environment: CLOUDFLARE_API_TOKEN, CLOUDFLARE_ACCOUNT_ID.'],
      [{ CLOUDFLARE_API_TOKEN: token }, [], 'Missing in the environment: CLOUDFLARE_ACCOUNT_ID.'],
      [environment('simulator'), ['--dryrun'], 'Unknown option --dryrun.'],
    ] as const) {
      const { code, complaints, written } = await update(env, args);
      expect([code, written]).toEqual([2, before]);
      expect(complaints).toContain(problem);
      expect(complaints).toContain('Usage: npm run catalog:update');
    }
    const elsewhere = await update(environment('simulator', { CLOUDFLARE_API_BASE_URL: 'http://192.0.2.1/client/v4' }));
    expect([elsewhere.code, elsewhere.complaints]).toEqual([2, expect.stringContaining('https:')]);
    const broken = await update(environment('simulator', { CLOUDFLARE_API_TOKEN: 'to\nken' }));
    expect([broken.code, broken.complaints]).toEqual([2, expect.stringContaining('not an API token')]);
  });

  it('names a token that is refused', async () => {
    const { code, complaints, written } = await update(
      environment('simulator', { CLOUDFLARE_API_TOKEN: 'no-workers-ai' }),
    );
    expect([code, written]).toEqual([3, before]);
    expect(complaints).toMatch(/HTTP 401.*Workers AI: Read/);
  });

  it('says when nobody answers', async () => {
    const closed = await serve({ port: 0, speed: 0 });
    await closed.close();
    const { code, complaints, written } = await update(
      environment('simulator', { CLOUDFLARE_API_BASE_URL: closed.baseUrl }),
    );
    expect([code, written]).toEqual([4, before]);
    expect(complaints).toContain('did not answer');
  });

  it('leaves the bundle as it is when it cannot be read, and names the problem', async () => {
    await writeFile(file, '{"asOf":');
    const { code, complaints, written } = await update(environment('simulator'));
    expect([code, written]).toEqual([4, '{"asOf":']);
    expect(complaints).toContain('catalog.json');
    // A model that is damaged would pass for one that is new.
    const damaged = before.replace('"hosting":"third-party"', '"hosting":7');
    await writeFile(file, damaged);
    const again = await update(environment('simulator'));
    expect([again.code, again.written]).toEqual([4, damaged]);
    expect(again.complaints).toContain('models that are not valid: 1');
  });
});

describe('npm run catalog:update', () => {
  it('sets itself up, reads the account and passes the exit code on', async () => {
    const script = path.join(root, 'test/tools/catalog-update.mjs');
    const start = (env: Record<string, string>): Promise<{ code: unknown; output: string }> =>
      new Promise((resolve) => {
        const { CLOUDFLARE_AI_GATEWAY_ID: _, ...inherited } = process.env;
        execFile(
          process.execPath,
          [script, '--dry-run'],
          { cwd: tmpdir(), env: { ...inherited, ...env } },
          (error, stdout, stderr) => resolve({ code: error?.code ?? 0, output: stdout + stderr }),
        );
      });
    const done = await start(environment('catalog-changed'));
    expect([done.code, done.output]).toEqual([0, expect.stringContaining(newModel.id)]);
    expect(done.output).not.toContain(token);
    expect((await start(environment('catalog-empty'))).code).toBe(1);
    expect(await readFile(bundle, 'utf8')).toBe(before);
  });
});
