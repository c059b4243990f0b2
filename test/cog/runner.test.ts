/** Starting and stopping real Cog servers without Docker. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CogStartError } from '../../src/core/cog/server';
import { findCog } from '../../src/node/cog/find-docker';
import { findPython } from '../../src/node/cog/find-python';
import { childEnvironment, runProgram } from '../../src/node/cog/program';
import { createCogRunner } from '../../src/node/cog/runner';
import { freePort } from '../../src/node/cog/server-process';
import { CACHE } from './cache';
import { eventually, projectOf, runner, serve } from './environment';

const READER = path.resolve(import.meta.dirname, '../../media/cog/read_runner.py');

/** Processes whose command line holds this. */
async function processes(words: string): Promise<readonly string[]> {
  const { output } = await runProgram('ps', ['-eo', 'pid,args', '-ww']);
  return output.split('\n').filter((line) => line.includes(words) && !line.includes('ps -eo'));
}

async function startError(folder: string): Promise<CogStartError> {
  const process = runner.start('python', folder);
  onTestFinished(() => process.stop());
  return process.url.then(
    () => Promise.reject(new Error('it started')),
    (error: unknown) => {
      if (error instanceof CogStartError) return error;
      throw error;
    },
  );
}

describe('a project', () => {
  it('in a folder with spaces and Unicode is served, checked and streamed', async () => {
    const folder = projectOf('stream', 'my mödel 模型');
    const { url } = await serve(folder);
    const document = (await (await fetch(`${url}/openapi.json`)).json()) as {
      components: { schemas: { Input: unknown } };
    };
    expect(document.components.schemas.Input).toMatchObject({
      required: ['prompt'],
      properties: { words: { type: 'integer', minimum: 1, maximum: 100, default: 5 } },
    });
    const answer = await fetch(`${url}/predictions`, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify({ input: { prompt: 'hi', words: 2 } }),
    });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    expect(await answer.text()).toContain('"chunk":"hi 2 "');
    const bad = await fetch(`${url}/predictions`, {
      method: 'POST',
      body: JSON.stringify({ input: { prompt: 'hi', words: 500 } }),
      headers: { 'content-type': 'application/json' },
    });
    expect(bad.status).toBe(422);
  });

  it('gets no credentials of Cloudflare', async () => {
    process.env['CLOUDFLARE_API_TOKEN'] = 'secret-of-the-host';
    onTestFinished(() => void delete process.env['CLOUDFLARE_API_TOKEN']);
    const folder = projectOf('slow-setup');
    writeFileSync(
      path.join(folder, 'run.py'),
      'import os\nfrom cog import BaseRunner\n\n\nclass Runner(BaseRunner):\n    def run(self) -> str:\n        return os.environ.get("CLOUDFLARE_API_TOKEN", "none")\n',
    );
    // Whatever is run for it, reading its source too.
    const bin = mkdtempSync(path.join(tmpdir(), 'unified-inference-python-'));
    onTestFinished(() => rmSync(bin, { recursive: true, force: true }));
    const log = path.join(bin, 'log');
    const python = (await runProgram('sh', ['-c', 'command -v python3'])).output.trim();
    writeFileSync(
      path.join(bin, 'python3'),
      `#!/bin/sh\necho "$CLOUDFLARE_API_TOKEN $*" >> '${log}'\nexec '${python}' "$@"\n`,
      { mode: 0o755 },
    );
    const before = process.env['PATH'];
    process.env['PATH'] = `${bin}:${before ?? ''}`;
    onTestFinished(() => void (process.env['PATH'] = before));
    const { url } = await serve(folder);
    const answer = await fetch(`${url}/predictions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"input":{}}',
    });
    expect(await answer.json()).toMatchObject({ output: 'none' });
    expect(readFileSync(log, 'utf8')).toContain('read_runner.py');
    expect(readFileSync(log, 'utf8')).not.toContain('secret-of-the-host');
  });

  it('keeps the document that cog build made of the same source', async () => {
    const folder = projectOf('files');
    const { process } = await serve(folder);
    await process.stop();
    const schema = path.join(folder, '.cog', 'openapi_schema.json');
    const ours = readFileSync(schema, 'utf8');
    const theirs = ours.replace(/"description": "Made by[^"]*"/, '"description": "by cog build"');
    writeFileSync(schema, theirs);
    await (await serve(folder)).process.stop();
    expect(readFileSync(schema, 'utf8')).toBe(theirs);
    // Ours is made anew each time, by what we know by now.
    writeFileSync(schema, ours.replace('"mode"', '"of an older release"'));
    await (await serve(folder)).process.stop();
    expect(readFileSync(schema, 'utf8')).toBe(ours);
    writeFileSync(schema, theirs);
    const before = new Date(Date.now() - 10_000);
    utimesSync(schema, before, before);
    writeFileSync(path.join(folder, 'run.py'), `${readFileSync(path.join(folder, 'run.py'), 'utf8')}\n`);
    await serve(folder);
    expect(readFileSync(schema, 'utf8')).toBe(ours);
  });

  it('whose setup fails says why, in its health and in its log', async () => {
    const { url, log } = await serve(projectOf('setup-failure'), 'SETUP_FAILED');
    const health = (await (await fetch(`${url}/health-check`)).json()) as { setup: { logs: string } };
    expect(health.setup.logs).toContain('RuntimeError: no weights here');
    await eventually(
      () => log.join('\n').includes('no weights here'),
      () => log.join('\n'),
    );
  });

  it('without cog.yaml, with a broken one, or with one that names nothing is refused', async () => {
    const folder = projectOf('stream');
    rmSync(path.join(folder, 'cog.yaml'));
    expect((await startError(folder)).message).toContain('There is no cog.yaml');
    writeFileSync(path.join(folder, 'cog.yaml'), 'run: [\n');
    expect((await startError(folder)).message).toContain('not valid YAML');
    writeFileSync(path.join(folder, 'cog.yaml'), 'build: {}\n');
    expect((await startError(folder)).message).toContain('does not say which class');
    writeFileSync(path.join(folder, 'cog.yaml'), 'run: "gone.py:Runner"\n');
    expect((await startError(folder)).message).toContain('names gone.py');
    writeFileSync(path.join(folder, 'cog.yaml'), 'build:\n  python_requirements: gone.txt\nrun: "run.py:Runner"\n');
    expect((await startError(folder)).message).toContain('names gone.txt');
  });

  it('whose requirements cannot be installed says what pip said, and leaves no half of an environment', async () => {
    const folder = projectOf('stream');
    writeFileSync(path.join(folder, 'requirements.txt'), './no-such-package\n');
    writeFileSync(
      path.join(folder, 'cog.yaml'),
      'build:\n  python_requirements: requirements.txt\nrun: "run.py:Runner"\n',
    );
    const cacheFolder = path.join(folder, 'environments');
    const poor = createCogRunner({ cacheFolder, reader: READER });
    await expect(poor.start('python', folder).url).rejects.toMatchObject({
      message: expect.stringMatching(/"pip install" failed: .*no-such-package/) as string,
    });
    expect(readdirSync(cacheFolder)).toEqual([]);
  });
});

describe('environments', () => {
  it(
    'of the same packages can be made at the same time, and are made no more when one is there',
    { timeout: 240_000 },
    async () => {
      const cacheFolder = path.join(projectOf('stream'), 'environments');
      const fresh = createCogRunner({ cacheFolder, reader: READER });
      const start = async (): Promise<readonly string[]> => {
        const process = fresh.start('python', projectOf('stream'));
        onTestFinished(() => process.stop());
        const stages: string[] = [];
        process.onStage((stage) => void stages.push(stage));
        expect((await fetch(`${await process.url}/health-check`)).status).toBe(200);
        return stages;
      };
      expect(await Promise.all([start(), start()])).toEqual([
        ['installing', 'starting'],
        ['installing', 'starting'],
      ]);
      expect(await start()).toEqual(['starting']);
    },
  );

  it('that nobody finished are thrown away after a day, and others are not', async () => {
    const cacheFolder = mkdtempSync(path.join(tmpdir(), 'unified-inference-cog-environments-'));
    onTestFinished(() => rmSync(cacheFolder, { recursive: true, force: true }));
    const [used, old, young] = ['a', 'b', 'c'].map((end) => path.join(cacheFolder, `0123456789abcde${end}-x`));
    for (const folder of [used, old, young]) mkdirSync(path.join(folder ?? '', 'bin'), { recursive: true });
    writeFileSync(path.join(used ?? '', 'bin', 'python'), '');
    writeFileSync(path.join(cacheFolder, '0123456789abcdea.finished'), path.basename(used ?? ''));
    const dayBefore = new Date(Date.now() - 25 * 3_600_000);
    for (const folder of [used, old]) utimesSync(folder ?? '', dayBefore, dayBefore);
    const folder = projectOf('stream');
    writeFileSync(path.join(folder, 'cog.yaml'), 'build:\n  python_packages: ["./none"]\nrun: "run.py:Runner"\n');
    const process = createCogRunner({ cacheFolder, reader: READER }).start('python', folder);
    // The clean-up comes before the first line of the installation.
    await new Promise<void>((resolve) => void process.onLine(() => resolve()));
    await process.stop();
    expect([used, old, young].map((one) => existsSync(one ?? ''))).toEqual([true, false, true]);
  });
});

describe('a server', () => {
  it('is gone when it is stopped, with its workers', async () => {
    const folder = projectOf('hangs');
    const { process, url } = await serve(folder);
    void fetch(`${url}/predictions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"input":{"prompt":"x"}}',
    }).catch(() => undefined);
    const port = new URL(url).port;
    await process.stop();
    await expect(fetch(`${url}/health-check`)).rejects.toThrow();
    expect(await processes(`PORT=${port}`)).toEqual([]);
  });

  it('is asked to end before it is made to', async () => {
    const { process, log } = await serve(projectOf('stream'));
    await process.stop();
    expect(log.join('\n')).toContain('Server shutdown complete');
  });

  it('that dies tells so', async () => {
    const { process, kill } = await serve(projectOf('slow-setup'));
    const exited = new Promise((resolve) => process.onExit(resolve));
    kill();
    expect(await exited).toBeNull();
  });

  it('is gone when the host is killed', async () => {
    const folder = projectOf('stream');
    const host = path.join(folder, 'host.mjs');
    await build({
      stdin: {
        contents: `import { createCogRunner } from ${JSON.stringify(path.resolve(import.meta.dirname, '../../src/node/cog/runner'))};
const runner = createCogRunner({ cacheFolder: ${JSON.stringify(CACHE)}, reader: ${JSON.stringify(path.resolve(import.meta.dirname, '../../media/cog/read_runner.py'))} });
console.log(await runner.start('python', ${JSON.stringify(folder)}).url);
setInterval(() => {}, 1000);`,
        resolveDir: import.meta.dirname,
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: host,
      logLevel: 'error',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    const child = spawn(process.execPath, [host], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    const url = first.toString().trim();
    await eventually(
      () =>
        fetch(`${url}/health-check`).then(
          () => true,
          () => false,
        ),
      () => 'it did not start',
    );
    child.kill('SIGKILL');
    await eventually(
      () =>
        fetch(`${url}/health-check`).then(
          () => false,
          () => true,
        ),
      () => 'it outlived its host',
    );
  });

  it('takes another port when its own was taken in the meantime', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void taken.close());
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const ports = [port, port, await freePort()];
    const unlucky = createCogRunner({
      cacheFolder: CACHE,
      reader: READER,
      freePort: () => Promise.resolve(ports.shift() ?? 0),
    });
    const process = unlucky.start('python', projectOf('stream'));
    onTestFinished(() => process.stop());
    const url = await process.url;
    expect(Number(new URL(url).port)).not.toBe(port);
    expect((await fetch(`${url}/health-check`)).status).toBe(200);
    expect(ports).toEqual([]);
  });

  it('started by Docker is told its port, and is gone with its container', async () => {
    const bin = path.dirname(projectOf('stream'));
    const log = path.join(bin, 'docker.log');
    const put = (name: string, text: string) => writeFileSync(path.join(bin, name), text, { mode: 0o755 });
    put(
      'cog',
      `#!/bin/sh
if [ "$1" = --version ]; then echo "cog version 0.22.0"; exit; fi
echo "serving $*"
exec sleep 3611
`,
    );
    put(
      'docker',
      `#!/bin/sh
echo "$*" >> '${log}'
[ "$1" = ps ] && echo container1
exit 0
`,
    );
    const before = process.env['PATH'];
    process.env['PATH'] = `${bin}:${before ?? ''}`;
    onTestFinished(() => void (process.env['PATH'] = before));
    const folder = projectOf('stream');
    const started = runner.start('docker', folder);
    onTestFinished(() => started.stop());
    const { port } = new URL(await started.url);
    const lines: string[] = [];
    started.onLine((line) => void lines.push(line));
    await eventually(
      () => lines.includes(`serving serve -p ${port}`),
      () => lines.join('\n'),
    );
    await eventually(
      async () => (await processes('sleep 3611')).length === 1,
      () => 'the program has not become the server',
    );
    await started.stop();
    expect(await processes('sleep 3611')).toEqual([]);
    expect(readFileSync(log, 'utf8').trim().split('\n').slice(-2)).toEqual([
      `ps -q --filter publish=${port}`,
      'rm -f container1',
    ]);
  });

  it('that is stopped while it is started does not come up', async () => {
    const process = runner.start('python', projectOf('stream'));
    const outcome = process.url.then(
      (url) =>
        fetch(`${url}/health-check`).then(
          () => 'up',
          () => 'down',
        ),
      () => 'refused',
    );
    await process.stop();
    expect(await outcome).not.toBe('up');
  });
});

describe('what is there', () => {
  it('is told: Python by its version, and why there is no Docker or no Cog', async () => {
    const tools = await runner.tools();
    expect(tools.python).toMatchObject({ usable: true, version: expect.stringMatching(/^3\.\d+\.\d+$/) as string });
  });

  it('no Python on the search path is told as that', async () => {
    expect(await findPython({ ...childEnvironment(), PATH: '/nowhere' })).toMatchObject({
      problem: expect.stringContaining('There is no Python') as string,
    });
  });

  it('another program called cog is told as that, and none as none', async () => {
    const folder = projectOf('stream');
    writeFileSync(path.join(folder, 'cog'), '#!/bin/sh\necho "Cog, the web kiosk launcher 0.18"\n', { mode: 0o755 });
    expect(await findCog({ ...childEnvironment(), PATH: `${folder}:/usr/bin:/bin` })).toMatchObject({
      problem: expect.stringContaining('is another one') as string,
    });
    writeFileSync(path.join(folder, 'cog'), '#!/bin/sh\necho "cog version 0.22.0 (built 2026-08-13)"\n', {
      mode: 0o755,
    });
    expect(await findCog({ ...childEnvironment(), PATH: `${folder}:/usr/bin:/bin` })).toEqual({ version: '0.22.0' });
    expect(await findCog({ ...childEnvironment(), PATH: '/nowhere' })).toMatchObject({
      problem: expect.stringContaining('not on the search path') as string,
    });
  });

  it('on Windows nothing is started, and why is told', async () => {
    const windows = createCogRunner({ cacheFolder: CACHE, reader: '', platform: 'win32' });
    expect((await windows.tools()).python).toMatchObject({ usable: false });
    await expect(windows.start('python', 'C:\\m').url).rejects.toMatchObject({
      message: expect.stringContaining('WSL') as string,
    });
    expect(existsSync('C:\\m')).toBe(false);
  });
});
