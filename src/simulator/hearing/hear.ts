/**
 * What a model that did not run hears in a recording.
 */
import { readAddress } from '../deliver/address';
import type { MediaIn } from '../inputs/media-in';
import { fingerprint } from '../inputs/media-in';
import { readMp3Text } from '../media/mp3';
import { readWav } from '../media/wav';
import { createRandom, hash } from '../random';

/** A word and when it is said, in seconds from the start. */
export interface HeardWord {
  /** With the punctuation that follows it. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** From 0. */
  readonly speaker: number;
  readonly confidence: number;
}

/** A recording as a model understands it. */
export interface Heard {
  readonly text: string;
  readonly words: readonly HeardWord[];
  /** Length of the recording. */
  readonly seconds: number;
}

/** Words that a weak model takes for others. */
const misheard = [
  'the',
  'their',
  'wait',
  'whether',
  'peace',
  'hole',
  'write',
  'sea',
  'know',
  'through',
  'weak',
  'male',
];
const sentences = [
  'Good morning, and thank you for calling.',
  'I would like to move my appointment to next Thursday.',
  'Let me check the calendar for you.',
  'The quick brown fox jumps over the lazy dog.',
  'There are three seats left near the window.',
  'Could you repeat the last part, please?',
  'We expect the parcel to arrive tomorrow afternoon.',
  'That sounds good to me.',
  'The meeting starts at half past nine.',
  'Nobody said any of this; it is simulated speech.',
] as const;

/** Words a second of usual speech. */
const wordsPerSecond = 2.6;
/** Length taken for a recording behind a foreign address, which is not opened. */
const usualSeconds = 12;

/**
 * Listens: what the simulator's own recordings say of themselves, else sentences made up by the file. A `weak` model gets
 * one word in ten wrong.
 */
export async function hear(medium: MediaIn, modelId: string, weak: boolean): Promise<Heard> {
  const own = await ownText(medium);
  const seconds = medium.seconds ?? (own === undefined ? usualSeconds : own.length / 15);
  const right = (own ?? invented(medium, seconds)).split(/\s+/).filter((word) => word !== '');
  const random = createRandom(hash(`ear ${modelId} ${fingerprint(medium)}`));
  const offset = random.between(0, 9);
  const spoken = right.map((word, index) =>
    weak && (index + offset) % 10 === 9 ? mishear(word, random.between(0, 99)) : word,
  );
  return { text: spoken.join(' '), words: timed(spoken, seconds, random), seconds };
}

async function ownText({ bytes, url }: MediaIn): Promise<string | undefined> {
  if (url !== undefined) {
    const { pathname, searchParams } = new URL(url);
    return (await readAddress(pathname, searchParams))?.text;
  }
  const text = readWav(bytes)?.text ?? readMp3Text(bytes);
  return text === undefined || text.trim() === '' ? undefined : text;
}

function invented(medium: MediaIn, seconds: number): string {
  const random = createRandom(hash(`speech ${fingerprint(medium)}`));
  const wanted = Math.floor(seconds * wordsPerSecond);
  const words: string[] = [];
  while (words.length < wanted) words.push(...random.pick(sentences).split(' '));
  return words.slice(0, wanted).join(' ');
}

function mishear(word: string, dice: number): string {
  const wrong = misheard[dice % misheard.length] ?? 'the';
  const end = /[.,;:!?]+$/.exec(word)?.[0] ?? '';
  return (wrong === word.toLowerCase() ? 'an' : wrong) + end;
}

/** Words take time by their letters and fill the recording from end to end; a speaker has one sentence, then another. */
function timed(words: readonly string[], seconds: number, random: ReturnType<typeof createRandom>): HeardWord[] {
  const edge = Math.min(0.1, seconds * 0.05);
  const weights = words.map((word) => 2 + word.length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const second = (weight: number): number => (weight / total) * (seconds - 2 * edge);
  let at = edge;
  let speaker = 0;
  return words.map((word, index) => {
    const start = at;
    at += second(weights[index] ?? 1);
    const heard = {
      word,
      start: round(start),
      end: round(at - second(0.6)),
      speaker,
      confidence: round(0.9 + 0.099 * random.next()),
    };
    if (/[.!?]$/.test(word)) speaker = 1 - speaker;
    return heard;
  });
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
