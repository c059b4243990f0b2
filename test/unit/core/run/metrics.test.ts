import { describe, expect, it } from 'vitest';
import { metricsOf } from '../../../../src/core/run/metrics';
import type { Event } from './runs';
import {
  approximate,
  failed,
  finished,
  headers,
  model,
  picture,
  reasoning,
  retrying,
  runOf,
  started,
  text,
  usage,
  words,
} from './runs';

const reasoner = model({}, { capabilities: ['reasoning'] });

describe('metrics of a finished answer', () => {
  // t0 = 100, tH = 100.2, tA = 100.5, 41 words 0.05 s apart: tL = 102.5. N = 41.
  const state = runOf(
    started(100),
    headers(100.2),
    words(100.5, 0.05, 41),
    usage(102.6, { inputTokens: 12, outputTokens: 41, cachedReadTokens: 4 }),
    finished(102.7),
  );
  const metrics = metricsOf(state);

  it('measures every time from the start of the request', () => {
    expect(metrics.headerTime).toBeCloseTo(0.2, 9);
    expect(metrics.ttft).toBeCloseTo(0.5, 9);
    expect(metrics.ttfa).toBeCloseTo(0.5, 9);
    expect(metrics.e2e).toBeCloseTo(2.5, 9);
  });

  it('rates the tokens after the first over the time they took', () => {
    expect(metrics.decode).toBeCloseTo(40 / 2, 6);
    expect(metrics.itl).toBeCloseTo(0.05, 9);
    expect(metrics.effective).toBeCloseTo(41 / 2.5, 6);
  });

  it('has no thinking and no retry wait, and takes part in the ranking', () => {
    expect(metrics).not.toHaveProperty('thinking');
    expect(metrics).not.toHaveProperty('retryWait');
    expect(metrics).toMatchObject({
      inputTokens: 12,
      outputTokens: 41,
      cachedTokens: 4,
      approximate: false,
      notStreamed: false,
      tooShortToRate: false,
      disclosure: 'none',
      unranked: false,
    });
  });
});

describe('reasoning', () => {
  it('that is streamed counts for TTFT, and not for the first answer', () => {
    // tR = 0.3, thoughts until 0.7; tA = 0.8, answer until 1.8: 30 tokens in the 1.5 s since tR.
    const metrics = metricsOf(
      runOf(
        started(0),
        words(0.3, 0.1, 5, reasoning),
        words(0.8, 0.1, 11),
        usage(1.8, { outputTokens: 31, reasoningTokens: 10 }),
        finished(1.9),
      ),
      reasoner,
    );
    expect(metrics.ttft).toBeCloseTo(0.3, 9);
    expect(metrics.ttfa).toBeCloseTo(0.8, 9);
    expect(metrics.thinking).toBeCloseTo(0.5, 9);
    expect(metrics.decode).toBeCloseTo(30 / 1.5, 6);
    expect(metrics).toMatchObject({ disclosure: 'verbatim', reasoningTokens: 10 });
  });

  it('that is hidden is taken out of the count, because its time is not in the window', () => {
    // N = 141 of which 100 were thought before tA = 5; 40 of the remaining 41 came in 2 s.
    const metrics = metricsOf(
      runOf(started(0), words(5, 0.05, 41), usage(7, { outputTokens: 141, reasoningTokens: 100 }), finished(7.1)),
      reasoner,
    );
    expect(metrics.decode).toBeCloseTo(40 / 2, 6);
    expect(metrics.effective).toBeCloseTo(141 / 7, 6);
    expect(metrics).toMatchObject({ disclosure: 'hidden', reasoningTokens: 100 });
    expect(metrics).not.toHaveProperty('thinking');
  });

  it('of an unknown amount leaves the decode rate unknown', () => {
    const state = runOf(started(0), words(5, 0.05, 41), usage(7, { outputTokens: 141 }), finished(7.1));
    const metrics = metricsOf(state, reasoner);
    expect(metrics).not.toHaveProperty('decode');
    expect(metrics).not.toHaveProperty('itl');
    expect(metrics).toMatchObject({ disclosure: 'unknown', outputTokens: 141 });
    expect(metricsOf(state, model({})).decode).toBeCloseTo(140 / 2, 6);
  });

  it("is not suspected on Anthropic's wire, which shows it", () => {
    const begun: Event = { ...started(0), wire: 'anthropic-messages' } as Event;
    const state = runOf(begun, words(5, 0.05, 41), usage(7, { outputTokens: 41 }), finished(7.1));
    expect(metricsOf(state, reasoner)).toMatchObject({ disclosure: 'none', decode: expect.closeTo(20, 6) });
  });

  it('that is hidden is no output that our tokenizer could count', () => {
    const state = runOf(
      started(0),
      words(5, 0.05, 41),
      approximate(7, { inputTokens: 9, outputTokens: 41 }),
      finished(7),
    );
    expect(metricsOf(state, reasoner)).not.toHaveProperty('outputTokens');
    expect(metricsOf(state, reasoner)).toMatchObject({ inputTokens: 9, approximate: true });
  });

  it('that was reported as none is none', () => {
    const state = runOf(
      started(0),
      words(1, 0.05, 41),
      usage(3, { outputTokens: 41, reasoningTokens: 0 }),
      finished(3),
    );
    expect(metricsOf(state, reasoner).disclosure).toBe('none');
    expect(metricsOf(state, reasoner).decode).toBeCloseTo(20, 6);
  });

  it('without an answer yet gives a TTFT and nothing of the answer', () => {
    const metrics = metricsOf(runOf(started(0), words(0.3, 0.1, 5, reasoning)), reasoner);
    expect(metrics.ttft).toBeCloseTo(0.3, 9);
    for (const key of ['ttfa', 'thinking', 'e2e', 'decode']) expect(metrics).not.toHaveProperty(key);
  });
});

describe('what does not count as first output', () => {
  it('is a role-only, empty or usage-only chunk: the headers and an early usage move nothing', () => {
    const metrics = metricsOf(
      runOf(started(0), headers(0.1), text(0.2, ''), usage(0.3, { inputTokens: 5 }), words(1, 0.1, 30), finished(4)),
    );
    expect(metrics.ttft).toBeCloseTo(1, 9);
  });

  it('is the announcement of a tool call without arguments; arguments do count', () => {
    const call = (at: number, args: string): Event => ({ type: 'toolCall', at, index: 0, name: 'f', arguments: args });
    const metrics = metricsOf(runOf(started(0), call(1, ''), call(1.5, '{"a"'), call(2, ':1}'), finished(3)));
    expect(metrics.ttft).toBeCloseTo(1.5, 9);
    expect(metrics.e2e).toBeCloseTo(2, 9);
    expect(metrics).not.toHaveProperty('ttfa');
  });
});

describe('usage', () => {
  it('in the last chunk only is enough', () => {
    const metrics = metricsOf(
      runOf(started(0), words(1, 0.1, 31), usage(4.5, { inputTokens: 3, outputTokens: 31 }), finished(5)),
    );
    expect(metrics).toMatchObject({ inputTokens: 3, outputTokens: 31, approximate: false });
    expect(metrics.decode).toBeCloseTo(10, 6);
  });

  it('that is missing leaves tokens and rates unknown, never zero', () => {
    const metrics = metricsOf(runOf(started(0), words(1, 0.1, 31), finished(5)));
    for (const key of ['inputTokens', 'outputTokens', 'decode', 'effective', 'itl'])
      expect(metrics).not.toHaveProperty(key);
    expect(metrics.e2e).toBeCloseTo(4, 9);
    expect(metrics.approximate).toBe(false);
  });

  it('of our own tokenizer is approximate', () => {
    const metrics = metricsOf(
      runOf(started(0), words(1, 0.1, 31), approximate(5, { inputTokens: 3, outputTokens: 31 }), finished(5)),
    );
    expect(metrics).toMatchObject({ outputTokens: 31, approximate: true });
    expect(metrics.decode).toBeCloseTo(10, 6);
  });

  it('at the opening of a stream that broke off says nothing of the output', () => {
    // Anthropic's first event carries a first output count, here in the same read as the first word.
    const opening = usage(1, { inputTokens: 50, outputTokens: 1 });
    for (const count of [1, 5]) {
      for (const end of [failed(2, 'aborted'), failed(2, 'network')]) {
        const metrics = metricsOf(runOf(started(0), opening, words(1, 0.1, count), end));
        expect(metrics).not.toHaveProperty('outputTokens');
        expect(metrics.inputTokens).toBe(50);
      }
    }
    expect(metricsOf(runOf(started(0), opening, failed(2, 'aborted')))).not.toHaveProperty('outputTokens');
  });
});

describe('answers whose speed says nothing', () => {
  const tokens = usage(3, { outputTokens: 50 });

  it('one chunk is not streamed: no rate at all', () => {
    const metrics = metricsOf(runOf(started(0), text(2, 'The whole answer.'), tokens, finished(3)));
    expect(metrics).toMatchObject({ notStreamed: true, tooShortToRate: false });
    for (const key of ['decode', 'itl', 'effective']) expect(metrics).not.toHaveProperty(key);
    expect(metrics.ttfa).toBeCloseTo(2, 9);
  });

  it('more than half of the characters in the first chunk is not streamed; exactly half is', () => {
    const start = [started(0), text(1, 'a'.repeat(100))];
    expect(metricsOf(runOf(start, text(2, 'b'.repeat(99)), tokens, finished(3))).notStreamed).toBe(true);
    expect(metricsOf(runOf(start, text(2, 'b'.repeat(100)), tokens, finished(3))).notStreamed).toBe(false);
  });

  it('plain JSON is not streamed, though reasoning and answer are two pieces; and its thinking is unknown', () => {
    const warning: Event = { type: 'warning', at: 2, code: 'not-streamed', message: 'Plain JSON.' };
    const metrics = metricsOf(runOf(started(0), reasoning(2, 'ab'), text(2, 'abcd'), warning, tokens, finished(3)));
    expect(metrics.notStreamed).toBe(true);
    expect(metrics).not.toHaveProperty('thinking');
  });

  it('fewer than 20 tokens are too short to rate, and not called unstreamed', () => {
    const short = metricsOf(runOf(started(0), text(1, 'Yes.'), usage(1, { outputTokens: 2 }), finished(2)));
    expect(short).toMatchObject({ notStreamed: false, tooShortToRate: true });
    expect(short).not.toHaveProperty('decode');
    const at = (count: number) =>
      metricsOf(runOf(started(0), words(1, 0.1, 20), usage(3, { outputTokens: count }), finished(4)));
    expect(at(19).tooShortToRate).toBe(true);
    expect(at(20).tooShortToRate).toBe(false);
    expect(at(20).decode).toBeCloseTo(19 / 1.9, 6);
  });

  it('an answer within 50 ms is too short to rate', () => {
    const metrics = metricsOf(runOf(started(0), words(1, 0.001, 40), tokens, finished(3)));
    expect(metrics).toMatchObject({ notStreamed: false, tooShortToRate: true });
    expect(metrics).not.toHaveProperty('itl');
  });

  it('nothing of this is said while the answer is still coming, or when it broke off', () => {
    expect(metricsOf(runOf(started(0), text(1)))).toMatchObject({ notStreamed: false, tooShortToRate: false });
    expect(metricsOf(runOf(started(0), text(1), failed(2, 'aborted')))).toMatchObject({
      notStreamed: false,
      tooShortToRate: false,
    });
  });
});

describe('runs that may not be ranked', () => {
  const answer = [...words(3, 0.1, 30), usage(6, { outputTokens: 30 }), finished(6)];

  it('a retry: measured from the attempt that answered, with the wait before it apart', () => {
    const metrics = metricsOf(runOf(started(0), retrying(0.5, 1, 1.5), started(2, 2), headers(2.5), answer));
    expect(metrics.retryWait).toBeCloseTo(2, 9);
    expect(metrics.ttft).toBeCloseTo(1, 9);
    expect(metrics.unranked).toBe(true);
  });

  it('a gateway cache hit, a fallback step, a failure, a stop, and a run still going', () => {
    const done = runOf(started(0), headers(1, { cacheStatus: 'MISS', step: 0 }), answer);
    expect(metricsOf(done).unranked).toBe(false);
    expect(metricsOf(runOf(started(0), headers(1, { cacheStatus: 'HIT' }), answer)).unranked).toBe(true);
    expect(metricsOf(runOf(started(0), headers(1, { step: 1 }), answer)).unranked).toBe(true);
    expect(metricsOf(runOf(started(0), text(1), failed(2))).unranked).toBe(true);
    expect(metricsOf(runOf(started(0), text(1), failed(2, 'aborted'))).unranked).toBe(true);
    expect(metricsOf(runOf(started(0), text(1))).unranked).toBe(true);
  });

  it('a truncated answer: who knows what it would have been', () => {
    const warning = { type: 'warning', at: 6, code: 'truncated', message: 'It may be incomplete.' } as const;
    const cut = runOf(started(0), headers(1), words(3, 0.1, 30), usage(6, { outputTokens: 30 }), warning, finished(6));
    expect(metricsOf(cut).unranked).toBe(true);
  });

  it('keep the times that did happen, and have no E2E, because they have no end of an answer', () => {
    const metrics = metricsOf(runOf(started(0), reasoning(1), text(2), failed(3, 'network')));
    expect(metrics).toMatchObject({ ttft: 1, ttfa: 2, thinking: 1 });
    expect(metrics).not.toHaveProperty('e2e');
  });
});

describe('pictures', () => {
  it('have a time to image and no rates, even with tokens reported', () => {
    const metrics = metricsOf(
      runOf(started(0), headers(3.9), picture(4), usage(4, { outputTokens: 1290 }), finished(4.1)),
    );
    expect(metrics).toMatchObject({
      ttfa: 4,
      ttft: 4,
      e2e: 4,
      notStreamed: false,
      tooShortToRate: false,
      outputTokens: 1290,
    });
    for (const key of ['decode', 'effective', 'itl']) expect(metrics).not.toHaveProperty(key);
  });
});

describe('a run of which nothing is known', () => {
  it('has no figures', () => {
    for (const state of [runOf(), runOf(failed(1, 'auth'))]) {
      expect(Object.values(metricsOf(state)).filter((value) => typeof value === 'number')).toEqual([]);
    }
  });
});
