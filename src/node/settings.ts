/**
 * Settings of the standalone playground: its user has environment variables instead of VS Code settings.
 */
import type { Budget, Credential, CredentialStore, Settings } from '../app/ports';
import { UsageError } from './args';

const CLOUDFLARE = 'https://api.cloudflare.com/client/v4';

/** More than this is a slip of the finger. */
const MOST_USD = 1_000_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment says. */
export interface StandaloneSettings {
  readonly settings: Settings;
  /** Only with a token and an account. */
  readonly credential?: Credential;
  /** Waiting of the simulator is divided by this; 0 means no waiting. Absent: its own default. */
  readonly simulatorSpeed?: number;
  /** Worth telling at start, one sentence each. */
  readonly notes: readonly string[];
}

function text(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === '' ? undefined : value;
}

function number(environment: Environment, name: string, min: number, max: number, whole = false): number | undefined {
  const given = text(environment, name);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (!(value >= min && value <= max) || (whole && !Number.isInteger(value))) {
    const kind = whole ? 'a whole number' : 'a number';
    throw new UsageError(`${name} needs ${kind} from ${min} to ${max}, not "${given}".`);
  }
  return value;
}

/** No variable, no limit; 0 lets nothing be spent. */
function budgetOf(environment: Environment): Budget {
  const perRunUsd = number(environment, 'UNIFIED_INFERENCE_BUDGET_PER_RUN_USD', 0, MOST_USD);
  const perDayUsd = number(environment, 'UNIFIED_INFERENCE_BUDGET_PER_DAY_USD', 0, MOST_USD);
  return { ...(perRunUsd !== undefined && { perRunUsd }), ...(perDayUsd !== undefined && { perDayUsd }) };
}

/** Says why it is the simulator when somebody seems to have wanted the real API. */
function connectionNote(token: string | undefined, accountId: string | undefined, baseUrl: string | undefined) {
  if (token !== undefined && accountId !== undefined) return [];
  const why = 'The playground uses the simulator';
  if (token !== undefined) return [`${why}: CLOUDFLARE_API_TOKEN is set, but CLOUDFLARE_ACCOUNT_ID is missing.`];
  if (accountId !== undefined) return [`${why}: CLOUDFLARE_ACCOUNT_ID is set, but CLOUDFLARE_API_TOKEN is missing.`];
  if (baseUrl === undefined) return [];
  return [`${why}: CLOUDFLARE_API_BASE_URL is set, but CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID are missing.`];
}

/**
 * Reads the environment. `parseBaseUrl` checks an API base URL, throwing with a message for people.
 * Throws `UsageError` for a value that cannot be used.
 */
export function readSettings(
  environment: Environment,
  parseBaseUrl: (text: string) => { readonly href: string; readonly origin: string },
): StandaloneSettings {
  const token = text(environment, 'CLOUDFLARE_API_TOKEN');
  const accountId = text(environment, 'CLOUDFLARE_ACCOUNT_ID');
  const givenBase = text(environment, 'CLOUDFLARE_API_BASE_URL');
  let base: { readonly href: string; readonly origin: string };
  try {
    base = parseBaseUrl(givenBase ?? CLOUDFLARE);
  } catch (error) {
    throw new UsageError(`CLOUDFLARE_API_BASE_URL cannot be used. ${(error as Error).message}`);
  }
  const simulatorSpeed = number(environment, 'SIMULATOR_SPEED', 0, 1_000_000);
  const real = token !== undefined && accountId !== undefined;
  return {
    settings: {
      connection: real ? 'cloudflare' : 'simulator',
      apiBaseUrl: base.href,
      accountId: accountId ?? '',
      gatewayId: text(environment, 'CLOUDFLARE_AI_GATEWAY_ID') ?? 'default',
      metadata: {},
      policy: {
        firstTokenTimeout: number(environment, 'UNIFIED_INFERENCE_FIRST_TOKEN_TIMEOUT_SECONDS', 0.01, 3_600) ?? 120,
        idleTimeout: number(environment, 'UNIFIED_INFERENCE_IDLE_TIMEOUT_SECONDS', 0.01, 3_600) ?? 60,
        maxAttempts: number(environment, 'UNIFIED_INFERENCE_MAX_ATTEMPTS', 1, 10, true) ?? 3,
      },
      budget: budgetOf(environment),
    },
    ...(real ? { credential: { token, origin: base.origin } } : {}),
    ...(simulatorSpeed === undefined ? {} : { simulatorSpeed }),
    notes: connectionNote(token, accountId, givenBase),
  };
}

/** The credential of the environment: it lives as long as the process and cannot be changed from within. */
export function fixedCredentials(credential: Credential | undefined): CredentialStore {
  const refuse = () => Promise.reject(new Error('The token of the standalone playground comes from its environment.'));
  return { get: () => Promise.resolve(credential), set: refuse, clear: refuse };
}
