import { drawPicture } from '../../../src/simulator/images/draw';
import { drawVideo } from '../../../src/simulator/media/video';
import { speak } from '../../../src/simulator/media/speech';
import { encodeMp3 } from '../../../src/simulator/media/mp3';
import { encodeWav } from '../../../src/simulator/media/wav';

const picture = { prompt: 'A fox', modelId: 'm', seed: 1 };
const said =
  'The quick brown fox jumps over the lazy dog. It looks back once, and then it runs into the wood. ' +
  'Nobody follows it, because nobody saw it go.';
const speech = speak(said, { voice: 'test', sampleRate: 16_000 });

/** Files of every kind. `png` is 320 by 200 pixels, `wav` and `mp3` say `said`. */
export const files = {
  png: await drawPicture({ ...picture, width: 320, height: 200 }),
  jpg: await drawPicture({ ...picture, width: 96, height: 128, format: 'jpeg' }),
  wav: encodeWav(speech, said),
  mute: encodeWav(speech),
  mp3: encodeMp3(speech, said),
  mp4: await drawVideo({ ...picture, width: 320, height: 180 }, 2),
};
export { said };
export const spokenSeconds = speech.samples.length / speech.sampleRate;

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
export const dataUri = (type: string, bytes: Uint8Array): string => `data:${type};base64,${base64(bytes)}`;

const kinds = {
  image: [files.png, 'image/png'],
  audio: [files.wav, 'audio/wav'],
  video: [files.mp4, 'video/mp4'],
} as const;

/** The kind of file that a field of a schema is for, by its description. */
function kindOf(description: string): keyof typeof kinds {
  if (/recording/i.test(description)) return 'audio';
  return /\bvideo\b/i.test(description) ? 'video' : 'image';
}

/** A value that fits `schema` with all that it requires, and nothing more. */
export function sampleOf(schema: any, name = ''): any {
  const description = String(schema.description ?? '');
  if ('default' in schema) return schema.default;
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const branches = schema.oneOf ?? schema.anyOf;
  if (Array.isArray(branches))
    return sampleOf(
      branches.find((branch: any) => /base64/.test(branch.description) || branch.required) ?? branches[0],
      name,
    );
  const [bytes, type] = kinds[kindOf(`${description} ${name}`)];
  if (/Bytes as numbers/.test(description)) return [...bytes];
  if (schema.type === 'array')
    return [sampleOf({ ...schema.items, description: schema.items.description ?? description }, name)];
  if (schema.type === 'string' && /data URI/.test(description)) return dataUri(type, bytes);
  if (schema.type === 'string' && /base64/.test(description)) return base64(bytes);
  if (schema.type === 'string') return 'A red fox'.slice(0, schema.maxLength ?? 99);
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1;
  if (schema.type === 'boolean') return false;
  if (name === 'audio' && schema.properties?.body) return { body: base64(bytes), contentType: type };
  return Object.fromEntries((schema.required ?? []).map((key: string) => [key, sampleOf(schema.properties[key], key)]));
}
