import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activeWeights, paceOf, scheduleAnswer } from '../../../src/simulator/pace';
import { createRandom } from '../../../src/simulator/random';
import { chat, createAsker, writes } from './support';

const even = { latency: 1, prefill: 1000, decode: 50, jitter: 0, chunk: 1 };
const words = (count: number) => Array.from({ length: count }, (_, index) => ({ text: `w${index} `, tokens: 1 }));

describe('the schedule', () => {
  it('adds latency, prefill and decode', () => {
    const { headersAt, answer, endsAt } = scheduleAnswer(
      even,
      500,
      { reasoning: [], answer: words(100), hiddenTokens: 0 },
      createRandom(1),
    );
    expect(headersAt).toBeCloseTo(1);
    expect(answer[0]?.at).toBeCloseTo(1 + 0.5 + 1 / 50);
    expect(endsAt).toBeCloseTo(1 + 0.5 + 100 / 50);
  });

  it('puts reasoning before the answer, and makes hidden reasoning a wait', () => {
    const shown = scheduleAnswer(
      even,
      0,
      { reasoning: words(50), answer: words(10), hiddenTokens: 0 },
      createRandom(1),
    );
    const hidden = scheduleAnswer(even, 0, { reasoning: [], answer: words(10), hiddenTokens: 50 }, createRandom(1));
    expect(shown.reasoning[0]?.at).toBeCloseTo(1.02);
    expect(shown.answer[0]?.at).toBeCloseTo(2.02);
    expect(hidden.answer[0]?.at).toBeCloseTo(2.02);
  });

  it('never goes back in time and loses nothing, whatever the pace and the dice', () => {
    fc.assert(
      fc.property(
        fc.record({
          latency: fc.double({ min: 0, max: 2, noNaN: true }),
          prefill: fc.double({ min: 100, max: 1e5, noNaN: true }),
          decode: fc.double({ min: 1, max: 2000, noNaN: true }),
          jitter: fc.double({ min: 0, max: 1, noNaN: true }),
          chunk: fc.integer({ min: 1, max: 8 }),
        }),
        fc.array(fc.record({ text: fc.string({ minLength: 1 }), tokens: fc.integer({ min: 1, max: 3 }) })),
        fc.integer(),
        (pace, pieces, seed) => {
          const { headersAt, answer, endsAt } = scheduleAnswer(
            pace,
            10,
            { reasoning: [], answer: pieces, hiddenTokens: 0 },
            createRandom(seed),
          );
          const times = [headersAt, ...answer.map(({ at }) => at), endsAt];
          expect(times).toEqual([...times].sort((left, right) => left - right));
          expect(answer.map(({ text }) => text).join('')).toBe(pieces.map(({ text }) => text).join(''));
          const sum = (list: readonly { tokens: number }[]) => list.reduce((total, { tokens }) => total + tokens, 0);
          expect(sum(answer)).toBe(sum(pieces));
        },
      ),
    );
  });
});

describe('the pace of models', () => {
  it('reads the size off the id', () => {
    expect(activeWeights('@cf/meta/llama-3.2-1b-instruct')).toBe(1);
    expect(activeWeights('@cf/qwen/qwen3-30b-a3b-fp8')).toBe(3);
    expect(activeWeights('anthropic/claude-haiku-4.5')).toBeLessThan(activeWeights('anthropic/claude-opus-4.5'));
  });

  it('makes small models faster than large ones, and each always equally fast', () => {
    const small = paceOf('@cf/meta/llama-3.2-1b-instruct', false);
    const large = paceOf('@cf/meta/llama-3.1-70b-instruct-fp8-fast', false);
    expect(small.decode).toBeGreaterThan(2 * large.decode);
    expect(small.latency).toBeLessThan(large.latency);
    expect(paceOf('@cf/meta/llama-3.2-1b-instruct', false)).toEqual(small);
  });

  it('differs from model to model', () => {
    const paces = ['openai/gpt-5', 'openai/gpt-4o', 'google/gemini-3-flash'].map((id) => paceOf(id, true).decode);
    expect(new Set(paces).size).toBe(3);
  });

  it('obeys an ordered rate and first-token time', async () => {
    const prompt = '[[simulate tokens=600 rate=300 first=0.5]] go';
    const reply = await createAsker().post('/ai/v1/chat/completions', chat('openai/gpt-4.1', prompt, { stream: true }));
    const times = writes(reply)
      .filter(({ kind }) => kind === 'text')
      .map(({ at }) => at);
    expect(times[0]).toBeGreaterThan(0.5);
    expect(times[0]).toBeLessThan(0.52);
    expect(times.at(-1)).toBeCloseTo(2.5, 2);
  });

  it('sends a comment while a long prompt is read', async () => {
    const reply = await createAsker().post(
      '/ai/v1/chat/completions',
      chat('openai/gpt-4.1', 'word '.repeat(20_000), { stream: true }),
    );
    const kinds = writes(reply).map(({ kind }) => kind);
    expect(kinds.indexOf('comment')).toBeGreaterThan(-1);
    expect(kinds.indexOf('comment')).toBeLessThan(kinds.indexOf('text'));
  });
});
