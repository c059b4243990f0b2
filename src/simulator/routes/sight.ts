/**
 * Image classification, object detection and image-to-text (cloudflare-api.md 4.4 A).
 */
import type { Reply } from '../exchange';
import { requireMedium } from '../inputs/collect';
import { describeMedium, tokensOfMedia } from '../inputs/describe';
import { fingerprint, type MediaIn } from '../inputs/media-in';
import { createRandom, hash, type Random } from '../random';
import { readDirectives } from '../text/directives';
import { countTokens } from '../tokens';
import { habit, hostedReply, type Job } from './job';

const things = [
  'RED FOX',
  'TABBY CAT',
  'GOLDEN RETRIEVER',
  'COFFEE MUG',
  'BICYCLE',
  'LIGHTHOUSE',
  'UMBRELLA',
  'ACOUSTIC GUITAR',
  'TEAPOT',
  'SUNFLOWER',
  'LAPTOP',
  'SAILBOAT',
] as const;
/** Pixels taken for a picture whose header does not tell. */
const usualSide = 512;

/** Answers with the five likeliest labels. Throws a `Refusal` (400). */
export function classifyImage({ sim, fields }: Job): Reply {
  const random = eye(sim.model.id, requireMedium(fields, ['image'], 'image'));
  let rest = 1;
  const labels = random
    .shuffle(things)
    .slice(0, 5)
    .map((label) => {
      const score = rest * (0.45 + 0.4 * random.next());
      rest -= score;
      return { label, score };
    });
  return hostedReply(labels.sort(byScore), sim.pace.latency / 2);
}

/** Answers with boxes inside the picture, in its own pixels. Throws a `Refusal` (400). */
export function detectObjects({ sim, fields }: Job): Reply {
  const image = requireMedium(fields, ['image'], 'image');
  const { width = usualSide, height = usualSide } = image;
  const random = eye(sim.model.id, image);
  const found = Array.from({ length: random.between(2, 5) }, () => {
    const [xmin, xmax] = span(random, width);
    const [ymin, ymax] = span(random, height);
    return {
      label: random.pick(things).toLowerCase(),
      score: 0.5 + 0.49 * random.next(),
      box: { xmin, ymin, xmax, ymax },
    };
  });
  return hostedReply(found.sort(byScore), sim.pace.latency * habit(sim, 'eye'));
}

/** Answers with a description: `{description}` by LLaVA and its like, `{response}` with usage by Moondream. */
export function describeImage({ sim, fields }: Job): Reply {
  const image = requireMedium(fields, ['image', 'images'], 'image');
  const asked = fields.string('prompt') ?? fields.string('question') ?? '';
  const orders = readDirectives(asked);
  const random = eye(sim.model.id, image);
  const [one, other] = random.shuffle(things).map((thing) => thing.toLowerCase());
  const about = orders.prompt === '' ? '' : ` You asked: “${orders.prompt.slice(0, 80)}”.`;
  const text =
    orders.echo ??
    `Simulated: no model looked at this ${describeMedium(image)}. It might show a ${one} next to a ${other}.${about}`;
  const tokens = countTokens(text);
  const at = orders.first ?? sim.pace.latency + tokens / sim.pace.decode;
  if (!/moondream/.test(sim.model.id)) return hostedReply({ description: text }, at);
  const input = tokensOfMedia(image) + countTokens(asked);
  const usage = { prompt_tokens: input, completion_tokens: tokens, total_tokens: input + tokens };
  return hostedReply({ response: text, usage }, at);
}

function eye(modelId: string, image: MediaIn): Random {
  return createRandom(hash(`eye ${modelId} ${fingerprint(image)}`));
}

/** From somewhere to somewhere within `length`, at least an eighth of it long. Whole pixels. */
function span(random: Random, length: number): [number, number] {
  const size = Math.max(1, Math.round(length * (0.125 + 0.4 * random.next())));
  const start = Math.floor((length - size) * random.next());
  return [start, Math.min(length, start + size)];
}

function byScore(left: { score: number }, right: { score: number }): number {
  return right.score - left.score;
}
