import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as guards from '../../../src/protocol/guards';
import { RpcError } from '../../../src/protocol/rpc';

const column = (id: string, more: object = {}) => ({ id, modelId: '@cf/a/b', parameters: {}, ...more });
const plan = (columns: unknown, more: object = {}) => ({ prompt: 'hi', system: '', columns, ...more });

const refusal = (check: () => unknown): RpcError => {
  try {
    check();
  } catch (error) {
    return error as RpcError;
  }
  throw new Error('it was accepted');
};

describe('a plan', () => {
  it('passes with everything it may hold, and loses what it may not', () => {
    const parameters = {
      temperature: 0.5,
      topP: 1,
      maxOutputTokens: 100,
      stop: ['END'],
      seed: -3,
      frequencyPenalty: -2,
      presencePenalty: 2,
      reasoningEffort: 'high',
      width: 1024,
      height: 768,
      steps: 4,
    };
    const given = plan([column('a', { parameters: { ...parameters, token: 's3cret' }, more: 1 })], { run: 'rm -rf' });
    expect(guards.checkPlan(given)).toEqual(plan([column('a', { parameters })]));
  });

  it('takes a parameter that is undefined as absent', () => {
    const checked = guards.checkPlan(plan([column('a', { parameters: { temperature: undefined } })]));
    expect(checked.columns[0]?.parameters).toEqual({});
  });

  it('holds 1 to 12 columns', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => column(`c${index}`));
    expect(guards.checkPlan(plan(many(12))).columns).toHaveLength(12);
    expect(refusal(() => guards.checkPlan(plan(many(13)))).message).toContain('at most 12 columns');
    expect(refusal(() => guards.checkPlan(plan([]))).message).toContain('at least one column');
  });

  it('has columns of different ids; the model may be the same', () => {
    expect(guards.checkPlan(plan([column('a'), column('b')])).columns).toHaveLength(2);
    expect(refusal(() => guards.checkPlan(plan([column('a'), column('a')]))).message).toContain('same id');
  });

  it.each([
    ['temperature', Number.NaN],
    ['temperature', '1'],
    ['maxOutputTokens', 0],
    ['maxOutputTokens', Number.POSITIVE_INFINITY],
    ['topP', Number.NEGATIVE_INFINITY],
    ['seed', Number.NaN],
    ['stop', 'END'],
    ['stop', ['']],
    ['stop', Array.from({ length: 17 }, () => 'x')],
    ['reasoningEffort', 'enormous'],
    ['width', '512'],
    ['steps', Number.POSITIVE_INFINITY],
    ['extra', 'top_k=5'],
    ['extra', ['top_k']],
  ])('is refused with %s = %j, and the message names it', (name, value) => {
    const error = refusal(() => guards.checkPlan(plan([column('a', { parameters: { [name]: value } })])));
    expect(error).toMatchObject({ code: 'bad-request', retryable: false });
    expect(error.message).toContain(`columns.0.parameters.${name}`);
  });

  it('is refused with a prompt longer than any context window, without quoting it', () => {
    const error = refusal(() => guards.checkPlan(plan([column('a')], { prompt: 'x'.repeat(4_000_001) })));
    expect(error.code).toBe('bad-request');
    expect(error.message.length).toBeLessThan(200);
  });
});

describe('other arguments', () => {
  it('an intent names a known task', () => {
    const intent = { ...plan([column('a')]), task: 'text-to-image' };
    expect(guards.checkIntent(intent)).toEqual(intent);
    expect(refusal(() => guards.checkIntent({ ...intent, task: 'world-peace' })).message).toContain('task');
  });

  it('a model id is a text of 1 to 200 characters', () => {
    expect(guards.checkModelId('@cf/a/b')).toBe('@cf/a/b');
    for (const wrong of ['', 'x'.repeat(201), 7, null, undefined, ['@cf/a/b']]) {
      expect(refusal(() => guards.checkModelId(wrong)).message).toMatch(/^Model: /);
    }
  });

  it('a favourite is on or off', () => {
    expect([guards.checkFlag(true), guards.checkFlag(false)]).toEqual([true, false]);
    for (const wrong of ['true', 1, null, undefined]) {
      expect(refusal(() => guards.checkFlag(wrong)).code).toBe('bad-request');
    }
  });

  it('run ids may be absent, which means all', () => {
    expect(guards.checkRunIds(undefined)).toBeUndefined();
    expect(guards.checkRunIds(null)).toBeUndefined();
    expect(guards.checkRunIds(['a'])).toEqual(['a']);
    expect(guards.checkRunIds([])).toEqual([]);
    expect(refusal(() => guards.checkRunIds('a')).code).toBe('bad-request');
  });

  it.each(['https://example.com/a?b#c', 'https://example.com'])('a link may be %s', (url) => {
    expect(guards.checkLink(url)).toBe(new URL(url).href);
  });

  it.each([
    'http://example.com',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'command:workbench.action.quit',
    'vscode://a/b',
    'data:text/html,x',
    'https://user:pass@example.com',
    '//example.com',
    'example.com',
    '',
    5,
    null,
  ])('a link may not be %j', (url) => {
    expect(refusal(() => guards.checkLink(url)).code).toBe('bad-request');
  });

  it('command arguments may all be absent', () => {
    expect(guards.checkOpenArguments(undefined)).toEqual({});
    expect(guards.checkOpenArguments({ beside: true, prompt: 'hi' })).toEqual({ prompt: 'hi' });
    expect(refusal(() => guards.checkOpenArguments({ models: 'gpt' })).message).toContain('models');
  });
});

describe('whatever arrives', () => {
  const checks = Object.entries(guards).filter(([name]) => name.startsWith('check')) as [
    string,
    (v: unknown) => unknown,
  ][];
  const anything = fc.oneof(
    fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true, withMap: true }),
    fc.record(
      {
        prompt: fc.anything(),
        system: fc.string(),
        task: fc.anything(),
        columns: fc.oneof(
          fc.array(fc.record({ id: fc.anything(), modelId: fc.anything(), parameters: fc.anything() })),
          fc.anything(),
        ),
      },
      { requiredKeys: [] },
    ),
  );

  it.each(checks)('%s returns or throws its own error', (_name, check) => {
    fc.assert(
      fc.property(anything, (value) => {
        try {
          check(value);
        } catch (error) {
          expect(error).toBeInstanceOf(RpcError);
          expect((error as RpcError).code).toBe('bad-request');
        }
      }),
      { numRuns: 300 },
    );
  });
});
