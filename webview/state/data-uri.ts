/**
 * Files that stand in an address: `data:image/png;base64,…`.
 */

/** The file in a `data:` address; stray white space does no harm. Undefined when it cannot be decoded. */
export function fileOfDataUri(address: string): File | undefined {
  const parts = /^\s*data:([^,;]*)((?:;[^,;]*)*),(.*)$/is.exec(address);
  if (parts === null) return undefined;
  const [, type = '', options = '', data = ''] = parts;
  try {
    const bytes = /;\s*base64\s*$/i.test(options) ? fromBase64(data) : fromText(data);
    const ending = /\/([a-z0-9]+)/i.exec(type)?.[1] ?? 'bin';
    return bytes.length === 0 ? undefined : new File([bytes], `data.${ending}`, { type: type.trim() });
  } catch {
    return undefined;
  }
}

function fromBase64(data: string): Uint8Array<ArrayBuffer> {
  const plain = data.includes('%') ? decodeURIComponent(data) : data;
  // Both alphabets, with padding or without; `atob` passes over white space.
  return Uint8Array.from(atob(plain.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
}

function fromText(data: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(decodeURIComponent(data));
}
