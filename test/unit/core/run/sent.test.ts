import { describe, expect, it } from 'vitest';
import { sendsVideo, sentFiles, sentModalities, sentPictures } from '../../../../src/core/run/sent';
import { sentFile } from './runs';

const image = sentFile('image', { width: 10, height: 20 });

describe('what is sent', () => {
  it('is found wherever a file stands, the body itself included', () => {
    expect(sentFiles({ ...sentFile('audio') }).map(({ kind }) => kind)).toEqual(['audio']);
    expect(sentFiles({ a: [{ b: { c: image } }, sentFile('video')] }).map(({ kind }) => kind)).toEqual([
      'image',
      'video',
    ]);
    expect(sentFiles({ prompt: '$media', image: [137, 80, 78], n: null })).toEqual([]);
  });

  it('does not end in a body that holds itself', () => {
    const body: Record<string, unknown> = { image };
    body['again'] = body;
    expect(sentFiles(body).length).toBeGreaterThan(0);
  });

  it('counts a picture once, as file, link, bytes or part', () => {
    expect(sentPictures({ image }).count).toBe(1);
    expect(sentPictures({ image: { url: image } }).count).toBe(1);
    expect(sentPictures({ images: [image, 'https://x/y.png'] })).toEqual({
      count: 2,
      measured: [{ width: 10, height: 20 }],
    });
    expect(sentPictures({ image: [137, 80, 78] }).count).toBe(1);
    expect(sentPictures({ image_size: '1k', style: image, prompt: 'x' }).count).toBe(1);
    expect(
      sentPictures({ image_resolution: '1K', image_detail: 'high', mask_mode: 'alpha', first_frame: 'https://x/y.png' })
        .count,
    ).toBe(1);
    const content = [{ type: 'image_url', image_url: { url: image } }, { type: 'image_url' }, { type: 'text' }];
    expect(sentPictures({ messages: [{ role: 'user', content }] }).count).toBe(2);
  });

  it('is told apart by kind, not by name', () => {
    expect(sendsVideo({ source: sentFile('video') })).toBe(true);
    expect(sendsVideo({ image })).toBe(false);
    expect(sendsVideo({ video_length: 'short', video_url: '' })).toBe(false);
    expect(sentModalities({ image, audio: sentFile('audio') })).toEqual(['text', 'image', 'audio']);
    expect(sentModalities({ audio_url: 'https://x/y.mp3', video: '' })).toEqual(['text', 'audio']);
  });
});
