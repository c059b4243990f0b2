import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawRequest } from '../../../../src/core/run/events';
import { curlSnippet } from '../../../../src/core/snippets/curl';

const request = (body: Record<string, unknown>, headers: Record<string, string> = {}): RawRequest => ({
  method: 'POST',
  url: 'https://api.cloudflare.com/client/v4/accounts/abc/ai/v1/chat/completions',
  headers: { 'content-type': 'application/json', 'cf-aig-gateway-id': 'default', ...headers },
  body,
});

/** Runs commands in one shell where `curl` prints its arguments, each ended by NUL, and a command by two. */
function argumentsOf(commands: readonly string[]): string[][] {
  const script = `curl() { printf '%s\\0' "$@"; printf '\\0'; }\n${commands.join('\n')}\n`;
  const { stdout, stderr, status } = spawnSync('bash', ['--noprofile', '--norc'], {
    input: script,
    env: { PATH: process.env['PATH'], CLOUDFLARE_API_TOKEN: 'from-the-environment', LC_ALL: 'C.UTF-8' },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  expect([status, stderr]).toEqual([0, '']);
  return stdout
    .split('\0\0')
    .slice(0, -1)
    .map((command) => command.split('\0'));
}

const after = (args: readonly string[], flag: string): string[] =>
  args.flatMap((arg, index) => (arg === flag ? [args[index + 1] ?? ''] : []));

describe('curlSnippet', () => {
  it('is a command that one would write by hand', () => {
    const raw = request(
      { model: 'openai/gpt-5.4-mini', messages: [{ role: 'user', content: "What's up?" }], stream: true },
      { 'cf-aig-metadata': '{"team":"web"}' },
    );
    expect(curlSnippet({ wire: 'chat-completions', raw }))
      .toBe(`curl --fail-with-body --no-buffer 'https://api.cloudflare.com/client/v4/accounts/abc/ai/v1/chat/completions' \\
  -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN" \\
  -H 'content-type: application/json' \\
  -H 'cf-aig-gateway-id: default' \\
  -H 'cf-aig-metadata: {"team":"web"}' \\
  --data-raw '{
  "model": "openai/gpt-5.4-mini",
  "messages": [
    {
      "role": "user",
      "content": "What'\\''s up?"
    }
  ],
  "stream": true
}'`);
  });

  it('reads the token from the environment and never holds one', () => {
    const raw = request({ prompt: 'x' }, { authorization: 'Bearer secret' });
    expect(curlSnippet({ wire: 'chat-completions', raw })).not.toContain('secret');
    const [args = []] = argumentsOf([curlSnippet({ wire: 'chat-completions', raw })]);
    expect(after(args, '-H')[0]).toBe('Authorization: Bearer from-the-environment');
  });

  it('sends form fields for the models that want form data, literally', () => {
    const raw = request({ prompt: "@/etc/passwd; it's <b>", width: 512 }, { 'content-type': 'multipart/form-data' });
    const [args = []] = argumentsOf([curlSnippet({ wire: 'chat-completions', raw })]);
    expect(after(args, '--form-string')).toEqual(["prompt=@/etc/passwd; it's <b>", 'width=512']);
    expect(args.filter((arg) => arg.startsWith('content-type'))).toEqual([]);
    expect(args).not.toContain('--data-raw');
  });

  it('gives curl the exact body and headers through a real shell, whatever is in them', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        "'",
        "'\\''",
        '$(touch x)',
        '`id`',
        '!!',
        '\\',
        '\n',
        '"',
        '$HOME',
        "\u2028'\n",
        '🙂',
        '%s',
        '@file',
        '-X',
      ),
    );
    const text = fc.array(nasty, { maxLength: 6 }).map((parts) => parts.join(''));
    const body = fc.dictionary(
      fc.oneof(fc.string(), fc.constant('__proto__')),
      fc.oneof(text, fc.jsonValue(), fc.array(text)),
    );
    // A header can hold neither NUL nor a line break.
    const header = text.map((value) => value.replace(/[\0\r\n\ud800-\udfff]/g, ''));
    fc.assert(
      fc.property(fc.array(fc.tuple(body, header), { minLength: 1, maxLength: 20 }), (list) => {
        const raws = list.map(([value, meta]) => request(value, { 'cf-aig-metadata': meta }));
        const commands = argumentsOf(raws.map((raw) => curlSnippet({ wire: 'chat-completions', raw })));
        raws.forEach((raw, index) => {
          const args = commands[index] ?? [];
          expect(args.filter((arg) => !arg.startsWith('-'))[0]).toBe(raw.url);
          expect(JSON.stringify(JSON.parse(after(args, '--data-raw')[0] ?? ''))).toBe(JSON.stringify(raw.body));
          expect(after(args, '-H')).toEqual([
            'Authorization: Bearer from-the-environment',
            'content-type: application/json',
            'cf-aig-gateway-id: default',
            `cf-aig-metadata: ${raw.headers['cf-aig-metadata']}`,
          ]);
        });
      }),
      { numRuns: 12 },
    );
  }, 30_000);
});
