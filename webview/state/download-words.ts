/**
 * How much of a file has come, in words.
 */

const KB = 1024;
const MB = 1024 * KB;

/** For example `2.1` of `4.0 MB`, in the unit of the whole; without a whole, `2.1 MB`. In 1024s, as limits are. */
export function bytesOf(
  received: number,
  total: number | undefined,
): { readonly received: string; readonly total?: string } {
  const [size, name] = (total ?? received) < MB ? [KB, 'KB'] : [MB, 'MB'];
  const digits = size === KB ? 0 : 1;
  const some = (received / size).toFixed(digits);
  return total === undefined
    ? { received: `${some} ${name}` }
    : { received: some, total: `${(total / size).toFixed(digits)} ${name}` };
}
