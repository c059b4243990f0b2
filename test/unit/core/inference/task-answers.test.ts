/**
 * Answers of every task, in the wire shape of each family (cloudflare-api.md 1.5, 4.4).
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model, Task } from '../../../../src/core/catalog/model';
import type { RunEvent } from '../../../../src/core/run/events';
import type { RunResult, TranscriptResult } from '../../../../src/core/run/result';
import { taskTitles } from '../../../../src/core/catalog/tasks';
import { box, ftyp, moov, wav } from '../media/files';
import { answerTo, FakeBody, FakeHost, requestTo, start, streamed } from './support';

const json = (body: unknown, type = 'application/json') =>
  new Response(JSON.stringify(body), { headers: { 'content-type': type } });
const v4 = (result: unknown) => ({ success: true, errors: [], messages: [], result });
const completed = (result: unknown) => v4({ state: 'Completed', result, gatewayMetadata: { keySource: 'BYOK' } });
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const third = (task: Task, id = 'acme/model'): Partial<Model> => ({
  id,
  task,
  hosting: 'third-party',
  requestFormats: [],
});
const hosted = (task: Task, id = '@cf/acme/model'): Partial<Model> => ({ id, task, requestFormats: [] });

const WAV = wav(800);
const MP3 = Uint8Array.from([
  0x49,
  0x44,
  0x33,
  4,
  0,
  0,
  0,
  0,
  0,
  0,
  0xff,
  0xfb,
  0x90,
  0x64,
  ...Array<number>(417).fill(0),
]);
const MP4 = Uint8Array.from([...ftyp('isom', 'mp42'), ...moov('vide'), ...box('mdat', Array<number>(64).fill(7))]);
const SVG = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect/></svg>');

async function asked(model: Partial<Model>, answer: () => Response, more = {}) {
  const watched = await answerTo(answer, requestTo(model, more));
  const of = <T extends RunEvent['type']>(type: T) =>
    watched.events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type);
  return {
    ...watched,
    text: watched.text,
    error: watched.error,
    last: watched.last,
    result: of('result').at(-1)?.result,
    media: of('media').map(({ media }) => media),
    usage: of('usage').at(-1)?.usage,
    warnings: watched.warnings(),
    types: watched.types,
  };
}

describe('media in every form', () => {
  const forms = (key: string, bytes: Uint8Array): [string, () => Response][] => [
    [
      'raw bytes of an honest type',
      () => new Response(Uint8Array.from(bytes), { headers: { 'content-type': 'audio/mpeg' } }),
    ],
    ['raw bytes of no type', () => new Response(Uint8Array.from(bytes))],
    ['raw bytes that are called a stream of events', () => streamed([bytes])],
    ['base64', () => json(v4({ [key]: base64(bytes) }))],
    ['base64 with line breaks', () => json(v4({ [key]: base64(bytes).replace(/.{20}/g, '$&\r\n ') }))],
    ['base64 of addresses, without padding', () => json({ [key]: Buffer.from(bytes).toString('base64url') })],
    ['a data URI', () => json(completed({ [key]: `data:x/y;base64,${base64(bytes)}` }))],
    ['a data URI in capitals', () => json(completed({ [key]: `DATA:x/y;charset=utf-8;BASE64,${base64(bytes)}` }))],
    ['a list', () => json(completed({ [`${key}s`]: [base64(bytes)] }))],
    ['an object with an address', () => json(completed({ [key]: { url: `data:x/y;base64,${base64(bytes)}` } }))],
    ['an object with data', () => json(completed({ [key]: { b64_json: base64(bytes) } }))],
    ['a list of objects', () => json(completed({ data: [{ url: `data:x/y;base64,${base64(bytes)}` }] }))],
    ['a bare string', () => json(completed(`data:x/y;base64,${base64(bytes)}`))],
    ['output', () => json(completed({ output: [`data:x/y;base64,${base64(bytes)}`] }))],
  ];
  const kinds = [
    ['text-to-speech', 'audio', WAV, 'audio/wav'],
    ['music-generation', 'audio', MP3, 'audio/mpeg'],
    ['text-to-video', 'video', MP4, 'video/mp4'],
    ['image-to-image', 'image', SVG, 'image/svg+xml'],
  ] as const;

  it.each(
    kinds.flatMap(([task, key, bytes, type]) =>
      forms(key, bytes).map(([form, answer]) => [task, form, answer, bytes, type] as const),
    ),
  )('%s as %s', async (task, _form, answer, bytes, mediaType) => {
    for (const model of [third(task), hosted(task)]) {
      const { media, last, warnings, error } = await asked(model, answer);
      expect(error).toBeUndefined();
      expect(media).toHaveLength(1);
      expect(media[0]).toMatchObject({ mediaType });
      expect(Buffer.compare(media[0]!.bytes, bytes)).toBe(0);
      expect(last).toMatchObject({ type: 'finished', finishReason: 'stop' });
      expect(warnings).toEqual([]);
    }
  });

  it.each([
    [
      'audio/ogg',
      [
        ...Buffer.from('OggS'),
        ...Array<number>(24).fill(0),
        1,
        30,
        ...Buffer.from('\x01vorbis'),
        ...Array<number>(30).fill(0),
      ],
    ],
    ['audio/flac', [...Buffer.from('fLaC'), ...Array<number>(60).fill(0)]],
    ['audio/mpeg', [0, 1, 2].flatMap(() => [0xff, 0xfb, 0x90, 0x64, ...Array<number>(413).fill(0)])],
  ])('that begin with letters are taken for no stream of events: %s', async (mediaType, bytes) => {
    const { media, error } = await asked(hosted('text-to-speech'), () => new Response(Uint8Array.from(bytes)));
    expect(error).toBeUndefined();
    expect(media[0]).toMatchObject({ kind: 'audio', mediaType });
  });

  it('of another kind than asked for are shown as what they are', async () => {
    const { media, last } = await asked(third('text-to-video'), () => json(completed({ video: base64(WAV) })));
    expect([media[0]?.kind, last?.type]).toEqual(['audio', 'finished']);
  });

  it('named twice come once, and a video without its cover', async () => {
    const uri = `data:video/mp4;base64,${base64(MP4)}`;
    const answer = { video: uri, videos: [uri], image: `data:image/svg+xml;base64,${base64(SVG)}` };
    expect((await asked(third('text-to-video'), () => json(completed(answer)))).media).toHaveLength(1);
  });

  it('bring what the answer says of its use', async () => {
    const result = { audio: base64(WAV), usage: { characters: 12 }, gatewayMetadata: { keySource: 'Unified' } };
    const { usage, events } = await asked(third('text-to-speech'), () => json(v4(result)));
    expect(usage).toEqual({ characters: 12 });
    expect(events).toContainEqual(expect.objectContaining({ gateway: { keySource: 'Unified' } }));
    const tokens = { input_tokens: 9, output_tokens: 80, output_tokens_details: { image_tokens: 80 } };
    const drawn = await asked(third('text-to-image'), () => json(completed({ image: base64(SVG), usage: tokens })));
    expect(drawn.usage).toEqual({ inputTokens: 9, outputTokens: 80, outputImageTokens: 80, images: 1 });
  });

  it.each([
    ['text-to-video', 'The answer holds no video.'],
    ['text-to-speech', 'The answer holds no sound.'],
    ['image-to-image', 'The answer holds no picture.'],
  ] as const)('that are missing from %s fail it', async (task, message) => {
    for (const result of [{ response: 'Sorry' }, {}, { video: null, audio: '', images: [] }, [{ a: 1 }]]) {
      const { error } = await asked(third(task), () => json(completed(result)));
      expect(error).toMatchObject({ reason: 'protocol', message });
    }
  });

  it('that are streamed bear the time of their first byte', async () => {
    const body = new FakeBody();
    const host = new FakeHost([
      () =>
        new Response(body.stream, { headers: { 'content-type': 'audio/wav', 'content-length': String(WAV.length) } }),
    ]);
    const watched = start(host, requestTo(hosted('text-to-speech')));
    await host.clock.advance(2);
    await body.write(WAV.slice(0, 50));
    await host.clock.advance(0.05);
    await body.write(WAV.slice(50, 60));
    await host.clock.advance(1);
    await body.write(WAV.slice(60, 400));
    // The idle timer runs between pieces, not the one of the first output.
    await host.clock.advance(59);
    await body.write(WAV.slice(400));
    await body.close();
    await watched.done;
    expect(watched.events.filter(({ type }) => type === 'progress')).toEqual([
      { type: 'progress', at: 1003.05, received: 400, total: WAV.length },
      { type: 'progress', at: 1062.05, received: WAV.length, total: WAV.length },
    ]);
    expect(watched.events.find(({ type }) => type === 'media')).toMatchObject({ at: 1062.05, firstAt: 1002 });
  });
});

describe('sound without a file', () => {
  const samples = Uint8Array.from({ length: 480 }, (_, at) => (at * 37) & 255);
  const speak = (extra: object, type: string) =>
    asked(
      hosted('text-to-speech', '@cf/deepgram/aura-1'),
      () => new Response(samples, { headers: { 'content-type': type } }),
      { parameters: { extra } },
    );

  it.each([
    [
      'the request says its rate',
      { encoding: 'linear16', container: 'none', sample_rate: 16_000 },
      'audio/mpeg',
      16_000,
      1,
    ],
    ['the content type says all', {}, 'audio/L16;rate=24000', 24_000, 1],
    ['the format has the rate in its name', { output_format: 'pcm_22050' }, 'application/octet-stream', 22_050, 1],
    ['it is mu-law', { encoding: 'mulaw', container: 'none', sample_rate: 8000 }, 'audio/basic', 8000, 7],
  ])('gets one where %s', async (_what, extra, type, rate, format) => {
    const { media, error } = await speak(extra, type);
    expect(error).toBeUndefined();
    expect(media[0]).toMatchObject({ kind: 'audio', mediaType: 'audio/wav' });
    const view = new DataView(Uint8Array.from(media[0]!.bytes).buffer);
    expect([view.getUint16(20, true), view.getUint32(24, true), view.getUint32(40, true)]).toEqual([format, rate, 480]);
    expect(media[0]!.bytes.slice(44)).toEqual(samples);
  });

  it('is refused where no one says how fast it is', async () => {
    const { error } = await speak({ encoding: 'linear16', container: 'none' }, 'audio/l16');
    expect(error).toMatchObject({ reason: 'protocol' });
    expect(error?.nextStep).toMatch(/sample rate.*wav/);
  });

  it.each([
    ['WAV', WAV, 'audio/wav'],
    ['MP3', MP3, 'audio/mpeg; charset=binary'],
  ])('that has a file all the same is left alone: %s', async (_, file, type) => {
    const answer = () => new Response(Uint8Array.from(file), { headers: { 'content-type': type } });
    const { media } = await asked(hosted('text-to-speech'), answer, {
      parameters: { extra: { encoding: 'linear16', sample_rate: 8000 } },
    });
    expect(media[0]?.bytes).toEqual(file);
  });
});

describe('a transcript', () => {
  const hear = async (body: unknown) => {
    const heard = await asked(hosted('speech-recognition', '@cf/openai/whisper-large-v3-turbo'), () => json(body));
    expect(heard.error).toBeUndefined();
    expect(heard.last).toMatchObject({ finishReason: 'stop' });
    return { ...heard, transcript: heard.result as TranscriptResult };
  };
  const two = [
    { text: 'Hello', start: 0.1, end: 0.5 },
    { text: 'there', start: 0.6, end: 1.25 },
  ];

  it('of Whisper', async () => {
    const words = two.map(({ text, ...times }) => ({ word: ` ${text}`, ...times }));
    const { text, transcript } = await hear(v4({ text: ' Hello there', word_count: 2, words, vtt: 'WEBVTT' }));
    expect(text).toBe('Hello there');
    expect(transcript).toEqual({ kind: 'transcript', words: two, segments: [] });
  });

  it('of Whisper turbo', async () => {
    const words = two.map(({ text, ...times }) => ({ word: text, ...times }));
    const { transcript, usage } = await hear(
      v4({
        transcription_info: { language: 'en', duration: 1.5 },
        text: 'Hello there',
        segments: [{ start: 0, end: 1.3, text: ' Hello there', words }],
      }),
    );
    expect(transcript).toEqual({
      kind: 'transcript',
      words: two,
      segments: [{ text: 'Hello there', start: 0, end: 1.3 }],
      language: 'en',
      seconds: 1.5,
    });
    expect(usage).toEqual({ audioSeconds: 1.5 });
  });

  it('of Deepgram', async () => {
    const words = two.map(({ text, ...times }, speaker) => ({
      word: text.toLowerCase(),
      punctuated_word: text,
      ...times,
      confidence: 0.9,
      speaker,
    }));
    const { text, transcript, usage } = await hear({
      metadata: { duration: 2 },
      results: {
        channels: [{ detected_language: 'en', alternatives: [{ transcript: 'Hello there', confidence: 0.9, words }] }],
        utterances: [{ start: 0.1, end: 1.25, transcript: 'Hello there', speaker: 1 }],
      },
    });
    expect(text).toBe('Hello there');
    expect(transcript.words).toEqual(
      two.map((word, speaker) => ({ ...word, confidence: 0.9, speaker: String(speaker) })),
    );
    expect(transcript.segments).toEqual([{ text: 'Hello there', start: 0.1, end: 1.25, speaker: '1' }]);
    expect([transcript.language, usage?.audioSeconds]).toEqual(['en', 2]);
  });

  it('of AssemblyAI, which counts milliseconds', async () => {
    const words = two.map(({ text, start, end }) => ({
      text,
      start: start * 1000,
      end: end * 1000,
      speaker: 'A',
      confidence: 0.5,
    }));
    const utterances = [{ text: 'Hello there', start: 100, end: 1250, speaker: 'A' }];
    const { transcript, usage } = await hear(
      completed({
        id: 'x',
        status: 'completed',
        text: 'Hello there',
        words,
        utterances,
        audio_duration: 3,
        language_code: 'en',
      }),
    );
    expect(transcript.words[1]).toEqual({ text: 'there', start: 0.6, end: 1.25, speaker: 'A', confidence: 0.5 });
    expect(transcript.segments[0]).toMatchObject({ start: 0.1, end: 1.25 });
    expect(usage).toEqual({ audioSeconds: 3 });
  });

  it('of AssemblyAI in short utterances, which are milliseconds as their words are', async () => {
    const words = [
      { text: 'Yes.', start: 100, end: 300 },
      { text: 'No.', start: 500, end: 720 },
    ];
    const { transcript } = await hear(completed({ text: 'Yes. No.', words, utterances: words, audio_duration: 1 }));
    expect(transcript.segments).toEqual(transcript.words);
    expect(transcript.segments[1]).toEqual({ text: 'No.', start: 0.5, end: 0.72 });
  });

  it('in milliseconds without words, which the length of the recording tells', async () => {
    const utterances = [{ text: 'Yes.', start: 400, end: 600 }];
    const { transcript } = await hear(completed({ text: 'Yes.', utterances, audio_duration: 1 }));
    expect(transcript.segments).toEqual([{ text: 'Yes.', start: 0.4, end: 0.6 }]);
  });

  it('in one long segment, which is seconds as its words are', async () => {
    const words = [{ word: 'Hm', start: 1, end: 2 }];
    const { transcript } = await hear({ text: 'Hm', words, segments: [{ text: 'Hm', start: 0, end: 900 }] });
    expect(transcript.segments[0]).toMatchObject({ start: 0, end: 900 });
    expect(transcript.words[0]).toMatchObject({ start: 1, end: 2 });
  });

  it.each([
    ['OpenAI', completed({ text: 'Hello there', usage: { type: 'duration', seconds: 7 } }), 7],
    ['a stranger', completed({ transcript: 'Hello there' }), undefined],
    ['another', completed({ output: { text: 'Hello there' } }), undefined],
    ['a bare string', v4('Hello there'), undefined],
  ])('of %s', async (_family, body, seconds) => {
    const { text, transcript, usage } = await hear(body);
    expect(text).toBe('Hello there');
    expect([transcript.words, transcript.segments]).toEqual([[], []]);
    expect(usage?.audioSeconds).toBe(seconds);
  });

  it('of silence is an answer', async () => {
    const { transcript, text } = await hear(v4({ text: '', words: [] }));
    expect([text, transcript.words]).toEqual(['', []]);
  });

  it('is cut after 20,000 words, its text is not', async () => {
    const words = Array.from({ length: 25_000 }, (_, at) => ({ word: `w${at}`, start: at, end: at + 0.5 }));
    const { transcript, text } = await hear(v4({ text: 'all of it', words }));
    expect([transcript.words.length, text]).toEqual([20_000, 'all of it']);
  });

  it('leaves out words that are none', async () => {
    const words = [{ word: 'a' }, null, 7, { word: 'b', start: 'x', end: 2 }, { word: 'c', start: 3, end: 2 }];
    expect((await hear(v4({ text: 'a b c', words }))).transcript.words).toEqual([{ text: 'c', start: 3, end: 3 }]);
  });
});

describe('vectors', () => {
  const rows = [
    [1, 0],
    [0, 1],
    [0.6, 0.8],
  ];
  const float = (row: readonly number[]) => base64(new Uint8Array(Float32Array.from(row).buffer));

  it.each([
    ['Workers AI', v4({ shape: [3, 2], data: rows, pooling: 'cls' })],
    ['OpenAI', { object: 'list', data: rows.map((embedding, index) => ({ index, embedding })) }],
    ['OpenAI, packed', { object: 'list', data: rows.map((row) => ({ embedding: float(row) })) }],
    ['a bare list', v4(rows)],
    ['another', v4({ embeddings: rows })],
  ])('of %s are described and kept whole', async (_family, body) => {
    const { result, media, last } = await asked(hosted('embeddings'), () => json(body), { texts: ['Two', 'Three'] });
    expect(result).toMatchObject({ kind: 'embeddings', dimensions: 2, count: 3, labels: ['Hello', 'Two', 'Three'] });
    expect(media[0]).toMatchObject({ kind: 'file', mediaType: 'application/json' });
    const kept = JSON.parse(new TextDecoder().decode(media[0]!.bytes)) as { text: string; embedding: number[] }[];
    expect(kept.map(({ text }) => text)).toEqual(['Hello', 'Two', 'Three']);
    kept.forEach(({ embedding }, index) => expect(embedding[0]).toBeCloseTo(rows[index]![0]!, 5));
    expect(last).toMatchObject({ finishReason: 'stop' });
  });

  it.each([
    ['of different lengths', [[1, 2], [1]]],
    ['with holes', [[1, null]]],
    ['that are none', ['%%%']],
    ['of nothing', [[]]],
  ])('%s are shown as they came', async (_what, data) => {
    const { result } = await asked(hosted('embeddings'), () => json(v4({ data })));
    expect(result).toEqual({ kind: 'json', value: { data } });
  });
});

describe('scores', () => {
  it.each<[string, Task, unknown, RunResult]>([
    [
      'a ranking',
      'reranking',
      v4({ response: [{ id: 0, score: 0.1 }, { id: 2, score: 0.9 }, { id: 1.5, score: 1 }, { id: 1 }] }),
      {
        kind: 'ranking',
        items: [
          { index: 2, score: 0.9 },
          { index: 0, score: 0.1 },
        ],
      },
    ],
    [
      'another ranking',
      'reranking',
      completed({ results: [{ index: 1, relevance_score: 0.5 }] }),
      { kind: 'ranking', items: [{ index: 1, score: 0.5 }] },
    ],
    [
      'labels in a list',
      'text-classification',
      v4([
        { label: 'NEGATIVE', score: 0.2 },
        { label: 'POSITIVE', score: 0.8 },
      ]),
      {
        kind: 'labels',
        items: [
          { label: 'POSITIVE', score: 0.8 },
          { label: 'NEGATIVE', score: 0.2 },
        ],
      },
    ],
    [
      'labels in a batch',
      'image-classification',
      v4([[{ label: 'cat', score: 0.8 }]]),
      { kind: 'labels', items: [{ label: 'cat', score: 0.8 }] },
    ],
    [
      'boxes',
      'object-detection',
      v4([
        { label: 'cat', score: 0.8, box: { xmin: 1, ymin: 2, xmax: 3, ymax: 4 } },
        { label: 'dog', score: 1 },
      ]),
      { kind: 'boxes', items: [{ label: 'cat', score: 0.8, box: { xmin: 1, ymin: 2, xmax: 3, ymax: 4 } }] },
    ],
    ['no boxes', 'object-detection', v4([]), { kind: 'boxes', items: [] }],
    [
      'a turn',
      'turn-detection',
      v4({ is_complete: false, probability: 0.25 }),
      { kind: 'turn', complete: false, probability: 0.25 },
    ],
  ])('%s', async (_what, task, body, expected) => {
    const { result, error, last } = await asked(hosted(task), () => json(body));
    expect(error).toBeUndefined();
    expect(result).toEqual(expected);
    expect(last).toMatchObject({ finishReason: 'stop' });
  });
});

describe('texts', () => {
  it.each([
    ['translation', { translated_text: 'Hallo' }],
    ['translation', { translations: ['Hallo'] }],
    ['translation', { translations: [{ translation_text: 'Hallo' }] }],
    ['summarization', { summary: 'Hallo' }],
    ['image-to-text', { description: 'Hallo' }],
    ['image-to-text', { response: 'Hallo' }],
    ['text-classification', { response: 'Hallo' }],
    ['other', { response: 'Hallo' }],
    ['other', { choices: [{ message: { content: 'Hallo' }, finish_reason: 'stop' }] }],
    ['other', 'Hallo'],
  ] as const)('%s in %j', async (task, body) => {
    const { text, error, result } = await asked(hosted(task), () => json(v4(body)));
    expect([text, error, result]).toEqual(['Hallo', undefined, undefined]);
  });

  it('that come as a stream come as they come', async () => {
    const sse = 'data: {"response":"Hal"}\n\ndata: {"response":"lo"}\n\ndata: [DONE]\n\n';
    const { types, text } = await asked(hosted('image-to-text'), () => streamed([sse]));
    expect(text).toBe('Hallo');
    expect(types.filter((type) => type === 'text')).toHaveLength(2);
  });
});

describe('what is not known', () => {
  it('is shown as it is', async () => {
    const answer = { decision: 'yes', weights: [1, 2], nested: { a: null } };
    const { result, error, last } = await asked(hosted('other'), () => json(v4(answer)));
    expect([result, error, last?.type]).toEqual([{ kind: 'json', value: answer }, undefined, 'finished']);
    expect((await asked(hosted('reranking'), () => json(v4(answer)))).result).toEqual({ kind: 'json', value: answer });
    expect((await asked(hosted('other'), () => json(v4(7)))).result).toEqual({ kind: 'json', value: 7 });
  });

  it('is kept as a file when it is too large to show', async () => {
    const { result, media } = await asked(hosted('other'), () => json(v4({ points: Array(100_000).fill(0.25) })));
    expect(result).toEqual({ kind: 'json', value: { note: expect.stringContaining('KiB of JSON') as string } });
    expect(JSON.stringify(result).length).toBeLessThan(200);
    expect(JSON.parse(new TextDecoder().decode(media[0]?.bytes))).toMatchObject({ points: { length: 100_000 } });
  });

  it('may be media', async () => {
    const { media } = await asked(third('other'), () =>
      json(completed({ video: `data:video/mp4;base64,${base64(MP4)}` })),
    );
    expect(media[0]?.kind).toBe('video');
  });

  it('is a failure when it is nothing', async () => {
    for (const body of [v4(null), null]) {
      expect((await asked(hosted('other'), () => json(body))).error).toMatchObject({ reason: 'protocol' });
    }
  });

  it('never throws, whatever comes', async () => {
    const key = fc.constantFrom(
      'result',
      'success',
      'data',
      'text',
      'words',
      'image',
      'video',
      'response',
      'state',
      'results',
      'usage',
      'segments',
      'box',
      'label',
      'score',
      'is_complete',
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null)),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 5 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...(Object.keys(taskTitles) as Task[])), value, async (task, body) => {
        const { events, last } = await asked(hosted(task), () => json(body));
        expect(['finished', 'failed']).toContain(last?.type);
        if (last?.type === 'failed') expect(last.error.message).not.toMatch(/undefined|TypeError|not a function/);
        expect(events.filter(({ type }) => type === 'finished' || type === 'failed')).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });
});

describe('an answer that is nested deeper than anyone writes', () => {
  const nested = (levels: number) => `{"odd":${'['.repeat(levels)}${']'.repeat(levels)}}`;
  const plain = (text: string) => () => new Response(text, { headers: { 'content-type': 'application/json' } });

  it.each(['other', 'translation', 'embeddings'] as const)('fails for %s when it cannot be read', async (task) => {
    const { error, last } = await asked(third(task), plain(nested(200_000)));
    expect(last?.type).toBe('failed');
    expect(error).toMatchObject({ reason: 'protocol', message: 'The answer could not be read.' });
  });

  it('is skipped as an event', async () => {
    const event = `data: {"response":${nested(200_000)}}\n\n`;
    const { text, warnings } = await asked(hosted('text-generation'), () =>
      streamed([`${event}data: {"response":"ok"}\n\ndata: [DONE]\n\n`]),
    );
    expect([text, warnings]).toEqual(['ok', ['malformed-event']]);
  });

  it('is kept as a file when it can be read', async () => {
    const { result, media } = await asked(third('other'), plain(nested(200)));
    expect(result).toEqual({
      kind: 'json',
      value: { note: 'The answer is more than 100 levels of JSON and was kept as a file.' },
    });
    expect(new TextDecoder().decode(media[0]?.bytes)).toBe(nested(200));
  });
});

it('a tool call of an impossible number is left out', async () => {
  const call = (index: unknown) => ({ index, id: 'x', function: { name: 'f', arguments: '{}' } });
  const message = { content: 'ok', tool_calls: [call(4_000_000_000), call(-1), call(0.5), call(2)] };
  const { events } = await asked(hosted('text-generation'), () => json({ choices: [{ message }] }));
  expect(events.flatMap((event) => (event.type === 'toolCall' ? [event.index] : []))).toEqual([2]);
});

it('an answer that has a state of its own is no task that failed', async () => {
  const place = { state: 'California', town: 'Eureka' };
  const { result, last } = await asked(third('other'), () => json(v4(place)));
  expect([result, last?.type]).toEqual([{ kind: 'json', value: place }, 'finished']);
});

describe('a task that has not finished', () => {
  it.each([
    ['Queued', /has not finished \(state "Queued"\), and the API offers no way to ask again/],
    ['Running', /has not finished/],
    ['Failed', /ended in state "Failed"/],
    ['Cancelled', /ended in state "Cancelled"/],
  ])('in state %s fails, and is not asked again', async (state, words) => {
    const host = new FakeHost([() => json(v4({ state, result: null }))]);
    const watched = start(host, requestTo(third('text-to-video')));
    await watched.done;
    expect(watched.error?.reason).toBe('server');
    expect(watched.error?.message).toMatch(words);
    expect(host.sent).toHaveLength(1);
  });
});
