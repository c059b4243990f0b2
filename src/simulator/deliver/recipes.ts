/**
 * Makes the file that a recipe describes.
 */
import { endings, type Recipe } from './address';
import type { File } from './spoil';
import { drawPicture, type Picture } from '../images/draw';
import { encodeMp3 } from '../media/mp3';
import { music } from '../media/music';
import { speak } from '../media/speech';
import { drawVideo } from '../media/video';
import { encodeWav } from '../media/wav';
import { drawSvg } from './svg';

const bounds = { side: [64, 4096], seconds: [0.5, 600], fps: [1, 60] } as const;

/** The file. The same recipe gives the same bytes. */
export async function drawRecipe({ ending, text, settings }: Recipe): Promise<File> {
  const type = endings[ending];
  switch (ending) {
    case 'png':
    case 'jpg':
      return {
        type,
        bytes: await drawPicture({ ...pictureOf(text, settings), format: ending === 'jpg' ? 'jpeg' : 'png' }),
      };
    case 'svg':
      return { type, bytes: drawSvg(pictureOf(text, settings)) };
    case 'mp4': {
      const fps = number(settings, 'fps', bounds.fps, 12);
      const sound = settings['sound'] === 'true';
      const seconds = number(settings, 'seconds', bounds.seconds, 5);
      return { type, bytes: await drawVideo(pictureOf(text, settings), seconds, { fps, sound }) };
    }
    case 'mp3':
    case 'wav': {
      const encode = ending === 'wav' ? encodeWav : encodeMp3;
      if (settings['music'] !== undefined) return { type, bytes: encode(tuneOf(text, settings)) };
      return { type, bytes: encode(speechOf(text, settings), text) };
    }
  }
}

function speechOf(text: string, settings: Recipe['settings']): ReturnType<typeof speak> {
  const rate = number(settings, 'rate', [8000, 48_000], 24_000);
  return speak(text, {
    voice: settings['voice'] ?? '',
    speed: number(settings, 'speed', [0.25, 4], 1),
    sampleRate: rate,
  });
}

function tuneOf(prompt: string, settings: Recipe['settings']): ReturnType<typeof music> {
  return music(prompt, number(settings, 'seconds', bounds.seconds, 10), number(settings, 'seed', [0, 2 ** 53], 0));
}

function pictureOf(prompt: string, settings: Recipe['settings']): Picture {
  const [sourceWidth, sourceHeight] = (settings['source_size'] ?? '').split('x').map(Number);
  const source = settings['source'];
  return {
    prompt,
    modelId: settings['model'] ?? '',
    seed: Math.round(number(settings, 'seed', [0, 2 ** 53], 0)),
    width: Math.round(number(settings, 'width', bounds.side, 1024)),
    height: Math.round(number(settings, 'height', bounds.side, 1024)),
    ...(source !== undefined && {
      source: {
        mediaType: source,
        ...(sourceWidth && sourceHeight ? { width: sourceWidth, height: sourceHeight } : {}),
        ...(settings['mask'] !== undefined && { masked: number(settings, 'mask', [0, 1], 0) }),
      },
    }),
  };
}

/** The number of that name within bounds; `usual` where there is none. */
function number(
  settings: Recipe['settings'],
  name: string,
  [low, high]: readonly [number, number],
  usual: number,
): number {
  const value = settings[name] === undefined ? NaN : Number(settings[name]);
  return Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : usual;
}
