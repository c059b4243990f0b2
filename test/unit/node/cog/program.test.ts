import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../../../src/node/cog/program';

const running = (what: string): number =>
  execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line === what).length;

describe('a program', () => {
  it('tells what it wrote, and on standard output alone', async () => {
    const { code, output, stdout } = await runProgram('sh', ['-c', 'echo out; echo err >&2; cat; exit 3'], {
      input: 'in\n',
    });
    expect([code, stdout, output.split('\n').sort()]).toEqual([3, 'out\nin\n', ['', 'err', 'in', 'out']]);
    expect((await runProgram('no-such-program-at-all', [])).code).toBe(-1);
  });

  it('is stopped with all that it started', async () => {
    const stop = new AbortController();
    const lines: string[] = [];
    const ended = runProgram('sh', ['-c', 'sleep 3671 & echo started; wait'], {
      signal: stop.signal,
      onLine: (line) => void lines.push(line),
    });
    await expect.poll(() => lines).toEqual(['started']);
    await expect.poll(() => running('sleep 3671')).toBe(1);
    stop.abort();
    expect((await ended).code).toBeNull();
    await expect.poll(() => running('sleep 3671')).toBe(0);
  });
});
