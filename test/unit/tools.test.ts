import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstMissingPackage } from '../tools/setup.mjs';
import { countLine, countVitest, findLeftOut, judge } from '../tools/suites.mjs';

const root = path.resolve(import.meta.dirname, '../..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'unified-inference-tools-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('lock file', () => {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));

  it('names no registry, so that it installs from any', () => {
    const addressed = Object.entries<{ resolved?: string }>(lock.packages).filter(
      ([, entry]) => entry.resolved !== undefined,
    );
    expect(addressed).toEqual([]);
  });

  it('pins what package.json asks for', () => {
    const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    expect(lock.packages[''].devDependencies).toEqual(manifest.devDependencies);
    for (const version of Object.values(manifest.devDependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

describe('what is missing', () => {
  const write = (name: string, packages: object) => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ packages }));
  };

  it('is everything in a fresh clone', () => {
    write('package-lock.json', { '': {}, 'node_modules/a': { version: '1.0.0' } });
    expect(firstMissingPackage(folder)).toBe('node_modules/a');
  });

  it('is a package of another version, or whose folder is gone; not an optional one', () => {
    const a = { version: '1.0.0' };
    write('package-lock.json', { '': {}, 'node_modules/a': a, 'node_modules/b': { version: '2.0.0', optional: true } });
    write('node_modules/.package-lock.json', { 'node_modules/a': a });
    expect(firstMissingPackage(folder)).toBe('node_modules/a');
    mkdirSync(path.join(folder, 'node_modules/a'));
    expect(firstMissingPackage(folder)).toBeUndefined();
    write('node_modules/.package-lock.json', { 'node_modules/a': { version: '0.9.0' } });
    expect(firstMissingPackage(folder)).toBe('node_modules/a');
  });
});

describe('counting', () => {
  it('counts tests that were not run, and files without tests, as failed', () => {
    const result = (status: string) => ({ fullName: `a ${status} one`, status });
    const report = {
      testResults: [
        { name: 'a.test.ts', assertionResults: ['passed', 'passed', 'failed', 'skipped', 'todo'].map(result) },
        { name: 'b.test.ts', assertionResults: [], message: 'SyntaxError' },
      ],
    };
    expect(countVitest(report)).toMatchObject({ passed: 2, failed: 4 });
    expect(countVitest(report).problems.join('\n')).toContain('ran no test: SyntaxError');
  });

  it('does not believe a suite that ended without a count, with no test, or with an exit code', () => {
    expect(judge(undefined, 0)).toMatchObject({ passed: 0, failed: 1 });
    expect(judge({ passed: 0, failed: 0, problems: [] }, 0)).toMatchObject({ failed: 1 });
    expect(judge({ passed: 3, failed: 0, problems: [] }, 1)).toMatchObject({ passed: 3, failed: 1 });
    expect(judge({ passed: 3, failed: 0, problems: [] }, 0)).toEqual({ passed: 3, failed: 0, problems: [] });
  });

  it('reads the last line of a runner', () => {
    expect(countLine('vscode', 'x\nvscode: 1 passed, 0 failed\nvscode: 4 passed, 2 failed\n')).toMatchObject({
      passed: 4,
      failed: 2,
    });
    expect(countLine('vscode', 'other: 4 passed, 2 failed\n')).toBeUndefined();
  });

  // Written with a space, so that this file is not found itself.
  it.each(['it skip(', 'describe only(', 'test todo(', 'it concurrent skip(', 'x it(', 'it skipIf(', 'this skip('])(
    'finds a left-out test: %s',
    async (words) => {
      const text = words.startsWith('x ') ? words.replace(' ', '') : words.replaceAll(' ', '.');
      writeFileSync(path.join(folder, 'a.test.ts'), `// first line\n${text}'x')\n`);
      expect(await findLeftOut(folder)).toEqual([expect.stringContaining('a.test.ts:2')]);
    },
  );

  it('does not take other words for one', async () => {
    writeFileSync(
      path.join(folder, 'a.test.ts'),
      `it('skips only todo items', () => edit(split(1)));\nlist.only = submit(2);\n`,
    );
    expect(await findLeftOut(folder)).toEqual([]);
  });
});
