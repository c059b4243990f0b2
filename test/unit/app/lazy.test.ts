import { describe, expect, it } from 'vitest';
import { createLazy } from '../../../src/app/lazy';
import { settle } from '../../fakes/clock';

function counted(fails = 0) {
  const seen = { starts: 0, disposals: 0 };
  const thing = { dispose: () => void seen.disposals++ };
  const lazy = createLazy(() => (++seen.starts <= fails ? Promise.reject(new Error('busy')) : Promise.resolve(thing)));
  return { seen, lazy, thing };
}

describe('something lazy', () => {
  it('starts once, when it is first needed', async () => {
    const { seen, lazy, thing } = counted();
    expect(seen.starts).toBe(0);
    expect(await Promise.all([lazy.get(), lazy.get()])).toEqual([thing, thing]);
    expect(seen.starts).toBe(1);
  });

  it('is tried again after a start that failed', async () => {
    const { lazy, thing } = counted(1);
    await expect(lazy.get()).rejects.toThrow('busy');
    expect(await lazy.get()).toBe(thing);
  });

  it('is ended with its owner, even when it was still starting, and not started for that', async () => {
    const { seen, lazy } = counted();
    void lazy.get();
    lazy.dispose();
    await settle();
    expect(seen.disposals).toBeGreaterThanOrEqual(1);
    const never = counted();
    never.lazy.dispose();
    await settle();
    expect(never.seen.starts).toBe(0);
  });
});
