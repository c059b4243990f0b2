import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { nodeVersion } from '../../../src/node/node-version';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('is that of the Node.js in the path', async () => {
  vi.stubEnv('PATH', path.dirname(process.execPath));
  expect(await nodeVersion()).toBe(process.version);
});

it('is unknown where there is none, and where what is called so fails', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'node-version-'));
  vi.stubEnv('PATH', folder);
  expect(await nodeVersion()).toBeUndefined();
  const failing = path.join(folder, process.platform === 'win32' ? 'node.cmd' : 'node');
  writeFileSync(failing, process.platform === 'win32' ? '@exit 3' : '#!/bin/sh\necho v9.0.0\nexit 3\n');
  chmodSync(failing, 0o755);
  expect(await nodeVersion()).toBeUndefined();
});
