/**
 * Pictures: hosted models answer base64 or raw bytes, third-party models mostly a URL (cloudflare-api.md 4.4).
 */
import type { Ending, Recipe } from '../deliver/address';
import { carry, type Carriage } from '../deliver/carry';
import { drawRecipe } from '../deliver/recipes';
import { fileReply } from '../deliver/reply';
import type { Reply } from '../exchange';
import type { Fields } from '../fields';
import { readSize, type Size } from '../images/size';
import { maskedShare } from '../inputs/mask';
import { type GivenPictures, readPictures } from '../inputs/pictures';
import type { SimModel } from '../models';
import { type Directives, readDirectives } from '../text/directives';
import { imageUsage } from './image-usage';
import { habit, hostedReply, type Job, seedOf, thirdPartyReply } from './job';

const multipartOnly = /flux-2-/;
const answersRawBytes = /stable-diffusion|dreamshaper|phoenix/;
const hostedJpeg = /lucid|dreamshaper|lightning/;

/** How a third-party family hands out its pictures. */
interface Habit {
  readonly ending: Ending;
  readonly carriage: Carriage;
}

const habits: readonly (readonly [RegExp, Habit])[] = [
  [/^recraft\/.*vector/, { ending: 'svg', carriage: 'url' }],
  [/^cloudflare\//, { ending: 'jpg', carriage: 'base64' }],
  [/^krea\//, { ending: 'png', carriage: 'data-uri' }],
  [/^(?:bytedance|pruna|xai)\//, { ending: 'jpg', carriage: 'url' }],
];

/** Tasks whose models need no words. */
const wordless = /upscale|remove-background|try-on/;

interface Order {
  readonly orders: Directives;
  readonly pictures: GivenPictures;
  readonly recipes: readonly [Recipe, ...Recipe[]];
  readonly size: Size;
  /** Seconds until the answer. */
  readonly at: number;
}

/** Answers a hosted image model on `/ai/run/@cf/…` or `/ai/run`. */
export async function hostedImage(job: Job, multipart: boolean): Promise<Reply> {
  const { sim, fields } = job;
  const { id } = sim.model;
  if (multipartOnly.test(id) && !multipart) throw fields.refuse("required properties at '/' are 'multipart'");
  const { orders, recipes, at } = await readOrder(job, hostedJpeg.test(id) ? 'jpg' : 'png');
  const [recipe] = recipes;
  if (answersRawBytes.test(id)) return fileReply(await drawRecipe(recipe), { at, fault: orders.media });
  return hostedReply({ image: await carry(recipe, 'base64', orders, undefined) }, at);
}

/** Answers a third-party image model on `/ai/run`. */
export async function thirdPartyImage(job: Job): Promise<Reply> {
  const { sim, fields, request } = job;
  const usual = habits.find(([pattern]) => pattern.test(sim.model.id))?.[1] ?? { ending: 'png', carriage: 'url' };
  const wantsBase64 = fields.raw('response_format') === 'b64_json';
  const order = await readOrder(job, endingOf(fields) ?? usual.ending);
  const { orders, recipes, at } = order;
  const pictures = await Promise.all(
    recipes.map((recipe) => carry(recipe, wantsBase64 ? 'base64' : usual.carriage, orders, request.headers['host'])),
  );
  const result = {
    ...(pictures.length === 1 ? { image: pictures[0] } : { images: pictures }),
    ...imageUsage(sim, fields, order),
  };
  return thirdPartyReply(result, at, orders);
}

/** Which kind of file was asked for; other words than these two, such as `webp`, leave the usual one. */
function endingOf(fields: Fields): Ending | undefined {
  const format = fields.raw('output_format');
  if (typeof format !== 'string') return undefined;
  return /^jpe?g$/.test(format) ? 'jpg' : format === 'png' ? 'png' : undefined;
}

async function readOrder(job: Job, ending: Ending): Promise<Order> {
  const { sim, fields } = job;
  const pictures = readPictures(fields);
  const given = fields.string('prompt') ?? fields.string('instruction') ?? '';
  if (given.trim() === '' && !wordless.test(sim.model.id)) {
    throw fields.refuse("required property 'prompt' is missing");
  }
  if (pictures.images.length === 0 && sim.model.task === 'image-to-image') {
    throw fields.refuse("required property 'image' is missing");
  }
  const orders = readDirectives(given);
  const seed = seedOf(fields, given);
  const size = sizeOf(sim, fields, pictures);
  const text = [orders.prompt, ...notes(fields, pictures)].filter((part) => part !== '').join(' | ') || sim.model.name;
  const drawnFrom = await source(pictures);
  const count = fields.number('n', { min: 1, max: 10, integer: true }) ?? 1;
  const recipe = (index: number): Recipe => ({
    ending,
    text,
    settings: {
      model: sim.model.id,
      seed: String(seed + index),
      width: String(size.width),
      height: String(size.height),
      ...drawnFrom,
    },
  });
  const recipes = [recipe(0), ...Array.from({ length: count - 1 }, (_, index) => recipe(index + 1))] as const;
  const at = orders.first ?? paintingTime(sim, fields, size) * (1 + 0.15 * (count - 1));
  return { orders, pictures, recipes, size, at };
}

/** The size asked for; of a picture made from another one, that one's. */
function sizeOf(sim: SimModel, fields: Fields, { images }: GivenPictures): Size {
  const asked =
    fields.has('width') ||
    fields.has('height') ||
    /^\d+[x*]\d+$/i.test(fields.string('size') ?? '') ||
    /^\d[\d.]*:\d/.test(fields.string('aspect_ratio') ?? '');
  const [{ width, height } = {}] = images;
  if (asked || width === undefined || height === undefined) return readSize(fields);
  const factor = /upscale/.test(sim.model.id) ? (fields.number('factor', { min: 1, max: 8 }) ?? 2) : 1;
  // Within the bounds of what is drawn, and in the shape of the picture given.
  const scale = Math.min(factor, 2048 / Math.max(width, height));
  const side = (pixels: number): number => Math.max(64, Math.round(pixels * scale));
  return { width: side(width), height: side(height) };
}

/** What else shaped the picture, to be written on it. */
function notes(fields: Fields, { images }: GivenPictures): string[] {
  const negative = fields.string('negative_prompt');
  const strength = fields.number('strength');
  return [
    ...(images.length > 1 ? [`from ${images.length} pictures`] : []),
    ...(negative === undefined || negative.trim() === '' ? [] : [`not: ${negative}`]),
    ...(strength === undefined ? [] : [`strength ${strength}`]),
  ];
}

async function source({ images: [image], mask }: GivenPictures): Promise<Record<string, string>> {
  if (image === undefined) return {};
  const size = image.width === undefined ? {} : { source_size: `${image.width}x${image.height}` };
  return { source: image.type, ...size, ...(mask === undefined ? {} : { mask: (await maskedShare(mask)).toFixed(3) }) };
}

/** Seconds a picture takes: by model, steps and size. */
function paintingTime(sim: SimModel, fields: Fields, { width, height }: Size): number {
  const steps = fields.number('steps', { min: 1, max: 50, integer: true }) ?? fields.number('num_steps') ?? 4;
  const thirdParty = sim.model.hosting === 'third-party' ? 1.5 : 0;
  return (0.3 + thirdParty + 0.06 * steps + (0.5 * width * height) / 1_048_576) * habit(sim, 'brush');
}
