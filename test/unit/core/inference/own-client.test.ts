import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelSchema } from '../../../../src/core/catalog/schema';
import type { Task } from '../../../../src/core/catalog/model';
import { cogModel } from '../../../../src/core/cog/model';
import type { InferenceRequest } from '../../../../src/core/inference/request';
import type { RunEvent } from '../../../../src/core/run/events';
import { FakeBody, FakeHost, settle, start, streamed, type Sent } from './support';

const SERVER = 'http://127.0.0.1:5000';

const health = (status: string, logs = '') => Response.json({ status, setup: { logs }, version: {} });
const READY = () => health('READY');

const input = (properties: object, required: readonly string[] = Object.keys(properties)): ModelSchema => ({
  input: { type: 'object', properties, required },
  output: null,
});

interface Asked {
  readonly task?: Task;
  readonly streams?: boolean;
  readonly more?: Partial<InferenceRequest>;
}

function request({ task = 'text-generation', streams = false, more = {} }: Asked = {}): InferenceRequest {
  return {
    runId: 'r',
    model: cogModel({ modelId: 'cog/m', name: 'M', task, isStreaming: streams }),
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello' },
    ],
    parameters: {},
    schema: input({ prompt: { type: 'string' } }),
    endpoint: { kind: 'own', baseUrl: SERVER, reachesHost: true },
    policy: { firstTokenTimeout: 60, idleTimeout: 60, maxAttempts: 3 },
    ...more,
  };
}

const event = (name: string, data: unknown): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

const done = (output: unknown, more: object = {}) =>
  Response.json({ id: 'p', logs: '', metrics: { predict_time: 0.5 }, output, status: 'succeeded', ...more });

/** Runs to the end; `answers` come after the first health report. */
async function answered(asked: InferenceRequest, ...answers: ((sent: Sent) => Response | Promise<Response>)[]) {
  const host = new FakeHost([READY, ...answers]);
  const watched = start(host, asked);
  await watched.done;
  return { host, watched };
}

const PNG = 'data:image/png;base64,iVBORw0KGgo=';

/** The data that a result shows. */
const jsonOf = (event: RunEvent): unknown =>
  event.type === 'result' && event.result.kind === 'json' ? event.result.value : event;

const bodyOf = ({ init }: Sent): unknown => JSON.parse(String(init.body));

describe('a prediction', () => {
  it('is asked for with its input alone: no token, no gateway', async () => {
    const { host, watched } = await answered(request(), () => done('Hi.'));
    expect(host.sent.map(({ url }) => url)).toEqual([`${SERVER}/health-check`, `${SERVER}/predictions`]);
    const [, sent] = host.sent as [Sent, Sent];
    expect(bodyOf(sent)).toMatchObject({ input: { prompt: 'Hello' } });
    expect(sent.init.headers).toEqual({ 'content-type': 'application/json', accept: 'application/json' });
    expect([watched.text, watched.last?.type]).toEqual(['Hi.', 'finished']);
    expect(watched.events).toContainEqual(expect.objectContaining({ type: 'serverTime', predict: 0.5 }));
  });

  it('carries system prompt, parameters and files where the schema has a place', async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const asked = request({
      more: {
        schema: input({
          prompt: { type: 'string' },
          system_prompt: { type: 'string' },
          image: { type: 'string', format: 'uri' },
        }),
        parameters: { extra: { stream: true, max_tokens: 5, model: 'large' } },
        media: [{ kind: 'image', mediaType: 'image/png', bytes, name: 'a.png', role: 'input' }],
      },
    });
    const { host } = await answered(asked, () => done('Hi.'));
    const sent = new TextDecoder().decode(host.sent[1]?.init.body as Uint8Array);
    expect(JSON.parse(sent)).toMatchObject({
      input: {
        prompt: 'Hello',
        system_prompt: 'Be brief.',
        image: 'data:image/png;base64,AQID',
        stream: true,
        max_tokens: 5,
        model: 'large',
      },
    });
  });

  it('is streamed where the model streams, in whatever pieces it comes', async () => {
    const events = [
      event('start', { id: 'p', status: 'processing' }),
      event('log', { data: 'thinking\n', source: 'stdout' }),
      event('output', { chunk: 'Hé', index: 0 }),
      event('output', { chunk: 'llo', index: 1 }),
      event('metric', { name: 'words', value: 2, mode: 'replace' }),
      event('completed', {
        id: 'p',
        logs: 'thinking\n',
        metrics: { predict_time: 0.25 },
        output: ['Hé', 'llo'],
        status: 'succeeded',
      }),
    ].join('');
    const bytes = new TextEncoder().encode(events);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 30 }), async (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        const pieces = places.slice(1).map((end, index) => bytes.slice(places[index], end));
        const { host, watched } = await answered(request({ streams: true }), () => streamed(pieces));
        expect(watched.text).toBe('Héllo');
        expect(watched.events.filter(({ type }) => type === 'log')).toHaveLength(1);
        expect(watched.last).toMatchObject({ type: 'finished', finishReason: 'stop' });
        expect(watched.warnings()).toEqual([]);
        expect(new Headers(host.sent[1]?.init.headers).get('accept')).toBe('text/event-stream');
      }),
      { numRuns: 50 },
    );
  });

  it.each<[string, Task, unknown, string[]]>([
    [
      'files in fields of any name',
      'other',
      { label: 'cat', thumb: 'data:image/png;base64,iVBORw0KGgo=' },
      ['result', 'media'],
    ],
    ['a list of text pieces', 'text-generation', ['a', 'b'], ['text']],
    ['labels', 'image-classification', [{ label: 'cat', score: 0.9 }], ['result']],
    ['a vector', 'embeddings', [0.1, 0.2, 0.3], ['result', 'media']],
    ['numbers of no task', 'other', { a: { b: [1, 2] } }, ['result']],
    ['nothing', 'other', null, ['result']],
  ])('%s reach the column', async (_, task, output, types) => {
    const { watched } = await answered(request({ task }), () => done(output));
    const shown = watched.types.filter((type) => ['text', 'result', 'media'].includes(type));
    expect([...new Set(shown)].sort()).toEqual([...types].sort());
    expect(watched.last?.type).toBe('finished');
  });

  it('is asked for by what the server takes, when that was not known before', async () => {
    const { schema: _, ...early } = request();
    const learn = () => Promise.resolve({ schema: input({ text: { type: 'string' } }), isStreaming: true });
    const endpoint = { kind: 'own', baseUrl: SERVER, reachesHost: true, learn } as const;
    const { host, watched } = await answered({ ...early, endpoint }, () =>
      streamed([event('output', { chunk: 'Hi.', index: 0 }), event('completed', { status: 'succeeded' })]),
    );
    expect(bodyOf(host.sent[1] as Sent)).toEqual({ input: { text: 'Hello' } });
    expect(new Headers(host.sent[1]?.init.headers).get('accept')).toBe('text/event-stream');
    expect([watched.text, watched.last?.type]).toEqual(['Hi.', 'finished']);
  });

  it.each<[string, Task, unknown, unknown, number]>([
    ['a caption beside a picture', 'other', ['a caption', PNG], ['a caption', '(file 1)'], 1],
    ['what is told of each picture', 'other', [{ image: PNG, seed: 42 }], [{ image: '(file 1)', seed: 42 }], 1],
    ['labels beside pictures', 'other', [[PNG, 'cat', 0.9]], [['(file 1)', 'cat', 0.9]], 1],
    ['pictures alone', 'text-to-image', [PNG, PNG], undefined, 2],
    ['links among words', 'other', ['see', 'https://models.example/a.png'], ['see', 'https://models.example/a.png'], 0],
  ])('%s: nothing of it is lost', async (_, task, output, rest, files) => {
    const { watched } = await answered(request({ task }), () => done(output));
    const result = watched.events.find((one) => one.type === 'result');
    expect(result === undefined ? undefined : jsonOf(result)).toEqual(rest);
    expect(watched.types.filter((type) => type === 'media')).toHaveLength(files);
    expect(watched.last?.type).toBe('finished');
  });

  it('in words keeps its links, whole and streamed, and fetches none', async () => {
    const words = ['See ', 'https://models.example/cat.png', ' for it.'];
    const whole = await answered(request(), () => done(words));
    const alone = await answered(request(), () => done('https://models.example/cat.png'));
    const pieces = words.map((chunk, index) => event('output', { chunk, index })).join('');
    const inPieces = await answered(request({ streams: true }), () =>
      streamed([pieces + event('completed', { status: 'succeeded', output: words })]),
    );
    expect(
      [whole, alone, inPieces].map(({ watched, host }) => [watched.text, watched.last?.type, host.sent.length]),
    ).toEqual([
      [words.join(''), 'finished', 2],
      ['https://models.example/cat.png', 'finished', 2],
      [words.join(''), 'finished', 2],
    ]);
  });

  it('that is streamed in pieces of data shows all of them, also when it fails', async () => {
    const chunks = Array.from({ length: 150 }, (_, index) => event('output', { chunk: { step: index }, index })).join(
      '',
    );
    const ends = [event('completed', { status: 'succeeded' }), event('completed', { status: 'failed', error: 'no' })];
    for (const end of ends) {
      const { watched } = await answered(request({ task: 'other', streams: true }), () => streamed([chunks + end]));
      const last = watched.events.findLast((one) => one.type === 'result');
      expect(last && jsonOf(last)).toHaveLength(150);
    }
    const two = event('output', { chunk: 1, index: 0 }) + event('output', { chunk: 2, index: 1 });
    const { watched } = await answered(request({ task: 'other', streams: true }), () => streamed([two]));
    const shown = watched.events.filter((one) => one.type === 'result').map(jsonOf);
    expect(shown).toEqual([1, [1, 2]]);
  });

  it('that is not what its task makes is shown, with a warning', async () => {
    const { watched } = await answered(request({ task: 'text-to-image' }), () => done({ oops: 1 }));
    expect(watched.warnings()).toEqual(['unexpected-output']);
    expect(watched.types).toContain('result');
    expect(watched.last?.type).toBe('finished');
  });

  it('that is larger than what is taken fails, and says so', async () => {
    const piece = 'x'.repeat(1024 * 1024);
    const pieces = function* () {
      yield '{"output":"';
      for (let count = 0; count < 100; count++) yield piece;
    };
    const { watched } = await answered(request(), () => streamed(pieces(), { 'content-type': 'application/json' }));
    expect(watched.error).toMatchObject({ reason: 'protocol', message: 'The answer is larger than 64 MiB.' });
  });
});

describe('a failure', () => {
  it.each<[string, () => Response, object]>([
    [
      'of the model, without its nesting',
      () =>
        Response.json({
          status: 'failed',
          output: null,
          logs: '',
          error: 'Prediction failed: Prediction failed: ValueError: bad thing happened',
        }),
      { reason: 'server', message: 'The model failed: ValueError: bad thing happened', retryable: false },
    ],
    [
      'of the input, by its field',
      () =>
        Response.json(
          {
            detail: [
              { loc: ['body', 'input', 'words'], msg: '500 is greater than the maximum of 100', type: 'value_error' },
            ],
          },
          { status: 422 },
        ),
      { reason: 'bad-request', message: 'The model does not take this: words: 500 is greater than the maximum of 100' },
    ],
    [
      'of another server',
      () => new Response('nope', { status: 404 }),
      { reason: 'not-found', message: "What answers there is not Cog's prediction API (HTTP 404)." },
    ],
    [
      'of a web server, without its page',
      () => new Response('<html>gone</html>', { status: 404 }),
      { reason: 'not-found', message: "What answers there is not Cog's prediction API (HTTP 404)." },
    ],
    [
      'of one that sends elsewhere',
      () => new Response(null, { status: 302, headers: { location: 'https://models.example/' } }),
      { reason: 'not-found', nextStep: 'Check the address of the server.' },
    ],
    ['of a body that is too large', () => new Response('', { status: 413 }), { reason: 'too-large' }],
    [
      'of the server',
      () => Response.json({ error: 'boom' }, { status: 500 }),
      { reason: 'server', message: 'The server answered 500: boom' },
    ],
    [
      'that is a cancel elsewhere',
      () => done(null, { status: 'canceled' }),
      { message: 'The model failed: The prediction was cancelled at the server.' },
    ],
  ])('%s', async (_, answer, error) => {
    const { host, watched } = await answered(request(), answer);
    expect(watched.error).toMatchObject(error);
    // A prediction may have effects.
    expect(host.sent).toHaveLength(2);
  });

  it('in mid-stream keeps what came', async () => {
    const events =
      event('output', { chunk: 'Hel', index: 0 }) +
      event('completed', { status: 'failed', error: 'Prediction failed: KeyError: 3', metrics: {} });
    const { watched } = await answered(request({ streams: true }), () => streamed([events]));
    expect([watched.text, watched.error?.message]).toEqual(['Hel', 'The model failed: KeyError: 3']);
  });

  it('of the connection is never tried again', async () => {
    const { host, watched } = await answered(request(), () => Promise.reject(new TypeError('fetch failed')));
    expect([watched.error?.reason, host.sent.length]).toEqual(['network', 2]);
  });

  it('is told at once where nobody listens, where something else does, and where the server is known to be down', async () => {
    const nobody = start(new FakeHost([() => Promise.reject(new TypeError('fetch failed'))]), request());
    await nobody.done;
    expect(nobody.error).toMatchObject({ reason: 'network', message: `Nothing answers at ${SERVER}.` });
    const stuck = new FakeHost([() => new Promise<Response>(() => {})]);
    const silent = start(stuck, request());
    await stuck.clock.advance(9);
    await silent.done;
    expect(silent.error?.message).toBe(`${SERVER} has not told its health within 8 s.`);
    const other = start(new FakeHost([() => new Response('<html>')]), request());
    await other.done;
    expect(other.error?.message).toContain('is not a Cog server');
    const host = new FakeHost([READY]);
    const endpoint = {
      kind: 'own',
      baseUrl: SERVER,
      reachesHost: true,
      problem: { message: 'M is not running.', nextStep: 'Start it.' },
    } as const;
    const down = start(host, request({ more: { endpoint } }));
    await down.done;
    expect([down.error?.message, down.error?.nextStep, host.sent]).toEqual(['M is not running.', 'Start it.', []]);
  });
});

describe('waiting', () => {
  it('for setup() is a phase of its own, before the clock of the answer starts', async () => {
    const host = new FakeHost([() => health('STARTING'), () => health('STARTING'), READY, () => done('Hi.')]);
    const watched = start(host, request());
    await host.clock.advance(5);
    await watched.done;
    expect(watched.types.slice(0, 2)).toEqual(['phase', 'started']);
    const [phase, started] = watched.events;
    expect((started?.at ?? 0) - (phase?.at ?? 0)).toBeCloseTo(0.25 + 0.375);
    expect(host.clock.pending).toBe(0);
  });

  it('for setup() ends with its failure and its last words', async () => {
    const host = new FakeHost([
      () => health('STARTING'),
      () => health('SETUP_FAILED', 'Traceback\nRuntimeError: no weights'),
    ]);
    const watched = start(host, request());
    await host.clock.advance(5);
    await watched.done;
    expect(watched.error).toMatchObject({
      reason: 'server',
      message: "The model's setup() failed. It says: RuntimeError: no weights",
    });
    expect(host.sent.every(({ url }) => url.endsWith('/health-check'))).toBe(true);
  });

  it('for a server that never becomes ready ends after half an hour', async () => {
    const host = new FakeHost([() => health('STARTING', 'No module named coglet')]);
    const watched = start(host, request());
    await host.clock.advance(1900);
    await watched.done;
    expect(watched.error?.message).toBe(
      "The model's setup() has not finished within 30 minutes. It wrote last: No module named coglet",
    );
  });

  it('for a slot is a phase of its own, and the prediction is sent until one is free', async () => {
    const busy = () => Response.json({ error: 'At capacity', status: 'failed' }, { status: 409 });
    const host = new FakeHost([READY, busy, busy, () => done('Hi.')]);
    const watched = start(host, request());
    await host.clock.advance(5);
    await watched.done;
    expect(watched.types).toEqual([
      'started',
      'phase',
      'started',
      'phase',
      'started',
      'headers',
      'serverTime',
      'text',
      'finished',
    ]);
  });

  it('goes back to setup when the server restarts in between', async () => {
    const notYet = () => Response.json({ error: 'Setup has not finished yet', status: 'failed' }, { status: 503 });
    const host = new FakeHost([READY, notYet, () => health('STARTING'), READY, () => done('Hi.')]);
    const watched = start(host, request());
    await host.clock.advance(5);
    await watched.done;
    expect([watched.text, watched.types.includes('phase')]).toEqual(['Hi.', true]);
  });

  it.each([
    ['setup', [() => health('STARTING')]],
    ['a slot', [READY, () => Response.json({}, { status: 409 })]],
    ['the answer', [READY, () => new Promise<Response>(() => {})]],
    ['the health report', [() => new Promise<Response>(() => {})]],
  ])('for %s can be stopped', async (_, answers) => {
    const host = new FakeHost(answers);
    const watched = start(host, request());
    await settle();
    await host.clock.advance(1);
    host.abort.abort();
    await host.clock.advance(10);
    await watched.done;
    expect(watched.error?.reason).toBe('aborted');
    expect(host.clock.pending).toBe(0);
  });
});

describe('the log of a prediction', () => {
  const logs = ({ events }: { events: readonly RunEvent[] }): string[] =>
    events.flatMap((event) => (event.type === 'log' ? [event.text] : []));

  /** A prediction under way. */
  async function working(asked: InferenceRequest = request()) {
    let answer: (response: Response) => void = () => {};
    const host = new FakeHost([READY, () => new Promise<Response>((resolve) => (answer = resolve))]);
    const watched = start(host, asked);
    await settle();
    return { host, watched, answer: (response: Response) => answer(response) };
  }

  it('comes while it works where the server reaches this machine, and each part of it once', async () => {
    const { host, watched, answer } = await working();
    const [hook] = host.hooks;
    expect(bodyOf(host.sent[1] as Sent)).toEqual({
      input: { prompt: 'Hello' },
      webhook: hook?.url,
      webhook_events_filter: ['logs'],
    });
    hook?.heard({ logs: '' });
    hook?.heard({ logs: 'one\n' });
    await host.clock.advance(3);
    hook?.heard({ logs: 'one\ntwo\n' });
    // Out of order, another's, and nonsense.
    for (const body of [{ logs: 'one\n' }, { logs: 'another one\n' }, { logs: 3 }, null, 'x']) hook?.heard(body);
    await settle();
    expect([logs(watched), watched.last?.type]).toEqual([['one\n', 'two\n'], 'log']);
    answer(done('Hi.', { logs: 'one\ntwo\nthree\n' }));
    await watched.done;
    expect([logs(watched), watched.text]).toEqual([['one\n', 'two\n', 'three\n'], 'Hi.']);
    expect(watched.events.find((event) => event.type === 'log')?.at).toBe(1000);
    expect(hook?.closed).toBe(true);
  });

  it('is told as sent without the address that was opened for it', async () => {
    const { host, watched } = await answered(request(), () => done('Hi.'));
    expect(host.hooks).toHaveLength(1);
    expect(JSON.stringify(watched.events)).not.toContain('webhook');
  });

  it('is asked for by nobody where events tell it, or where the server cannot reach this machine', async () => {
    const streaming = await answered(request({ streams: true }), () =>
      streamed([event('completed', { status: 'succeeded' })]),
    );
    const endpoint = { kind: 'own', baseUrl: SERVER, reachesHost: false } as const;
    const far = await answered(request({ more: { endpoint } }), () => done('Hi.', { logs: 'whole' }));
    for (const { host } of [streaming, far]) {
      expect([host.hooks, bodyOf(host.sent[1] as Sent)]).toEqual([[], { input: { prompt: 'Hello' } }]);
    }
    expect(logs(far.watched)).toEqual(['whole']);
  });

  it('has its address until the run is over, whatever its end', async () => {
    const { host, watched } = await working();
    expect(host.hooks[0]?.closed).toBe(false);
    host.abort.abort();
    await watched.done;
    expect(host.hooks[0]?.closed).toBe(true);
    const failed = await answered(request(), () => new Response('nope', { status: 404 }));
    expect(failed.host.hooks.map(({ closed }) => closed)).toEqual([true]);
  });
});

describe('what bounds a run', () => {
  const busy = () => Response.json({ error: 'At capacity', status: 'failed' }, { status: 409 });

  it('for a slot is an hour, then it says what to do', async () => {
    const host = new FakeHost([READY, busy]);
    const watched = start(host, request());
    await host.clock.advance(3700);
    await watched.done;
    expect(watched.error).toMatchObject({ reason: 'capacity', message: 'No slot became free within 60 minutes.' });
    expect(host.clock.pending).toBe(0);
  });

  it('for the first piece, and between two pieces, is at least ten minutes', async () => {
    const body = new FakeBody();
    const host = new FakeHost([
      READY,
      () => new Response(body.stream, { headers: { 'content-type': 'text/event-stream' } }),
    ]);
    const watched = start(host, request({ streams: true }));
    await host.clock.advance(599);
    await body.write(event('output', { chunk: 'One', index: 0 }));
    await host.clock.advance(599);
    expect([watched.text, watched.error]).toEqual(['One', undefined]);
    await host.clock.advance(2);
    await watched.done;
    expect([watched.text, watched.error?.reason]).toEqual(['One', 'timeout-idle']);
    expect(host.clock.pending).toBe(0);
  });

  it('never sends again what was taken, whatever came after', async () => {
    const body = new FakeBody();
    const host = new FakeHost([
      READY,
      () => new Response(body.stream, { headers: { 'content-type': 'application/json' } }),
    ]);
    const watched = start(host, request());
    await settle();
    await body.fail(new TypeError('terminated'));
    await host.clock.advance(10);
    await watched.done;
    expect([watched.error?.reason, host.sent.length]).toEqual(['network', 2]);
  });
});

describe('an address in an answer', () => {
  const asked = () => request({ task: 'text-to-image' });
  const png = () =>
    new Response(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), { headers: { 'content-type': 'image/png' } });

  it('of the server itself is fetched, without anything of ours', async () => {
    const { host, watched } = await answered(asked(), () => done(`${SERVER}/files/a.png`), png);
    expect([watched.last?.type, host.sent[2]?.url]).toEqual(['finished', `${SERVER}/files/a.png`]);
    expect(watched.types).toContain('media');
    expect(host.sent[2]?.init.headers).toBeUndefined();
  });

  it('of another port here is refused', async () => {
    const { host, watched } = await answered(asked(), () => done('http://127.0.0.1:6000/a.png'));
    expect(watched.error?.message).toContain('not safe to fetch');
    expect(host.sent).toHaveLength(2);
  });

  it('that cannot be had is the end: the prediction is not made again', async () => {
    for (const status of [409, 503]) {
      const { host, watched } = await answered(
        asked(),
        () => done(`${SERVER}/a.png`),
        () => new Response('', { status }),
      );
      expect([watched.last?.type, host.sent.length]).toEqual(['failed', 3]);
    }
  });

  it('deep in an answer is a link, and stays one', async () => {
    const { host, watched } = await answered(request({ task: 'other' }), () => done({ a: { b: `${SERVER}/a.png` } }));
    expect([watched.types.includes('media'), watched.last?.type, host.sent.length]).toEqual([false, 'finished', 2]);
  });

  it('comes with at most twenty files', async () => {
    const { watched } = await answered(request({ task: 'other' }), () =>
      done(Array.from({ length: 25 }, () => 'data:image/png;base64,iVBORw0KGgo=')),
    );
    expect(watched.types.filter((type) => type === 'media')).toHaveLength(20);
  });
});
