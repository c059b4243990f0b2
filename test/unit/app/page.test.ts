import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, pageHtml } from '../../../src/app/page';

const options = {
  nonce: 'bm9uY2U=',
  cspSource: `'self' https://*.vscode-cdn.net`,
  scriptUri: 'https://files.example/main.js?a=1&b="2"',
  styleUris: ['codicon.css', 'main.css'],
  host: 'vscode',
} as const;

describe('the page', () => {
  it('has exactly the policy decided on', () => {
    expect(contentSecurityPolicy(options)).toBe(
      `default-src 'none'; script-src 'nonce-bm9uY2U='; ` +
        `style-src 'self' https://*.vscode-cdn.net 'unsafe-inline'; font-src 'self' https://*.vscode-cdn.net; ` +
        `img-src 'self' https://*.vscode-cdn.net data: blob:; media-src 'self' https://*.vscode-cdn.net blob:; ` +
        `worker-src blob:; connect-src 'self' https://*.vscode-cdn.net`,
    );
    expect(contentSecurityPolicy({ nonce: 'n', cspSource: `'self'`, connectSrc: 'ws://127.0.0.1:1' })).toContain(
      `connect-src 'self' ws://127.0.0.1:1`,
    );
  });

  it('holds the policy, one module script with the nonce, the styles in order, and no data', () => {
    const html = pageHtml(options);
    expect(html).toContain(`content="${contentSecurityPolicy(options)}"`);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toContain(
      '<script type="module" nonce="bm9uY2U=" src="https://files.example/main.js?a=1&amp;b=&quot;2&quot;">',
    );
    expect(html.indexOf('codicon.css')).toBeLessThan(html.indexOf('main.css'));
    expect(html).toContain('<body data-host="vscode">');
    expect(html).toContain('<div id="app"></div>');
  });
});
