/**
 * Stands in for the AI binding: hears nothing but how much there is to hear, and speaks in one tone.
 */
import { WorkerEntrypoint } from 'cloudflare:workers';

export class FakeAi extends WorkerEntrypoint {
  async run(model: string, input: Record<string, unknown>): Promise<unknown> {
    const recording = input['audio'] ?? input['file'] ?? input['audio_url'];
    if (recording !== undefined) return { text: `${model}, offline, was given ${await sizeOf(recording)} bytes.` };
    const text = String(input['text'] ?? input['prompt']);
    return new Response(tone(text.length / 15)).body;
  }
}

async function sizeOf(recording: unknown): Promise<number> {
  if (Array.isArray(recording)) return recording.length;
  if (typeof recording === 'string') return atob(recording.replace(/^data:.*?,/s, '')).length;
  const { body } = recording as { readonly body: ReadableStream };
  return (await new Response(body).arrayBuffer()).byteLength;
}

const RATE = 8000;

/** A WAV file of so many seconds, at most ten. */
function tone(seconds: number): Uint8Array {
  const samples = Math.round(RATE * Math.min(10, Math.max(0.2, seconds)));
  const view = new DataView(new ArrayBuffer(44 + samples));
  const word = (at: number, text: string): void => {
    [...text].forEach((character, index) => view.setUint8(at + index, character.charCodeAt(0)));
  };
  word(0, 'RIFF');
  view.setUint32(4, 36 + samples, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // bare samples
  view.setUint16(22, 1, true); // of one channel
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE, true); // bytes a second
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true); // bits a sample
  word(36, 'data');
  view.setUint32(40, samples, true);
  for (let at = 0; at < samples; at++) view.setUint8(44 + at, 128 + 40 * Math.sin((2 * Math.PI * 220 * at) / RATE));
  return new Uint8Array(view.buffer);
}
