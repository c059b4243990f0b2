import { expect, it } from 'vitest';
import { transcriptionCall } from '../src/transcription';

const recording = Uint8Array.of(1, 2, 3);

it.each([
  ['@cf/openai/whisper', { audio: [1, 2, 3] }],
  ['@cf/openai/whisper-large-v3-turbo', { audio: 'AQID' }],
  ['assemblyai/universal-3-pro', { audio_url: 'data:audio/wav;base64,AQID' }],
  ['openai/gpt-4o-transcribe', { file: 'data:audio/wav;base64,AQID' }],
])('gives %s the recording where it wants it', (id, input) => {
  expect(transcriptionCall({ id, input: {} }, recording, 'audio/wav')).toEqual({ input, isStreamed: false });
});

it('gives Deepgram bytes with their type, and its settings', async () => {
  const { input, isStreamed } = transcriptionCall(
    { id: '@cf/deepgram/nova-3', input: { punctuate: true } },
    recording,
    'audio/wav',
  );
  const audio = input['audio'] as { body: ReadableStream; contentType: string };
  expect(isStreamed).toBe(true);
  expect(audio.contentType).toBe('audio/wav');
  expect(new Uint8Array(await new Response(audio.body).arrayBuffer())).toEqual(recording);
  expect(input['punctuate']).toBe(true);
});
