/**
 * Files that tests attach, made on the spot by the simulator's own makers.
 */
import { drawPicture } from '../../src/simulator/images/draw';
import { speak } from '../../src/simulator/media/speech';
import { encodeWav } from '../../src/simulator/media/wav';
import { fileOf, type TestFile } from './media-drive';

/** What stands in the metadata of `photo`. */
export const CAMERA = 'Camera of Somebody';
/** Degrees, as `photo` writes them. */
export const PLACE = '52 deg 31 min N';

/** Sixteen bits, most significant first. */
const two = (value: number): number[] => [value >> 8, value & 255];
const four = (value: number): number[] => [...two(value >>> 16), ...two(value & 0xffff)];
const letters = (text: string): number[] => [...Buffer.from(text, 'latin1')];

/** A picture of that size that shows `prompt`. */
export async function picture(name: string, width: number, height: number, prompt = name): Promise<TestFile> {
  const format = name.endsWith('.jpg') ? 'jpeg' : 'png';
  const bytes = await drawPicture({ prompt, modelId: 'test', seed: 1, width, height, format });
  return fileOf(name, `image/${format}`, bytes);
}

/** An entry of a TIFF directory whose text stands at `offset`. */
const textEntry = (tag: number, text: string, offset: number): number[] => [
  ...two(tag),
  ...two(2),
  ...four(text.length + 1),
  ...four(offset),
];

/** A JPEG file as a telephone writes it: camera, place and a comment beside the pixels. */
export async function photo(name: string, width: number, height: number): Promise<TestFile> {
  const plain = (await picture(name, width, height)).buffer;
  const main = 8;
  const gps = main + 2 + 2 * 12 + 4;
  const camera = gps + 2 + 12 + 4;
  const place = camera + CAMERA.length + 1;
  const tiff = [
    ...letters('MM\0*'),
    ...four(main),
    ...two(2),
    ...textEntry(0x010f, CAMERA, camera),
    // The GPS directory.
    ...[...two(0x8825), ...two(4), ...four(1), ...four(gps)],
    ...four(0),
    ...two(1),
    ...textEntry(0x001b, PLACE, place),
    ...four(0),
    ...letters(`${CAMERA}\0${PLACE}\0`),
  ];
  const exif = [...letters('Exif\0\0'), ...tiff];
  const comment = letters(`Taken by ${CAMERA}`);
  const segments = [
    ...[0xff, 0xe1, ...two(exif.length + 2), ...exif],
    ...[0xff, 0xfe, ...two(comment.length + 2), ...comment],
  ];
  return fileOf(name, 'image/jpeg', Buffer.concat([plain.subarray(0, 2), Buffer.from(segments), plain.subarray(2)]));
}

/** A PDF file of so many pages; `locked`: opening it needs a password. */
export function pdf(name: string, pages: number, { locked = false } = {}): TestFile {
  const trailer = locked ? 'trailer\n<< /Root 1 0 R /Encrypt 9 0 R >>' : 'trailer\n<< /Root 1 0 R >>';
  const words = `%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Count ${pages} /Kids [] >> endobj\n${trailer}\n%%EOF\n`;
  return fileOf(name, 'application/pdf', Buffer.from(words));
}

/** A recording in which `text` is said; the simulator's speech recognition hears just that. */
export function speech(name: string, text: string): TestFile {
  return fileOf(name, 'audio/wav', encodeWav(speak(text, { voice: 'test', sampleRate: 16_000 }), text));
}
