/**
 * Which addresses out of an answer may be fetched. An answer is written by others: it must not make the host talk to
 * its own network.
 */

/** Whether `url` may be fetched: `https:` to a public host, or anything of the API's own origin. */
export function isReachable(url: string, apiOrigin: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, origin, hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') return false;
  return origin === apiOrigin || (protocol === 'https:' && !isPrivate(hostname));
}

/** Names that only a network of its own resolves (RFC 6761, 6762, 8375; `.internal` by ICANN), as those without a dot. */
const INTERNAL = /\.(?:localhost|local|internal|home\.arpa)$/;

/** `hostname` as `URL` normalises it: IPv4 in dotted decimals whatever way it was written, IPv6 in brackets. */
function isPrivate(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '');
  if (!name.includes('.') && !name.startsWith('[')) return true;
  if (INTERNAL.test(name)) return true;
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return isPrivateV4(name.split('.').map(Number));
  return name.startsWith('[') && isPrivateV6(name.slice(1, -1));
}

/** This network, private use, shared, loopback, link-local, benchmarking, multicast and reserved (RFC 6890). */
function isPrivateV4([a = 0, b = 0]: readonly number[]): boolean {
  if (a === 0 || a === 10 || a === 127 || a >= 224) return true;
  if (a === 100) return b >= 64 && b <= 127;
  if (a === 169) return b === 254;
  if (a === 172) return b >= 16 && b <= 31;
  if (a === 192) return b === 168 || b === 0;
  return a === 198 && (b === 18 || b === 19);
}

/**
 * Only global unicast (2000::/3) is public; this leaves out loopback, mapped IPv4, unique-local and link-local. Of these,
 * tunnels lead to an IPv4 address within them: 6to4 (2002::/16) and Teredo (2001:0::/32).
 */
function isPrivateV6(address: string): boolean {
  return !/^[23][0-9a-f]{3}:/.test(address) || /^(?:2002:|2001:(?:0:|:))/.test(address);
}
