/**
 * Keeps secrets out of logs. Two nets: every secret that passes through the credential store is known by value, and
 * what merely looks like one (a bearer token, an `Authorization` header, a token variable) is cut out by shape.
 */
import type { CredentialStore, Log } from './ports';

const MASK = '[redacted]';

/** Shapes of secrets. The first group is kept. */
const shapes: readonly RegExp[] = [
  /(\bbearer\s+)[^\s"',;]+/gi,
  /(\b(?:cf-aig-)?authorization["']?\s*[:=]\s*["']?)(?!\s*bearer\b)[^\r\n"',;]+/gi,
  /((?:\b|_)(?:x-api-key|api[_-]?key|api[_-]?token|access[_-]?token|refresh[_-]?token|client[_-]?secret|password)["']?\s*[:=]\s*["']?)[^\s"',;&]+/gi,
  /(["']token["']\s*:\s*["'])[^"']+/gi,
  /([?&](?:key|token|access_token)=)[^&\s"']+/gi,
  /(\b(?:set-)?cookie["']?\s*[:=]\s*["']?)[^\r\n"']+/gi,
];

/** Removes secrets from text. */
export interface Redactor {
  /** From now on this value is removed wherever it stands, also when percent-encoded. */
  register(secret: string): void;
  redact(text: string): string;
}

/** Makes a redactor that knows no values yet. */
export function createRedactor(): Redactor {
  const known = new Set<string>();
  return {
    register(secret) {
      // Shorter than this it would cut words out of sentences, and protects nothing.
      if (secret.length < 6) return;
      known.add(secret);
      known.add(encodeURIComponent(secret));
    },
    redact(text) {
      let result = text;
      // Longest first, so that a secret that contains another leaves no tail.
      for (const secret of [...known].sort((a, b) => b.length - a.length)) result = result.replaceAll(secret, MASK);
      for (const shape of shapes) result = result.replace(shape, `$1${MASK}`);
      return result;
    },
  };
}

/** An error with its stack and causes, as one text. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const text = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? text : `${text}\nCaused by: ${describeError(error.cause)}`;
}

/** A log that redacts every line before it writes it. `write` gets the level and the finished text. */
export function redactingLog(redactor: Redactor, write: (level: 'info' | 'warn' | 'error', text: string) => void): Log {
  return {
    info: (message) => write('info', redactor.redact(message)),
    warn: (message) => write('warn', redactor.redact(message)),
    error: (message, error) =>
      write('error', redactor.redact(error === undefined ? message : `${message}\n${describeError(error)}`)),
  };
}

/** The same credential store; every token that passes through it becomes known to the redactor. */
export function watchCredentials(store: CredentialStore, redactor: Redactor): CredentialStore {
  return {
    async get() {
      const credential = await store.get();
      if (credential !== undefined) redactor.register(credential.token);
      return credential;
    },
    async set(credential) {
      redactor.register(credential.token);
      await store.set(credential);
    },
    clear: () => store.clear(),
  };
}
