/**
 * What the Python snippets share.
 */
import { pythonLiteral, pythonString } from './python-literal';
import { RequestFiles } from './request-files';

/** Files of a request as Python reads them. */
export function pythonFiles(): RequestFiles {
  return new RequestFiles({
    read: (variable, { name }) => `${variable} = Path(${pythonString(name)}).read_bytes()`,
    base64: (variable) => `base64.b64encode(${variable}).decode()`,
    numbers: (variable) => `list(${variable})`,
    text: pythonString,
  });
}

/** The lines before the request: what to install, imports, the files. */
export function pythonHead(
  packages: string,
  modules: readonly string[],
  imported: string,
  code: string,
  files: RequestFiles,
  token = true,
): string {
  const all = [...modules, ...(code.includes('base64.') ? ['base64'] : [])].toSorted();
  const path = files.isEmpty && !code.includes('Path(') ? '' : 'from pathlib import Path\n';
  return `# pip install ${packages} && ${token ? 'CLOUDFLARE_API_TOKEN=… ' : ''}python ask.py
${all.map((name) => `import ${name}\n`).join('')}${path}
${imported}

${files.isEmpty ? '' : `${files.reading}\n`}`;
}

/** Arguments of a call by name, a line each. */
export function namedArguments(values: Readonly<Record<string, unknown>>, indent: number): string {
  return Object.entries(values)
    .map(([name, value]) => `${' '.repeat(indent)}${name}=${pythonLiteral(value, indent, name.length + 1)},\n`)
    .join('');
}
