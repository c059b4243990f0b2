/**
 * Which addresses a Cog server may have: prompts and files are sent there, and nobody asks for a password.
 */

/** Why an address is refused, or what it needs. */
export type AddressProblem = 'not-a-url' | 'has-credentials' | 'needs-https' | 'needs-confirmation';

/**
 * What is wrong with an address; undefined: it may be used. `http:` is for this machine only; `https:` elsewhere needs the
 * user's word. A path in front of Cog's own is allowed (a proxy), a query or fragment is not.
 */
export function addressProblem(address: string): AddressProblem | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) return 'not-a-url';
  if (/[?#]/.test(address) || url.port === '0') return 'not-a-url';
  if (url.username !== '' || url.password !== '') return 'has-credentials';
  if (isLoopback(url)) return undefined;
  return url.protocol === 'https:' ? 'needs-confirmation' : 'needs-https';
}

/** Whether an address is of this machine. The URL parser has made one form of each: `127.1` is `127.0.0.1`. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(?:localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
