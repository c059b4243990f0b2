/**
 * Pictures: hosted models answer base64 or raw bytes, third-party models a URL (cloudflare-api.md 4.4).
 */
import { toBase64 } from '../base64';
import { Refusal, success } from '../envelope';
import { bodyReply, jsonReply, type Reply, type SimRequest } from '../exchange';
import { Fields } from '../fields';
import { drawPicture, type Picture } from '../images/draw';
import { readSize } from '../images/size';
import type { SimModel } from '../models';
import { createRandom, hash } from '../random';
import { gatewayMetadata } from './text';

/** Path of the pictures that third-party answers point to. */
export const pictureRoute = '/client/v4/simulator/images/';

const multipartOnly = /flux-2-/;
const answersRawBytes = /stable-diffusion|dreamshaper|phoenix/;
/** Characters of prompt that a picture's URL carries: more would not fit on the picture. */
const promptInUrl = 240;

/** Answers a hosted image model on `/ai/run/@cf/…` or `/ai/run`. */
export async function hostedImage(sim: SimModel, fields: Fields, multipart: boolean): Promise<Reply> {
  if (multipartOnly.test(sim.model.id) && !multipart) throw fields.refuse("required properties at '/' are 'multipart'");
  const picture = readPicture(sim, fields);
  const png = await drawPicture(picture);
  const at = paintingTime(sim, fields, picture);
  if (answersRawBytes.test(sim.model.id)) return bodyReply(200, 'image/png', png, { at });
  return jsonReply(200, success({ image: toBase64(png) }), { at });
}

/** Answers a third-party image model on `/ai/run`. */
export function thirdPartyImage(sim: SimModel, fields: Fields, request: SimRequest): Reply {
  const picture = readPicture(sim, fields);
  const query = new URLSearchParams({
    prompt: [...picture.prompt].slice(0, promptInUrl).join(''),
    model: sim.model.id,
    seed: String(picture.seed),
    width: String(picture.width),
    height: String(picture.height),
  });
  const name = hash(query.toString()).toString(16).padStart(8, '0');
  const image = `http://${request.headers['host'] ?? '127.0.0.1'}${pictureRoute}${name}.png?${query}`;
  const result = { state: 'Completed', result: { image }, gatewayMetadata };
  return jsonReply(200, success(result), { at: paintingTime(sim, fields, picture) });
}

/** Serves a picture by its URL; no token is needed, as none is for a provider's storage. */
export async function servePicture({ query }: SimRequest): Promise<Reply> {
  const prompt = query.get('prompt');
  if (prompt === null) throw new Refusal(404, 7003, 'No such picture');
  const number = (name: string): number => Math.round(Number(query.get(name)));
  const size = readSize(Fields.of({ width: number('width') || 1024, height: number('height') || 1024 }, false));
  const png = await drawPicture({ prompt, modelId: query.get('model') ?? '', seed: number('seed') || 0, ...size });
  return bodyReply(200, 'image/png', png, { headers: { 'cache-control': 'public, max-age=3600' } });
}

function readPicture(sim: SimModel, fields: Fields): Picture {
  const prompt = fields.string('prompt') ?? fields.string('instruction');
  if (prompt === undefined || prompt.trim() === '') throw fields.refuse("required property 'prompt' is missing");
  const seed = fields.number('seed', { integer: true }) ?? hash(prompt) % 100_000;
  return { prompt, modelId: sim.model.id, seed, ...readSize(fields) };
}

/** Seconds a picture takes: by model, steps and size. */
function paintingTime(sim: SimModel, fields: Fields, { width, height }: Picture): number {
  const steps = fields.number('steps', { min: 1, max: 50, integer: true }) ?? fields.number('num_steps') ?? 4;
  const habit = 0.7 + 0.8 * createRandom(hash(`brush ${sim.model.id}`)).next();
  const thirdParty = sim.model.hosting === 'third-party' ? 1.5 : 0;
  return (0.3 + thirdParty + 0.06 * steps + (0.5 * width * height) / 1_048_576) * habit;
}
