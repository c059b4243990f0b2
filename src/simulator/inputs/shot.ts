/**
 * Length and frame of a video, in the words of every family (cloudflare-api.md 4.4 B).
 */
import type { Fields } from '../fields';
import type { Sniffed } from './sniff';

/** How a video is to be. */
export interface Shot {
  readonly seconds: number;
  /** Pixels, even. */
  readonly width: number;
  readonly height: number;
  /** Frames a second, where asked. */
  readonly fps: number | undefined;
  readonly sound: boolean;
}

/** Lines of the words that are no number. */
const linesByWord: Readonly<Record<string, number>> = { '2k': 1440, '4k': 2160 };
const longest = 30;

/**
 * Reads `duration` (seconds, or "8s"), `resolution` or `quality` ("720p", "1920x1080"), `ratio` or `aspect_ratio` ("16:9",
 * "1280:720", `adaptive`), `fps` and sound. What is not asked follows `source`, the medium that the video is made from, else
 * is 5 seconds of 720 lines at 16:9.
 */
export function readShot(fields: Fields, source: Sniffed | undefined): Shot {
  const seconds = secondsOf(fields) ?? source?.seconds ?? 5;
  const shape =
    readShape(fields) ??
    (source?.width !== undefined && source.height !== undefined ? source.width / source.height : 16 / 9);
  const fps = fields.number('fps', { min: 1, max: 60 });
  return {
    seconds: Math.min(longest, Math.max(1, seconds)),
    ...(readPixels(fields) ?? frame(shape, readLines(fields) ?? 720)),
    fps,
    sound: ['audio', 'generate_audio', 'sound'].some((name) => fields.raw(name) === true),
  };
}

function secondsOf(fields: Fields): number | undefined {
  const value = fields.raw('duration');
  const seconds = typeof value === 'string' ? Number(/^(\d+(?:\.\d+)?)s?$/.exec(value)?.[1]) : value;
  return typeof seconds === 'number' && seconds > 0 ? seconds : undefined;
}

/** Width divided by height; undefined for `adaptive` and the like. */
function readShape(fields: Fields): number | undefined {
  const text = fields.string('ratio') ?? fields.string('aspect_ratio') ?? '';
  const [, width, height] = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  return Number(width) > 0 && Number(height) > 0 ? Number(width) / Number(height) : undefined;
}

/** A frame given in pixels, as `1920x1080` or, Runway's way, as a ratio of pixels. */
function readPixels(fields: Fields): { width: number; height: number } | undefined {
  const text = [fields.string('resolution'), fields.string('size'), fields.string('ratio')].find((value) =>
    /^\d{3,4}[x*:]\d{3,4}$/i.test(value ?? ''),
  );
  const [width, height] = text?.split(/[x*:]/i).map(Number) ?? [];
  return width === undefined || height === undefined ? undefined : { width: even(width), height: even(height) };
}

function readLines(fields: Fields): number | undefined {
  const text = (fields.string('resolution') ?? fields.string('quality') ?? '').toLowerCase();
  const lines = linesByWord[text] ?? Number(/^(\d{3,4})p$/.exec(text)?.[1]);
  return Number.isFinite(lines) ? lines : undefined;
}

/** The shorter side has that many lines. */
function frame(shape: number, lines: number): { width: number; height: number } {
  return shape >= 1
    ? { width: even(lines * shape), height: even(lines) }
    : { width: even(lines), height: even(lines / shape) };
}

function even(pixels: number): number {
  return Math.max(2, Math.round(pixels / 2) * 2);
}
