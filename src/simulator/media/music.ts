/**
 * Simple tunes: a melody over a bass, in a key and at a pace that the prompt and the seed choose.
 */
import { createRandom, hash } from '../random';
import type { Sound } from './sound';

const sampleRate = 24_000;
/** Half-tones above the key. */
const major = [0, 2, 4, 7, 9];
const minor = [0, 3, 5, 7, 10];
/** The chords of a phrase, as half-tones above the key. */
const bass = [0, -3, 5, 7];
const fadeSeconds = 0.4;

/** A tune of exactly `seconds`, rounded to samples. The same prompt and seed give the same tune. */
export function music(prompt: string, seconds: number, seed: number): Sound {
  const random = createRandom(hash(`tune ${seed} ${prompt}`));
  const key = 220 * 2 ** (random.between(0, 11) / 12);
  const scale = random.pick<readonly number[]>([major, minor]);
  const beat = 60 / random.between(84, 140);
  const samples = new Int16Array(Math.round(seconds * sampleRate));
  const mix = new Float32Array(samples.length);
  let degree = 0;
  for (let count = 0; count * beat < seconds; count++) {
    if (count % 4 === 0) pluck(mix, count * beat, 4 * beat, (key / 2) * 2 ** ((bass[(count / 4) % 4] ?? 0) / 12), 0.3);
    degree = Math.min(9, Math.max(0, degree + random.between(-2, 2)));
    const tone = (scale[degree % 5] ?? 0) + 12 * Math.floor(degree / 5);
    pluck(mix, count * beat, random.pick([beat, beat, 2 * beat]), key * 2 ** (tone / 12), 0.35);
  }
  for (let index = 0; index < samples.length; index++) {
    const fade = Math.min(1, (samples.length - index) / (fadeSeconds * sampleRate));
    samples[index] = Math.round(24_000 * fade * Math.tanh(mix[index] ?? 0));
  }
  return { sampleRate, samples };
}

/** Adds a tone that fades, with two overtones, from `start` on; all times in seconds. */
function pluck(mix: Float32Array, start: number, length: number, frequency: number, loudness: number): void {
  const from = Math.round(start * sampleRate);
  const end = Math.min(mix.length, from + Math.round(length * sampleRate));
  const step = (2 * Math.PI * frequency) / sampleRate;
  const attack = 0.01 * sampleRate;
  for (let index = from; index < end; index++) {
    const age = index - from;
    const envelope =
      Math.min(1, age / attack) * Math.exp((-3 * age) / (end - from)) * Math.min(1, (end - index) / attack);
    const angle = step * age;
    const tone = Math.sin(angle) + 0.4 * Math.sin(2 * angle) + 0.15 * Math.sin(3 * angle);
    mix[index] = (mix[index] ?? 0) + loudness * envelope * tone;
  }
}
