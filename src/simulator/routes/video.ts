/**
 * Videos: a URL, from words, pictures or another video (cloudflare-api.md 4.4 B).
 */
import { carry } from '../deliver/carry';
import type { Reply } from '../exchange';
import { type Fields, isObject } from '../fields';
import { collect } from '../inputs/collect';
import { isMedia, type MediaIn, readMedia } from '../inputs/media-in';
import { readPictures } from '../inputs/pictures';
import { readShot } from '../inputs/shot';
import { readDirectives } from '../text/directives';
import { habit, type Job, seedOf, thirdPartyReply } from './job';

/** Answers a third-party video model on `/ai/run`. Throws a `Refusal` (400). */
export async function thirdPartyVideo({ sim, fields, request }: Job): Promise<Reply> {
  const videos = collect(fields, ['video', 'video_url'], 'video');
  const sounds = typeof fields.raw('audio') === 'boolean' ? [] : collect(fields, ['audio', 'audio_url'], 'audio');
  const pictures = [...readPictures(fields).images, ...contentPictures(fields)];
  requireSource(fields, sim.model.task, videos, pictures);

  const given = fields.string('prompt') ?? contentText(fields) ?? '';
  const orders = readDirectives(given);
  const [main] = [...videos, ...pictures];
  const [timing] = [...videos, ...sounds];
  const source = { ...(main ?? timing), ...(timing?.seconds !== undefined && { seconds: timing.seconds }) };
  const shot = readShot(
    fields,
    main === undefined && timing === undefined ? undefined : { kind: 'video', type: '', ...source },
  );
  const size = main?.width === undefined ? {} : { source_size: `${main.width}x${main.height}` };
  const video = await carry(
    {
      ending: 'mp4',
      text: orders.prompt === '' ? sim.model.name : orders.prompt,
      settings: {
        model: sim.model.id,
        seed: String(seedOf(fields, given)),
        width: String(shot.width),
        height: String(shot.height),
        seconds: String(shot.seconds),
        ...(shot.fps === undefined ? {} : { fps: String(shot.fps) }),
        ...(shot.sound || sounds.length > 0 ? { sound: 'true' } : {}),
        ...(main === undefined ? {} : { source: main.type, ...size }),
      },
    },
    'url',
    orders,
    request.headers['host'],
  );
  return thirdPartyReply({ video }, 2 + 2.5 * habit(sim, 'film') + 0.15 * shot.seconds, orders);
}

function requireSource(fields: Fields, task: string, videos: readonly MediaIn[], pictures: readonly MediaIn[]): void {
  if (task === 'video-to-video' && videos.length === 0) throw fields.refuse("required property 'video' is missing");
  if (task === 'image-to-video' && pictures.length === 0) throw fields.refuse("required property 'image' is missing");
}

/** Texts in MiniMax's `content` parts. */
function contentText(fields: Fields): string | undefined {
  const texts = contentParts(fields).flatMap((part) => (typeof part['text'] === 'string' ? [part['text']] : []));
  return texts.length === 0 ? undefined : texts.join('\n');
}

/** Pictures in MiniMax's `content` parts. */
function contentPictures(fields: Fields): MediaIn[] {
  return contentParts(fields).flatMap((part) => {
    if (part['image_url'] === undefined) return [];
    const read = readMedia(part['image_url']);
    if (!isMedia(read)) throw fields.refuse(`'content.image_url' ${read.problem}`);
    return [read];
  });
}

function contentParts(fields: Fields): Record<string, unknown>[] {
  const content = fields.raw('content');
  return Array.isArray(content) ? content.filter(isObject) : [];
}
