/**
 * Names of container images, as the OCI distribution specification has them. What passes here means the same to every
 * shell and needs no quotes.
 */

/** An image's name, taken apart. */
export interface ImageName {
  /** With its port: `localhost:5000`; absent: Docker Hub. */
  readonly host?: string;
  /** `me/model`. */
  readonly path: string;
  readonly tag?: string;
}

const PART = /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*$/;
const HOST = /^(?:localhost|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|[A-Za-z0-9.-]+(?=:))(?::\d{1,5})?$/;
const TAG = /^\w[\w.-]{0,127}$/;

/** The specification has no limit of its own; registries do. */
const LONGEST = 255;

/** Takes a name apart; undefined where it is none. Digests are none: they name what was built, not what will be. */
export function parseImageName(text: string): ImageName | undefined {
  if (text.length > LONGEST) return undefined;
  const [first = '', ...rest] = text.split('/');
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const path = hasHost ? rest.join('/') : text;
  const [name = '', tag, ...more] = path.split(':');
  if (more.length > 0 || (hasHost && !HOST.test(first)) || (tag !== undefined && !TAG.test(tag))) return undefined;
  if (!name.split('/').every((part) => PART.test(part))) return undefined;
  return { path: name, ...(hasHost && { host: first }), ...(tag !== undefined && { tag }) };
}

/** A part of a name that is as near to a text, for example the name of a folder, as names of images allow. */
export function imagePart(text: string): string {
  const part = text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  return part === '' ? 'cog-model' : part;
}
