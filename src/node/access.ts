/**
 * Who may talk to the standalone playground. It listens on loopback, which every program and every web page of this
 * machine can reach: a key from the printed URL becomes a cookie, and `Host` and `Origin` must be our own (a foreign
 * `Host` is DNS rebinding, a foreign `Origin` another site's page).
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What to do with a request. */
export type Verdict =
  | { readonly kind: 'allow' }
  /** The key was right: set this cookie and go to the address without the key. */
  | { readonly kind: 'enter'; readonly cookie: string }
  | { readonly kind: 'refuse'; readonly message: string };

/** The gate of one server process. */
export interface Access {
  /** The key of the printed URL; valid while the process lives. */
  readonly key: string;
  /** A key that works once: it stands on the command line of the browser, where other users can read it. */
  singleUseKey(): string;
  /** Judges an HTTP request or, with `upgrade`, the start of a WebSocket. `port` is where the server listens. */
  judge(request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>, port: number, upgrade?: boolean): Verdict;
}

/** Compares without telling by its duration how much was right. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

const secret = (): string => randomBytes(32).toString('base64url');

function cookieValues(header: string | undefined, name: string): readonly string[] {
  return (header ?? '').split(';').flatMap((part) => {
    const [key, ...value] = part.trim().split('=');
    return key === name ? [value.join('=')] : [];
  });
}

const refuse = (message: string): Verdict => ({ kind: 'refuse', message });

/** Makes the gate with fresh secrets. */
export function createAccess(): Access {
  const key = secret();
  const session = secret();
  const singleUse = new Set<string>();

  function isKey(given: string): boolean {
    if (same(given, key)) return true;
    for (const one of singleUse) if (same(given, one)) return singleUse.delete(one);
    return false;
  }

  return {
    key,
    singleUseKey() {
      const one = secret();
      singleUse.add(one);
      return one;
    },
    judge({ method, url, headers }, port, upgrade = false) {
      const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
      const { host, origin, cookie } = headers;
      if (host === undefined || !hosts.includes(host)) {
        return refuse('This playground answers only under 127.0.0.1 or localhost.');
      }
      const mustNameOrigin = upgrade || (method !== 'GET' && method !== 'HEAD');
      if ((origin !== undefined || mustNameOrigin) && origin !== `http://${host}`) {
        return refuse('Another site may not talk to this playground.');
      }
      // Cookies do not tell ports apart: the name does, so that two playgrounds do not sign each other out.
      const name = `unified-inference-${port}`;
      const address = new URL(url ?? '/', `http://${host}`);
      const given = address.searchParams.get('key');
      if (given !== null && method === 'GET' && !upgrade && address.pathname === '/') {
        if (!isKey(given)) {
          return refuse('The key in this address is not valid. Use the address that the running playground printed.');
        }
        return { kind: 'enter', cookie: `${name}=${session}; HttpOnly; SameSite=Strict; Path=/` };
      }
      if (cookieValues(cookie, name).some((value) => same(value, session))) return { kind: 'allow' };
      return refuse('Open the playground with the address that it printed when it started.');
    },
  };
}
