/**
 * Chunks that repeat are read by pattern. What is read must be what JSON says, for every stream.
 */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Answer } from '../../../../src/core/inference/answer';
import { AnswerDecoder } from '../../../../src/core/inference/decode';
import type { RunEvent, Wire } from '../../../../src/core/run/events';

function decode(wire: Wire, events: readonly string[], fresh: boolean): { events: RunEvent[]; finish: unknown } {
  const seen: RunEvent[] = [];
  const answer = new Answer((event) => seen.push(event));
  const decoder = new AnswerDecoder(wire, answer);
  // A decoder of its own for each event has never seen a chunk before, so it cannot use a pattern.
  for (const event of events) (fresh ? new AnswerDecoder(wire, answer) : decoder).event(undefined, event);
  return { events: seen, finish: [answer.finishReason, answer.complete, answer.error] };
}

const anyText = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '',
    '"',
    '\\',
    '\n',
    '","content":"',
    '"},"finish_reason":"stop"}]}',
    'content',
    'c',
    '1',
    '{',
    '\u2028',
  ),
);

const CHUNKS: readonly (readonly [Wire, fc.Arbitrary<object>])[] = [
  [
    'chat-completions',
    fc
      .tuple(
        anyText,
        fc.constantFrom('content', 'reasoning_content', 'reasoning'),
        fc.constantFrom(null, null, null, 'stop'),
        fc.boolean(),
      )
      .map(([text, field, finish, usage]) => ({
        id: 'c',
        model: 'content',
        choices: [{ index: 0, delta: { [field]: text }, finish_reason: finish }],
        ...(usage && { usage: { prompt_tokens: 1 } }),
      })),
  ],
  ['chat-completions', anyText.map((text) => ({ obfuscation: text, choices: [{ delta: { content: text } }] }))],
  [
    'chat-completions',
    // The text stands elsewhere in the chunk as well, now and then.
    fc
      .tuple(fc.constantFrom('x', 'y', 'z'), fc.constantFrom('x', 'y', 'z'))
      .map(([id, content]) => ({ id, choices: [{ delta: { content } }] })),
  ],
  [
    'chat-completions',
    fc.tuple(anyText, anyText).map(([a, b]) => ({ choices: [{ delta: { content: [{ text: a }, { text: b }] } }] })),
  ],
  ['run-model', fc.oneof(anyText, fc.integer(), fc.constant({ a: 1 })).map((response) => ({ response, p: 'abc' }))],
  [
    'anthropic-messages',
    fc.tuple(anyText, fc.constantFrom('text', 'thinking')).map(([text, kind]) => ({
      type: 'content_block_delta',
      index: 0,
      delta: { type: `${kind}_delta`, [kind]: text },
    })),
  ],
  ['responses', anyText.map((delta) => ({ type: 'response.output_text.delta', delta }))],
  ['responses', anyText.map((delta) => ({ type: 'response.refusal.delta', delta }))],
];

describe('reading by pattern', { timeout: 30_000 }, () => {
  it.each(CHUNKS)('says what JSON says on %s', (wire, chunk) => {
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 30 }), (chunks) => {
        const data = chunks.map((value) => JSON.stringify(value));
        expect(decode(wire, data, false)).toEqual(decode(wire, data, true));
      }),
      { numRuns: 200 },
    );
  });

  it('takes a changed name for another event', () => {
    const seen: RunEvent[] = [];
    const answer = new Answer((event) => seen.push(event));
    const decoder = new AnswerDecoder('chat-completions', answer);
    const data = (content: string) => JSON.stringify({ message: 'm', choices: [{ delta: { content } }] });
    decoder.event(undefined, data('a'));
    decoder.event('error', data('b'));
    expect(seen).toMatchObject([{ text: 'a' }]);
    expect(answer.error).toEqual({ message: 'm' });
  });

  it('reads hardly any JSON from a stream that repeats itself', () => {
    const parse = vi.spyOn(JSON, 'parse');
    const data = Array.from(
      { length: 1000 },
      (_, n) => `{"id":"c","choices":[{"index":0,"delta":{"content":" word${n}"}}]}`,
    );
    expect(decode('chat-completions', data, false).events).toHaveLength(1000);
    expect(parse.mock.calls.length).toBeLessThan(20);
    parse.mockRestore();
  });

  it('gives up learning from a stream that never repeats itself', () => {
    const parse = vi.spyOn(JSON, 'parse');
    const data = Array.from(
      { length: 1000 },
      (_, n) => `{"id":"c${n}","choices":[{"index":0,"delta":{"content":" word${n}"}}]}`,
    );
    expect(decode('chat-completions', data, false).events).toHaveLength(1000);
    expect(parse.mock.calls.length).toBeLessThan(1020);
    parse.mockRestore();
  });
});
