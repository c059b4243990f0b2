/**
 * One look at a Cog server: how it stands, and what it takes.
 */
import { readHealth, type CogHealth } from '../core/cog/health';
import { readCogSchema, type CogSchema } from '../core/cog/schema';
import type { CogProblem } from '../core/cog/server';
import { readAll } from '../core/inference/body';
import type { AppPorts } from './ports';

/** What a look found. */
export type Probe =
  | { readonly health: CogHealth }
  | { readonly problem: CogProblem; /** Nobody listens there. */ readonly silent: boolean };

/** Seconds for one answer. Cog's own health check may take five. */
const TIMEOUT = 8;
/** Bytes of a health report (it holds the log of `setup()`), and of a schema. */
const MAX_BYTES = 4 * 1024 * 1024;

type ProbePorts = Pick<AppPorts, 'fetch' | 'clock'>;

/** Asks `GET /health-check`. Never rejects. */
export async function probe(ports: ProbePorts, url: string): Promise<Probe> {
  const answer = await getJson(ports, `${url}/health-check`);
  if (answer === undefined) {
    return {
      silent: true,
      problem: {
        message: `Nothing answers at ${url}.`,
        nextStep: 'Start the server, or check the address and the port.',
      },
    };
  }
  const health = answer.status === 200 ? readHealth(answer.body) : undefined;
  if (health !== undefined) return { health };
  return {
    silent: false,
    problem: {
      message: `What answers at ${url} is not a Cog server: its /health-check says HTTP ${answer.status} and no state.`,
      nextStep: 'Check the address and the port; a Cog container listens on port 5000 inside.',
    },
  };
}

/** Asks `GET /openapi.json`. Undefined: the server has none (HTTP 503), or none that is understood. */
export async function probeSchema(ports: ProbePorts, url: string): Promise<CogSchema | undefined> {
  const answer = await getJson(ports, `${url}/openapi.json`);
  return answer?.status === 200 ? readCogSchema(answer.body) : undefined;
}

/** Undefined: no whole answer came in time. Redirects are refused: they would lead past the policy of addresses. */
async function getJson(
  { fetch, clock }: ProbePorts,
  url: string,
): Promise<{ readonly status: number; readonly body: unknown } | undefined> {
  const controller = new AbortController();
  const stopTimer = clock.after(TIMEOUT, () => controller.abort());
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: controller.signal,
    });
    const reader = response.body?.getReader();
    const bytes =
      reader === undefined
        ? new Uint8Array()
        : await readAll(
            () => reader.read(),
            MAX_BYTES,
            () => {},
          );
    return { status: response.status, body: bytes && parsed(bytes) };
  } catch {
    return undefined;
  } finally {
    stopTimer();
    // Closes what was not read to its end.
    controller.abort();
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}
