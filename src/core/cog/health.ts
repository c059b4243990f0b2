/**
 * What `GET /health-check` of a Cog server says (Cog 0.22; always HTTP 200, the state is in the body).
 */
import { asObject } from '../inference/json';
import type { CogProblem, CogState } from './server';

/** A health report. */
export interface CogHealth {
  readonly state: Extract<CogState, 'setup' | 'ready' | 'busy' | 'setup-failed' | 'unhealthy' | 'failed'>;
  readonly problem?: CogProblem;
  /** Seconds that `setup()` took, by the server's own clock. */
  readonly setupSeconds?: number;
  /** What `setup()` wrote; '' when nothing is known. */
  readonly setupLogs: string;
  /** Version of Cog's Python package. */
  readonly version?: string;
}

const states: Readonly<Record<string, CogHealth['state']>> = {
  STARTING: 'setup',
  READY: 'ready',
  BUSY: 'busy',
  SETUP_FAILED: 'setup-failed',
  UNHEALTHY: 'unhealthy',
  DEFUNCT: 'failed',
};

/** Most characters of a log in a sentence. */
const QUOTED = 300;

/** Undefined: this is not a health report of Cog. */
export function readHealth(body: unknown): CogHealth | undefined {
  const report = asObject(body);
  const status = report?.['status'];
  const state = typeof status === 'string' && Object.hasOwn(states, status) ? states[status] : undefined;
  if (report === undefined || state === undefined) return undefined;
  const setup = asObject(report['setup']);
  const logs = setup?.['logs'];
  const setupLogs = typeof logs === 'string' ? logs : '';
  const seconds = secondsBetween(setup?.['started_at'], setup?.['completed_at']);
  const version = asObject(report['version'])?.['python_sdk'];
  const healthError = report['user_healthcheck_error'];
  const problem = problemOf(state, setupLogs, typeof healthError === 'string' ? healthError : '');
  return {
    state,
    setupLogs,
    ...(problem && { problem }),
    ...(seconds !== undefined && { setupSeconds: seconds }),
    ...(typeof version === 'string' && { version }),
  };
}

function problemOf(state: CogHealth['state'], setupLogs: string, healthError: string): CogProblem | undefined {
  const quote = (text: string): string => (text === '' ? '' : ` It says: ${text}`);
  switch (state) {
    case 'setup-failed':
      return {
        message: `The model's setup() failed.${quote(lastWords(setupLogs))}`,
        nextStep: 'Its log says more. Mend setup(), then start the server anew.',
      };
    case 'unhealthy':
      return {
        message: `The model's healthcheck() says that it is not healthy.${quote(lastWords(healthError))}`,
        nextStep: 'Look at its log, or start the server anew.',
      };
    case 'failed':
      return {
        message: `The server's worker has died.${quote(lastWords(setupLogs))}`,
        nextStep: 'Often memory ran out. Look at its log, then start the server anew.',
      };
    default:
      return undefined;
  }
}

/** The last line that says something: of a traceback that is the error. */
export function lastWords(log: string): string {
  const line = log.split('\n').findLast((text) => text.trim() !== '') ?? '';
  return line.trim().slice(0, QUOTED);
}

function secondsBetween(from: unknown, to: unknown): number | undefined {
  if (typeof from !== 'string' || typeof to !== 'string') return undefined;
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
