import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHealth } from '../../../../src/core/cog/health';

/** As Cog 0.22 answers. */
const report = (status: string, setup: object = {}, more: object = {}) => ({
  status,
  setup: {
    started_at: '2026-11-23T05:00:00.5Z',
    completed_at: '2026-11-23T05:00:03Z',
    status: 'succeeded',
    logs: '',
    ...setup,
  },
  version: { coglet: '0.22.0', python_sdk: '0.22.0', python: '3.11.2' },
  ...more,
});

describe('readHealth', () => {
  it.each([
    ['STARTING', 'setup', false],
    ['READY', 'ready', false],
    ['BUSY', 'busy', false],
    ['SETUP_FAILED', 'setup-failed', true],
    ['UNHEALTHY', 'unhealthy', true],
    ['DEFUNCT', 'failed', true],
  ])('%s is %s', (status, state, isProblem) => {
    const health = readHealth(report(status));
    expect([health?.state, health?.problem !== undefined]).toEqual([state, isProblem]);
  });

  it('tells how long setup took, and the version', () => {
    expect(readHealth(report('READY'))).toMatchObject({ setupSeconds: 2.5, version: '0.22.0' });
    expect(readHealth(report('STARTING', { completed_at: null }))).not.toHaveProperty('setupSeconds');
    expect(readHealth(report('READY', { completed_at: '2020-01-01T00:00:00Z' }))).not.toHaveProperty('setupSeconds');
  });

  it('quotes the last line of a failed setup: of a traceback that is the error', () => {
    const logs = 'Loading…\nTraceback (most recent call last):\n  File "run.py"\nRuntimeError: no weights here\n\n';
    expect(readHealth(report('SETUP_FAILED', { logs }))?.problem?.message).toBe(
      "The model's setup() failed. It says: RuntimeError: no weights here",
    );
  });

  it.each([[undefined], [null], ['READY'], [{}], [{ status: 'ok' }], [{ status: 'toString' }], [[]]])(
    '%j is no report of Cog',
    (body) => {
      expect(readHealth(body)).toBeUndefined();
    },
  );

  it('never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (setup, version) => {
        expect(readHealth({ status: 'READY', setup, version })?.state).toBe('ready');
      }),
    );
  });
});
