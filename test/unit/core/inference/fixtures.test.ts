import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model } from '../../../../src/core/catalog/model';
import { answerTo, content, fixture, requestTo, streamed } from './support';

const text = (value: string) => ({ type: 'text', text: value });
const reasoning = (value: string) => ({ type: 'reasoning', text: value });
const usage = (value: object) => ({ type: 'usage', usage: value });
const finished = (finishReason: string) => ({ type: 'finished', finishReason });

const CHAT: Partial<Model> = {};
const RESPONSES: Partial<Model> = { id: 'openai/gpt-5.6-sol', hosting: 'third-party', requestFormats: ['responses'] };
const MESSAGES: Partial<Model> = { id: 'anthropic/claude-sonnet-4.5', hosting: 'third-party', requestFormats: [] };
const NATIVE: Partial<Model> = { id: '@cf/meta/llama', task: 'image-to-text', requestFormats: [] };

/** Says that the native path can stream; the schemas of the others say nothing of `/ai/v1`. */
const schema = {
  input: { properties: { messages: { type: 'array' }, stream: { type: 'boolean' } } },
  output: {},
};
const request = (model: Partial<Model>) => requestTo(model, model === NATIVE ? { schema } : {});

const STREAMS: readonly (readonly [file: string, model: Partial<Model>, events: unknown[]])[] = [
  [
    'chat-completions.sse',
    CHAT,
    [
      reasoning('Let me think.'),
      reasoning(' Done.'),
      text('Grüß'),
      text(' Gott, '),
      text('"Welt" 🌍\n'),
      { type: 'toolCall', index: 0, id: 'call_1', name: 'weather', arguments: '' },
      { type: 'toolCall', index: 0, arguments: '{"city":"Wien"}' },
      usage({ inputTokens: 11, outputTokens: 1 }),
      usage({ inputTokens: 11, outputTokens: 23, cachedReadTokens: 4, reasoningTokens: 6 }),
      finished('tool-calls'),
    ],
  ],
  [
    'responses.sse',
    RESPONSES,
    [
      reasoning('First'),
      reasoning(' things'),
      text('Hello'),
      text(' Ωorld'),
      text('No more.'),
      { type: 'toolCall', index: 0, id: 'call_7', name: 'weather', arguments: '' },
      { type: 'toolCall', index: 0, arguments: '{"city":' },
      { type: 'toolCall', index: 0, arguments: '"Wien"}' },
      usage({ inputTokens: 20, outputTokens: 30, cachedReadTokens: 8, reasoningTokens: 12 }),
      finished('tool-calls'),
    ],
  ],
  [
    'anthropic-messages.sse',
    MESSAGES,
    [
      usage({ inputTokens: 160, cachedReadTokens: 100, cacheWriteTokens: 50, outputTokens: 1 }),
      reasoning('Hmm, '),
      reasoning('yes.'),
      text('Good'),
      text(' día'),
      { type: 'toolCall', index: 0, id: 'toolu_1', name: 'weather', arguments: '' },
      { type: 'toolCall', index: 0, arguments: '{"city":"Wien"}' },
      usage({ inputTokens: 160, cachedReadTokens: 100, cacheWriteTokens: 50, outputTokens: 42 }),
      finished('tool-calls'),
    ],
  ],
  [
    'native.sse',
    NATIVE,
    [
      text('Hel'),
      text('lo '),
      usage({ inputTokens: 5, outputTokens: 1 }),
      text('42'),
      text('{"a":1}'),
      { type: 'toolCall', index: 0, name: 'weather', arguments: '{"city":"Wien"}' },
      usage({ inputTokens: 5, outputTokens: 9, cachedReadTokens: 2 }),
      finished('unknown'),
    ],
  ],
];

describe.each(STREAMS)('%s', { timeout: 30_000 }, (file, model, events) => {
  const bytes = fixture(file);
  const read = async (pieces: Iterable<Uint8Array | string>) =>
    content((await answerTo(() => streamed(pieces), request(model))).events);

  it('says the same however it is cut in two', async () => {
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(await read([bytes.subarray(0, cut), bytes.subarray(cut)]), `cut at ${cut}`).toEqual(events);
    }
  });

  it('says the same byte by byte', async () => {
    expect(await read(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(events);
  });

  it('says the same in any pieces', async () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(sizes, async (lengths) => {
        const pieces: Uint8Array[] = [];
        let at = 0;
        for (const length of lengths) pieces.push(bytes.subarray(at, (at += length)));
        pieces.push(bytes.subarray(at));
        expect(await read(pieces)).toEqual(events);
      }),
      { numRuns: 60 },
    );
  });

  it('says the same with carriage returns', async () => {
    expect(await read([new TextDecoder().decode(bytes).replaceAll('\n', '\r\n')])).toEqual(events);
  });

  it('says the same on every other wire: models answer in the format they like', async () => {
    for (const other of [CHAT, RESPONSES, MESSAGES, NATIVE]) {
      const watched = await answerTo(() => streamed([bytes]), request(other));
      expect(content(watched.events)).toEqual(events);
    }
  });

  it('keeps a last event that is not terminated', async () => {
    const trimmed = new TextDecoder().decode(bytes).trimEnd();
    expect(await read([trimmed])).toEqual(events);
  });
});

const NOT_STREAMED = {
  type: 'warning',
  code: 'not-streamed',
  message: 'The API sent the whole answer at once although a stream was asked for.',
};

const WHOLES: readonly (readonly [file: string, model: Partial<Model>, events: unknown[]])[] = [
  [
    'chat-completion.json',
    CHAT,
    [
      reasoning('Why not.'),
      text('Whole answer.'),
      usage({ inputTokens: 3, outputTokens: 4 }),
      { type: 'gateway', gateway: { keySource: 'Unified' } },
      NOT_STREAMED,
      finished('stop'),
    ],
  ],
  [
    'response.json',
    RESPONSES,
    [
      reasoning('Because.'),
      text('Whole answer.'),
      { type: 'toolCall', index: 0, id: 'call_9', name: 'weather', arguments: '{}' },
      usage({ inputTokens: 3, outputTokens: 4 }),
      NOT_STREAMED,
      finished('length'),
    ],
  ],
  [
    'message.json',
    MESSAGES,
    [
      reasoning('Because.'),
      text('Whole answer.'),
      { type: 'toolCall', index: 0, id: 'toolu_9', name: 'weather', arguments: '{"city":"Wien"}' },
      usage({ inputTokens: 10, cachedReadTokens: 7, outputTokens: 4 }),
      NOT_STREAMED,
      finished('length'),
    ],
  ],
  [
    'native.json',
    NATIVE,
    [text('Whole answer.'), usage({ inputTokens: 3, outputTokens: 4 }), NOT_STREAMED, finished('unknown')],
  ],
];

describe.each(WHOLES)('%s where a stream was asked for', (file, model, events) => {
  it('is read whole, on its own wire and on the others', async () => {
    for (const wire of [model, CHAT, RESPONSES, MESSAGES, NATIVE]) {
      const watched = await answerTo(
        () => streamed([fixture(file)], { 'content-type': 'application/json' }),
        request(wire),
      );
      expect(content(watched.events)).toEqual(events);
    }
  });

  it('is read whole in pieces, whatever content type it bears', async () => {
    const pieces = Array.from(fixture(file), (byte) => Uint8Array.of(byte));
    const watched = await answerTo(() => streamed(['\n  ', ...pieces]), request(model));
    expect(content(watched.events)).toEqual(events);
  });

  it('is read as the one event of a stream', async () => {
    const compact = JSON.stringify(JSON.parse(new TextDecoder().decode(fixture(file))));
    const watched = await answerTo(() => streamed([`data: ${compact}\n\ndata: [DONE]\n\n`]), request(model));
    expect(content(watched.events)).toEqual(events.filter((event) => event !== NOT_STREAMED));
  });
});
