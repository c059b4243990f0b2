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
