/**
 * Speech and music: base64 or streamed bytes from hosted models, mostly a URL from the others (cloudflare-api.md 4.4).
 */
import type { Ending, Recipe } from '../deliver/address';
import { carry, type Carriage } from '../deliver/carry';
import { drawRecipe } from '../deliver/recipes';
import { fileReply, writesOf } from '../deliver/reply';
import type { File } from '../deliver/spoil';
import type { Reply } from '../exchange';
import type { Fields } from '../fields';
import { readWav } from '../media/wav';
import { speak } from '../media/speech';
import { type Directives, readDirectives } from '../text/directives';
import { habit, hostedReply, type Job, seedOf, thirdPartyReply } from './job';

/** Speech comes this many times faster than it is said. */
const paceOfSpeech = 8;
/** Bytes of one piece of streamed speech. */
const pieceBytes = 4096;
/** Seconds of music unless a length is asked; real models make 30 and more, but nobody listens to the simulator so long. */
const usualMusic = 10;

const carriages: readonly (readonly [RegExp, Carriage, Ending?])[] = [
  [/^google\//, 'data-uri', 'wav'],
  [/^cloudflare\//, 'base64'],
];

/** Answers a hosted speech model: MeloTTS in base64, Aura as bytes while they are made. */
export async function hostedSpeech(job: Job): Promise<Reply> {
  const { sim, fields } = job;
  const { recipe, orders, latency } = readSpeech(job);
  if (/melotts/.test(sim.model.id)) {
    const whole = orders.first ?? latency + secondsToMake(recipe);
    return hostedReply({ audio: await carry(recipe, 'base64', orders, undefined) }, whole);
  }
  const file = withoutContainer(await drawRecipe(recipe), fields);
  const at = orders.first ?? latency;
  if (orders.media !== undefined) return fileReply(file, { at, fault: orders.media });
  const length = secondsToMake(recipe);
  return {
    status: 200,
    headers: { 'content-type': file.type },
    headersAt: at,
    steps: writesOf(file.bytes, pieceBytes, (share) => at + share * length),
  };
}

/** Answers a third-party speech model on `/ai/run`. */
export async function thirdPartySpeech(job: Job): Promise<Reply> {
  const { sim, fields, request } = job;
  const { recipe, orders, latency } = readSpeech(job);
  const [, carriage = 'url', ending] = carriages.find(([pattern]) => pattern.test(sim.model.id)) ?? [];
  const made = ending === undefined ? recipe : { ...recipe, ending };
  const audio = await carry(made, carriage, orders, request.headers['host']);
  const times = fields.raw('timestamp_type') === 'word' ? { timestamps: wordTimes(made) } : {};
  return thirdPartyReply({ audio, ...times }, latency + secondsToMake(made), orders);
}

/** Answers a third-party music model on `/ai/run`. */
export async function thirdPartyMusic({ sim, fields, request }: Job): Promise<Reply> {
  const given = fields.string('prompt');
  if (given === undefined || given.trim() === '') throw fields.refuse("required property 'prompt' is missing");
  const orders = readDirectives(given);
  const milliseconds = fields.number('music_length_ms', { min: 1000, max: 600_000 });
  const seconds =
    milliseconds === undefined ? (fields.number('duration', { min: 1, max: 600 }) ?? usualMusic) : milliseconds / 1000;
  const settings = {
    model: sim.model.id,
    music: 'true',
    seconds: String(seconds),
    seed: String(seedOf(fields, given)),
  };
  const recipe: Recipe = { ending: endingOf(fields), text: orders.prompt, settings };
  const audio = await carry(recipe, 'url', orders, request.headers['host']);
  return thirdPartyReply({ audio }, 2 + 2 * habit(sim, 'tune') + seconds / 30, orders);
}

interface Spoken {
  readonly recipe: Recipe;
  readonly orders: Directives;
  /** Seconds to the first sound. */
  readonly latency: number;
}

function readSpeech({ sim, fields }: Job): Spoken {
  const given = fields.string('text') ?? fields.string('prompt') ?? fields.string('input');
  if (given === undefined || given.trim() === '') throw fields.refuse("required property 'text' is missing");
  const orders = readDirectives(given);
  const voice = ['voice', 'voice_id', 'speaker', 'voice_name', 'lang']
    .map((name) => fields.raw(name))
    .find((value) => typeof value === 'string');
  const speed = fields.number('speed') ?? fields.number('speaking_rate') ?? 1;
  const rate = fields.number('sample_rate', { min: 8000, max: 48_000 });
  const recipe: Recipe = {
    ending: endingOf(fields),
    text: orders.prompt,
    settings: {
      model: sim.model.id,
      voice: `${sim.model.id} ${String(voice ?? 'usual')}`,
      speed: String(speed),
      ...(rate === undefined ? {} : { rate: String(rate) }),
    },
  };
  return { recipe, orders, latency: sim.pace.latency * 0.6 * habit(sim, 'voice') };
}

/**
 * The kind of file for the format asked for: WAV for everything that is uncompressed, else MP3. Opus, FLAC and AAC cannot
 * be made here: those who ask for them get MP3, whose type says so.
 */
function endingOf(fields: Fields): Ending {
  const asked = ['format', 'output_format', 'response_format', 'encoding', 'container']
    .map((name) => fields.raw(name))
    .filter((value) => typeof value === 'string');
  return asked.some((value) => /wav|pcm|linear16/.test(value)) ? 'wav' : 'mp3';
}

/** Aura without a container: bare samples (16 bits, little-endian), which no header announces. */
function withoutContainer(file: File, fields: Fields): File {
  if (fields.raw('container') !== 'none' || file.type !== 'audio/wav') return file;
  const wav = readWav(file.bytes);
  const header = 44;
  const length = Math.round((wav?.seconds ?? 0) * (wav?.sampleRate ?? 0)) * 2;
  return { type: `audio/l16;rate=${wav?.sampleRate};channels=1`, bytes: file.bytes.subarray(header, header + length) };
}

function secondsToMake({ text, settings }: Recipe): number {
  // Fifteen characters a second are usual speech.
  return text.length / 15 / Number(settings['speed'] ?? 1) / paceOfSpeech;
}

function wordTimes({ text, settings }: Recipe): unknown {
  const { words } = speak(text, { voice: settings['voice'] ?? '', speed: Number(settings['speed'] ?? 1) });
  return words.map(({ word, start, end }) => ({ word, start_time: start, end_time: end }));
}
