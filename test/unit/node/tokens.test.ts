import { createRequire } from 'node:module';
import { afterEach, describe, expect, it } from 'vitest';
import { createTokenCounter } from '../../../src/node/tokens';

const tokenizer = createRequire(import.meta.url).resolve('gpt-tokenizer/encoding/o200k_base');
const owned: { dispose(): void }[] = [];
afterEach(() => {
  for (const one of owned.splice(0)) one.dispose();
});

function counter(file = tokenizer) {
  const made = createTokenCounter(file);
  owned.push(made);
  return made;
}

describe('the token counter', () => {
  it('counts with a real tokenizer, special tokens as the text they are', async () => {
    const { count } = counter();
    expect(await count('')).toBe(0);
    expect(await count('Hello, world!')).toBe(4);
    expect(await count('<|endoftext|>')).toBeGreaterThan(1);
  });

  it('keeps many counts apart', async () => {
    const { count } = counter();
    const words = Array.from({ length: 50 }, (_, index) => 'word '.repeat(index + 1));
    const counts = await Promise.all(words.map(count));
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(counts[0]).toBeLessThan(counts[49] ?? 0);
  });

  it('does not hold up this thread while it loads and counts', async () => {
    const { count } = counter();
    // Time on the processor rather than on the wall: other programs of this machine do not count.
    const before = process.threadCpuUsage();
    // Loading takes more than 100 ms, and so does one word of this length.
    const long = await count('a'.repeat(20_000));
    const { user, system } = process.threadCpuUsage(before);
    expect(long).toBeGreaterThan(1000);
    expect((user + system) / 1000).toBeLessThan(60);
  });

  it('rejects when the tokenizer cannot be loaded, and when it was disposed', async () => {
    await expect(counter('/no/such/file.js').count('hi')).rejects.toThrow('/no/such/file.js');
    const made = counter();
    const pending = made.count('hi');
    made.dispose();
    await expect(pending).rejects.toThrow('stopped');
  });
});
