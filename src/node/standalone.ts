/**
 * Composition root of the standalone playground: `npm start`. Bundled to `dist/standalone.js`.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseBaseUrl } from '../app/base-url';
import { createLazy } from '../app/lazy';
import { contentSecurityPolicy, pageHtml } from '../app/page';
import { createPlayground } from '../app/playground';
import type { AppPorts } from '../app/ports';
import { createRedactor, redactingLog, watchCredentials } from '../app/redact';
import { RpcError } from '../protocol/rpc';
import { startSimulator } from '../simulator/start';
import { createAccess } from './access';
import { readOptions, UsageError } from './args';
import { openInBrowser } from './browser';
import { openCatalogCache } from './catalog-cache';
import { clock } from './clock';
import { createCogRunner } from './cog/runner';
import { createCogTransport } from './cog/transport';
import { openServerList } from './cog/server-list';
import { openLedger } from './ledger';
import { openMediaStore } from './media';
import { startServer } from './server';
import { fixedCredentials, readSettings } from './settings';
import { socketChannel } from './socket';
import { openStore } from './store';
import { createTokenCounter } from './tokens';

const HOW_TO_CONNECT =
  'Stop the playground with Ctrl-C, set CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID, and start it again.';

const HOW_TO_BUDGET =
  'Stop the playground with Ctrl-C, set UNIFIED_INFERENCE_BUDGET_PER_RUN_USD or UNIFIED_INFERENCE_BUDGET_PER_DAY_USD ' +
  'to an amount in USD, and start it again.';

const HOW_TO_WORKER =
  'Models are put into Workers by the extension in VS Code. Here, copy the column as a Worker instead.';

const PAGE_DOES_IT = 'The page does this itself here.';

const notHere = (message: string): Promise<never> => Promise.reject(new RpcError('not-here', message));

const dist = __dirname;

function page(port: number): { html: string; policy: string } {
  const options = {
    nonce: randomBytes(24).toString('base64'),
    cspSource: `'self'`,
    scriptUri: '/webview/main.js',
    styleUris: ['/webview/codicon.css', '/webview/standalone.css', '/webview/main.css'],
    host: 'standalone',
    connectSrc: `ws://127.0.0.1:${port} ws://localhost:${port}`,
  } as const;
  return { html: pageHtml(options), policy: contentSecurityPolicy(options) };
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  const { settings, credential, simulatorSpeed, notes } = readSettings(process.env, parseBaseUrl);
  // The browser that we start is our child: it needs no token.
  delete process.env['CLOUDFLARE_API_TOKEN'];

  const redactor = createRedactor();
  const log = redactingLog(redactor, (level, text) => {
    if (level !== 'info') console.error(text);
  });
  for (const note of notes) log.warn(note);

  const mediaFolder = path.join(options.data, 'media');
  const store = openStore(path.join(options.data, 'playground.sqlite'), log);
  const ledger = openLedger(path.join(options.data, 'ledger.sqlite'), log);
  const tokens = createTokenCounter(path.join(dist, 'tokenizer.js'));
  const simulator = createLazy(() =>
    startSimulator({
      workerFile: path.join(dist, 'simulator-worker.js'),
      ...(simulatorSpeed === undefined ? {} : { speed: simulatorSpeed }),
    }),
  );
  const ports: AppPorts = {
    clock,
    epoch: Date.now,
    fetch: globalThis.fetch,
    random: Math.random,
    newId: randomUUID,
    log,
    settings: { get: () => settings, onDidChange: () => ({ dispose: () => undefined }) },
    credentials: watchCredentials(fixedCredentials(credential), redactor),
    store,
    ledger,
    catalogCache: openCatalogCache(path.join(options.data, 'catalogs'), log),
    media: openMediaStore(mediaFolder),
    countTokens: tokens.count,
    simulator: simulator.get,
    bundledCatalog: async () =>
      JSON.parse(await readFile(path.join(dist, '..', 'media', 'catalog.json'), 'utf8')) as unknown,
    hostKind: 'local',
    cogServers: openServerList(path.join(options.data, 'cog-servers.json'), log),
    cogTransport: createCogTransport(globalThis.fetch),
    cogRunner: createCogRunner({
      cacheFolder: path.join(options.data, 'cog'),
      reader: path.join(dist, '..', 'media', 'cog', 'read_runner.py'),
    }),
  };
  const playground = createPlayground(ports);

  const access = createAccess();
  redactor.register(access.key);
  const server = await startServer(
    {
      access,
      page,
      webviewFolder: path.join(dist, 'webview'),
      mediaFolder,
      log,
      takeFile: (bytes, name) => playground.attachments.take(bytes, name),
      onView(socket) {
        const view = playground.attach(socketChannel(socket), {
          mediaBase: '/media/',
          canConnect: false,
          howToConnect: HOW_TO_CONNECT,
          async openLink(url) {
            await openInBrowser(url).catch(() => {
              throw new RpcError('no-browser', `No browser could be started here. Open the address yourself: ${url}`);
            });
          },
          connect: () => notHere(HOW_TO_CONNECT),
          changeBudget: () => notHere(HOW_TO_BUDGET),
          surroundings: { dialogs: false, workspace: false, workers: false, uploadUrl: '/media', startCog: 'path' },
          pickFiles: () => notHere(PAGE_DOES_IT),
          saveFile: () => notHere(PAGE_DOES_IT),
          openMedia: () => notHere(PAGE_DOES_IT),
          useInWorker: () => notHere(HOW_TO_WORKER),
        });
        return () => view.dispose();
      },
    },
    options.ports,
  );

  let stopping = false;
  function stop(): void {
    if (stopping) return;
    stopping = true;
    playground.dispose();
    server.close();
    store.dispose();
    ledger.dispose();
    tokens.dispose();
    simulator.dispose();
    process.exit(0);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);

  const address = (key: string) => `http://127.0.0.1:${server.port}/?key=${key}`;
  console.log(`Playground ready: ${address(access.key)}`);
  if (options.open) {
    await openInBrowser(address(access.singleUseKey())).catch(() => {
      log.warn('No browser could be started. Open the address above.');
    });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof UsageError ? error.message : error);
  process.exit(1);
});
