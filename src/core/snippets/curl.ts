/**
 * The exact request as a curl command.
 */
import type { RawRequest } from '../run/events';
import { isForm, needsToken, streams, type SnippetRequest } from './endpoint';
import { markMedia, mediumOf, type Medium } from './media-marks';
import { formFields } from './request-files';

/**
 * A command for a POSIX shell that sends this request. The token is read from `$CLOUDFLARE_API_TOKEN`, and media from
 * files of their names: neither is ever part of the text. A refusal is printed and fails the command. A body of type `multipart/form-data` is sent as form fields.
 */
export function curlSnippet(request: SnippetRequest): string {
  const { raw } = request;
  const form = isForm(raw);
  const headers = Object.entries(raw.headers).filter(
    // curl makes the content type of a form itself, because it holds the boundary.
    ([name]) => name !== 'authorization' && !(form && name === 'content-type'),
  );
  const { before, options } = bodyOf(raw, form);
  const lines = [
    `${before}curl --fail-with-body${streams(request) ? ' --no-buffer' : ''} ${quote(raw.url)}`,
    ...(needsToken(request) ? ['-H "Authorization: Bearer $CLOUDFLARE_API_TOKEN"'] : []),
    ...headers.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...options,
  ];
  return lines.join(' \\\n  ');
}

/** Options that give the body, and what is piped into curl, if anything. */
function bodyOf({ body }: RawRequest, form: boolean): { before: string; options: readonly string[] } {
  if (form) return { before: '', options: formOptions(body) };
  const file = mediumOf(body);
  if (file !== undefined) return { before: '', options: [`--data-binary ${quote(`@${file.name}`)}`] };
  const { value, media } = markMedia(body);
  const json = JSON.stringify(value, null, 2);
  if (media.size === 0) return { before: '', options: [`--data-raw ${quote(json)}`] };
  return { before: `{\n${written(json, media).join('\n')}\n} | `, options: ['--data-binary @-'] };
}

/** Commands that write the JSON, media in their places. */
function written(json: string, media: ReadonlyMap<string, Medium>): readonly string[] {
  const commands: string[] = [];
  let rest = json;
  let text = '';
  for (const [mark, medium] of media) {
    const [before = '', ...after] = rest.split(`"${mark}"`);
    const { open, command, close } = encoded(medium);
    commands.push(`  printf %s ${quote(text + before + open)}`, `  ${command}`);
    text = close;
    rest = after.join(`"${mark}"`);
  }
  return [...commands, `  printf %s ${quote(text + rest)}`];
}

/** Tools of every POSIX system: `base64 -w0` is GNU's alone. */
function encoded({ encoding, mediaType, name }: Medium): { open: string; command: string; close: string } {
  if (encoding === 'numbers') {
    const command = `od -An -v -tu1 < ${quote(name)} | tr -s ' \\n' ' ' | sed 's/^ //; s/ $//; s/ /,/g'`;
    return { open: '[', command, close: ']' };
  }
  const prefix = encoding === 'data-uri' ? JSON.stringify(`data:${mediaType};base64,`).slice(0, -1) : '"';
  return { open: prefix, command: `base64 < ${quote(name)} | tr -d '\\n'`, close: '"' };
}

/** `--form-string` and not `-F`, which would read a value that begins with `@` from a file. */
function formOptions(body: RawRequest['body']): readonly string[] {
  return formFields(body).map(([name, value]) => {
    if (typeof value === 'string') return `--form-string ${quote(`${name}=${value}`)}`;
    return `-F ${quote(`${name}=@${formFile(value.name)};type=${value.mediaType}`)}`;
  });
}

/** curl itself takes `;` and `,` for its own, but for within double quotes. */
function formFile(name: string): string {
  return /^[\w. -]+$/.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`;
}

/** One word of a POSIX shell: nothing but a single quote is special between single quotes. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
