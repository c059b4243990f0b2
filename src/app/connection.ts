/**
 * Where runs go: the simulator, or Cloudflare with the stored token. The token is read when it is needed, is never kept
 * here, and leaves only for the origin it was given for.
 */
import type { Endpoint } from '../core/inference/request';
import type { ConnectionInfo } from '../protocol/api';
import { RpcError, toRpcError } from '../protocol/rpc';
import { accountName } from './accounts';
import { parseBaseUrl, type BaseUrl } from './base-url';
import { createEmitter } from './emitter';
import { checkToken } from './http';
import type { AppPorts, Disposable, Event, Settings } from './ports';

/** What is known of the connection itself; each view adds how one connects from there. */
export type ConnectionFacts = Omit<ConnectionInfo, 'howToConnect' | 'canConnect'>;

/** Where runs go, as long as the settings say so. */
export interface Connection extends Disposable {
  readonly info: ConnectionFacts;
  readonly onDidChange: Event<ConnectionFacts>;
  /** Settles when `info` describes the settings and credential as they are now. For callers that changed either. */
  refresh(): Promise<void>;
  /**
   * The endpoint for the next call, checked at this moment. Rejects with `RpcError`; its code is `no-token`,
   * `bad-token`, `no-account`, `origin-mismatch`, `bad-base-url` or `simulator-failed`, its message says what to do.
   */
  endpoint(): Promise<Endpoint>;
  /**
   * Does ahead of the first call what would delay it: starts the simulator, or asks for the account's name.
   * Never rejects; failures show in `info.problem`.
   */
  warm(): Promise<void>;
}

type ConnectionPorts = Pick<AppPorts, 'settings' | 'credentials' | 'simulator' | 'hostKind' | 'log' | 'fetch'>;

/** Origin shown for the simulator until it has a port. */
const SIMULATOR_ORIGIN = 'http://127.0.0.1';

async function simulatorEndpoint(ports: ConnectionPorts, settings: Settings): Promise<Endpoint> {
  const { gatewayId, metadata } = settings;
  try {
    const { baseUrl, accountId, token } = await ports.simulator();
    return { baseUrl, accountId, token, gatewayId, metadata };
  } catch (error) {
    ports.log.error('The simulator did not start.', error);
    throw new RpcError(
      'simulator-failed',
      'The simulator did not start. The log says why; reload the window or start the playground again.',
      true,
    );
  }
}

function configuredBase(settings: Settings): BaseUrl {
  try {
    return parseBaseUrl(settings.apiBaseUrl);
  } catch (error) {
    throw new RpcError('bad-base-url', `${toRpcError(error).message} Correct the setting apiBaseUrl.`);
  }
}

async function cloudflareEndpoint(ports: ConnectionPorts, settings: Settings): Promise<Endpoint> {
  const base = configuredBase(settings);
  const credential = await ports.credentials.get();
  if (credential === undefined) {
    throw new RpcError('no-token', 'There is no API token. Connect with one, or use the simulator.');
  }
  if (credential.origin !== base.origin) {
    throw new RpcError(
      'origin-mismatch',
      `The stored token was given for ${credential.origin} and is sent nowhere else, ` +
        `but the API base URL points to ${base.origin}. Connect again to give a token for it, or correct apiBaseUrl.`,
    );
  }
  checkToken(credential.token);
  if (settings.accountId === '') {
    throw new RpcError('no-account', 'There is no account id. Connect again and choose an account.');
  }
  const { accountId, gatewayId, metadata } = settings;
  return { baseUrl: base.href, accountId, token: credential.token, gatewayId, metadata };
}

const endpointOf = (ports: ConnectionPorts, settings: Settings): Promise<Endpoint> =>
  settings.connection === 'simulator' ? simulatorEndpoint(ports, settings) : cloudflareEndpoint(ports, settings);

function common(ports: ConnectionPorts, settings: Settings) {
  return { gatewayId: settings.gatewayId, metadata: settings.metadata, hostKind: ports.hostKind };
}

function simulatorFacts(ports: ConnectionPorts, settings: Settings, endpoint?: Endpoint): ConnectionFacts {
  return {
    ...common(ports, settings),
    kind: 'simulator',
    simulated: true,
    accountId: endpoint?.accountId ?? 'simulator',
    origin: endpoint === undefined ? SIMULATOR_ORIGIN : new URL(endpoint.baseUrl).origin,
  };
}

function problemFacts(ports: ConnectionPorts, settings: Settings, error: unknown): ConnectionFacts {
  const simulated = settings.connection === 'simulator';
  const origin = URL.canParse(settings.apiBaseUrl) ? new URL(settings.apiBaseUrl).origin : '';
  return {
    ...common(ports, settings),
    kind: 'none',
    simulated,
    origin: simulated ? SIMULATOR_ORIGIN : origin,
    problem: toRpcError(error).message,
  };
}

/** Makes the connection and follows the settings. Starts nothing: see `warm`. */
export function createConnection(ports: ConnectionPorts): Connection {
  const emitter = createEmitter<ConnectionFacts>();
  let info: ConnectionFacts =
    ports.settings.get().connection === 'simulator'
      ? simulatorFacts(ports, ports.settings.get())
      : { ...problemFacts(ports, ports.settings.get(), undefined), problem: 'Reading the stored token …' };
  let generation = 0;
  let simulatorEndpointNow: Endpoint | undefined;
  /** Names of accounts by id, as far as they were asked for. */
  const names = new Map<string, string | undefined>();

  function publish(next: ConnectionFacts): void {
    if (JSON.stringify(next) === JSON.stringify(info)) return;
    info = next;
    emitter.fire(info);
  }

  async function describe(settings: Settings): Promise<ConnectionFacts> {
    if (settings.connection === 'simulator') return simulatorFacts(ports, settings, simulatorEndpointNow);
    try {
      const { accountId, baseUrl } = await cloudflareEndpoint(ports, settings);
      const name = names.get(accountId);
      return {
        ...common(ports, settings),
        kind: 'cloudflare',
        simulated: false,
        accountId,
        ...(name === undefined ? {} : { accountName: name }),
        origin: new URL(baseUrl).origin,
      };
    } catch (error) {
      return problemFacts(ports, settings, error);
    }
  }

  async function refresh(): Promise<void> {
    const mine = ++generation;
    const next = await describe(ports.settings.get());
    if (mine === generation) publish(next);
  }

  async function endpoint(): Promise<Endpoint> {
    const settings = ports.settings.get();
    const mine = generation;
    try {
      const ready = await endpointOf(ports, settings);
      if (settings.connection === 'simulator') {
        simulatorEndpointNow = ready;
        if (mine === generation) publish(simulatorFacts(ports, settings, ready));
      }
      return ready;
    } catch (error) {
      if (mine === generation) publish(problemFacts(ports, settings, error));
      throw error;
    }
  }

  async function warm(): Promise<void> {
    try {
      const ready = await endpoint();
      const { accountId } = ready;
      if (info.kind !== 'cloudflare' || names.has(accountId)) return;
      names.set(accountId, await accountName(ports.fetch, ready));
      await refresh();
    } catch (error) {
      // Shown already where it matters; a name is only nice to have.
      ports.log.info(`The connection is not ready: ${toRpcError(error).message}`);
    }
  }

  const subscription = ports.settings.onDidChange(() => void refresh());
  void refresh();

  return {
    get info() {
      return info;
    },
    onDidChange: emitter.event,
    refresh,
    endpoint,
    warm,
    dispose: () => {
      generation++;
      subscription.dispose();
    },
  };
}
