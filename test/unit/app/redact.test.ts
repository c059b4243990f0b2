import { describe, expect, it } from 'vitest';
import { createRedactor, redactingLog, watchCredentials } from '../../../src/app/redact';
import { fakePorts } from '../../fakes/ports';

const SECRET = 'aBcDeF0123456789-_aBcDeF0123456789';

describe('what looks like a secret', () => {
  it.each([
    `Authorization: Bearer ${SECRET}`,
    `authorization: bearer ${SECRET}`,
    `{"authorization":"Bearer ${SECRET}"}`,
    `headers: { authorization: 'Bearer ${SECRET}', host: 'x' }`,
    `cf-aig-authorization: Bearer ${SECRET}`,
    `Authorization: Basic ${SECRET}`,
    `x-api-key: ${SECRET}`,
    `CLOUDFLARE_API_TOKEN=${SECRET} npm start`,
    `{"apiToken":"${SECRET}"}`,
    `{"token":"${SECRET}"}`,
    `http://127.0.0.1:4173/?key=${SECRET}`,
    `https://api.example/?a=b&access_token=${SECRET}`,
    `Cookie: unified-inference-4173=${SECRET}; other=1`,
    `set-cookie: unified-inference-4173=${SECRET}; HttpOnly`,
  ])('is cut out of %s', (line) => {
    const redacted = createRedactor().redact(line);
    expect(redacted).not.toContain(SECRET);
    expect(redacted).toContain('[redacted]');
  });

  it.each([
    'The token lacks the permission Account > Workers AI > Read.',
    'HTTP 401 with code 10000 for /accounts/acc/ai/run',
    'max_tokens: 1024, 62 tokens per second',
    'bearer of bad news',
  ])('and the rest of the sentence stays: %s', (line) => {
    const redacted = createRedactor().redact(line);
    expect(redacted.replace('[redacted]', 'of')).toBe(line);
  });
});

describe('a known secret', () => {
  it('is cut out wherever it stands, percent-encoded too', () => {
    const redactor = createRedactor();
    redactor.register('s3cr+t/==');
    redactor.register('s3cr+t/==longer');
    expect(redactor.redact('a s3cr+t/==longer b s3cr+t/== c s3cr%2Bt%2F%3D%3D d')).toBe(
      'a [redacted] b [redacted] c [redacted] d',
    );
  });

  it('is known once it has passed through the credential store, either way', async () => {
    const ports = fakePorts();
    ports.setCredential({ token: 'stored-before', origin: 'https://a.example' });
    const redactor = createRedactor();
    const watched = watchCredentials(ports.credentials, redactor);
    await watched.get();
    await watched.set({ token: 'given-now', origin: 'https://a.example' });
    expect(redactor.redact('stored-before given-now')).toBe('[redacted] [redacted]');
    expect(await ports.credentials.get()).toMatchObject({ token: 'given-now' });
  });
});

describe('the log', () => {
  it('redacts messages, errors, stacks and causes', () => {
    const lines: string[] = [];
    const redactor = createRedactor();
    redactor.register('known-secret');
    const log = redactingLog(redactor, (level, text) => lines.push(`${level} ${text}`));
    log.info('info known-secret');
    log.warn('warn known-secret');
    log.error('error', new Error('outer known-secret', { cause: new Error('inner known-secret') }));
    log.error('plain', 'known-secret');
    expect(lines.join('\n')).not.toContain('known-secret');
    expect(lines[2]).toMatch(/^error error\nError: outer \[redacted\]\n[^]*Caused by: Error: inner \[redacted\]/);
  });
});
