/**
 * Composition root of the VS Code extension: builds the ports, starts the features, gives everything back.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { createLazy } from './app/lazy';
import { createPlayground } from './app/playground';
import type { AppPorts, Disposable, Log, PlaygroundStore } from './app/ports';
import { createRedactor, watchCredentials } from './app/redact';
import { openCatalogCache } from './node/catalog-cache';
import { clock } from './node/clock';
import { findCog } from './node/cog/find-docker';
import { createPythonReader } from './node/cog/python-reader';
import { createCogRunner } from './node/cog/runner';
import { createCogTransport } from './node/cog/transport';
import { openServerList } from './node/cog/server-list';
import { openLedger } from './node/ledger';
import { openMediaStore } from './node/media';
import { nodeVersion } from './node/node-version';
import { openStore } from './node/store';
import { createTokenCounter } from './node/tokens';
import { startSimulator } from './simulator/start';
import { createCogLogs } from './vscode/cog/cog-log';
import { registerCogEditor } from './vscode/cog/register';
import { registerRunLocally } from './vscode/cog/run-locally';
import { registerCommands } from './vscode/commands';
import { createConnectUi } from './vscode/connect-ui';
import { createCredentials } from './vscode/credentials';
import { followCredentials } from './vscode/follow-credentials';
import { hostKind } from './vscode/host-kind';
import { createLog } from './vscode/log';
import { registerModelCommands } from './vscode/models/commands';
import { createModelsView } from './vscode/models/view';
import { createViewOptions } from './vscode/models/view-options';
import { createPanel } from './vscode/panel';
import { registerScaffoldCommands } from './vscode/scaffold/commands';
import { createSettings, saveConnection } from './vscode/settings';
import { createStatusBar } from './vscode/status-bar';

/** Everything that must go when the extension does, oldest first. */
const owned: Disposable[] = [];

function own<T extends Disposable>(disposable: T): T {
  owned.push(disposable);
  return disposable;
}

/** Starts a feature; one that throws is logged and the others still start. */
function start(name: string, log: Log, feature: () => Disposable): void {
  try {
    own(feature());
  } catch (error) {
    log.error(`The ${name} did not start.`, error);
  }
}

/** The playground works without memory; it only says so. */
function openStoreOrForget(file: string, log: Log): PlaygroundStore {
  try {
    return openStore(file, log);
  } catch (error) {
    log.error(`The playground data ${file} cannot be used.`, error);
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The playground cannot write its data. It runs, and forgets everything when the window closes.'),
    );
    return openStore(':memory:', log);
  }
}

/** Called by VS Code at the first command or restored panel, and never before. */
export function activate(context: vscode.ExtensionContext): void {
  const inDist = (name: string) => vscode.Uri.joinPath(context.extensionUri, 'dist', name).fsPath;
  const redactor = createRedactor();
  const channel = own(vscode.window.createOutputChannel('Unified Inference', { log: true }));
  const log = createLog(channel, redactor);

  const settings = own(createSettings());
  const stored = own(createCredentials(context.secrets, () => process.env['CLOUDFLARE_API_TOKEN']));
  const credentials = watchCredentials(stored, redactor);
  const mediaUri = vscode.Uri.joinPath(context.globalStorageUri, 'media');
  const globalStorage = context.globalStorageUri.fsPath;
  const storage = (context.storageUri ?? context.globalStorageUri).fsPath;
  const tokens = own(createTokenCounter(inDist('tokenizer.js')));
  const simulator = own(createLazy(() => startSimulator({ workerFile: inDist('simulator-worker.js') })));

  const reader = vscode.Uri.joinPath(context.extensionUri, 'media', 'cog', 'read_runner.py').fsPath;
  const cogRunner = createCogRunner({ cacheFolder: path.join(globalStorage, 'cog'), reader });
  const askPython = createPythonReader({ script: reader });

  const fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init);
  const ports: AppPorts = {
    clock,
    epoch: Date.now,
    fetch,
    random: Math.random,
    newId: randomUUID,
    log,
    settings,
    credentials,
    store: own(openStoreOrForget(path.join(storage, 'playground.sqlite'), log)),
    // One for all windows: a budget holds over all of them.
    ledger: own(openLedger(path.join(globalStorage, 'ledger.sqlite'), log)),
    catalogCache: openCatalogCache(path.join(globalStorage, 'catalogs'), log),
    media: openMediaStore(mediaUri.fsPath),
    countTokens: tokens.count,
    simulator: simulator.get,
    bundledCatalog: async () => {
      const file = vscode.Uri.joinPath(context.extensionUri, 'media', 'catalog.json').fsPath;
      return JSON.parse(await readFile(file, 'utf8')) as unknown;
    },
    hostKind: hostKind(vscode.env.remoteName),
    cogServers: openServerList(path.join(storage, 'cog-servers.json'), log),
    cogTransport: createCogTransport(fetch),
    // A project's code is run only where the user trusts it.
    get cogRunner() {
      return vscode.workspace.isTrusted ? cogRunner : undefined;
    },
  };
  const playground = own(createPlayground(ports));

  start('credential watch', log, () => followCredentials(stored, playground.connection, log));
  start('status bar item', log, () => createStatusBar(playground));
  const nonce = () => randomBytes(24).toString('base64');
  const homeUri = vscode.Uri.file(homedir());
  const panel = own(
    createPanel({
      extensionUri: context.extensionUri,
      mediaUri,
      homeUri,
      playground,
      nonce,
      cogLogs: own(createCogLogs()),
    }),
  );
  const showLog = () => channel.show();
  start('commands', log, () =>
    registerCommands({
      playground,
      panel,
      credentials,
      log,
      showLog,
      connect: {
        ui: createConnectUi(),
        fetch: ports.fetch,
        settings,
        credentials: { set: credentials.set, useEnvironment: stored.useEnvironment },
        environment: {
          token: process.env['CLOUDFLARE_API_TOKEN'],
          accountId: process.env['CLOUDFLARE_ACCOUNT_ID'],
        },
        saveConnection,
        protect: redactor.register,
      },
    }),
  );
  start('Cog commands', log, () => registerRunLocally({ playground, panel, log, showLog }));
  const today = () => new Date(ports.epoch()).toISOString().slice(0, 10);
  const cogVersion = async () => {
    const found = await findCog();
    return 'version' in found ? found.version : undefined;
  };
  const scaffold = own(
    createLazy(async () => {
      const { createScaffold } = await import('./vscode/scaffold/feature');
      return createScaffold({
        playground,
        settings: () => settings.get(),
        today,
        now: ports.epoch,
        nodeVersion,
        cogVersion,
        askPython,
        remembered: context.workspaceState,
        extensionUri: context.extensionUri,
        globalStorageUri: context.globalStorageUri,
      });
    }),
  );
  start('scaffolding commands', log, () => registerScaffoldCommands({ scaffold, log, showLog }));
  const cogEditor = own(
    createLazy(async () => {
      const { createCogEditor } = await import('./vscode/cog/feature');
      return createCogEditor({ askPython, cogVersion, log });
    }),
  );
  start('editing of Cog projects', log, () => registerCogEditor({ editor: cogEditor, log, showLog }));
  start('Models view', log, () => {
    const options = createViewOptions(context.globalState);
    const view = own(createModelsView({ playground, options, today }));
    const gatewayId = () => settings.get().gatewayId;
    return registerModelCommands({ playground, panel, view, options, gatewayId, today, log, showLog });
  });
}

/** Called by VS Code when the window closes or the extension is disabled. Newest first, so that users go before uses. */
export function deactivate(): void {
  for (const disposable of owned.splice(0).reverse()) disposable.dispose();
}
