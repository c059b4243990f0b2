import { describe, expect, it } from 'vitest';
import { UPLOAD_CHUNK } from '../../../src/protocol/api';
import * as guards from '../../../src/protocol/guards';

const file = `${'0123456789abcdef'.repeat(4)}.png`;
const media = { kind: 'image', mediaType: 'image/png', file, byteLength: 12, width: 4, height: 4 };
const attachment = { media, name: 'Katze & Hund.png', role: 'mask' };
const plan = (more: object) => ({
  prompt: '',
  system: '',
  columns: [{ id: 'a', modelId: '@cf/a/b', parameters: {} }],
  ...more,
});

describe('what is attached', () => {
  it('passes as it is, without what does not belong there', () => {
    const given = plan({ attachments: [{ ...attachment, path: '/etc/passwd' }], texts: ['one', ''], blind: true });
    expect(guards.checkPlan(given)).toEqual(plan({ attachments: [attachment], texts: ['one', ''], blind: true }));
  });

  it.each([
    ['a path', { ...attachment, media: { ...media, file: '../../secret.png' } }],
    ['another name', { ...attachment, media: { ...media, file: 'cat.png' } }],
    ['an unknown kind', { ...attachment, media: { ...media, kind: 'program' } }],
    ['a media type that is none', { ...attachment, media: { ...media, mediaType: 'text/html; charset=utf-8' } }],
    ['a negative size', { ...attachment, media: { ...media, byteLength: -1 } }],
    ['an unknown role', { ...attachment, role: 'boss' }],
  ])('is refused as %s', (_what, wrong) => {
    expect(() => guards.checkPlan(plan({ attachments: [wrong] }))).toThrow(/Run: attachments\.0/);
    expect(() => guards.checkIntent({ task: 'reranking', ...plan({ attachments: [wrong] }) })).toThrow(/attachments/);
  });

  it('is limited in number', () => {
    expect(() => guards.checkPlan(plan({ attachments: Array(51).fill(attachment) }))).toThrow('at most 50');
    expect(() => guards.checkPlan(plan({ texts: Array(201).fill('x') }))).toThrow('at most 200');
  });
});

describe('an upload', () => {
  it('comes in pieces of bytes, of a limited size', () => {
    expect(guards.checkChunk(new Uint8Array(UPLOAD_CHUNK))).toHaveLength(UPLOAD_CHUNK);
    expect(guards.checkChunk(new ArrayBuffer(3))).toEqual(new Uint8Array(3));
    for (const wrong of [new Uint8Array(UPLOAD_CHUNK + 1), 'QUJD', [1, 2], { length: 2 }, null]) {
      expect(() => guards.checkChunk(wrong)).toThrow('bytes');
    }
  });
});

describe('files to save and open', () => {
  it('have names that lead nowhere', () => {
    expect(guards.checkMediaFile(file)).toBe(file);
    expect(guards.checkFileName('Flux 1, seed 7.png')).toBe('Flux 1, seed 7.png');
    for (const wrong of ['', '../x.png', 'a/b.png', 'a\\b.png', '.bashrc', 'con:1', 'a\nb', 'x'.repeat(151)]) {
      expect(() => guards.checkFileName(wrong)).toThrow();
      expect(() => guards.checkMediaFile(wrong)).toThrow();
    }
  });
});

describe('votes', () => {
  it('pass with a comment', () => {
    const vote = { runId: 'r', verdict: 'won', comment: '' };
    expect(guards.checkVotes([vote])).toEqual([vote]);
    expect(() => guards.checkVotes([])).toThrow('at least one vote');
    expect(() => guards.checkVotes([{ ...vote, verdict: 'great' }])).toThrow();
  });
});
