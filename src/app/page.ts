/**
 * The one HTML page of the playground and its content security policy, the same in VS Code and in a browser.
 */

/** What differs between the hosts. */
export interface PageOptions {
  /** Fresh for every page, from a cryptographic source; base64 or base64url. */
  readonly nonce: string;
  /** CSP source of our own files: `webview.cspSource` (which contains quotes) or `'self'`. */
  readonly cspSource: string;
  /** The ES module `main.js`. Chunks that it imports later inherit its nonce. */
  readonly scriptUri: string;
  /** In order of the cascade. */
  readonly styleUris: readonly string[];
  readonly host: 'vscode' | 'standalone';
  /** Further `connect-src` sources, for example `ws://127.0.0.1:4173`. */
  readonly connectSrc?: string;
}

/**
 * The policy. No `https:` anywhere: an image or link preview in model output must not be able to carry data out.
 * `connect-src` admits our own files, because Monaco's worker is fetched and started from a blob URL.
 */
export function contentSecurityPolicy(options: Pick<PageOptions, 'nonce' | 'cspSource' | 'connectSrc'>): string {
  const { nonce, cspSource, connectSrc } = options;
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'unsafe-inline'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data: blob:`,
    `media-src ${cspSource} blob:`,
    `worker-src blob:`,
    `connect-src ${connectSrc === undefined ? cspSource : `${cspSource} ${connectSrc}`}`,
  ].join('; ');
}

function attribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * The whole page. It holds no data: the view asks for everything with `ready`.
 * Its empty icon keeps browsers from asking for `/favicon.ico`.
 */
export function pageHtml(options: PageOptions): string {
  const styles = options.styleUris.map((uri) => `    <link rel="stylesheet" href="${attribute(uri)}" />\n`).join('');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${attribute(contentSecurityPolicy(options))}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Playground for Cloudflare AI</title>
    <link rel="icon" href="data:," />
${styles}  </head>
  <body data-host="${options.host}">
    <div id="app"></div>
    <script type="module" nonce="${attribute(options.nonce)}" src="${attribute(options.scriptUri)}"></script>
  </body>
</html>
`;
}
