/**
 * A voice: pulses of a pitch through three resonances, the formants of a vowel, and some noise for consonants.
 */
import { createRandom, hash, type Random } from '../random';

/** A part of a word, in seconds. */
export interface Syllable {
  readonly start: number;
  readonly end: number;
  /** One of a, e, i, o, u, y. */
  readonly vowel: string;
  /** Whether it begins with noise. */
  readonly hiss: boolean;
  /** Factor on the pitch at its end. */
  readonly lift: number;
}

/** What makes a voice. */
export interface Voice {
  /** Hz. */
  readonly pitch: number;
  /** Factor on the formants: above 1 for a short throat. */
  readonly throat: number;
  /** Share of noise in the vowels. */
  readonly breath: number;
}

/** The first three formants of each vowel in Hz. */
const formants: Readonly<Record<string, readonly [number, number, number]>> = {
  a: [750, 1250, 2500],
  e: [500, 1800, 2500],
  i: [300, 2200, 2900],
  o: [480, 900, 2400],
  u: [330, 800, 2250],
  y: [300, 1900, 2600],
};
const gains = [1, 0.6, 0.3];
const bandwidths = [80, 110, 160];

const loudest = 24_000;
/** Seconds in which a syllable rises and falls. */
const rise = 0.02;
const fall = 0.035;

/** The voice of a name; the same name is always the same voice. */
export function voiceOf(name: string): Voice {
  const random = createRandom(hash(`voice ${name}`));
  const height = random.next();
  return { pitch: 85 + 150 * height, throat: 0.88 + 0.22 * height + 0.1 * random.next(), breath: 0.1 * random.next() };
}

/** Adds `syllables` to `samples`, which are silent where nothing is said. */
export function voiceSyllables(
  samples: Int16Array,
  sampleRate: number,
  syllables: readonly Syllable[],
  voice: Voice,
  seed: number,
): void {
  const random = createRandom(seed);
  let phase = 0;
  for (const syllable of syllables) {
    const pitch = voice.pitch * (0.92 + 0.16 * random.next());
    const part = voiceSyllable(syllable, sampleRate, { ...voice, pitch }, random, phase);
    let peak = 1e-9;
    for (const value of part) peak = Math.max(peak, Math.abs(value));
    const scale = (loudest * (0.75 + 0.25 * random.next())) / peak;
    const from = Math.floor(syllable.start * sampleRate);
    for (let index = 0; index < part.length && from + index < samples.length; index++)
      samples[from + index] = Math.round((part[index] ?? 0) * scale);
    phase += 0.37;
  }
}

function voiceSyllable(
  { start, end, vowel, hiss, lift }: Syllable,
  sampleRate: number,
  { pitch, throat, breath }: Voice,
  random: Random,
  firstPhase: number,
): Float64Array {
  const seconds = end - start;
  const part = new Float64Array(Math.floor(end * sampleRate) - Math.floor(start * sampleRate));
  const resonances = (formants[vowel] ?? [500, 1500, 2500]).map((frequency, index) =>
    resonance(Math.min(frequency * throat, 0.45 * sampleRate), bandwidths[index] ?? 120, sampleRate),
  );
  const onset = hiss ? 0.3 * seconds : 0;
  let phase = firstPhase % 1;
  let noiseBefore = 0;
  for (let index = 0; index < part.length; index++) {
    const time = index / sampleRate;
    const progress = time / seconds;
    // A falling pitch sounds like speech rather than song.
    phase = (phase + (pitch * (1 + (lift - 1) * progress - 0.06 * progress)) / sampleRate) % 1;
    const noise = 2 * random.next() - 1;
    // The opening of the vocal cords, and their sudden closing.
    const voiced = (phase < 0.6 ? phase : 0.6 - 1.5 * (phase - 0.6)) - 0.3 + breath * noise;
    let value = 0;
    for (let band = 0; band < 3; band++) value += (gains[band] ?? 0) * (resonances[band]?.(voiced) ?? 0);
    const envelope = Math.min(1, time / rise, (seconds - time) / fall);
    if (time < onset) {
      const blend = time / onset;
      value = value * blend * blend + 0.35 * (1 - blend) * (noise - noiseBefore);
    }
    noiseBefore = noise;
    part[index] = value * envelope;
  }
  return part;
}

/** A resonance of about unit gain at its peak. */
function resonance(frequency: number, bandwidth: number, sampleRate: number): (input: number) => number {
  const radius = Math.exp((-Math.PI * bandwidth) / sampleRate);
  const turn = 2 * radius * Math.cos((2 * Math.PI * frequency) / sampleRate);
  const decay = radius * radius;
  const gain = (1 - decay) * Math.sin((2 * Math.PI * frequency) / sampleRate);
  let last = 0;
  let older = 0;
  return (input) => {
    const value = gain * input + turn * last - decay * older;
    older = last;
    last = value;
    return value;
  };
}
