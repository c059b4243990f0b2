import { describe, expect, it } from 'vitest';
import { detectPackageManager, execLine, installLine, scriptLine } from '../../../../src/core/scaffold/package-manager';
import { resolve, upwards } from '../../../../src/core/scaffold/paths';
import { ScaffoldError } from '../../../../src/core/scaffold/plan';
import { fakeFiles } from './fake-files';

const detect = (texts: Readonly<Record<string, string>>, folder = 'apps/api') =>
  detectPackageManager(fakeFiles(texts), folder);

describe('the package manager', () => {
  it.each([
    ['pnpm-lock.yaml', 'pnpm'],
    ['yarn.lock', 'yarn'],
    ['bun.lock', 'bun'],
    ['bun.lockb', 'bun'],
    ['package-lock.json', 'npm'],
  ])('is told by %s, in the folder or above', async (lock, name) => {
    expect(await detect({ [`apps/api/${lock}`]: '' })).toBe(name);
    expect(await detect({ [lock]: '' })).toBe(name);
    expect(await detect({ [`apps/web/${lock}`]: '' })).toBeUndefined();
  });

  it('is the nearest that is named, before any lock file', async () => {
    const named = (name: string) => JSON.stringify({ name: 'a', packageManager: name });
    const texts = { 'apps/api/package.json': '{}', 'apps/api/package-lock.json': '', 'yarn.lock': '' };
    expect(await detect(texts)).toBe('npm');
    expect(await detect({ ...texts, 'package.json': named('pnpm@10.2.0+sha512.a') })).toBe('pnpm');
    expect(await detect({ 'package.json': named('pnpm@10'), 'apps/package.json': named('bun@1') })).toBe('bun');
    expect(await detect({ ...texts, 'package.json': named('other@1') })).toBe('npm');
  });

  it('is found beside a package.json that is no text', async () => {
    const { list } = fakeFiles({ 'bun.lock': '' });
    const read = () => Promise.reject(new ScaffoldError('unreadable', 'Not text.'));
    expect(await detectPackageManager({ list, read }, '')).toBe('bun');
  });

  it('has its own way of saying things', () => {
    expect(execLine('npm', 'wrangler types')).toBe('npx wrangler types');
    expect(execLine('pnpm', 'wrangler types')).toBe('pnpm exec wrangler types');
    expect(execLine('yarn', 'wrangler types')).toBe('yarn wrangler types');
    expect(execLine('bun', 'wrangler types')).toBe('bunx wrangler types');
    expect(installLine('pnpm')).toBe('pnpm install');
    expect(scriptLine('yarn', 'test')).toBe('yarn run test');
  });
});

describe('paths', () => {
  it.each([
    ['apps/api', './src//index.ts', 'apps/api/src/index.ts'],
    ['apps/api', '../../lib/a.ts', 'lib/a.ts'],
    ['', 'src\\index.ts', 'src/index.ts'],
    ['a', '../..', undefined],
    ['a', '../../a/b', undefined],
    ['a', '/etc/passwd', undefined],
    ['a', 'C:\\x', undefined],
  ])('in %j %j is %j', (folder, path, found) => expect(resolve(folder, path)).toBe(found));

  it('lead upwards to the root', () => {
    expect(upwards('a/b')).toEqual(['a/b', 'a', '']);
    expect(upwards('')).toEqual(['']);
  });
});
