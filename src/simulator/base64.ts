/**
 * Base64 of bytes, without a platform's own buffers.
 */

/** `bytes` in base64. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  // Spreading a whole picture into one call would exceed the limit of arguments.
  const slice = 0x8000;
  for (let start = 0; start < bytes.length; start += slice) {
    binary += String.fromCharCode(...bytes.subarray(start, start + slice));
  }
  return btoa(binary);
}

/** The bytes of base64 `text`, white space in it allowed; undefined when it is no base64. */
export function fromBase64(text: string): Uint8Array | undefined {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return undefined;
  }
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
