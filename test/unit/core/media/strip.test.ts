import fc from 'fast-check';
import jpegJs from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { EXIF_MARK, orientationBlock, orientationOf } from '../../../../src/core/media/exif';
import { sniffMedia } from '../../../../src/core/media/sniff';
import { withoutMetadata } from '../../../../src/core/media/strip';
import { drawVideo } from '../../../../src/simulator/media/video';
import { box, bytesOf, ftyp, png, pngChunk, riff, segment, u32 } from './files';

const SECRET = '52.5163N 13.3777E';
const has = (bytes: Uint8Array, text: string) => Buffer.from(bytes).includes(text, 0, 'latin1');

const pixels = { width: 16, height: 8, data: Uint8Array.from({ length: 16 * 8 * 4 }, (_, index) => (index * 7) % 256) };
const plain = new Uint8Array(jpegJs.encode(pixels, 80).data);
const decoded = (bytes: Uint8Array) => Buffer.from(jpegJs.decode(bytes).data).toString('hex');

/** An EXIF block as a phone writes it: orientation and a place. */
function exif(orientation: number): Uint8Array {
  const entry = (tag: number, type: number, count: number, value: number[]) => [
    tag >> 8,
    tag & 255,
    0,
    type,
    ...u32(count),
    ...value,
  ];
  const directory = [0, 2, ...entry(0x112, 3, 1, [0, orientation, 0, 0]), ...entry(0x8825, 4, 1, u32(38)), ...u32(0)];
  return bytesOf(EXIF_MARK, 'MM\0*', u32(8), directory, `GPS ${SECRET}`);
}

const icc = segment(0xe2, bytesOf('ICC_PROFILE\0', [1, 1], 'a colour profile'));
const adobe = segment(0xee, bytesOf('Adobe', [0, 100, 0, 0, 0, 0, 1]));

function photo(orientation: number): Uint8Array {
  return bytesOf(
    plain.subarray(0, 2),
    segment(0xe1, exif(orientation)),
    segment(0xe1, `http://ns.adobe.com/xap/1.0/\0<x>${SECRET}</x>`),
    segment(0xed, `Photoshop 3.0\0${SECRET}`),
    segment(0xfe, `taken at ${SECRET}`),
    segment(0xe2, `MPF\0${SECRET}`),
    icc,
    plain.subarray(2),
    `a second picture, ${SECRET}`,
  );
}

describe('a JPEG', () => {
  it('loses place, author and comments, and not a pixel', () => {
    const before = photo(1);
    const after = withoutMetadata(before, 'image/jpeg');
    expect(has(before, SECRET)).toBe(true);
    expect(has(after, SECRET)).toBe(false);
    expect(has(after, 'Exif')).toBe(false);
    expect(has(after, 'xap')).toBe(false);
    expect(has(after, 'a colour profile')).toBe(true);
    expect(decoded(after)).toBe(decoded(before));
    expect(after.length).toBe(plain.length + icc.length);
  });

  it.each([2, 3, 6, 8])('keeps which way is up: %i', (orientation) => {
    const after = withoutMetadata(photo(orientation), 'image/jpeg');
    expect(has(after, SECRET)).toBe(false);
    const at = Buffer.from(after).indexOf(EXIF_MARK, 0, 'latin1');
    expect(orientationOf(after.subarray(at + EXIF_MARK.length))).toBe(orientation);
    expect((jpegJs.decode(after) as { exifBuffer?: unknown }).exifBuffer).toBeDefined();
    expect(decoded(after)).toBe(decoded(plain));
    expect(sniffMedia(after)).toEqual(sniffMedia(photo(orientation)));
  });

  it('keeps what says how colours are coded', () => {
    const file = bytesOf(plain.subarray(0, 2), adobe, plain.subarray(2));
    expect(withoutMetadata(file, 'image/jpeg')).toEqual(file);
  });

  it('that has nothing to lose stays as it is', () => {
    expect(withoutMetadata(plain, 'image/jpeg')).toEqual(plain);
  });

  it('that is damaged comes back as it was', () => {
    const whole = photo(6);
    for (const cut of [2, 3, 10, 200, 600, whole.length - SECRET.length - 30]) {
      const part = whole.subarray(0, cut);
      expect(withoutMetadata(part, 'image/jpeg')).toBe(part);
    }
  });
});

describe('a PNG', () => {
  it('loses its texts, and not a pixel or a colour', () => {
    const gamma = pngChunk('gAMA', u32(45455));
    const noise = (['eXIf', 'tEXt', 'iTXt', 'zTXt', 'tIME', 'caBX'] as const).map((type) => pngChunk(type, SECRET));
    const after = withoutMetadata(bytesOf(png({}, [...noise, gamma], noise), SECRET), 'image/png');
    expect(after).toEqual(png({}, [gamma]));
  });

  it('that is damaged comes back as it was', () => {
    const part = png({}, [pngChunk('tEXt', SECRET)]).subarray(0, -5);
    expect(withoutMetadata(part, 'image/png')).toBe(part);
  });
});

describe('a WebP', () => {
  const head = (flags: number) => [flags, 0, 0, 0, 15, 0, 0, 7, 0, 0];
  const image = ['VP8L', [0x2f, 15, 0xc0, 1, 0, 1, 2]] as const;

  it('loses its EXIF and XMP chunks and the flags for them', () => {
    const before = riff(
      'WEBP',
      ['VP8X', head(0x2c)],
      ['ICCP', bytesOf('profile')],
      image,
      ['EXIF', exif(1)],
      ['XMP ', bytesOf(SECRET)],
    );
    const after = withoutMetadata(before, 'image/webp');
    expect(after).toEqual(riff('WEBP', ['VP8X', head(0x20)], ['ICCP', bytesOf('profile')], image));
    expect(sniffMedia(after)).toMatchObject({ width: 16, height: 8 });
  });

  it('that is damaged comes back as it was', () => {
    const part = riff('WEBP', image, ['EXIF', exif(1)]).subarray(0, -3);
    expect(withoutMetadata(part, 'image/webp')).toBe(part);
  });
});

describe('a video', () => {
  it('loses place and author where they stand, and keeps every sample where it was', async () => {
    const video = await drawVideo({ prompt: 'x', modelId: 'm', seed: 1, width: 64, height: 64 }, 0.5);
    const at = Buffer.from(video).indexOf('moov', 0, 'latin1') - 4;
    const length = Buffer.from(video).readUInt32BE(at);
    const place = box('udta', box('\xa9xyz', SECRET));
    const moov = box('moov', video.subarray(at + 8, at + length), place, box('meta', SECRET), box('trak', place));
    const before = bytesOf(video.subarray(0, at), moov, video.subarray(at + length));
    const after = withoutMetadata(before, 'video/mp4');
    expect(has(before, SECRET)).toBe(true);
    expect(has(after, SECRET)).toBe(false);
    expect(after.length).toBe(before.length);
    expect(Buffer.from(after).subarray(0, at + length)).toEqual(
      Buffer.from(bytesOf(video.subarray(0, at), u32(moov.length), video.subarray(at + 4, at + length))),
    );
    expect(after.subarray(at + moov.length)).toEqual(video.subarray(at + length));
    expect(withoutMetadata(video, 'video/mp4')).toBe(video);
  });
});

describe('an HEIC', () => {
  /** A file with a picture and two items of metadata behind its boxes. */
  function heic(version: 0 | 1): Uint8Array {
    const infe = (id: number, type: string) => box('infe', [2, 0, 0, 0, 0, id, 0, 0], type, [0]);
    const iinf = box('iinf', [0, 0, 0, 0, 0, 3], infe(1, 'hvc1'), infe(2, 'Exif'), infe(3, 'mime'));
    const item = (id: number, offset: number, length: number) => [
      ...[0, id],
      ...(version === 1 ? [0, 0] : []),
      ...[0, 0, 0, 1],
      ...u32(offset),
      ...u32(length),
    ];
    const boxes = (data: number) =>
      bytesOf(
        ftyp('heic', 'mif1'),
        box(
          'meta',
          u32(0),
          iinf,
          box(
            'iloc',
            [version, 0, 0, 0, 0x44, 0, 0, 3],
            item(1, data, 6),
            item(2, data + 6, 17),
            item(3, data + 23, 17),
          ),
        ),
      );
    const { length } = boxes(0);
    return bytesOf(boxes(length + 8), box('mdat', 'pixels', SECRET, SECRET));
  }

  it.each([0, 1] as const)('loses EXIF and XMP where they stand (iloc version %i)', (version) => {
    const before = heic(version);
    const after = withoutMetadata(before, 'image/heic');
    expect(has(before, SECRET)).toBe(true);
    expect(has(after, SECRET)).toBe(false);
    expect(after.length).toBe(before.length);
    expect(has(after, 'pixels')).toBe(true);
  });
});

it('which way is up is read back from what is written, and is upright where nothing says', () => {
  for (let orientation = 1; orientation <= 8; orientation++) {
    expect(orientationOf(orientationBlock(orientation).subarray(EXIF_MARK.length))).toBe(orientation);
  }
  expect(orientationOf(orientationBlock(9).subarray(EXIF_MARK.length))).toBe(1);
  expect(orientationOf(bytesOf('MM\0*', u32(0xffff)))).toBe(1);
  expect(orientationOf(bytesOf('II*\0', [8, 0, 0, 0, 1, 0], [0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]))).toBe(6);
});

it('a picture that claims millions of stretches of metadata is done with at once', () => {
  const entries = 3000;
  // Each says that 65,535 extents follow, of which none takes a byte.
  const extents = Array.from({ length: entries }, () => [0, 1, 0, 0, 0xff, 0xff]).flat();
  const iloc = box('iloc', [0, 0, 0, 0, 0, 0, entries >> 8, entries & 255, ...extents]);
  const infe = box('infe', [2, 0, 0, 0, 0, 1, 0, 0, ...bytesOf('Exif'), 0]);
  const meta = box('meta', [0, 0, 0, 0, ...box('iinf', [0, 0, 0, 0, 0, 1, ...infe]), ...iloc]);
  const started = performance.now();
  withoutMetadata(bytesOf(ftyp('heic'), meta), 'image/heic');
  expect(performance.now() - started).toBeLessThan(1000);
});

it('whatever comes, nothing throws, and no file grows by more than a mark', () => {
  const types = ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'video/mp4', 'image/gif'];
  const heads = [
    photo(6),
    png({}, [pngChunk('tEXt', SECRET)]),
    riff('WEBP', ['VP8X', [12, 0]], ['EXIF', exif(1)]),
    ftyp('heic'),
  ];
  const damaged = fc
    .tuple(fc.constantFrom(...heads), fc.array(fc.tuple(fc.nat(3000), fc.nat(255)), { maxLength: 4 }))
    .map(([head, changes]) => {
      const bytes = head.slice();
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      return bytes;
    });
  fc.assert(
    fc.property(fc.constantFrom(...types), fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (type, bytes) => {
      const copy = bytes.slice();
      expect(withoutMetadata(bytes, type).length).toBeLessThanOrEqual(bytes.length + 36);
      expect(bytes).toEqual(copy);
    }),
    { numRuns: 1500 },
  );
});
