import { describe, expect, it } from 'vitest';
import { createPlayground } from '../../../src/app/playground';
import { createRedactor, redactingLog, watchCredentials } from '../../../src/app/redact';
import { fakePorts, TOKEN } from '../../fakes/ports';
import { attachView, runOf } from '../../fakes/view';

/** A server that does what it can to give the token away: it sends back whatever it was sent. */
function echoing(kind: 'error' | 'stream' | 'throw', authorizations: string[]): typeof fetch {
  return (input, init) => {
    const url = String(input);
    const authorization = new Headers(init?.headers).get('authorization') ?? '';
    authorizations.push(authorization);
    if (url.includes('/ai/models/search')) return Promise.reject(new Error(`no route with ${authorization}`));
    if (kind === 'throw') return Promise.reject(new TypeError(`invalid header value "${authorization}"`));
    if (kind === 'error') {
      const errors = [{ code: 10000, message: `Authentication error for ${authorization}` }];
      return Promise.resolve(Response.json({ success: false, errors, messages: [], result: null }, { status: 401 }));
    }
    const chunk = { choices: [{ delta: { content: 'hello' }, finish_reason: 'stop' }] };
    const body = `data: ${JSON.stringify(chunk)}\n\ndata: not json ${authorization}\n\ndata: [DONE]\n\n`;
    return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
  };
}

describe('the token', () => {
  it.each(['error', 'stream', 'throw'] as const)(
    'is sent as authorization and is in nothing sent to a view, logged or stored (%s)',
    async (kind) => {
      const authorizations: string[] = [];
      const logged: string[] = [];
      const redactor = createRedactor();
      const log = redactingLog(redactor, (_level, text) => void logged.push(text));
      const ports = fakePorts({ fetch: echoing(kind, authorizations), log });
      Object.assign(ports, { credentials: watchCredentials(ports.credentials, redactor) });
      ports.setCredential({ token: TOKEN, origin: 'https://api.example' });
      ports.change({ connection: 'cloudflare', accountId: 'acc' });
      const playground = createPlayground(ports);
      const view = attachView(playground);
      await view.ready();
      const columns = [{ id: 'a', modelId: '@cf/test/alpha', parameters: {} }];
      const plan = { prompt: 'hi', system: '', columns };
      await view.host.run(plan);
      await ports.clock.advance(60);
      expect(runOf(view, 'a').state.status).toBe(kind === 'stream' ? 'done' : 'failed');
      const kinds = ['curl', 'worker', 'ts-openai', 'ts-fetch', 'ts-ai-sdk', 'py-openai', 'py-requests'] as const;
      for (const kind of kinds) await view.host.snippet(kind, plan, 'a');
      await playground.connection.endpoint();
      log.error('failed', new Error(`socket of ${TOKEN} closed`, { cause: new Error(TOKEN) }));
      await view.ready();

      expect(authorizations).toContain(`Bearer ${TOKEN}`);
      expect(logged.length).toBeGreaterThan(1);
      for (const text of [JSON.stringify(view.channel.posted), logged.join('\n'), ports.store.dump()]) {
        expect(text.length).toBeGreaterThan(10);
        expect(text).not.toContain(TOKEN);
        expect(text).not.toContain(encodeURIComponent(TOKEN));
      }
      playground.dispose();
    },
  );
});
