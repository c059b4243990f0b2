import { describe, expect, it } from 'vitest';
import { account, createAsker, jsonOf } from './support';
import { base64, dataUri, files, said, spokenSeconds } from './samples';

const { post, send } = createAsker();
const words = said.split(' ');
const wav = dataUri('audio/wav', files.wav);
const hosted = async (id: string, input: object): Promise<any> => jsonOf(await post(`/ai/run/${id}`, input)).result;
const third = async (model: string, input: object): Promise<any> =>
  jsonOf(await post('/ai/run', { model, input })).result.result;
const raw = async (id: string, bytes: Uint8Array, type: string, query = ''): Promise<any> =>
  jsonOf(await send(`${account}/ai/run/${id}${query}`, { bytes, headers: { 'content-type': type } })).result;

/** Share of words that differ. */
function wrong(text: string): number {
  const heard = text.split(' ');
  expect(heard).toHaveLength(words.length);
  return heard.filter((word, index) => word !== words[index]).length / words.length;
}

/** Times stand in order within the recording. `unit`: how many make a second. */
function expectInTime(list: readonly { start: number; end: number }[], unit = 1): void {
  let before = 0;
  for (const { start, end } of list) {
    expect(start).toBeGreaterThanOrEqual(before);
    expect(end).toBeGreaterThanOrEqual(start);
    before = end;
  }
  expect(before).toBeLessThanOrEqual(spokenSeconds * unit);
  expect(before).toBeGreaterThan(spokenSeconds * unit * 0.8);
}

describe('transcripts', () => {
  it('have words and subtitles from Whisper, which takes numbers or the bare file; it gets one word in ten wrong', async () => {
    const result = await hosted('@cf/openai/whisper', { audio: [...files.wav] });
    expect(Object.keys(result)).toEqual(['text', 'word_count', 'words', 'vtt']);
    expect(result.word_count).toBe(words.length);
    expectInTime(result.words);
    expect(result.vtt).toMatch(/^WEBVTT\n\n00:00:00\.\d{3} --> 00:00:0\d\.\d{3}\n/);
    expect(wrong(result.text)).toBeGreaterThan(0.05);
    expect(wrong(result.text)).toBeLessThan(0.15);
    expect(await raw('@cf/openai/whisper', files.wav, 'audio/wav')).toEqual(result);
    expect(await raw('@cf/openai/whisper', files.wav, 'application/octet-stream')).toEqual(result);
  });

  it('have segments and the length from Whisper Turbo, which takes base64 alone', async () => {
    const result = await hosted('@cf/openai/whisper-large-v3-turbo', { audio: base64(files.mp3), language: 'en' });
    expect(wrong(result.text)).toBe(0);
    expect(result.transcription_info).toMatchObject({ language: 'en', duration: expect.closeTo(spokenSeconds, 0) });
    expect(result.segments.map((segment: any) => segment.text).join(' ')).toBe(said);
    for (const audio of [wav, '***']) {
      const reply = await post('/ai/run/@cf/openai/whisper-large-v3-turbo', { audio });
      expect([reply.status, jsonOf(reply).errors[0].code]).toEqual([400, 5004]);
    }
  });

  it('have channels from Deepgram; options stand in the query', async () => {
    const all = '?punctuate=true&diarize=true&utterances=true&detect_language=true';
    const full = await raw('@cf/deepgram/nova-3', files.wav, 'audio/wav', all);
    const [channel] = full.results.channels;
    expect(channel.alternatives[0].transcript).toBe(said);
    expect(channel.detected_language).toBe('en');
    expectInTime(channel.alternatives[0].words);
    expect(new Set(channel.alternatives[0].words.map((word: any) => word.speaker))).toEqual(new Set([0, 1]));
    expect(full.results.utterances.length).toBeGreaterThan(1);
    expect(full.metadata.duration).toBeCloseTo(spokenSeconds, 2);
    const bare = await raw('@cf/deepgram/nova-3', files.wav, 'audio/wav');
    expect(bare.results.channels[0].alternatives[0].transcript).toMatch(
      /^the quick brown fox jumps over the lazy dog it/,
    );
    expect(bare.results.channels[0].alternatives[0].words[0]).not.toHaveProperty('speaker');
    const body = { audio: { body: base64(files.wav), contentType: 'audio/wav' }, punctuate: true };
    expect((await hosted('@cf/deepgram/nova-3', body)).results.channels[0].alternatives[0].transcript).toBe(said);
  });

  it('have milliseconds and named speakers from AssemblyAI, of a data URI or a URL', async () => {
    const result = await third('assemblyai/universal-3-pro', { audio_url: wav, speaker_labels: true });
    expectInTime(result.words, 1000);
    expect(result.words[0]).toMatchObject({ text: 'The', speaker: 'A' });
    expect(result.audio_duration).toBe(Math.round(spokenSeconds));
    const url = 'https://example.com/talk.mp3';
    expect((await third('assemblyai/universal-3-pro', { audio_url: url })).text).toMatch(/\S/);
    const spoken = await third('openai/tts-1', {
      text: 'Good morning.',
      voice: 'ash',
      speed: 1,
      response_format: 'wav',
    });
    const heard = await third('assemblyai/universal-3-pro', { audio_url: spoken.audio });
    expect(heard.text).toBe('Good morning.');
  });

  it('are text and tokens from OpenAI, words from xAI', async () => {
    const openAi = await third('openai/gpt-4o-transcribe', { file: wav });
    expect(openAi).toMatchObject({ text: said, usage: { input_token_details: { audio_tokens: expect.any(Number) } } });
    expectInTime((await third('xai/grok-stt', { file: wav })).words);
    expect(await third('cloudflare/stt', { file: wav })).toEqual({ text: said });
  });

  it('are made up, always the same, of a recording that says nothing of itself', async () => {
    const ask = () => raw('@cf/deepgram/nova-3', files.mute, 'audio/wav', '?punctuate=true');
    const first = await ask();
    expect(first).toEqual(await ask());
    const { transcript, words: list } = first.results.channels[0].alternatives[0];
    expect(transcript.split(' ').length).toBe(Math.floor(spokenSeconds * 2.6));
    expectInTime(list);
  });

  it('are made of formats that are not read: Ogg, WebM, M4A', async () => {
    for (const mark of ['OggS', '\x1aE\xdf\xa3', '\0\0\0\x20ftypM4A ']) {
      const bytes = Uint8Array.from([...Buffer.from(mark, 'latin1'), ...new Uint8Array(32_000)]);
      const result = await raw('@cf/deepgram/nova-3', bytes, 'audio/webm');
      expect(result.metadata.duration).toBeCloseTo(4, 1);
    }
  });

  it.each<[string, string, unknown, number]>([
    ['a picture', '/ai/run/@cf/openai/whisper', { audio: [...files.png] }, 3003],
    ['no bytes', '/ai/run/@cf/openai/whisper', { audio: [] }, 3003],
    ['no recording', '/ai/run/@cf/openai/whisper', {}, 3003],
    [
      'text as a recording',
      '/ai/run',
      { model: 'openai/gpt-4o-transcribe', input: { file: 'data:audio/wav,hi' } },
      7003,
    ],
    [
      'an empty data URI',
      '/ai/run',
      { model: 'openai/gpt-4o-transcribe', input: { file: 'data:audio/wav;base64,' } },
      7003,
    ],
    [
      'a URL in place of a data URI',
      '/ai/run',
      { model: 'xai/grok-stt', input: { file: 'https://a.example/b.mp3' } },
      7003,
    ],
  ])('are refused of %s', async (_what, path, body, code) => {
    const reply = await post(path, body);
    expect([reply.status, jsonOf(reply).errors[0].code]).toEqual([400, code]);
  });

  it('are refused of an empty body', async () => {
    const empty = { bytes: new Uint8Array(), headers: { 'content-type': 'audio/wav' } };
    expect((await send(`${account}/ai/run/@cf/deepgram/nova-3`, empty)).status).toBe(400);
  });
});

describe('turn detection', () => {
  const turn = '@cf/pipecat-ai/smart-turn-v2';
  it('hears the end of a sentence, in a file or in bare samples', async () => {
    const result = await hosted(turn, { audio: base64(files.wav) });
    expect(result.is_complete).toBe(true);
    expect(result.probability).toBeGreaterThan(0.5);
    expect(typeof (await hosted(turn, { audio: base64(new Uint8Array(4000)), dtype: 'float32' })).is_complete).toBe(
      'boolean',
    );
    expect((await post(`/ai/run/${turn}`, { audio: '' })).status).toBe(400);
    expect((await post(`/ai/run/${turn}`, { audio: base64(files.png) })).status).toBe(400);
  });
});
