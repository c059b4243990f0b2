import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Problem } from '../../../../src/core/cog-project/problem';
import { createLiveCheck, type Look } from '../../../../src/vscode/cog/live-check';
import { asDocuments, recorded } from '../../../../src/vscode/cog/recorded-files';
import { fakeFiles } from '../../core/scaffold/fake-files';

const problem = (code: string): Problem => ({
  file: 'cog.yaml',
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 2,
  severity: 'error',
  message: 'm',
  code,
  fixes: [],
});

/** A live check of which the test ends each look. */
function start(dependsOn: (path: string) => boolean = () => true) {
  const looks: { end(code: string): Promise<void> }[] = [];
  const published: (string | undefined)[] = [];
  const check = createLiveCheck({
    look: () => {
      const { promise, resolve } = Promise.withResolvers<Look>();
      looks.push({
        async end(code) {
          resolve({ problems: [problem(code)], dependsOn });
          await vi.advanceTimersByTimeAsync(0);
        },
      });
      return promise;
    },
    publish: (problems) => void published.push(problems[0]?.code),
    delay: 300,
  });
  return { check, looks, published };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a project that is followed', () => {
  it('is checked at once, and again when typing has paused', async () => {
    const { check, looks, published } = start();
    await looks[0]?.end('first');
    expect(published).toEqual(['first']);
    for (let key = 0; key < 5; key++) {
      check.touch('cog.yaml');
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(looks).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(100);
    expect(looks).toHaveLength(2);
    await looks[1]?.end('second');
    expect(published).toEqual(['first', 'second']);
  });

  it('shows nothing of a check that a change has overtaken, and has one check at a time', async () => {
    const { check, looks, published } = start();
    check.touch('cog.yaml');
    await vi.advanceTimersByTimeAsync(1000);
    expect(looks).toHaveLength(1);
    await looks[0]?.end('old');
    expect(published).toEqual([]);
    expect(looks).toHaveLength(2);
    await looks[1]?.end('new');
    expect(published).toEqual(['new']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(looks).toHaveLength(2);
  });

  it('is not checked again for what the last check did not look at', async () => {
    const { check, looks } = start((path) => path === 'run.py');
    await looks[0]?.end('first');
    check.touch('notes.txt');
    await vi.advanceTimersByTimeAsync(1000);
    expect(looks).toHaveLength(1);
    check.touch('run.py');
    await vi.advanceTimersByTimeAsync(300);
    expect(looks).toHaveLength(2);
    await looks[1]?.end('second');
    check.touch();
    await vi.advanceTimersByTimeAsync(300);
    expect(looks).toHaveLength(3);
  });

  it('takes every change for one that matters while it does not know what does', async () => {
    const { check, looks, published } = start((path) => path === 'run.py');
    await looks[0]?.end('first');
    check.touch('run.py');
    await vi.advanceTimersByTimeAsync(300);
    check.touch('new.py');
    await looks[1]?.end('overtaken');
    expect(published).toEqual(['first']);
  });

  it('answers with the problems of now, without waiting for a pause', async () => {
    const { check, looks } = start();
    await looks[0]?.end('first');
    expect((await check.fresh())[0]?.code).toBe('first');
    expect(looks).toHaveLength(1);
    check.touch('cog.yaml');
    const fresh = check.fresh();
    expect(looks).toHaveLength(2);
    check.touch('cog.yaml');
    await looks[1]?.end('overtaken');
    await looks[2]?.end('now');
    expect((await fresh)[0]?.code).toBe('now');
    await vi.advanceTimersByTimeAsync(1000);
    expect(looks).toHaveLength(3);
  });

  it('shows nothing any more once it is given up', async () => {
    const { check, looks, published } = start();
    check.touch('cog.yaml');
    check.dispose();
    await looks[0]?.end('late');
    check.touch('cog.yaml');
    await vi.advanceTimersByTimeAsync(1000);
    expect(published).toEqual([]);
    expect(looks).toHaveLength(1);
    expect(await check.fresh()).toEqual([]);
  });
});

describe('recorded files', () => {
  it('depend on what was read, there or not, on folders that were listed, and on all above', async () => {
    const files = recorded(fakeFiles({ 'cog.yaml': 'a', 'src/run.py': 'b' }));
    await files.read('cog.yaml');
    await files.read('src/run.py');
    await files.read('requirements.txt');
    await files.list('weights/');
    await files.list('');
    const depends = ['cog.yaml', 'requirements.txt', 'new.txt', 'src', 'weights', 'weights/a.bin'];
    const not = ['src/other.py', 'weights/deep/a.bin', 'lib/cog.yaml'];
    expect([...depends, ...not].filter((path) => files.dependsOn(path))).toEqual(depends);
  });

  it('have the columns of editors, which know no byte order mark', async () => {
    const files = asDocuments(fakeFiles({ 'cog.yaml': '\uFEFFrun: a\n\uFEFF' }));
    expect([await files.read('cog.yaml'), await files.read('other'), await files.list('')]).toEqual([
      'run: a\n\uFEFF',
      undefined,
      ['cog.yaml'],
    ]);
  });

  it('do not depend on new files where nothing was listed', async () => {
    const files = recorded(fakeFiles({ 'cog.yaml': 'a' }));
    expect(await files.read('cog.yaml')).toBe('a');
    await files.read('src/run.py');
    const touched = ['cog.yaml', 'new.txt', 'src', 'src/other.py', 'sr'];
    expect(touched.filter((path) => files.dependsOn(path))).toEqual(['cog.yaml', 'src']);
  });
});
