/**
 * The exact request as a curl command.
 */
import type { RawRequest } from '../run/events';

/**
 * A command for a POSIX shell that sends this request. The token is read from `$CLOUDFLARE_API_TOKEN`: it is never part
 * of the text. A body of type `multipart/form-data` is sent as form fields.
 */
export function curlSnippet(raw: RawRequest): string {
  const isForm = raw.headers['content-type']?.startsWith('multipart/form-data') ?? false;
  const headers = Object.entries(raw.headers).filter(
    // curl makes the content type of a form itself, because it holds the boundary.
    ([name]) => name !== 'authorization' && !(isForm && name === 'content-type'),
  );
  const lines = [
    `curl${raw.body['stream'] === true ? ' --no-buffer' : ''} ${quote(raw.url)}`,
    '-H "Authorization: Bearer $CLOUDFLARE_API_TOKEN"',
    ...headers.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(isForm ? formFields(raw.body) : [`--data-raw ${quote(JSON.stringify(raw.body, null, 2))}`]),
  ];
  return lines.join(' \\\n  ');
}

/** `--form-string` and not `-F`, which would read a value that begins with `@` from a file. */
function formFields(body: RawRequest['body']): string[] {
  return Object.entries(body).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `--form-string ${quote(`${name}=${text}`)}`;
  });
}

/** One word of a POSIX shell: nothing but a single quote is special between single quotes. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
