/**
 * Speech recognition and turn detection (cloudflare-api.md 4.4).
 */
import { Refusal } from '../envelope';
import type { Reply } from '../exchange';
import type { Fields } from '../fields';
import { hear, type Heard } from '../hearing/hear';
import * as shapes from '../hearing/shapes';
import { requireMedium } from '../inputs/collect';
import { fingerprint, isMedia, readMedia } from '../inputs/media-in';
import { readWav } from '../media/wav';
import { hash } from '../random';
import { habit, hostedReply, isHosted, type Job, thirdPartyReply } from './job';

/** A recording is heard this many times faster than it lasts. */
const paceOfHearing = 40;
/** Models that get one word in ten wrong. */
const weakEars = /tiny|whisper$/;

const families: readonly (readonly [RegExp, (heard: Heard, fields: Fields) => unknown])[] = [
  [/whisper-large-v3-turbo/, shapes.whisperTurbo],
  [/whisper/, shapes.whisper],
  [/deepgram/, shapes.deepgram],
  [/^assemblyai\//, shapes.assemblyAi],
  [/^openai\//, shapes.openAi],
  [/^xai\//, shapes.xai],
];

/** Answers any speech recognition model. Throws a `Refusal` (400) for what is no recording. */
export async function transcribe({ sim, fields }: Job): Promise<Reply> {
  const { id } = sim.model;
  const names = isHosted(sim)
    ? (['audio'] as const)
    : id.startsWith('assemblyai/')
      ? (['audio_url'] as const)
      : (['file', 'audio'] as const);
  const medium = requireMedium(fields, names, 'audio');
  // This one model wants bare base64 (cloudflare-api.md 1.6, code 5004).
  if (/turbo/.test(id) && isHosted(sim) && (medium.carriage === 'data-uri' || medium.carriage === 'url')) {
    throw new Refusal(400, 5004, "AiError: Bad input: 'audio': invalid data type for base64 input");
  }
  const heard = await hear(medium, id, weakEars.test(id));
  const shape = families.find(([pattern]) => pattern.test(id))?.[1] ?? (({ text }: Heard) => ({ text }));
  const result = shape(heard, fields);
  const at = sim.pace.latency + (heard.seconds / paceOfHearing) * habit(sim, 'ear');
  return isHosted(sim) ? hostedReply(result, at) : thirdPartyReply(result, at);
}

/**
 * Answers a turn detection model: finished when the recording says so of itself by its punctuation, else by its bytes. Bare
 * samples are taken too.
 */
export function detectTurn({ sim, fields }: Job): Reply {
  const read = readMedia(fields.raw('audio'));
  if (!isMedia(read)) throw fields.refuse(`'audio' ${read.problem}`);
  if (read.bytes.length === 0) throw fields.refuse("'audio' is empty");
  if (read.kind === 'image' || read.kind === 'document')
    throw fields.refuse(`'audio' is not a recording (${read.type})`);
  const text = readWav(read.bytes)?.text?.trim();
  const dice = (hash(fingerprint(read)) % 1000) / 1000;
  const complete = text === undefined || text === '' ? dice > 0.5 : /[.!?]$/.test(text);
  const probability = Number((complete ? 0.55 + 0.44 * dice : 0.45 * dice).toFixed(4));
  return hostedReply({ is_complete: complete, probability }, sim.pace.latency / 2);
}
