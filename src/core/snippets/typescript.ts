/**
 * What the TypeScript snippets share. They run as they are in Node 22.18 and later, which strips the types.
 */
import { stringLiteral } from '../scaffold/worker/source-literal';
import { RequestFiles } from './request-files';

/** Files of a request as Node reads them. */
export function nodeFiles(): RequestFiles {
  return new RequestFiles({
    read: (variable, { name }) => `const ${variable} = await readFile(${stringLiteral(name)});`,
    base64: (variable) => `${variable}.toString("base64")`,
    numbers: (variable) => `[...${variable}]`,
    text: stringLiteral,
  });
}

/** The lines before the request: how to run it, imports, the token, if one is needed, the files. `writes`: the answer may be a file. */
export function typescriptHead(
  packages: string,
  imports: readonly string[],
  files: RequestFiles,
  { writes = false, token = true }: { readonly writes?: boolean; readonly token?: boolean } = {},
): string {
  const install = packages === '' ? '' : `npm install ${packages} && `;
  const calls = [...(files.isEmpty ? [] : ['readFile']), ...(writes ? ['writeFile'] : [])];
  const all = calls.length === 0 ? imports : [`import { ${calls.join(', ')} } from "node:fs/promises";`, ...imports];
  const reading = token
    ? `const token = process.env.CLOUDFLARE_API_TOKEN;
if (!token) throw new Error("CLOUDFLARE_API_TOKEN is not set.");
`
    : '';
  return `// ${install}${token ? 'CLOUDFLARE_API_TOKEN=… ' : ''}node ask.mts
${all.map((line) => `${line}\n`).join('')}${all.length > 0 ? '\n' : ''}${reading}${files.reading}`;
}
