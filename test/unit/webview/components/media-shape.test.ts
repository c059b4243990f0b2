import { describe, expect, it } from 'vitest';
import type { RawRequest } from '../../../../src/core/run/events';
import { boxStyle, expectedSize } from '../../../../webview/components/media/shape';

function asked(body: Record<string, unknown>): RawRequest {
  return { method: 'POST', url: 'https://api.example/run', headers: {}, body };
}

describe('the size of what is being made', () => {
  it.each<[string, Record<string, unknown>, number, number]>([
    ['both sides', { width: 768, height: 512 }, 768, 512],
    ['a size in one word', { size: '1536x1024' }, 1536, 1024],
    ['a size with a star', { size: '1440*2560' }, 1440, 2560],
    ['a size named ratio', { ratio: '1280:720' }, 1280, 720],
    ['a wrapped input', { model: 'm', input: { image_size: '640x480' } }, 640, 480],
    ['a size beside a ratio', { aspect_ratio: '1:1', size: '800x600' }, 800, 600],
  ])('is what the request says: %s', (_, body, width, height) => {
    expect(expectedSize('image', asked(body))).toEqual({ width, height });
  });

  it('has the ratio that the request says, and the usual number of pixels', () => {
    const { width, height } = expectedSize('video', asked({ input: { aspect_ratio: '9:16' } }));
    expect(width / height).toBeCloseTo(9 / 16, 2);
    expect(width * height).toBeGreaterThan(0.98 * 1280 * 720);
    expect(width * height).toBeLessThan(1.02 * 1280 * 720);
  });

  it.each<[string, Record<string, unknown>]>([
    ['nothing', {}],
    ['words', { size: 'auto', resolution: '720p', aspect_ratio: 'landscape' }],
    ['nonsense', { width: -4, height: 1e9, size: '0x0', aspect_ratio: '16:0', ratio: 3 }],
    ['less than nothing', { width: -640, height: -480 }],
    ['one side', { width: 640 }],
  ])('is the usual one when the request says %s', (_, body) => {
    expect(expectedSize('image', asked(body))).toEqual({ width: 1024, height: 1024 });
    expect(expectedSize('video', asked(body))).toEqual({ width: 1280, height: 720 });
  });

  it('is the usual one before there is a request', () => {
    expect(expectedSize('image', undefined)).toEqual({ width: 1024, height: 1024 });
  });
});

it('a picture is never enlarged, a video is', () => {
  expect(boxStyle({ width: 200, height: 100 })).toContain('min(100%, 200px,');
  expect(boxStyle({ width: 200, height: 100 }, true)).not.toContain('px,  ');
  expect(boxStyle({ width: 200, height: 100 }, true)).not.toContain('200px');
});
